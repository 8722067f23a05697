"""What is written and not meant as one's own history: a question that was asked, a likeness, a fear, a side effect."""

from __future__ import annotations

from .mention_patterns import any_phrase
from .mention_text import Match, WrittenText
from .mention_words import DOUBTS, FEARS, Subject

FEAR_REACH, QUESTION_REACH, ANSWER_REACH = 6, 8, 16
"""How many words away a fear, a question, or the answer to it, still belongs to a thing."""

_ASKED, _SAID_NO, _SAID_YES, _LIKE, _THOUGHT, _TURNED_OUT, _NO_FEAR, _GENERAL, _GENERAL_AFTER, _COMES_BACK = (
    any_phrase(DOUBTS[name])
    for name in (
        *("asked", "said_no", "said_yes", "like", "thought", "turned_out", "no_fear", "general"),
        "general_after",
        "comes_back",
    )
)


def only_supposed(text: WrittenText, match: Match, subject: Subject) -> bool:
    """Whether it is asked, feared, compared or spoken of in general, and not told as one's own."""
    ahead = text.ahead(match.first, QUESTION_REACH)
    following = text.between(match.last + 1, min(len(text.words), match.last + 1 + ANSWER_REACH))
    if _ASKED.search(ahead):
        return not _SAID_YES.search(following)
    if _SAID_NO.search(following):
        return True
    if subject.fear:
        return False
    if _GENERAL.search(ahead) or _GENERAL_AFTER.match(following):
        return True
    if not subject.likeness and (
        _LIKE.search(ahead) or (_THOUGHT.search(ahead) and _TURNED_OUT.search(following))
    ):
        return True
    return _feared(text, match)


def _feared(text: WrittenText, match: Match) -> bool:
    """ "Afraid of a seizure" is a fear; "scared since my stroke" and "afraid it comes back" are not."""
    for number in text.before(match.first, FEAR_REACH):
        if text.words[number].folded in FEARS:
            return not (
                _NO_FEAR.search(text.between(number + 1, match.first))
                or _COMES_BACK.search(text.after(number, match.last - number + 6))
            )
    return False
