"""What a page shows of a question: where its errors stand, when an example is told, and the boxes of a measure."""

from collections.abc import Iterator

import pytest
from flask import Flask

from app.questionnaire.all_forms import WHOLE
from app.questionnaire.countries import Country
from app.questionnaire.posted import Problem
from app.web.filters import of_field, twice
from app.web.question_view import Option, Shown, arrangement
from app.web.questions import draw


def drawn(name: str, typed: dict[str, list[str]] | None = None, *problems: Problem, phone: str = "") -> Shown:
    return draw(WHOLE.questions[name], Country.US, typed or {}, problems, None, phone)


def at(name: str, text: str = "", again: bool = False) -> Problem:
    return Problem(name, text, name, again)


@pytest.fixture(autouse=True)
def request_of_a_patient(assembled_app: Flask) -> Iterator[None]:
    with assembled_app.test_request_context("/intake/"):
        assembled_app.preprocess_request()
        yield


@pytest.mark.parametrize(
    ("labels", "hint", "stands"),
    [
        ([str(number) for number in range(11)], None, "scale"),
        (["Yes", "No", "Not sure"], None, "line"),
        (["Yes", "No", "Not sure"], "A hint", "list"),
        (["Yes, in the last twelve months or so", "No, not in all of my life"], None, "list"),
        (["a", "b", "c", "d", "e"], None, "list"),
    ],
)
def test_numbers_make_a_scale_and_a_few_short_words_a_line(
    labels: list[str], hint: str | None, stands: str
) -> None:
    assert arrangement([Option(label, label, hint) for label in labels]) == stands


def test_an_error_at_a_box_of_a_list_or_an_item_of_a_scale_does_not_stand_on_top() -> None:
    whole, box = at("allergies"), at("allergies-0-allergy_to")
    shown = drawn("allergies", {"allergies-0-allergy_when": ["year"]}, whole, box)
    assert shown.own_errors == [whole]
    item = at("scale_phq9-3")
    assert drawn("scale_phq9", {}, at("scale_phq9"), item).own_errors == [at("scale_phq9")]
    assert drawn("first_name", {}, at("first_name")).own_errors == [at("first_name")]


def test_an_example_is_told_the_second_time_unless_it_was_told_already() -> None:
    assert drawn("email", {}, at("email")).new_example is None
    again = drawn("email", {}, at("email", again=True))
    assert again.said_twice
    assert again.new_example == again.example
    told = drawn("email", {}, at("email", f"Such as {again.example}", again=True))
    assert told.said_twice
    assert told.new_example is None
    picked = drawn("allergy_any", {}, at("allergy_any", again=True))
    assert not picked.said_twice


def test_units_that_share_a_box_share_its_label_and_an_or_stands_between_those_that_do_not() -> None:
    height = {box.name: box for box in drawn("height").boxes}
    assert [(box.name, box.after_or) for box in drawn("height").boxes] == [
        ("height-feet", False),
        ("height-inches", False),
        ("height-value", True),
    ]
    assert height["height-value"].units == "cm"
    (weight,) = (box for box in drawn("weight").boxes if box.name == "weight-value")
    assert weight.units.split()[:2] == ["lb", "kg"]
    assert [code for code, _ in weight.labels] == weight.units.split()


def test_a_box_is_marked_for_what_is_wrong_with_it_and_for_what_is_wrong_with_the_whole() -> None:
    inches = Problem("height", "", "height-inches")
    marks = {box.name: (box.wrong, box.marked) for box in drawn("height", {}, inches).boxes}
    assert marks["height-inches"] == (True, True)
    assert marks["height-feet"] == (False, False)
    assert all(box.marked and not box.wrong for box in drawn("height", {}, at("height")).boxes)
    assert not any(box.marked for box in drawn("height").boxes)


def test_the_unit_picked_is_the_clinics_own_until_another_is() -> None:
    assert drawn("weight").unit_picked == "lb"
    assert drawn("weight", {"weight-unit": ["kg"]}).unit_picked == "kg"


def test_items_stand_under_the_stem_they_share() -> None:
    scale = drawn("scale_phq9")
    items = [item for _, under in scale.by_stem for item in under]
    assert items == list(scale.items)
    assert all(item["stem"] in ("", stem) for stem, under in scale.by_stem for item in under)
    rows = drawn("fu_effects")
    assert [stem for stem, _ in rows.by_stem] == [""]


def test_errors_are_found_by_the_field_they_lead_to() -> None:
    staff = {"text": "Pick a reason", "target": "reason-1"}
    errors = [staff, at("phone"), at("email", again=True)]
    assert of_field(errors, "reason-1") == [staff]
    assert of_field(errors, "phone", "email") == errors[1:]
    assert twice(errors)
    assert not twice(errors[:2])
