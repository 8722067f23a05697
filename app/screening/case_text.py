"""The text of a case: JSON, read strictly, and why one is refused."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import orjson

DEEPEST = 10
"""How many lists and objects may stand in one another. A case needs five."""


LONGEST_NUMBER = 18
"""How many digits a whole number may have: more do not fit into 64 bits."""


class CaseRefused(ValueError):
    """A case that cannot be judged as it is. `field` is a path such as answers.weight.value, or "" for the whole;
    `line` counts from 0 inside the text it was read from.
    """

    def __init__(self, message: str, field: str = "", line: int = 0) -> None:
        super().__init__(f"{field}: {message}" if field else message)
        self.message = message
        self.field = field
        self.line = line


def read_text(text: str) -> Any:
    """The JSON value in `text`, read strictly: no key twice, no NaN, no half characters, nothing too deep or large.

    Raises CaseRefused.
    """
    return read_closely(text) if (value := _read_plainly(text)) is None else value


_TOO_LARGE = 10**LONGEST_NUMBER


def _read_plainly(text: str) -> Any:
    """The list or object in a text of which it is soon told that it is sound, as of most; else None.

    Where no space stands before a colon, a quote and a colon end each key. They may stand elsewhere, too; but when
    there are only as many as the keys that were read, none of these was given twice.
    """
    if any(sign in text for sign in ("\t", "\n", "\r", " :")):
        return None
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError:
        return None
    keys, level = 0, [value]
    for _ in range(DEEPEST):
        below: list[Any] = []
        for one in level:
            if one.__class__ is dict:
                keys += len(one)
                items: Iterable[Any] = one.values()
            elif one.__class__ is list:
                items = one
            else:
                return None
            for item in items:
                if item.__class__ is str:
                    continue
                if item.__class__ is dict or item.__class__ is list:
                    below.append(item)
                elif item is not None and not -_TOO_LARGE < item < _TOO_LARGE:
                    return None
        level = below
    return value if not level and text.count('":') == keys else None


def read_closely(text: str) -> Any:
    """The value in a text that may be anything. Raises CaseRefused."""
    try:
        value = json.loads(
            text,
            object_pairs_hook=_object,
            parse_constant=_Unfit,
            parse_float=_float,
            parse_int=_int,
        )
    except json.JSONDecodeError as problem:
        where = f" at column {problem.colno}"
        if problem.msg == "Extra data":
            raise CaseRefused(f"more follows the end of the case{where}", line=problem.lineno - 1) from None
        raise CaseRefused(f"not JSON: {problem.msg}{where}", line=problem.lineno - 1) from None
    except RecursionError:
        raise CaseRefused("lists or objects stand in one another too deeply") from None
    _refuse_unsound(value, ())
    return value


@dataclass(frozen=True, slots=True)
class _Unfit:
    """A number JSON has not, or one too large."""

    text: str


class _Twice(dict[str, Any]):
    """An object with a key given twice."""

    key = ""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    keys = [key for key, _ in pairs]
    doubled = _Twice(found)
    doubled.key = next(key for place, key in enumerate(keys) if key in keys[:place])
    return doubled


def _float(text: str) -> float | _Unfit:
    value = float(text)
    return _Unfit(text) if value in (float("inf"), float("-inf")) else value


def _int(text: str) -> int | _Unfit:
    return _Unfit(text) if len(text.lstrip("-")) > LONGEST_NUMBER else int(text)


def _refuse_unsound(value: Any, path: tuple[str | int, ...]) -> None:
    """Raise CaseRefused for what JSON's grammar allows, or Python's parser lets through, and nobody can mean.

    The path is put into words only when it must be told: in a sound case there are hundreds.
    """
    if len(path) > DEEPEST:
        raise CaseRefused("lists or objects stand in one another too deeply", _place_words(path))
    match value:
        case _Twice():
            raise CaseRefused("given twice", _place_words((*path, value.key)))
        case _Unfit(text):
            no_number = f"{text} is not a number of JSON"
            raise CaseRefused(
                no_number if text.strip("-").isalpha() else "the number is too large", _place_words(path)
            )
        case str():
            _refuse_half_characters(value, path)
        case list():
            for place, item in enumerate(value):
                if not _is_plain(item, path):
                    _refuse_unsound(item, (*path, place))
        case dict():
            for key, item in value.items():
                if not key.isascii():
                    _refuse_half_characters(key, (*path, key))
                if not _is_plain(item, path):
                    _refuse_unsound(item, (*path, key))


_PLAIN = (int, float, bool, type(None))


def _is_plain(value: Any, path: tuple[str | int, ...]) -> bool:
    """Whether there is nothing to refuse about a value at a path's end, as with most."""
    kind = value.__class__
    return ((kind is str and value.isascii()) or kind in _PLAIN) and len(path) < DEEPEST


def _refuse_half_characters(text: str, path: tuple[str | int, ...]) -> None:
    try:
        text.isascii() or text.encode()
    except UnicodeEncodeError:
        raise CaseRefused("holds half of a character (a lone surrogate)", _place_words(path)) from None


def _place_words(path: tuple[str | int, ...]) -> str:
    told = ""
    for piece in path:
        told = f"{told}[{piece}]" if isinstance(piece, int) else below(told, piece)
    return told


def below(path: str, key: str) -> str:
    """The path to a key of what is at `path`."""
    return f"{path}.{shown_name(key)}" if path else shown_name(key)


def shown_name(key: str) -> str:
    """A key as it can stand in a message: spelled out where a terminal could take it for something else."""
    return key if re.fullmatch(r"[\w.-]{1,64}", key, re.ASCII) else json.dumps(key[:40])
