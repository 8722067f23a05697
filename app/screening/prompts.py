"""What a clinician reads aloud on a call: the words of the field that takes the answer. Plain Python."""

from __future__ import annotations

import re

from ..questionnaire.kinds import Choice, Choices, Rows, Scale, Statement
from ..questionnaire.pages import Question

_QUOTED = re.compile(r'"[^"]+"\s*(?P<instruction>.*)', re.DOTALL)
# What a patient says of themselves, or in two sentences: a caller who asks it as their own would be the one meant.
_AS_SAID = re.compile(r"\b(I|me|my)\b|\. ")


def instruction_of(ask: str) -> str:
    """What the caller does besides asking, by a rule's declared sentence; "" for nothing."""
    found = _QUOTED.fullmatch(ask.strip())
    return found["instruction"] if found else ""


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


def item_read_aloud(question: Question, item: str) -> str:
    """The wording of one item of a list, asked by itself; quoted where it speaks as the patient."""
    kind = question.kind
    label = kind.rows[item] if isinstance(kind, Rows) else kind.options[item]  # type: ignore[attr-defined] # else a tick list
    said = label.removeprefix("Yes, ")
    quoted = f"“{said}”" if _AS_SAID.search(said) else said
    return f"{read_aloud(question).removesuffix('?')}: {quoted}?"
