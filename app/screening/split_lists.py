"""A whole list of medicines typed into one box, as entries: name, strength, how often and what for, where it says so.

Nothing is dropped: what is not surely one of these stays in the name. A list is split where its writer parted it, by
lines and semicolons; by commas only where at least two of the parts are names, for "insulin, long acting" is one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .medicines import normalise
from .name_words import FILLER_WORDS, FORM_WORDS
from .typed_names import look_up


@dataclass(frozen=True, slots=True)
class ListedMedicine:
    """One medicine of a list."""

    typed: str
    """All that was said of it, as typed."""
    name: str
    """Its name, with whatever else stood there and was not understood."""
    strength: str = ""
    """Its strength, as typed; "" where none stands there."""
    often: str = ""
    """How often it is taken, as an option of the form; "" where that is not said, or not plainly."""
    reason: str = ""
    """What it is taken for, as typed; "" where that is not said."""


LONGEST = 5_000
"""How many letters are read as a list."""
LONGEST_REASON = 80
"""How many letters the box of a reason holds."""
_BULLET = re.compile(r"^\s*(?:[-*•·–—]|\d{1,2}[.)])\s+")
_LINES = re.compile(r"[;；\n\r\v\f\x85\u2028\u2029]+")
# Not the comma of 1,000.
_COMMAS = re.compile(r"[,，](?!\d)")
_AND = re.compile(r"\s+(?:and|y|&)\s+", re.IGNORECASE)
_IDLE = FORM_WORDS | FILLER_WORDS


def _how_often(*phrases: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(phrases)})(?!\w)", re.IGNORECASE)


_TIMES = r"(?:\s*(?:x|times?))?\s*(?:a|per|each|every|/)?\s*"
_DAY = r"(?:day|daily)"
OFTEN = {
    "once": _how_often(
        rf"(?:once|one|1){_TIMES}{_DAY}", r"every day", r"each day", r"daily", r"q\.?d\.?", r"every 24 (?:hours|hrs?)",
        r"(?:every|each) (?:morning|night|evening)", r"nightly", r"at (?:night|bedtime)", r"in the (?:morning|evening)",
        r"qhs", r"nocte", r"mane", r"una vez al d[ií]a", r"1 vez al d[ií]a", r"cada d[ií]a", r"todos los d[ií]as",
        r"cada 24 horas", r"cada noche", r"por la (?:noche|mañana)", r"diari[oa](?:mente)?", r"al d[ií]a",
    ),
    "twice": _how_often(
        rf"(?:twice|two|2){_TIMES}{_DAY}", r"b\.?i\.?d\.?", r"bd", r"every 12 (?:hours|hrs?)", r"q ?12 ?h(?:rs?)?",
        r"morning and (?:night|evening)", r"(?:dos|2) veces al d[ií]a", r"cada 12 horas", r"mañana y noche",
    ),
    "three_plus": _how_often(
        rf"(?:three|four|five|3|4|5){_TIMES}{_DAY}", r"t\.?i\.?d\.?", r"tds", r"q\.?i\.?d\.?", r"qds",
        r"every [4-8] (?:hours|hrs?)", r"q ?[4-8] ?h(?:rs?)?", r"(?:tres|cuatro|3|4) veces al d[ií]a",
        r"cada [4-8] horas",
    ),
    "as_needed": _how_often(
        r"(?:only )?(?:as|when|if) (?:i )?need(?:ed)?(?: it)?", r"p\.?r\.?n\.?", r"seg[uú]n sea necesario",
        r"cuando (?:lo|la) necesit[oe]", r"si es necesario", r"si (?:lo|la) necesito",
    ),
    "weekly": _how_often(
        r"(?:once|one|1)(?:\s*(?:x|time))?\s*(?:a|per|each|every|/)?\s*(?:week|month|fortnight)", r"weekly", r"monthly",
        r"every (?:week|month|2 weeks|two weeks|4 weeks)", r"(?:una|1) vez (?:a la|por) semana", r"cada semana",
        r"semanal(?:mente)?", r"(?:una|1) vez al mes", r"cada mes",
    ),
}  # fmt: skip
"""How often, as people and labels write it, by the option of the form."""
_MORE_EXACT = _how_often(
    r"every other day", r"every \d+(?:-| to )\d+ (?:hours|hrs?)", r"days? (?:on|off)", r"cada tercer d[ií]a"
)
_STRENGTH = re.compile(
    r"(?<![\w.,/])\d[\d.,]*(?:\s?[-/–]\s?\d[\d.,]*)*\s?(?:mg|mcg|µg|μg|ug|g|ml|iu|ui|units?|unidades|meq|%)"
    r"(?!\w)(?:\s?/\s?(?:\d[\d.,]*\s?)?(?:ml|g|h|hr|hour|day|dose|puff)(?!\w))?",
    re.IGNORECASE,
)
_BARE_NUMBER = re.compile(
    r"(?<![\w.,/-])\d+(?:\.\d+)?(?![\w/.,%-])(?!\s*(?:x|times|tab|pill|cap|puff|drop|spray|shot|pastilla))"
)
_REASON = re.compile(r"\s(?:for|para)\s+([^\d\s].*)$", re.IGNORECASE)


def split_list(text: str) -> list[ListedMedicine]:
    """The medicines of a list, in their order. One or none where it is no list, or too long to be read as one."""
    if len(text) > LONGEST:
        return []
    return [_read(part) for part in _parts(text)]


def _parts(text: str) -> list[str]:
    lines = [
        line for each in _LINES.split(text) if (line := _BULLET.sub("", each.replace("\t", " ")).strip())
    ]
    parts: list[str] = []
    for line in lines:
        named = _joined(_COMMAS.split(line))
        parts += named if sum(map(_is_named, named)) > 1 else [line]
    parts = _joined(parts)
    return [side for part in parts for side in _sides(part)] if len(parts) > 1 else parts


def _sides(part: str) -> list[str]:
    """The last two of a list, with "and" between them, where each is a medicine of its own and both are not one."""
    sides = _AND.split(part)
    named = [{*look_up(side).sure} for side in sides]
    apart = len(set().union(*named)) >= len(sides) and {*look_up(part).sure} == set().union(*named)
    return sides if all(named) and apart else [part]


def _joined(parts: list[str]) -> list[str]:
    """The parts, with those that say more of the one before them put back to it."""
    joined: list[str] = []
    for part in filter(None, map(str.strip, parts)):
        if joined and _says_more(part):
            joined[-1] += f", {part}"
        else:
            joined.append(part)
    return joined


def _says_more(part: str) -> bool:
    """Whether it holds no name: a dose, a form, how often, what for, or that it was stopped."""
    words = normalise(part).split()
    if not words or words[0] in ("for", "para"):
        return True
    found = look_up(part)
    if found.sure or found.possible or found.past:
        return False
    rest = normalise(_STRENGTH.sub(" ", _without_often(part))).split()
    stopped = {
        "stopped",
        "stop",
        "off",
        "discontinued",
        "last",
        "year",
        "no",
        "longer",
        "since",
        "ago",
        "now",
    }
    return all(word in _IDLE or word in stopped or word.isdigit() for word in rest)


def _is_named(part: str) -> bool:
    found = look_up(part)
    return bool(found.sure or found.possible or found.past)


def _without_often(text: str) -> str:
    for pattern in OFTEN.values():
        text = pattern.sub(" ", text)
    return text


def _read(part: str) -> ListedMedicine:
    """One entry. What is taken out of its name must leave the same medicine there."""
    plain = ListedMedicine(part, part)
    if look_up(part).past:
        return plain
    name, often = _take_often(part)
    name, strength = _take_strength(name)
    reason = ""
    if (told := _REASON.search(name)) and len(told[1]) <= LONGEST_REASON:
        name, reason = name[: told.start()], _tidy(told[1])
    read = ListedMedicine(part, _tidy(name), strength, often, reason)
    return read if _same(read.name, part) else plain


def _take_often(text: str) -> tuple[str, str]:
    """The text without how often, and the option that says it. Where it says two things, or more than an option can,
    all of it stays.
    """
    found = [(code, match) for code, pattern in OFTEN.items() for match in pattern.finditer(text)]
    # "Once a day" lies within nothing, "day" within it: the longest that overlap count as one.
    whole = [
        (code, match)
        for code, match in found
        if not any(
            other.start() <= match.start() and match.end() <= other.end() and len(other[0]) > len(match[0])
            for _, other in found
        )
    ]
    if len(whole) != 1 or _MORE_EXACT.search(text):
        return text, ""
    code, match = whole[0]
    return f"{text[: match.start()]} {text[match.end() :]}", code


def _take_strength(text: str) -> tuple[str, str]:
    found = list(_STRENGTH.finditer(text)) or list(_BARE_NUMBER.finditer(text))
    if len(found) != 1 or found[0].start() == 0:
        return text, ""
    (match,) = found
    rest = f"{text[: match.start()]} {text[match.end() :]}"
    return (rest, match[0].strip()) if _same(rest, text) else (text, "")


def _same(one: str, other: str) -> bool:
    """Whether both name the same medicines, and something is left to name them."""
    if not normalise(one):
        return False
    ours, theirs = look_up(one), look_up(other)
    return {*ours.sure, *ours.possible} == {*theirs.sure, *theirs.possible} and bool(ours.past) == bool(
        theirs.past
    )


def _tidy(text: str) -> str:
    """Without double spaces, and without what parted it from what was taken out."""
    return re.sub(r"\s+", " ", re.sub(r"\(\s*\)", " ", text)).strip(" ,;:-–—").replace(" ,", ",")
