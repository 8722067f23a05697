"""Questions as they are put on a call, and what their fields hold. Plain Python."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from app.questionnaire.all_forms import WHOLE
from app.questionnaire.answers import STATES, State, is_blank, state_of
from app.questionnaire.kinds import Choice, Choices, Identity, Posted, Statement
from app.questionnaire.pages import Question
from app.questionnaire.reading import Reading
from app.review.case.phone_script_view import Script

STILL_NOT_KNOWN = "Asked: still not known"
NOT_KNOWN = State.NOT_SURE.value
"""What is posted for it: a state, so that no condition takes it for an answer."""


def can_be_asked(question: Question) -> bool:
    """Whether a question can be put on a call. What opens a link, and what a patient signs, are theirs alone."""
    return not isinstance(question.kind, (Identity, Statement)) and question.kind.name != "signature"


def call_question(question: Question) -> Question:
    """A question as it is put on a call: in full, with only definite answers, and the option
    “asked, still not known”. What is left empty was not asked.
    """
    whole = replace(question, required=False, exit={})
    match question.kind:
        case Choice(options=options):
            return replace(whole, kind=replace(question.kind, options=_definite(options)))
        case Choices(options=options):
            return replace(whole, kind=Choices(_definite(options)))
        case _:
            return replace(whole, exit={NOT_KNOWN: STILL_NOT_KNOWN})


def _definite(options: Mapping[str, str]) -> dict[str, str]:
    return {code: label for code, label in options.items() if code not in STATES} | {
        NOT_KNOWN: STILL_NOT_KNOWN
    }


def known_form_values(script: Script, reading: Reading) -> dict[str, list[str]]:
    """What the fields of the script hold before anything is typed: the answers so far, to be corrected or completed."""
    typed: dict[str, list[str]] = {}
    for name, place in script.places().items():
        answer = reading.value(name)
        if reading.shown(name) and not is_blank(answer) and state_of(answer) is State.ANSWERED:
            typed |= place.ask.kind.post(place.ask, answer)
    return typed


def unplaced_answers(posted: Posted, fields: Collection[str]) -> list[str]:
    """What was typed for questions that have no field any more, in words: label and answer."""
    told = []
    for question in WHOLE.questions.values():
        given = [text for name in question.form_names() for text in posted.get(name, ()) if text]
        if given and question.id not in fields:
            labels: Mapping[str, str] = getattr(question.kind, "options", {})
            told.append(f"{question.label}: {', '.join(labels.get(text, text) for text in given)}")
    return told
