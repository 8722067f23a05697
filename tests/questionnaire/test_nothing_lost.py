"""Pages were merged and words shortened in versions 1.7 and 1.9: no question, no code that a fact may read and none of
the answers that a question follows from went with them.
"""

import csv
from pathlib import Path

from app.questionnaire.all_forms import FORMS
from app.questionnaire.dictionary import condition_words
from app.questionnaire.intake import INTAKE
from app.questionnaire.kinds import Group
from app.questionnaire.pages import Question

BEFORE = Path(__file__).parent / "data" / "asked_1_4.csv"
WHEN = Path(__file__).parent / "data" / "asked_when_1_8.csv"


def codes(question: Question) -> set[str]:
    """What may be stored of it: options, and of a list each column with its own."""
    if isinstance(question.kind, Group):
        return {f"{entry.id}:{code}" for entry in question.kind.entries for code in codes(entry) or {""}}
    return set(getattr(question.kind, "options", ()))


def test_every_question_and_code_of_before_is_still_asked() -> None:
    for row in csv.DictReader(BEFORE.read_text(encoding="utf-8").splitlines()):
        question = INTAKE.questions[row["question"]]
        assert question.kind.name == row["kind"], question.id
        assert set(row["codes"].split()) <= codes(question), question.id


def test_every_question_is_asked_after_the_same_answers_as_before() -> None:
    for row in csv.DictReader(WHEN.read_text(encoding="utf-8").splitlines()):
        asked = INTAKE.questions[row["question"]].show_if
        assert (condition_words(asked) if asked else "") == row["when"], row["question"]


def test_what_opens_a_question_on_its_page_stands_above_it() -> None:
    """A page is read in the order it is asked: what opens later than what it opens would never be taken."""
    for kind in FORMS.values():
        form = kind.asks
        for page in form.pages:
            place = {question.id: number for number, question in enumerate(page.questions)}
            for question in page.questions:
                for name in question.show_if.names() if question.show_if else ():
                    asked = form.derived[name].question if name in form.derived else name
                    assert place.get(asked, -1) < place[question.id], (page.id, question.id, asked)
