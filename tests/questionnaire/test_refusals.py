"""Every refusal says how to mend it: what is expected, with its limits or an example."""

import re
from collections.abc import Iterator

import pytest

from app.questionnaire.all_forms import WHOLE
from app.questionnaire.kinds import Group, InvalidAnswer, Measure
from app.questionnaire.pages import Question
from tests.people import ON

TYPED = (
    "tall", "120/80", "1.70", "170", "57", "5.7", "11 1/2", "½", "-1", "0", "13", "9" * 20, "x" * 9000, "a\x1b", "\x1b",
    "dragons",
)  # fmt: skip
REPEATED = re.compile(r"^You typed “.*?”\. ", re.DOTALL)
# A number, an example, a choice that is named, a list of what there is, or the sign to take out.
HOW = re.compile(r"\d|, like |like name@|“.+”|: \w+|first sign")


def asked() -> Iterator[Question]:
    """Every question, and every column of a list."""
    for question in WHOLE.questions.values():
        if isinstance(question.kind, Group):
            yield from (entry.at(question.id, 0) for entry in question.kind.entries)
        yield question


def posted(question: Question) -> Iterator[dict[str, list[str]]]:
    units = [unit.code for unit in question.kind.units] if isinstance(question.kind, Measure) else [""]
    for part in question.kind.parts(question):
        for text in TYPED:
            yield {part: [text, text]}
            for unit in units:
                yield {f"{question.id}-unit": [unit], part: [text]}


@pytest.mark.parametrize("question", list(asked()), ids=lambda question: question.id)
def test_a_refusal_names_what_is_expected_with_a_limit_or_an_example(question: Question) -> None:
    for form in posted(question):
        try:
            question.kind.read(question, form, ON)
        except InvalidAnswer as refusal:
            # A box that was left empty is asked for by its name.
            for each in (one for one in refusal.each() if one.unread and one.part in form):
                said = REPEATED.sub("", each.message)
                assert HOW.search(said), (form, each.message)
                assert len(each.message) < 200, each.message
                assert each.part in (*question.form_names(), question.id)
