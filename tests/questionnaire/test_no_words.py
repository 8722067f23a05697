"""What has no letter and no digit is no answer to a question that asks for words."""

import pytest

from app.questionnaire.all_forms import WHOLE
from app.questionnaire.kinds import Group, InvalidAnswer, Text, accept_answer
from app.questionnaire.pages import Question
from tests.people import ON

NO_WORDS = (
    ".",
    "..",
    "-",
    "–",
    "?",
    "???",
    "/",
    "…",
    "😀",
    "👍🏽",
    "❤️",
    "🤷‍♀️",
    "。",
    "__",
    "* *",
    "ㅤ",
    "ˆ",
    "`",
    "•\n•",
)
SOME_WORDS = ("none", "n/a", "N/A", "No", "A", "0", "李", "٣", "½", "é", "อ", "없음", "- none -")
TYPED_TEXTS = [
    (question.id, entry)
    for question in WHOLE.questions.values()
    for entry in (question.kind.entries if isinstance(question.kind, Group) else (question,))
    if isinstance(entry.kind, Text)
    and entry.kind.form in (None, "name")
    and (entry.required or entry.kind.form == "name")
]


@pytest.mark.parametrize(("where", "question"), TYPED_TEXTS, ids=lambda each: getattr(each, "id", each))
def test_signs_without_a_letter_or_a_digit_answer_nothing(where: str, question: Question) -> None:
    for typed in NO_WORDS:
        with pytest.raises(InvalidAnswer, match=r"^Use letters or numbers"):
            accept_answer(question, typed, ON)
    for typed in SOME_WORDS:
        assert accept_answer(question, typed, ON) == typed


def test_the_free_lists_are_among_them() -> None:
    names = {question.id for _, question in TYPED_TEXTS}
    assert {"other_health_notes", "otc_list", "allergy_to", "med_name", "reason_other", "sign_name"} <= names
