"""Reading a form as a patient would have sent it."""

from dataclasses import replace

from app.questionnaire.answers import Answer
from app.questionnaire.intake import INTAKE
from app.questionnaire.kinds import InvalidAnswer
from app.questionnaire.posted import PageRead, read_page
from app.questionnaire.reading import Reading
from benchmarks.form_people import no_to_all
from tests.people import ON, Answers

Form = dict[str, str | list[str]]


def lists(form: Form) -> dict[str, list[str]]:
    return {name: [value] if isinstance(value, str) else value for name, value in form.items()}


def read(key: str, form: Form) -> Answer:
    """One question's stored value. Raises InvalidAnswer."""
    question = INTAKE.questions[key]
    return question.kind.read(question, lists(form), ON)


def refusal(key: str, form: Form) -> tuple[str, str]:
    """The message, and the field it links to."""
    try:
        answer = read(key, form)
    except InvalidAnswer as refused:
        return refused.message, refused.part
    raise AssertionError(f"{key} took {answer!r}")


def send(page: str, form: Form, before: Answers | None = None) -> PageRead:
    """A whole page, on top of what was stored before. What the test does not name and everyone is asked with yes or no,
    and nothing follows from, may be there tomorrow or not: it is left out.
    """
    found = INTAKE.page(page)
    assert found is not None
    follows = {name for other in INTAKE.questions.values() if other.show_if for name in other.show_if.reads()}
    named = {*form, *(before or {}), *follows}
    alone = {name for name in no_to_all(INTAKE) if INTAKE.questions[name].show_if is None} - named
    asked = tuple(question for question in found.questions if question.id not in alone)
    return read_page(replace(found, questions=asked), lists(form), Reading(INTAKE, before or {}, ON))


def told(result: PageRead) -> dict[str, str]:
    """What the patient is asked to mend: field to message."""
    return {problem.target: problem.text for problem in result.problems}
