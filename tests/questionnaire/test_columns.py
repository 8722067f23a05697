"""The export's columns and cells, derived from the declarations."""

from datetime import date

import pytest
from hypothesis import given

from app.questionnaire.all_forms import WHOLE
from app.questionnaire.answers import STATES
from app.questionnaire.checkin.session import EFFECTS
from app.questionnaire.columns import FLAG, RECORD, AnswerCells, columns_of, headings, record_cells
from app.questionnaire.countries import Country
from app.questionnaire.intake import INTAKE
from app.questionnaire.kinds import Cell
from app.questionnaire.reading import Reading
from app.questionnaire.ready import READY
from tests.people import CHECKED_IN, HEALTHY, ON, Answers, but, mood
from tests.strategies import left_over_and_all, schedules, steady, whole_left_over_and_all

CELLS = AnswerCells(INTAKE, INTAKE)
NAMES = headings(INTAKE)[len(RECORD) :]
WHOLE_CELLS = AnswerCells(WHOLE, WHOLE)
WHOLE_NAMES = headings(WHOLE)[len(RECORD) :]
NOTHING_DUE: tuple[str, ...] = ()


def row(answers: Answers, on: date = ON) -> dict[str, Cell]:
    return dict(zip(NAMES, CELLS.cells(answers, on, Country.US), strict=True))


def whole_row(answers: Answers, due: tuple[str, ...] = NOTHING_DUE) -> dict[str, Cell]:
    return dict(zip(WHOLE_NAMES, WHOLE_CELLS.cells(answers, ON, Country.US, due), strict=True))


def test_no_two_columns_have_one_name() -> None:
    for names in (headings(INTAKE), headings(WHOLE), [column.name for column in FLAG]):
        assert len(set(names)) == len(names)


def test_every_question_that_is_stored_has_a_column_by_its_id() -> None:
    assert set(INTAKE.questions) - set(NAMES) == {"verify_dob"}


@steady
@given(left_over_and_all)
def test_a_row_has_a_cell_for_each_column_whatever_was_answered(answers: Answers) -> None:
    assert len(CELLS.cells(answers, ON, Country.US)) == len(NAMES)


@steady
@given(left_over_and_all)
def test_not_shown_stands_exactly_where_the_form_shows_nothing(answers: Answers) -> None:
    # The writer remembers how conditions came out; the reading works each out anew.
    reading, cells = Reading(INTAKE, answers, ON), row(answers)
    for question, columns in columns_of(INTAKE):
        hidden = {cells[column.name] == "not_shown" for column in columns}
        assert hidden == {not reading.shown(question.id)}, question.id


@pytest.mark.parametrize("state", sorted(STATES))
def test_a_state_stands_in_every_column_of_its_question(state: str) -> None:
    cells = row(but(HEALTHY, {"height": state, "scale_phq9": state}))
    assert {cells[name] for name in ("height", "height_typed", "scale_phq9", "scale_phq9_1")} == {state}


def test_blank_is_empty_and_never_no() -> None:
    cells = row(but(HEALTHY, {"steroid_allergy": None, "goals": None}))
    assert (cells["steroid_allergy"], cells["goals"]) == (None, None)


def test_a_measure_is_exported_in_metric_and_as_it_was_typed() -> None:
    cells = row(HEALTHY)
    assert (cells["height"], cells["height_typed"]) == (167.64, "5 feet 6 inches")
    assert (cells["weight"], cells["weight_typed"]) == (65.77, "145 pounds")


def test_a_scale_has_its_total_and_its_items() -> None:
    cells = row(HEALTHY)
    assert [cells["scale_phq9"], cells["scale_phq9_1"], cells["scale_phq9_9"]] == [10, 2, 0]
    half = row(but(HEALTHY, {"scale_phq9": [1, 1, 1, None, 0, 0, 0, 0, 0]}))
    assert [half["scale_phq9"], half["scale_phq9_1"], half["scale_phq9_4"]] == [None, 1, None]


def test_a_list_of_ticks_is_its_codes() -> None:
    cells = row(but(HEALTHY, {"reasons": ["depression", "pain"]}))
    assert cells["reasons"] == "depression;pain"


