"""What patients type -> known names. Exact names are sure, near ones only possible, and the rest is said to be unclear.

The rule is section 6 of the clinical specification. An unknown name is never a no: whatever was not understood, or only
nearly, or is said to be stopped, leaves its list open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum
from functools import cache, lru_cache
from unicodedata import ucd_3_2_0 as unicode_3_2

from .medicines import EVERY_KIND, MEDICINE_KINDS, Medicine, NameMatch, names_in, near_to, normalise
from .name_words import (
    ALLERGY_WORDS,
    FILLER_WORDS,
    FORM_WORDS,
    LOCAL_FORMS,
    NONE_WORDS,
    NOT_STOPPED,
    PLAIN_REASONS,
    STOP_PHRASES,
)


@dataclass(frozen=True, slots=True)
class _Manner:
    """How a box is read. A reason follows one of `reasons`; `idle` words may stand beside a name."""

    kinds: frozenset[str]
    reasons: frozenset[str]
    idle: frozenset[str]


_IDLE = FORM_WORDS | FILLER_WORDS
_CUT_REASONS = frozenset({"for", "when", "if"})


class NameField(Enum):
    """Where a name was typed. What is bought in shops and allergies are lists in one text, and are cut into pieces."""

    MEDICINES = _Manner(MEDICINE_KINDS, frozenset({"for"}), _IDLE)
    SHOP = _Manner(MEDICINE_KINDS, _CUT_REASONS, _IDLE)
    ALLERGIES = _Manner(EVERY_KIND, _CUT_REASONS, _IDLE | ALLERGY_WORDS)


@dataclass(frozen=True, slots=True)
class Lookup:
    """The result of looking up one typed text."""

    sure: tuple[Medicine, ...] = ()
    """The medicines that it surely names."""
    possible: tuple[Medicine, ...] = ()
    """Those that it may name."""
    past: tuple[Medicine, ...] = ()
    """Those that are said to be stopped."""
    unclear: bool = False
    """Whether something in it was not understood."""
    unmatched: bool = False
    """Whether nothing in it is known for what it means, near a name that matters, or said to be stopped."""
    unreviewed: tuple[Medicine, ...] = ()
    """The ingredients that it names by the wide list, of which nobody has said what they mean for the rules."""
    left: tuple[str, ...] = ()
    """The words that were not understood; where no name was, those of the whole text that are no dose or form."""
    reason: tuple[str, ...] = ()
    """The words of an unmatched text that say what it is for."""

    @property
    def understood(self) -> bool:
        """Whether there is nothing to ask about it."""
        return not self.unclear and not self.past


NOTHING_TYPED = Lookup(unclear=True)
"""An entry with no name, or with a state as its name."""


# With the wide forms that East Asian keyboards type.
_LISTED = re.compile(r"[,，﹐︐;；﹔︔\u037e+＋﹢\n\r\v\f\x85\u2028\u2029]")
_SLASH = re.compile(r"[/／]")
_STOP_PARTS = re.compile(r"[,，﹐︐;；﹔︔\u037e()（）﹙﹚/／\n\r\v\f\x85\u2028\u2029]")


@lru_cache(maxsize=2_000)
def pieces(text: str) -> tuple[str, ...]:
    """The names of a list typed in one text, as typed. What says there is none, or names nothing, is no piece."""
    return tuple(
        piece for piece in _cut(text) if normalise(piece) not in NONE_WORDS and not _names_nothing(piece)
    )


def _cut(text: str) -> list[str]:
    cut: list[str] = []
    for part in _LISTED.split(text):
        cut += [part] if normalise(part) in NONE_WORDS else _SLASH.split(part)
    return [piece for piece in map(str.strip, cut) if any(map(_is_letter_or_digit, piece))]


def says_none(text: str) -> bool:
    """Whether a list typed in one text consists of nothing but a "none"."""
    cut = _cut(text)
    return bool(cut) and all(normalise(piece) in NONE_WORDS for piece in cut)


def _is_letter_or_digit(sign: str) -> bool:
    return unicode_3_2.category(sign)[0] in "LN"


def _names_nothing(piece: str) -> bool:
    words = normalise(piece).split()
    return bool(words) and all(word in _IDLE or _is_number(word) for word in words)


def _is_number(word: str) -> bool:
    """Whether it is a number, with or without its unit: 500, 500mg; not 5htp."""
    rest = word.lstrip("0123456789")
    return rest != word and (not rest or rest in _IDLE)


@lru_cache(maxsize=4_000)
def look_up(text: str, box: NameField = NameField.MEDICINES) -> Lookup:
    """Find what a medicine entry, or a piece of one of the lists that are cut, names."""
    words = normalise(text).split()
    if box is not NameField.ALLERGIES and _says_stopped(words):
        return _with_stops(text, box)
    found = _read(words, box)
    if not found.unclear and _in_other_letters(text):
        return replace(found, unclear=True)
    return found


def plainly_explained(found: Lookup, told: object) -> bool:
    """Whether the reason in the text, or the one `told` beside it, is one that no class of the table treats."""
    words = [*found.reason, *_reason_words(normalise(told).split() if isinstance(told, str) else [])]
    return bool(words) and PLAIN_REASONS.issuperset(words)


def _reason(words: list[str]) -> tuple[str, ...]:
    return tuple(_reason_words(words[words.index("for") + 1 :])) if "for" in words else ()


def _reason_words(words: list[str]) -> list[str]:
    return [word for word in words if word in PLAIN_REASONS or not (word in _IDLE or _is_number(word))]


def _read(words: list[str], box: NameField) -> Lookup:
    """A text in which nothing is said to be stopped."""
    taken = names_in(words, box.value.kinds)
    if not taken:
        near = _near(words, box)
        rest = tuple(_left_over(words, [], box))
        return Lookup((), near, unclear=True, unmatched=not near, left=rest, reason=_reason(words))
    named = _medicines(words, taken, box)
    sure = tuple(medicine for medicine in named if medicine.reviewed)
    unreviewed = tuple(medicine for medicine in named if not medicine.reviewed)
    left = _left_over(words, taken, box)
    possible = tuple(dict.fromkeys(medicine for word in left for medicine in near_to(word)))
    a_kind = box is not NameField.ALLERGIES and any(medicine.only_a_kind for medicine in sure)
    return Lookup(
        sure,
        possible,
        unclear=bool(left) or a_kind or bool(unreviewed),
        unmatched=not sure and not possible,
        unreviewed=unreviewed,
        left=tuple(left),
        reason=_reason(words),
    )


def _medicines(words: list[str], taken: list[NameMatch], box: NameField) -> tuple[Medicine, ...]:
    """The medicines of the names taken; a steroid with a local form after its name is a local one."""
    found: dict[Medicine, None] = {}
    ends = [name.start for name in taken[1:]] + [len(words)]
    for name, end in zip(taken, ends, strict=True):
        after = _before_reason(words[name.end : end], box)
        local = not LOCAL_FORMS.isdisjoint(after)
        found |= dict.fromkeys(_as_local(medicine) if local else medicine for medicine in name.medicines)
    return tuple(found)


@cache
def _as_local(medicine: Medicine) -> Medicine:
    local = {"corticosteroid_systemic": "corticosteroid_local"}
    return replace(medicine, classes=tuple(local.get(name, name) for name in medicine.classes))


def _before_reason(words: list[str], box: NameField) -> list[str]:
    for place, word in enumerate(words):
        if word in box.value.reasons:
            return words[:place]
    return words


def _left_over(words: list[str], taken: list[NameMatch], box: NameField) -> list[str]:
    """The words beside the names that may change what was meant. What follows "for" is the reason, to the next name."""
    covered = {place for name in taken for place in range(name.start, name.end)}
    left: list[str] = []
    in_reason = False
    for place, word in enumerate(words):
        if place in covered:
            in_reason = False
        elif word in box.value.reasons:
            in_reason = True
        elif not (in_reason or word in box.value.idle or _holds_digit(word) or _off_and_on(words, place)):
            left.append(word)
    return left


def _off_and_on(words: list[str], place: int) -> bool:
    """Whether the word is part of a phrase that looks like "stopped" and is not."""
    for phrase in NOT_STOPPED:
        look_alike = phrase.split()
        for start in range(max(0, place - len(look_alike) + 1), place + 1):
            if words[start : start + len(look_alike)] == look_alike:
                return True
    return False


def _holds_digit(word: str) -> bool:
    return any(sign.isdigit() for sign in word)


def _near(words: list[str], box: NameField) -> tuple[Medicine, ...]:
    """What the whole text before its reason is near to; when that is nothing, what each of its words is near to."""
    words = [word for word in _before_reason(words, box) if word not in FORM_WORDS and not _holds_digit(word)]
    if whole := near_to(" ".join(words)):
        return whole
    return tuple(
        dict.fromkeys(
            medicine
            for word in words
            if word not in FILLER_WORDS and word not in ALLERGY_WORDS
            for medicine in near_to(word)
        )
    )


def _says_stopped(words: list[str]) -> bool:
    text = f" {' '.join(words)} "
    for phrase in NOT_STOPPED:
        text = text.replace(f" {phrase} ", " | ")
    return any(f" {phrase} " in text for phrase in STOP_PHRASES)


def _with_stops(text: str, box: NameField) -> Lookup:
    """A text with a phrase that says "stopped": it speaks of the names in its part, else those in the part before."""
    found: list[Lookup] = []
    for words in _parts(text):
        if not _says_stopped(words):
            if not all(word in _IDLE or _is_number(word) for word in words):
                found.append(_read(words, box))
        elif taken := names_in(words, box.value.kinds):
            found.append(Lookup(past=_medicines(words, taken, box)))
        elif found and (found[-1].sure or found[-1].past):
            before = found[-1]
            found[-1] = replace(before, sure=(), past=(*before.past, *before.sure))
        else:
            found.append(Lookup(possible=_near(words, box), unclear=True))
    return Lookup(
        sure=_each(one.sure for one in found),
        possible=_each(one.possible for one in found),
        unreviewed=_each(one.unreviewed for one in found),
        past=_each(one.past for one in found),
        unclear=any(one.unclear for one in found) or _in_other_letters(text),
        left=tuple(word for one in found for word in one.left),
    )


def _each(found: Iterable[tuple[Medicine, ...]]) -> tuple[Medicine, ...]:
    return tuple(dict.fromkeys(medicine for some in found for medicine in some))


def _parts(text: str) -> Iterator[list[str]]:
    """The parts of a text that "stopped" may speak of."""
    for part in _STOP_PARTS.split(text):
        words: list[str] = []
        for word in normalise(part).split():
            if word in ("now", "but"):
                yield words
                words = []
            else:
                words.append(word)
        yield words


def _in_other_letters(text: str) -> bool:
    """Whether words are in letters that do not come down to a to z, and so were not read. A micro sign is none."""
    if text.isascii():
        return False
    return any(
        unicode_3_2.category(sign) in ("Lu", "Ll", "Lt", "Lo") and not sign.isascii() and sign != "μ"
        for sign in unicode_3_2.normalize("NFKD", text)
    )
