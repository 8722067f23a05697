"""Words that can be said in another language. All read as plain English here; the edge of the web says them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

Translate: TypeAlias = Callable[[str], str]
"""Says a text in one language. `str` says it in English."""
TranslateInto: TypeAlias = Callable[[str], Translate]
"""Finds who says texts in the language of a locale: "en", "en_GB", "es"."""


def in_english(_locale: str) -> Translate:
    """Nobody knows another language."""
    return str


class Message(str):
    """English text, made of a `template` and the `values` that stand in it, named or in order.

    It reads as that English. Who says it in another language translates the template, then each value that is text.
    """

    template: str
    values: tuple[object, ...]
    named: dict[str, object]

    def __new__(cls, template: str, *values: object, **named: object) -> Message:
        self = super().__new__(cls, template.format(*values, **named) if values or named else template)
        self.template, self.values, self.named = template, values, named
        return self

    @classmethod
    def listed(cls, separator: str, parts: Sequence[str]) -> Message:
        """All parts, one after the other."""
        return cls(separator.join("{}" for _ in parts), *parts)


def labelled(label: str, words: str) -> Message:
    """A label with the words that belong to it: "Reaction: rash", but "What happens? Rash"."""
    template = "{label} {words}" if label.endswith("?") else "{label}: {words}"
    return Message(template, label=label, words=words)


class UserText(str):
    """What a person typed: the same in every language."""


class Untranslatable(str):
    """A validated scale's own words, which nobody may translate: English on every page."""
