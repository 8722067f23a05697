"""The check-in's own kinds of question: fixed lines, and scales that a schedule sets."""

from datetime import date

import pytest

from app.questionnaire.all_forms import PARTS, WHOLE
from app.questionnaire.answers import State, state_of
from app.questionnaire.checkin import CHECKIN
from app.questionnaire.checkin.session import EFFECTS
from app.questionnaire.conditions import Row, q
from app.questionnaire.countries import Country
from app.questionnaire.dictionary import condition_words
from app.questionnaire.kinds import InvalidAnswer, Rows, accept_answer, answer_words
from app.questionnaire.posted import PageRead, read_page
from app.questionnaire.reading import Reading, is_open
from app.questionnaire.ready import READY
from tests.people import CHECKED_IN, ON, Answers, but

FELT = WHOLE.questions["fu_effects"]
QUIET = dict.fromkeys(EFFECTS, "none")
Form = dict[str, list[str]]
BLANKS: tuple[object, ...] = (None, "", [])


def lines(**picked: str) -> Form:
    """The lines as a browser sends them: "No" but for these."""
    return {f"fu_effects-{row}": [choice] for row, choice in (QUIET | picked).items()}


def send(page_id: str, form: Form, before: Answers | None = None) -> PageRead:
    page = WHOLE.page(page_id)
    assert page is not None
    return read_page(page, form, Reading(WHOLE, before or {}, ON))


def test_lines_are_read_in_the_order_asked_and_empty_ones_left_out() -> None:
    form = {"fu_effects-fu_rash": ["mild"], "fu_effects-fu_memory": ["none"], "fu_effects-fu_chest": [" "]}
    stored = FELT.kind.read(FELT, form, ON)
    assert stored == {"fu_memory": "none", "fu_rash": "mild"}
    assert list(stored) == ["fu_memory", "fu_rash"]
    assert FELT.kind.read(FELT, {}, ON) is None
    assert FELT.kind.read(FELT, lines(), ON) == QUIET


@pytest.mark.parametrize("choice", ["some", "A lot", "not_sure", "ask_me", "1"])
def test_a_line_posted_with_what_is_not_offered_is_refused(choice: str) -> None:
    with pytest.raises(InvalidAnswer) as refused:
        FELT.kind.read(FELT, lines(fu_chest=choice), ON)
    assert refused.value.message == "Pick one of the answers offered for “Chest pain that has passed”"
    assert refused.value.part == "fu_effects-fu_chest"


def test_two_answers_on_one_line_are_refused() -> None:
    with pytest.raises(InvalidAnswer, match="Give one answer here"):
        FELT.kind.read(FELT, {"fu_effects-fu_chest": ["none", "strong"]}, ON)


@pytest.mark.parametrize(
    ("answer", "says", "part"),
    [
        ("strong", "must be one object", "fu_effects"),
        (["fu_chest"], "must be one object", "fu_effects"),
        (3, "must be one object", "fu_effects"),
        ([{"fu_chest": "strong"}], "must be one object", "fu_effects"),
        ({"fu_heart": "none"}, "There is no line “fu_heart”", "fu_effects"),
        ({"fu_chest": "some"}, "Pick one of the answers offered for “Chest pain", "fu_effects-fu_chest"),
        ({"fu_chest": ["strong"]}, "Pick one of the answers offered", "fu_effects-fu_chest"),
        ({"fu_chest": True}, "Pick one of the answers offered", "fu_effects-fu_chest"),
        ({"fu_chest": {"strong": 1}}, "Pick one of the answers offered", "fu_effects-fu_chest"),
    ],
)
def test_lines_in_a_file_are_refused(answer: object, says: str, part: str) -> None:
    with pytest.raises(InvalidAnswer, match=says) as refused:
        accept_answer(FELT, answer, ON)
    assert refused.value.part == part


@pytest.mark.parametrize("answer", [None, "", [], {}, {"fu_chest": None}, {"fu_chest": "", "fu_rash": []}])
def test_lines_all_left_empty_are_blank(answer: object) -> None:
    assert accept_answer(FELT, answer, ON) is None


def test_a_state_may_stand_for_a_line_or_for_all_in_a_file() -> None:
    assert accept_answer(FELT, "ask_me", ON) == "ask_me"
    some = accept_answer(FELT, {"fu_chest": "not_sure", "fu_memory": "mild", "fu_rash": None}, ON)
    assert some == {"fu_memory": "mild", "fu_chest": "not_sure"}
    assert state_of(some) is State.ANSWERED


