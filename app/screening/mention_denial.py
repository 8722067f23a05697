"""Whether a mention is denied: "never had a seizure", "no seizures, psychosis or heart trouble", "Epilepsy? No."."""

from __future__ import annotations

import re

from .mention_patterns import any_phrase
from .mention_text import Match, WrittenText
from .mention_words import DENIALS, LIST_JOINS, NO, SELF, SPEAKS, TIMES

REACH, REACH_OF_A_LIST, FARTHEST = 8, 7, 40
"""How many words away a denial is of the thing itself, of one more of a list, and how far a list may go."""
AFTER, AFTER_A_LIST = 6, 14
"""How many words after a thing may deny it, or say that it once was; and how many after the last of a list."""

_NO_DENIAL, _STILL_TRUE, _AFTER, _BEFORE, _ALL_AFTER, _ANSWER, _ENDS, _WITH_MY, _ANEW, _TWICE = (
    any_phrase(DENIALS[name])
    for name in (
        *(
            "no_denial",
            "still_true",
            "after",
            "before",
            "all_after",
            "answer",
            "ends",
            "with_my",
            "anew",
            "twice",
        ),
    )
)
_NO_AFTER = re.compile(r"(?:no|nope|nah|none|nunca|never|ninguno|ninguna)(?!\w)")
_MINE = frozenset(("my", "mi", "mis"))


def denied(text: WrittenText, match: Match) -> bool:
    """Whether a mention is denied in its sentence, or by the answer that follows it."""
    first, last = match.first, match.last
    if _ENDS.match(text.joined, text.offsets[first]):
        return False
    after = text.after(last, AFTER)
    if (still := _STILL_TRUE.search(after)) and (not still.start() or after.split()[0] in TIMES):
        return False
    if _denies_within(text, match) or _denied_after(text, last, after):
        return True
    if first and text.words[first - 1].folded in _MINE and not text.words[first].comma:
        # "Not able to work with my epilepsy": what is called one's own is there, but for "no trouble with my heart".
        return bool(_WITH_MY.search(text.ahead(first, REACH)))
    return _denied_before(text, first) or bool(_BEFORE.search(text.ahead(first, REACH)))


def denied_after(text: WrittenText, match: Match) -> bool:
    """Whether what follows the thing denies it: "cancer treatment: no"."""
    return _denied_after(text, match.last, text.after(match.last, AFTER))


def _denies_within(text: WrittenText, match: Match) -> bool:
    """Whether a "not" that is no part of the phrase stands in a gap of it: "headaches have not changed"."""
    return any(
        text.words[number].folded in NO - match.denials and denies(text, number)
        for number in range(match.first + 1, match.last)
    )


def denies(text: WrittenText, number: int) -> bool:
    """Whether the word denies at all: "no idea", "can't sleep" and "so I don't" do not."""
    if text.words[number].folded not in NO or _NO_DENIAL.match(text.joined, text.offsets[number]):
        return False
    return not _TWICE.search(text.ahead(number, 4))


def _denied_before(text: WrittenText, first: int) -> bool:
    """Whether a denial before the thing reaches it, through a list if need be."""
    steps, reach = 0, REACH
    for number in text.before(first, FARTHEST):
        word, following = text.words[number], text.words[number + 1]
        if following.comma:
            if _begins_anew(text, number + 1, first):
                return False
            steps, reach = 0, REACH_OF_A_LIST
        if word.folded in LIST_JOINS:
            steps, reach = 0, REACH_OF_A_LIST
            if word.folded not in NO:
                if _ANEW.match(text.joined, text.offsets[number + 1]):
                    return False
                continue
        steps += 1
        if steps > reach or _ENDS.match(text.joined, text.offsets[number]):
            return False
        if word.folded in NO:
            if not _NO_DENIAL.match(text.joined, text.offsets[number]):
                return denies(text, number)
        elif _speaks_of_self(word.folded) and not (
            _denial_between(text, number, first) or _spoken_no(text, number)
        ):
            # "No idea why, I get seizures": who speaks of themselves begins anew, but for "I never had one".
            return False
    return False


def _speaks_of_self(folded: str) -> bool:
    return (folded in SELF and folded not in _OBJECTS) or folded in SPEAKS


def _denial_between(text: WrittenText, number: int, first: int) -> bool:
    return any(text.words[between].folded in NO for between in range(number + 1, first))


def _spoken_no(text: WrittenText, number: int) -> bool:
    """ "No tengo": the verb alone says who speaks, and its "no" stands before it."""
    return text.words[number].folded in SPEAKS and any(
        text.words[other].folded in NO for other in text.before(number, 2)
    )


def _begins_anew(text: WrittenText, begin: int, first: int) -> bool:
    """Whether what stands after a comma is more than the next of a list: "no seizures, stroke in 2019"."""
    end = first
    last = text.sentence_end(first)
    while end < last and not text.words[end + 1].comma:
        end += 1
    return any(
        word.folded.isdigit() or word.folded in SELF or _ANEW.match(text.joined, text.offsets[number])
        for number, word in enumerate(text.words[begin : end + 1], begin)
    )


def _denied_after(text: WrittenText, last: int, after: str) -> bool:
    if _AFTER.match(after) and not _NO_DENIAL.match(after):
        return True
    rest = text.after(last, AFTER_A_LIST)
    if (all_denied := _ALL_AFTER.search(rest)) and SELF.isdisjoint(rest[: all_denied.start()].split()):
        return True
    end = text.sentence_end(last)
    if end + 1 < len(text.words) and text.words[end + 1].ends == "?" and _answers_no(text, end + 1):
        return True
    return last < end and _says_no(text, last + 1, end)


def _answers_no(text: WrittenText, number: int) -> bool:
    """Whether a sentence answers no to the question before it: "Epilepsy? No.", and not "A seizure? No idea"."""
    answer = text.between(number, text.sentence_end(number) + 1)
    if not _ANSWER.match(answer) or _NO_DENIAL.match(answer):
        return False
    return not _STILL_TRUE.search(text.after(number, AFTER))


def _says_no(text: WrittenText, number: int, end: int) -> bool:
    """Whether a "no" after the thing is about it: "stroke: no", "seizures no, stroke yes"; not "seizures, no fever"."""
    if not _NO_AFTER.match(text.joined, text.offsets[number]):
        return False
    if number == end or text.words[number + 1].comma:
        return True
    return not text.words[number].comma and bool(
        re.search(
            r" (?:yes|no|si|nunca|never|none)(?!\w)", text.between(number + 1, min(end, number + 5) + 1)
        )
    )


_OBJECTS = frozenset(("me", "mis", "myself"))
