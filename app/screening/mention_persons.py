"""Whose a mention is: the patient's, a blood relative's, or somebody else's."""

from __future__ import annotations

import re

from .mention_text import Match, WrittenText
from .mention_words import COMPANY, OTHERS, PRONOUNS, RELATIVES, REPORTS, SELF

REACH = 12
"""How many words before a thing the person may stand whose it is."""


def whose(text: WrittenText, match: Match) -> str:
    """ "self", "relative", "other", or "both" for the patient and a relative."""
    if any(text.words[number].folded in _FIRST_PERSON for number in range(match.first, match.last + 1)):
        return "self"
    if match.first and text.words[match.first - 1].folded in _MINE:
        return "self"
    for number in text.before(match.first, REACH):
        folded = text.words[number].folded
        if folded in SELF:
            joined_with = {text.words[other].folded for other in text.before(number, 3)}
            return "both" if joined_with & _AND and joined_with & RELATIVES else "self"
        if folded in PRONOUNS:
            if person := _person_before(text, text.sentence_begin(number)):
                return person
        elif folded in RELATIVES or folded in OTHERS:
            if _reports(text, number):
                return "self"
            if not _in_company(text, number, match.first):
                return _kind(text, number)
    return _after(text, match)


def _kind(text: WrittenText, number: int) -> str:
    following = [word.folded for word in text.words[number + 1 : number + 3]]
    if text.words[number].folded in RELATIVES and (
        following == ["in", "law"] or following[:1] == ["politico"]
    ):
        return "other"
    # My wife's mother is no blood relative.
    of_somebody = number > 0 and text.words[number - 1].folded in OTHERS
    return "relative" if text.words[number].folded in RELATIVES and not of_somebody else "other"


def _person_before(text: WrittenText, begin: int) -> str:
    """Whom a "he" at the beginning of a sentence stands for: somebody in the sentence before; "" when nobody."""
    for number in range(begin - 1, max(-1, begin - 1 - REACH), -1):
        folded = text.words[number].folded
        if folded in RELATIVES or folded in OTHERS:
            return _kind(text, number)
    return ""


def _reports(text: WrittenText, number: int) -> bool:
    """ "Mom says I had convulsions" is about the patient."""
    following = {word.folded for word in text.words[number + 1 : number + 4]}
    return not following.isdisjoint(REPORTS)


def _in_company(text: WrittenText, number: int, first: int) -> bool:
    """ "I live with my mom, had a stroke": somebody who is only there, and a clause of its own after them."""
    if {text.words[other].folded for other in text.before(number, 2)}.isdisjoint(COMPANY):
        return False
    return any(
        text.words[between].comma or text.words[between].folded in _AND
        for between in range(number + 1, first + 1)
    )


def _after(text: WrittenText, match: Match) -> str:
    if found := _OF_SOMEBODY.match(text.after(match.last, 6)):
        return "other" if any(word in OTHERS for word in found.group().split()) else "relative"
    return "self"


_MINE = frozenset(("my", "mi", "mis", "own"))
_AND = frozenset(("and", "y", "e"))
_FIRST_PERSON = SELF - {"mis"}
_RELATIVE = "|".join(sorted(RELATIVES))
_PERSON = "|".join(sorted(RELATIVES | OTHERS))
_OF_SOMEBODY = re.compile(
    rf"(?:(?:that|which|que) )?(?:runs? )?(?:in|on|de|en|of|del|by) (?:my |the |both |mi |la |el |su |mis |a |un |una )"
    rf"?(?:{_PERSON})(?!\w)(?: in law)?|(?:that |which )?(?:runs|run) in"
    rf"|(?:my |mi )?(?:{_RELATIVE})(?: (?:and|y) (?:my |mi )?(?:{_RELATIVE}))*$"
)