def test_lines_in_words() -> None:
    some = {"fu_memory": "none", "fu_chest": "strong", "fu_rash": "not_sure"}
    assert answer_words(FELT, some, Country.US) == (
        "Gaps in memory: No; Chest pain that has passed: A lot; Rash or itching: Not sure"
    )
    assert answer_words(FELT, "ask_me", Country.US) == "Ask me by phone or at the clinic"
    assert answer_words(FELT, None, Country.US) == "Not answered"


def test_a_column_for_each_line() -> None:
    assert [column.name for column in FELT.kind.columns(FELT)] == list(EFFECTS)
    cells = FELT.kind.cells(FELT, {"fu_memory": "mild", "fu_headache": "not_sure"})
    assert cells == ["mild", *[None] * 13, "not_sure"]


@pytest.mark.parametrize(
    "stored",
    [QUIET, QUIET | {"fu_chest": "strong"}, {"fu_rash": "mild"}, {"fu_rash": "mild", "fu_lungs": "medium"}],
)
def test_what_was_stored_fills_the_form_that_reads_it_back(stored: Answers) -> None:
    assert FELT.kind.read(FELT, FELT.kind.post(FELT, stored), ON) == stored


def test_the_form_has_a_name_for_each_line() -> None:
    assert FELT.form_names() == tuple(f"fu_effects-{row}" for row in EFFECTS)
    assert set(FELT.kind.post(FELT, {"fu_rash": "not_sure", "fu_chest": "mild"})) == {"fu_effects-fu_chest"}


def test_a_page_asks_for_the_lines_left_empty_one_by_one() -> None:
    result = send("fu_effects", lines(fu_dizzy="mild") | {"fu_effects-fu_rash": [], "fu_still": ["no"]})
    assert [(problem.target, problem.text) for problem in result.problems] == [
        ("fu_effects-fu_rash", "Pick one for “Rash or itching”")
    ]
    assert not result.refused
    kept = result.answers["fu_effects"]
    assert kept == {row: choice for row, choice in (QUIET | {"fu_dizzy": "mild"}).items() if row != "fu_rash"}
    assert result.answers["fu_still"] == "no"


def test_any_line_felt_opens_what_follows() -> None:
    assert send("fu_effects", lines(fu_rash="mild")).opened == ("fu_still",)
    assert send("fu_effects", lines()).opened == ()
    hidden = send("fu_effects", lines(), {"fu_still": "yes"}).answers
    assert Reading(CHECKIN, hidden, ON).kept() == {"fu_effects": QUIET}


@pytest.mark.parametrize(
    ("answer", "still_open"),
    [(None, True), ({}, True), ({"fu_rash": "none"}, True), (QUIET, False), ("ask_me", False)],
)
def test_lines_are_open_until_each_is_picked(answer: object, still_open: bool) -> None:
    assert is_open(FELT, answer) is still_open


@pytest.mark.parametrize(
    ("answer", "one", "whole"),
    [
        (QUIET, False, False),
        (QUIET | {"fu_rash": "strong"}, False, True),
        (QUIET | {"fu_chest": "strong"}, True, True),
        (QUIET | {"fu_chest": "not_sure"}, None, None),
        (QUIET | {"fu_chest": None}, None, None),
        ({"fu_chest": "none"}, False, None),
        ({"fu_rash": "strong"}, None, True),
        ("ask_me", None, None),
        (None, None, None),
        ({}, None, None),
    ],
)
def test_a_line_left_out_is_unknown(answer: object, one: bool | None, whole: bool | None) -> None:
    reading = Reading(WHOLE, {"fu_effects": answer}, ON)
    assert q("fu_effects").row("fu_chest", "strong").truth(reading) is one
    assert q("fu_effects").any_row(EFFECTS, "strong").truth(reading) is whole


def test_conditions_on_lines_in_words() -> None:
    assert condition_words(q("fu_effects").row("fu_chest", "mild", "strong")) == (
        "fu_chest of fu_effects is mild or strong"
    )
    assert condition_words(q("fu_effects").any_row(EFFECTS, "strong")) == "a line of fu_effects is strong"


def test_every_line_that_a_condition_names_is_asked() -> None:
    asked = WHOLE.questions["fu_still"].show_if
    assert isinstance(asked, Row)
    assert isinstance(FELT.kind, Rows)
    assert asked.rows == tuple(FELT.kind.rows)
    assert set(asked.wanted) == set(FELT.kind.options) - {"none"}


# ---------------------------------------------------------------- what the schedule sets


