"""What is wrong with a setting, and settings of a few words."""

from collections.abc import Mapping
from typing import TypeVar

Word = TypeVar("Word", bound=str)


class ConfigError(Exception):
    """A setting is missing, unsafe or unreadable. The message names it, in plain words."""


def one_of(given: Mapping[str, str], name: str, allowed: tuple[Word, ...]) -> Word:
    """The value of `name`, by default the first of those allowed."""
    value = given.get(name, allowed[0])
    for word in allowed:
        if value == word:
            return word
    raise ConfigError(f"{name} must be one of: {', '.join(allowed)}.")
