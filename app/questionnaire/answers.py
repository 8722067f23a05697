"""The states of an answer. Unknown is never no, so each way of not answering keeps its own name.

An answer is stored in the case format: a JSON value of its question's kind, or one of STATES in place of the value.
A missing key, null, "" and [] are blank. Not shown is never stored: it follows from the other answers.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, TypeAlias

Answer: TypeAlias = Any
Answers: TypeAlias = Mapping[str, Answer]

DUE = "fu_due"
"""Scales due at a check-in (phq9, gad7, peg). Set by the schedule beside the answers, never asked."""


class State(StrEnum):
    """The state of one question: answered, or why it has no answer."""

    ANSWERED = "answered"
    NOT_SURE = "not_sure"
    RATHER_NOT = "rather_not"
    ASK_ME = "ask_me"
    BLANK = "blank"
    NOT_SHOWN = "not_shown"


STATES = frozenset({State.NOT_SURE.value, State.RATHER_NOT.value, State.ASK_ME.value})
"""States that are stored in place of a value."""

STATE_WORDS = {
    State.NOT_SURE: "Not sure",
    State.RATHER_NOT: "Rather not say",
    State.ASK_ME: "Ask me by phone or at the clinic",
    State.BLANK: "Not answered",
    State.NOT_SHOWN: "Not asked",
}


def is_blank(answer: Answer) -> bool:
    """Whether the stored value means "left empty"."""
    return answer is None or answer == "" or answer == []


def state_of(answer: Answer) -> State:
    """The state of a stored value of a question that is shown."""
    if is_blank(answer):
        return State.BLANK
    if isinstance(answer, str) and answer in STATES:
        return State(answer)
    if isinstance(answer, list) and len(answer) == 1 and isinstance(answer[0], str) and answer[0] in STATES:
        return State(answer[0])
    return State.ANSWERED
