"""What a clinician reads aloud on a call, so that something unknown becomes known. Plain Python."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ..questionnaire.all_forms import WHOLE
from ..questionnaire.kinds import Choice, Choices, Scale, Statement
from ..questionnaire.pages import Question

MOST_QUESTIONS = 3
"""A prompt reads out no more: every question has a field of its own below it."""

_QUOTED = re.compile(r'"(?P<question>[^"]+)"\s*(?P<instruction>.*)', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Prompt:
    """One line of the phone script: a question for the patient, and a note for whoever calls."""

    question: str
    """Read aloud to the patient. Ends in a question mark."""
    instruction: str = ""
    """What the caller does besides, not read aloud; "" for nothing."""

    def filled(self, placeholder: str, words: str) -> Prompt:
        """The prompt with `placeholder` replaced by `words` in both parts."""
        return Prompt(
            self.question.replace(placeholder, words),
            self.instruction.replace(placeholder, words),
        )


def parse_prompt(ask: str) -> Prompt:
    """A rule's declared sentence: a question in quotation marks, with an instruction after it or none."""
    found = _QUOTED.fullmatch(ask.strip())
    return Prompt(found["question"], found["instruction"]) if found else Prompt(ask)


def prompt_of_questions(names: Iterable[str]) -> Prompt | None:
    """A prompt made of the wording of some questions, by id; None when there are none."""
    asked = [WHOLE.questions[name] for name in names][:MOST_QUESTIONS]
    if not asked:
        return None
    scales = any(isinstance(question.kind, Scale) for question in asked)
    return Prompt(
        " ".join(map(read_aloud, asked)), "Read out every item, with its choices." if scales else ""
    )


def read_aloud(question: Question) -> str:
    """The wording of a question as one asks it on a call: in full, and ending in a question mark."""
    label = question.label
    if label.endswith("?"):
        return label
    match question.kind:
        case Choice() | Choices():
            return f"Does this apply to you: {label[:1].lower()}{label[1:]}?"
        case Scale():
            return f"Can we go through this together: {label}?"
        case Statement():
            return f"Do you agree: “{label}”?"
        case _:
            return f"What should I write down for “{label}”?"
