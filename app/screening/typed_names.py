"""What patients type -> known names. Exact names are sure, near ones only possible, and the rest is said to be unclear.

The rule is section 6 of the clinical specification. An unknown name is never a no: whatever was not understood, or only
nearly, or is said to be stopped, leaves its list open.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache
from unicodedata import ucd_3_2_0 as unicode_3_2

from .medicine_forms import by_form
from .medicines import EVERY_KIND, MEDICINE_KINDS, Medicine, NameMatch, names_in, near_to
from .name_pieces import IDLE_WORDS, is_number
from .name_reasons import parted, plain_kind, reason_in
from .name_words import ALLERGY_WORDS, FORM_WORDS, REASON_STARTS
from .spellings import near_harmless, one_slip, with_letters, words_of
from .stopped_words import off_and_on, parts, says_stopped


@dataclass(frozen=True, slots=True)
class _Manner:
    """How a box is read. A reason follows one of `reasons`; `idle` words may stand beside a name."""

    kinds: frozenset[str]
    reasons: frozenset[str]
    idle: frozenset[str]


class NameField(Enum):
    """Where a name was typed. What is bought in shops and allergies are lists in one text, and are cut into pieces."""

    MEDICINES = _Manner(MEDICINE_KINDS, REASON_STARTS, IDLE_WORDS)
    SHOP = _Manner(MEDICINE_KINDS, REASON_STARTS, IDLE_WORDS)
    ALLERGIES = _Manner(EVERY_KIND, frozenset({"for", "when", "if"}), IDLE_WORDS | ALLERGY_WORDS)


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
    harmless_near: tuple[Medicine, ...] = ()
    """The harmless medicines that an unmatched text is near to."""
    reason: tuple[str, ...] = ()
    """The words that say what it is for, with "for" or beside the name."""

    @property
    def understood(self) -> bool:
        """Whether there is nothing to ask about it."""
        return not self.unclear and not self.past


NOTHING_TYPED = Lookup(unclear=True)
"""An entry with no name, or with a state as its name."""


@lru_cache(maxsize=4_000)
def look_up(text: str, box: NameField = NameField.MEDICINES) -> Lookup:
    """Find what a medicine entry, or a piece of one of the lists that are cut, names."""
    words = words_of(text)
    if box is not NameField.ALLERGIES and says_stopped(words):
        return _with_stops(text, box)
    found = _read(words, box)
    if not found.unclear and (_in_other_letters(text) or "?" in text):
        return replace(found, unclear=True)
    return found


def _read(words: list[str], box: NameField) -> Lookup:
    """A text in which nothing is said to be stopped."""
    taken = names_read(words, box)
    left = _left_over(words, taken, box)
    if not taken:
        near = _near(words, box)
        return Lookup(
            possible=near,
            unclear=True,
            unmatched=not near,
            harmless_near=() if near else near_harmless(" ".join(_compared(words, box))),
            left=tuple(left),
            reason=reason_in(words) or plain_kind(words),
        )
    beside, left = parted(words, left)
    named = _medicines(words, taken, box)
    sure = tuple(medicine for medicine in named if medicine.reviewed)
    unreviewed = tuple(medicine for medicine in named if not medicine.reviewed)
    possible = tuple(dict.fromkeys(medicine for word in left for medicine in near_to(with_letters(word))))
    a_kind = box is not NameField.ALLERGIES and _only_a_kind(taken)
    return Lookup(
        sure,
        possible,
        unclear=bool(left) or a_kind or bool(unreviewed),
        unmatched=not sure and not possible,
        unreviewed=unreviewed,
        left=tuple(left),
        reason=(*reason_in(words), *beside),
    )


def _only_a_kind(taken: list[NameMatch]) -> bool:
    """Whether a kind is named, and no medicine of it next to that: "BP med (lisinopril)" tells which."""
    for place, name in enumerate(taken):
        beside = [
            one
            for other in taken[max(place - 1, 0) : place + 2]
            if other.end == name.start or other.start == name.end
            for one in other.medicines
            if not one.only_a_kind
        ]
        for kind in name.medicines:
            if kind.only_a_kind and not any(set(kind.classes) & set(one.classes) for one in beside):
                return True
    return False


_MOST_SLIPPED = 3
"""How many words may be one name with a slip in it."""


def names_read(words: list[str], box: NameField) -> list[NameMatch]:
    """The known names among the words, and outside the allergy box those with one slip."""
    taken = names_in(words, box.value.kinds)
    if box is NameField.ALLERGIES:
        return taken
    free = {place for place, _ in _beside(words, taken, box)}
    for start in sorted(free):
        for end in range(start + _MOST_SLIPPED, start, -1):
            if words[start] in IDLE_WORDS or not free.issuperset(range(start, end)):
                continue
            if medicines := one_slip(" ".join(words[start:end])):
                taken.append(NameMatch(start, end, medicines))
                free.difference_update(range(start, end))
                break
    return sorted(taken, key=lambda name: name.start)


def _beside(words: list[str], taken: list[NameMatch], box: NameField) -> list[tuple[int, str]]:
    """The words beside the names and their reasons, with their places. A reason ends at the next name."""
    covered = {place for name in taken for place in range(name.start, name.end)}
    beside: list[tuple[int, str]] = []
    in_reason = False
    for place, word in enumerate(words):
        if place in covered:
            in_reason = False
        elif word in box.value.reasons:
            in_reason = True
        elif not in_reason:
            beside.append((place, word))
    return beside


def _medicines(words: list[str], taken: list[NameMatch], box: NameField) -> tuple[Medicine, ...]:
    """The medicines of the names taken, a steroid as its form makes it, which stands after or before the name."""
    found: dict[Medicine, None] = {}
    ends = [name.start for name in taken[1:]] + [len(words)]
    before = words[: taken[0].start]
    for name, end in zip(taken, ends, strict=True):
        after = _before_reason(words[name.end : end], box)
        found |= dict.fromkeys(by_form(name.medicines, words[name.start : name.end], [*before, *after]))
        before = []
    return tuple(found)


def _before_reason(words: list[str], box: NameField) -> list[str]:
    for place, word in enumerate(words):
        if word in box.value.reasons:
            return words[:place]
    return words


def _left_over(words: list[str], taken: list[NameMatch], box: NameField) -> list[str]:
    """The words beside the names that may change what was meant."""
    return [
        word
        for place, word in _beside(words, taken, box)
        if not (word in box.value.idle or _is_dose(word) or off_and_on(words, place) or _an_hour(word, words))
    ]


def _an_hour(word: str, words: list[str]) -> bool:
    """Whether it is the "pm" of "am/pm": alone it is part of a name, as in Tylenol PM."""
    return word == "pm" and "am" in words


def _is_dose(word: str) -> bool:
    """Whether it holds a digit, and not for a letter: 50mg, q12h; not lexapr0."""
    return any(map(str.isdigit, word)) and not _holds_letters_for_digits(word)


def _holds_letters_for_digits(word: str) -> bool:
    return sum(map(str.isalpha, word)) >= _FEWEST_LETTERS and bool(near_to(with_letters(word)))


_FEWEST_LETTERS = 4


def _near(words: list[str], box: NameField) -> tuple[Medicine, ...]:
    """What the whole text before its reason is near to; when that is nothing, what each of its words is near to."""
    words = _compared(words, box)
    if whole := near_to(" ".join(words)):
        return whole
    return tuple(
        dict.fromkeys(
            medicine
            for word in words
            if word not in IDLE_WORDS and word not in ALLERGY_WORDS
            for medicine in near_to(word)
        )
    )


def _compared(words: list[str], box: NameField) -> list[str]:
    """The words before the reason that may be a name."""
    return [
        with_letters(word)
        for word in _before_reason(words, box)
        if word not in FORM_WORDS and not _is_dose(word)
    ]


def _with_stops(text: str, box: NameField) -> Lookup:
    """A text with a phrase that says "stopped": it speaks of the names in its part, else those in the part before.

    A harmless medicine that is no longer taken is as quiet as one that is.
    """
    found: list[Lookup] = []
    for words in parts(text):
        if not says_stopped(words):
            if not all(word in IDLE_WORDS or is_number(word) for word in words):
                found.append(_read(words, box))
        elif taken := names_read(words, box):
            found.append(Lookup(past=_to_ask(_medicines(words, taken, box))))
        elif found and (found[-1].sure or found[-1].past):
            before = found[-1]
            found[-1] = replace(before, sure=(), past=(*before.past, *_to_ask(before.sure)))
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


def _to_ask(medicines: Iterable[Medicine]) -> tuple[Medicine, ...]:
    return tuple(medicine for medicine in medicines if medicine.classes or not medicine.reviewed)


def _each(found: Iterable[tuple[Medicine, ...]]) -> tuple[Medicine, ...]:
    return tuple(dict.fromkeys(medicine for some in found for medicine in some))


def _in_other_letters(text: str) -> bool:
    """Whether words are in letters that do not come down to a to z, and so were not read. A micro sign is none."""
    if text.isascii():
        return False
    return any(
        unicode_3_2.category(sign) in ("Lu", "Ll", "Lt", "Lo") and not sign.isascii() and sign != "μ"
        for sign in unicode_3_2.normalize("NFKD", text)
    )
