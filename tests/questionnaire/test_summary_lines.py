"""The box at the top of a page that came back: no two of its lines are the same, so each says what it is about."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest

from app.questionnaire.all_forms import FORMS
from app.questionnaire.form_kinds import FormKind
from app.questionnaire.kinds import Choice, Choices, Group, Text
from app.questionnaire.pages import Page, Questionnaire
from app.questionnaire.posted import read_page, told_apart
from app.questionnaire.reading import Reading
from tests.people import ON

Posted = dict[str, list[str]]


def asking_all(form: Questionnaire) -> Questionnaire:
    """The form, in which everything is asked of everyone."""

    def page(old: Page) -> Page:
        return replace(old, questions=tuple(replace(question, show_if=None) for question in old.questions))

    return replace(
        form, steps=tuple(replace(step, pages=tuple(map(page, step.pages))) for step in form.steps)
    )


def lines(form: Questionnaire, page: Page, posted: Posted) -> list[str]:
    problems = read_page(page, posted, Reading(form, {}, ON)).problems
    return [str(problem.text) for problem in told_apart(form, problems)]


def nothing(_page: Page) -> Posted:
    return {}


def too_much(page: Page) -> Posted:
    """Boxes that hold more than they may, and lists in which something is picked beside what stands alone."""
    posted: Posted = {}
    for question in page.questions:
        group = question.kind.entries if isinstance(question.kind, Group) else ()
        asked = [question, *(entry.at(question.id, index) for index in (0, 1) for entry in group)]
        for each in asked:
            if isinstance(each.kind, Choices):
                posted[each.id] = [*each.kind.options]
            elif isinstance(each.kind, Text) and each.kind.form is None:
                posted[each.id] = ["x" * (each.kind.max_length + 40)]
    return posted


def halves(page: Page) -> Posted:
    """Two entries of each list without what they are called by."""
    return {
        f"{question.id}-{index}-{entry.id}": [next(iter(entry.kind.options))]
        for question in page.questions
        if isinstance(question.kind, Group)
        for index in (0, 1)
        for entry in question.kind.entries
        if isinstance(entry.kind, Choice)
    }


@pytest.mark.parametrize("wrong", [nothing, too_much, halves])
@pytest.mark.parametrize("kind", FORMS)
def test_no_line_is_there_twice(kind: FormKind, wrong: Callable[[Page], Posted]) -> None:
    form = asking_all(FORMS[kind].asks)
    for page in form.pages:
        said = Counter(lines(form, page, wrong(page)))
        assert [line for line, times in said.items() if times > 1] == [], page.id