@pytest.mark.parametrize(
    ("due", "reasons", "shown"),
    [
        ((), ["pain"], set()),
        (("phq9",), ["pain"], {"fu_phq9"}),
        (("gad7",), ["depression"], {"fu_gad7"}),
        (("peg",), ["pain"], {"fu_peg"}),
        (("peg",), ["depression"], set()),
        (("peg",), None, set()),
        (("phq9", "gad7", "peg"), ["pain"], {"fu_phq9", "fu_gad7", "fu_peg"}),
    ],
)
def test_a_scale_is_asked_only_when_due(due: tuple[str, ...], reasons: object, shown: set[str]) -> None:
    reading = Reading(WHOLE, but(CHECKED_IN, {"reasons": reasons}), ON, due=due)
    assert {key for key in ("fu_phq9", "fu_gad7", "fu_peg") if reading.shown(key)} == shown


def test_what_is_due_is_never_unknown() -> None:
    for due in ((), ("gad7",), ("phq9", "peg")):
        reading = Reading(WHOLE, {}, ON, due=due)
        assert reading.applies("fu_phq9") is ("phq9" in due)
        assert reading.applies("fu_gad7") is ("gad7" in due)
    # Who comes for pain is not known, so it is not known whether to ask; nothing due is a plain no.
    assert Reading(WHOLE, {}, ON, due=("peg",)).applies("fu_peg") is None
    assert Reading(WHOLE, {}, ON).applies("fu_peg") is False


def test_an_answer_cannot_make_a_scale_due() -> None:
    assert Reading(WHOLE, {"fu_due": ["phq9"], "fu_phq9": [3] * 9}, ON).applies("fu_phq9") is False


def test_scores_left_over_from_an_earlier_check_in_are_not_kept() -> None:
    scored = but(CHECKED_IN, {"fu_phq9": [1] * 9})
    assert "fu_phq9" not in Reading(WHOLE, scored, ON).kept()
    assert Reading(WHOLE, scored, ON, due=("phq9",)).kept()["fu_phq9"] == [1] * 9


def test_what_the_schedule_set_is_nobodys_answer() -> None:
    reading = Reading(WHOLE, {"fu_phq9": [3] * 9, "reasons": ["ocd"]}, ON, due=("peg",))
    assert list(reading.behind("fu_due")) == []
    assert list(reading.behind("fu_phq9")) == []
    assert list(reading.behind("fu_peg")) == ["reasons"]


@pytest.mark.parametrize(
    ("due", "scores", "item9"),
    [(("phq9",), [0] * 8 + [2], 2), (("phq9",), [0] * 8 + [None], None), (("phq9",), None, None)],
)
def test_item_9_of_a_check_in_may_stand_in_conditions(
    due: tuple[str, ...], scores: object, item9: int | None
) -> None:
    assert Reading(WHOLE, but({}, {"fu_phq9": scores}), ON, due=due).number("fu_phq9_item9") == item9


# ---------------------------------------------------------------- the whole


def test_the_whole_is_its_parts_in_order() -> None:
    assert list(PARTS) == [1, 2, "followup"]
    assert list(WHOLE.questions) == [key for part in PARTS.values() for key in part.questions]
    assert len(WHOLE.questions) == sum(len(part.questions) for part in PARTS.values())
    assert set(WHOLE.derived) == {name for part in PARTS.values() for name in part.derived}
    assert len({page.id for page in WHOLE.pages}) == len(WHOLE.pages)


@pytest.mark.parametrize("key", [*READY.questions, *CHECKIN.questions])
def test_any_question_of_the_later_parts_may_be_blank_or_hold_a_state(key: str) -> None:
    question = WHOLE.questions[key]
    for blank in BLANKS:
        assert accept_answer(question, blank, ON) is None
    for state in ("not_sure", "rather_not", "ask_me"):
        assert state_of(accept_answer(question, state, ON)) == state
    if question.required:
        message = question.kind.empty(question)
        assert message[0].isupper()
        assert not message.endswith(".")


@pytest.mark.parametrize("part", PARTS.values(), ids=lambda part: part.id)
def test_a_healthy_adults_answers_are_taken_and_complete(part: object) -> None:
    reading = Reading(WHOLE, CHECKED_IN, date(2026, 3, 1))
    for page in WHOLE.pages:
        if page in part.pages:  # type: ignore[attr-defined]
            for question in reading.shown_questions(page):
                answer = CHECKED_IN.get(question.id)
                assert accept_answer(question, answer, ON) == answer
                assert answer is None or answer_words(question, answer, Country.US)
            assert [q.id for q in reading.missing(page) if q.id != "verify_dob"] == []
