"""Questions as they are put on a call, and what their fields hold. Plain Python."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from app.questionnaire.all_forms import WHOLE
from app.questionnaire.answers import STATES, State
from app.questionnaire.kinds import Choice, Choices, Group, Identity, Posted, Rows, Scale, Statement
from app.questionnaire.pages import Question
from app.review.case.phone_script_view import Script, ScriptQuestion
from app.screening.prompts import item_read_aloud, read_aloud
from app.screening.source_questions import items_of

STILL_NOT_KNOWN = "Asked: still not known"
NOT_KNOWN = State.NOT_SURE.value
"""What is posted for it: a state, so that no condition takes it for an answer."""
GONE = "gone"
"""What is posted for an entry that is to be taken off a list."""
YES_NO = {"yes": "Yes", "no": "No"}


def can_be_asked(question: Question) -> bool:
    """Whether a question can be put on a call. What opens a link, and what a patient signs, are theirs alone."""
    return not isinstance(question.kind, (Identity, Statement)) and question.kind.name != "signature"


def call_question(question: Question) -> Question:
    """A question as it is put on a call: in full, with only definite answers, and the option
    “asked, still not known”. What is left empty was not asked.
    """
    whole = replace(question, text=read_aloud(question), required=False, exit={})
    match question.kind:
        case Choice(options=options):
            return replace(whole, kind=replace(question.kind, options=_definite(options)))
        case Choices(options=options):
            return replace(whole, kind=Choices(_definite(options)))
        case _:
            return replace(whole, exit={NOT_KNOWN: STILL_NOT_KNOWN})


def call_item(question: Question, item: str) -> Question:
    """One item of a list as it is put on a call by itself."""
    options = question.kind.options if isinstance(question.kind, Rows) else YES_NO
    return Question(
        f"{question.id}-{item}",
        item_read_aloud(question, item),
        Choice(_definite(options)),
        required=False,
    )


def _definite(options: Mapping[str, str]) -> dict[str, str]:
    return {code: label for code, label in options.items() if code not in STATES} | {
        NOT_KNOWN: STILL_NOT_KNOWN
    }


def known_values(place: ScriptQuestion) -> dict[str, list[str]]:
    """What the field of a whole question would hold if it were filled with its answer until now."""
    return {} if place.item or place.answer is None else place.ask.kind.post(place.ask, place.answer)


def with_known(script: Script, posted: Posted) -> dict[str, Sequence[str]]:
    """What was posted, and the answers so far of what was left empty, in the whole questions of a script: that was not
    asked, and stays as it is. An entry that is to be taken off a list is left out.
    """
    values = dict(posted)
    for place in script.places().values():
        known, exits = known_values(place), posted.get(place.ask.exit_name, ())
        gone = {name.rsplit("-", 2)[0] for name in place.gone_names() if GONE in posted.get(name, ())}
        if isinstance(place.ask.kind, (Scale, Rows, Group)) and not any(exits):
            values |= {
                name: said
                for name, said in known.items()
                if not any(posted.get(name, ())) and name.rsplit("-", 1)[0] not in gone
            }
        elif not was_posted(place, posted):
            values |= known
    return values


def was_posted(place: ScriptQuestion, posted: Posted) -> bool:
    """Whether anything was sent for a place; the unit of a measure is picked to begin with, and says nothing."""
    names = (*place.ask.form_names(), *place.gone_names())
    return any(any(posted.get(name, ())) for name in names if name != f"{place.id}-unit")


def unplaced_answers(posted: Posted, script: Script) -> list[str]:
    """What was typed for questions that have no field any more, in words: what was asked, and the answer."""
    placed = script.form_names()
    told = []
    for question in every_call_question():
        names = [name for name in question.form_names() if name not in placed]
        given = [text for name in names for text in posted.get(name, ()) if text]
        if given:
            labels: Mapping[str, str] = getattr(question.kind, "options", {})
            told.append(f"{question.label} {', '.join(labels.get(text, text) for text in given)}")
    return told


def every_call_question() -> Iterator[Question]:
    """Every question that a script may hold, whole or as an item of a list."""
    for question in WHOLE.questions.values():
        if can_be_asked(question):
            yield call_question(question)
            yield from (call_item(question, item) for item in items_of(question.id))