def test_what_is_remembered_of_one_person_does_not_leak_into_the_next() -> None:
    pain = row(but(HEALTHY, {"reasons": ["pain"], "pain_sites": ["back"], "back_warning": "yes"}))
    assert pain["back_warning"] == "yes"
    assert row(HEALTHY)["back_warning"] == "not_shown"
    assert row(but(HEALTHY, {"reasons": None}))["back_warning"] == "not_shown"
    assert row(but(HEALTHY, {"reasons": ["pain"], "pain_sites": ["spine"]}))["back_warning"] is None


def test_what_a_scale_comes_to_decides_for_each_person_anew() -> None:
    # Alike in every answer but question 9 of the PHQ-9, which brings up the questions about today.
    shown = [row(but(HEALTHY, mood(item9)))["suicide_today"] for item9 in (0, 2, 0, None)]
    assert shown == ["not_shown", None, "not_shown", "not_shown"]


def test_not_agreed_is_not_the_same_as_not_answered() -> None:
    assert row(but(HEALTHY, {"privacy_ok": False}))["privacy_ok"] is False
    assert row(but(HEALTHY, {"privacy_ok": None}))["privacy_ok"] is None


@steady
@given(whole_left_over_and_all, schedules)
def test_all_parts_have_their_cells_and_not_shown_stands_where_nothing_is_asked(
    answers: Answers, due: tuple[str, ...]
) -> None:
    reading, cells = Reading(WHOLE, answers, ON, due=due), whole_row(answers, due)
    for question, columns in columns_of(WHOLE):
        hidden = {cells[column.name] == "not_shown" for column in columns}
        assert hidden == {not reading.shown(question.id)}, question.id


@steady
@given(whole_left_over_and_all)
def test_the_cells_of_part_1_are_the_same_whichever_parts_are_written(answers: Answers) -> None:
    cells = whole_row(answers)
    assert {name: cells[name] for name in NAMES} == row(answers)


def test_a_scale_of_the_check_in_is_shown_when_it_is_due() -> None:
    answers = but(CHECKED_IN, {"fu_phq9": [1, 1, 1, 1, 1, 1, 1, 1, 2], "fu_gad7": [1] * 7})
    told = [
        (cells["fu_phq9"], cells["fu_phq9_9"], cells["fu_gad7"])
        for due in ((), ("phq9",), ("phq9", "gad7"), ("gad7",), ())
        for cells in [whole_row(answers, due)]
    ]
    assert told == [
        ("not_shown", "not_shown", "not_shown"),
        (10, 2, "not_shown"),
        (10, 2, 7),
        ("not_shown", "not_shown", 7),
        ("not_shown", "not_shown", "not_shown"),
    ]


def test_lines_with_one_choice_each_have_a_cell_each() -> None:
    felt = dict.fromkeys(EFFECTS, "none") | {"fu_rash": "strong", "fu_chest": "not_sure"}
    del felt["fu_nausea"]
    cells = whole_row(but(CHECKED_IN, {"fu_effects": felt, "fu_still": "yes"}))
    picked = [cells[name] for name in ("fu_memory", "fu_rash", "fu_chest", "fu_nausea")]
    assert picked == ["none", "strong", "not_sure", None]
    assert cells["fu_still"] == "yes"
    assert {whole_row(but(CHECKED_IN, {"fu_effects": "ask_me"}))[name] for name in EFFECTS} == {"ask_me"}


def test_a_line_that_is_changed_shows_and_hides_for_each_person_anew() -> None:
    felt = dict.fromkeys(EFFECTS, "none")
    picked = [felt, felt | {"fu_rash": "mild"}, felt]
    cells = [whole_row(but(CHECKED_IN, {"fu_effects": lines}))["fu_still"] for lines in picked]
    assert cells == ["not_shown", None, "not_shown"]


def test_the_columns_of_a_case_are_written_whole_or_not_at_all() -> None:
    values: dict[str, Cell] = {column.name: column.name for column in RECORD}
    assert record_cells(values) == [column.name for column in RECORD]
    del values["level"]
    with pytest.raises(KeyError):
        record_cells(values)
    flag: dict[str, Cell] = {column.name: column.holds for column in FLAG}
    assert record_cells(flag, FLAG) == [column.holds for column in FLAG]


def test_what_was_answered_before_a_question_was_retired_is_still_exported() -> None:
    names = headings(READY)[len(RECORD) :]
    cells = AnswerCells(READY, WHOLE)
    for answers, expected in (({"agree_research": "no"}, "no"), ({}, "not_shown")):
        found = dict(zip(names, cells.cells(answers, ON, Country.US), strict=True))
        assert found["agree_research"] == expected
