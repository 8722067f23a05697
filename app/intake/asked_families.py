"""The question that asks for families of medicines after the list: only for those that the list did not name.

What was not asked is no answer. Where the list left families out, the answer holds yes or no for each of the others
alone. Plain Python.
"""

from __future__ import annotations

from collections.abc import Mapping

from app.questionnaire.answers import STATES, Answer
from app.questionnaire.intake import INTAKE
from app.questionnaire.kinds import Choices
from app.questionnaire.pages import Page
from app.screening.families import FAMILIES, listed_families

ASKED = "med_classes"
"""The id of the question."""
PAGE = INTAKE.page_of(ASKED).id
"""The id of its page."""


def left_out(answers: Mapping[str, Answer]) -> frozenset[str]:
    """The families that are not asked for, because the list names them."""
    return listed_families(answers)


def as_asked(page: Page, answers: dict[str, Answer]) -> dict[str, Answer]:
    """The answers that a page was read as, with no word of a family that was not on it."""
    picked = answers.get(ASKED)
    if page.id != PAGE or not isinstance(picked, list) or STATES.intersection(picked):
        return answers
    kind = INTAKE.questions[ASKED].kind
    hidden = left_out(answers) - set(picked)
    if not hidden or not isinstance(kind, Choices):
        return answers
    said: Answer = {code: "yes" if code in picked else "no" for code in kind.items() if code not in hidden}
    return {**answers, ASKED: said}


def asks_more(answers: Mapping[str, Answer]) -> bool:
    """Whether the list no longer names a family that was left out for it, so that it is to be asked for now."""
    said = answers.get(ASKED)
    return isinstance(said, dict) and not FAMILIES.keys() <= said.keys() | left_out(answers)
