"""Heights and weights: what is taken, and the words that refuse the rest."""

import pytest

from app.questionnaire.intake import INTAKE
from app.questionnaire.kinds import Measure, accept_answer
from app.questionnaire.posted import unusual
from tests.people import ON
from tests.questionnaire.forms import Form, lists, read, refusal
from tests.questionnaire.test_typed_kinds import typed


def height(unit: str, **parts: str) -> Form:
    return {"height-unit": unit, **{f"height-{key}": text for key, text in parts.items()}}


def weight(unit: str, **parts: str) -> Form:
    return {"weight-unit": unit, **{f"weight-{key}": text for key, text in parts.items()}}


@pytest.mark.parametrize(
    ("form", "stored"),
    [
        (height("ft_in", feet="5", inches="9"), {"unit": "ft_in", "feet": 5, "inches": 9}),
        (height("ft_in", feet="5", inches="0"), {"unit": "ft_in", "feet": 5, "inches": 0}),
        (height("ft_in", feet="5", inches="9.5"), {"unit": "ft_in", "feet": 5, "inches": 9.5}),
        (height("cm", value="175"), {"unit": "cm", "value": 175}),
        (height("cm", value=" 175,5 "), {"unit": "cm", "value": 175.5}),
        # The switch was left alone, or has gone: the boxes tell.
        (height("cm", feet="5", inches="9"), {"unit": "ft_in", "feet": 5, "inches": 9}),
        ({"height-feet": "5", "height-inches": "9"}, {"unit": "ft_in", "feet": 5, "inches": 9}),
        (height("ft_in", value="175"), {"unit": "cm", "value": 175}),
        (height("cm", value="175", feet="5"), {"unit": "cm", "value": 175}),
        (height("cm", value="50"), {"unit": "cm", "value": 50}),
        (height("cm", value="272"), {"unit": "cm", "value": 272}),
        # The unit stands behind the number: it counts, whatever the switch says.
        (height("ft_in", feet="170 cm"), {"unit": "cm", "value": 170}),
        (height("ft_in", feet="170cm."), {"unit": "cm", "value": 170}),
        (height("cm", value="170 Centimetres"), {"unit": "cm", "value": 170}),
        (height("cm", value="1.70 m"), {"unit": "cm", "value": 170}),
        (height("cm", value="1,7 m"), {"unit": "cm", "value": 170}),
        (height("cm", value="1m70"), {"unit": "cm", "value": 170}),
        (height("cm", value="1 m 8"), {"unit": "cm", "value": 180}),
        (height("cm", value="2 meters"), {"unit": "cm", "value": 200}),
        (height("cm", value="5'7\""), {"unit": "ft_in", "feet": 5, "inches": 7}),
        (height("ft_in", feet="5’7”"), {"unit": "ft_in", "feet": 5, "inches": 7}),
        (height("ft_in", feet="5'7''"), {"unit": "ft_in", "feet": 5, "inches": 7}),
        (height("ft_in", feet="5 ft 7 in"), {"unit": "ft_in", "feet": 5, "inches": 7}),
        (height("ft_in", feet="5 feet, 7"), {"unit": "ft_in", "feet": 5, "inches": 7}),
        (height("ft_in", feet="5ft"), {"unit": "ft_in", "feet": 5, "inches": 0}),
        (height("ft_in", feet="5 pies y 7 pulgadas"), {"unit": "ft_in", "feet": 5, "inches": 7}),
        (height("cm", value="67 inches"), {"unit": "ft_in", "feet": 5, "inches": 7}),
        (height("ft_in", feet="5 ft", inches="7 in"), {"unit": "ft_in", "feet": 5, "inches": 7}),
        (height("cm", value="１７０"), {"unit": "cm", "value": 170}),
        (height("ft_in", feet="5 1/2"), {"unit": "ft_in", "feet": 5, "inches": 6}),
        (height("ft_in", feet="5½"), {"unit": "ft_in", "feet": 5, "inches": 6}),
        (height("ft_in", feet="5", inches="6 1/2"), {"unit": "ft_in", "feet": 5, "inches": 6.5}),
        (height("cm", value="١٧٠"), {"unit": "cm", "value": 170}),
    ],
)
def test_a_height_is_stored_as_typed(form: Form, stored: object) -> None:
    assert read("height", form) == stored


@pytest.mark.parametrize(
    ("form", "stored"),
    [
        (weight("lb", value="180"), {"unit": "lb", "value": 180}),
        (weight("lb", value="1 80.5"), {"unit": "lb", "value": 180.5}),
        (weight("kg", value="81"), {"unit": "kg", "value": 81}),
        (weight("st_lb", stones="12", pounds="5"), {"unit": "st_lb", "stones": 12, "pounds": 5}),
        (weight("st_lb", stones="12", pounds="0"), {"unit": "st_lb", "stones": 12, "pounds": 0}),
        (weight("kg", value="20"), {"unit": "kg", "value": 20}),
        (weight("kg", value="400"), {"unit": "kg", "value": 400}),
        (weight("kg", value="150 lbs"), {"unit": "lb", "value": 150}),
        (weight("kg", value="72 1/2"), {"unit": "kg", "value": 72.5}),
        (weight("st_lb", stones="11 1/2"), {"unit": "st_lb", "stones": 11, "pounds": 7}),
        (weight("st_lb", stones="11¼"), {"unit": "st_lb", "stones": 11, "pounds": 3.5}),
        (weight("kg", value="150lb."), {"unit": "lb", "value": 150}),
        (weight("kg", value="150 #"), {"unit": "lb", "value": 150}),
        (weight("lb", value="72 kg"), {"unit": "kg", "value": 72}),
        (weight("lb", value="72,5 kilos"), {"unit": "kg", "value": 72.5}),
        (weight("lb", value="11st 6"), {"unit": "st_lb", "stones": 11, "pounds": 6}),
        (weight("lb", value="11 stone 6 lbs"), {"unit": "st_lb", "stones": 11, "pounds": 6}),
        (weight("st_lb", stones="11 stone"), {"unit": "st_lb", "stones": 11, "pounds": 0}),
        (weight("st_lb", stones="11 st", pounds="6 lb"), {"unit": "st_lb", "stones": 11, "pounds": 6}),
    ],
)
def test_a_weight_is_stored_as_typed(form: Form, stored: object) -> None:
    assert read("weight", form) == stored


NO_HEIGHT, NO_WEIGHT = "Height must be a number, like 168", "Weight must be a number, like 160"
HEIGHTS = "Height should be from 50 to 272 cm. Check the number and the unit"
HEIGHTS_IN_FEET = "Height should be from 1 foot 8 inches to 8 feet 11 inches. Check the number and the unit"
WEIGHTS = "Weight should be from 20 to 400 kg. Check the number and the unit"
WEIGHTS_IN_POUNDS = "Weight should be from 45 to 881 pounds. Check the number and the unit"
WEIGHTS_IN_STONES = (
    "Weight should be from 3 stones 3 pounds to 62 stones 13 pounds. Check the number and the unit"
)
INCHES_TOO = "Enter feet and inches, like 5 feet 6 inches. Inches can be 0"
CHANGE = "Change the number or the unit"


@pytest.mark.parametrize(
    ("key", "form", "message", "field"),
    [
        ("height", height("cm", value="tall"), typed("tall", NO_HEIGHT), "height-value"),
        ("height", height("cm", value="-175"), typed("-175", NO_HEIGHT), "height-value"),
        ("height", height("cm", value="1e2"), typed("1e2", NO_HEIGHT), "height-value"),
        ("height", height("cm", value="9" * 400), typed("9" * 40 + "…", NO_HEIGHT), "height-value"),
        (
            "height",
            height("ft_in", feet="5", inches="12"),
            typed("12", "Inches must be 0 to 11"),
            "height-inches",
        ),
        ("height", height("ft_in", feet="5"), INCHES_TOO, "height-inches"),
        ("height", height("ft_in", inches="9"), INCHES_TOO, "height-feet"),
        (
            "height",
            height("ft_in", feet="5.7", inches="3"),
            typed("5.7", "Feet must be a whole number, like 5. Put the rest in the next box"),
            "height-feet",
        ),
        ("height", height("cm", value="49.9"), typed("49.9 cm", HEIGHTS), "height-value"),
        ("height", height("cm", value="272.1"), typed("272.1 cm", HEIGHTS), "height-value"),
        (
            "height",
            height("ft_in", feet="9", inches="0"),
            typed("9 feet 0 inches (274 cm)", HEIGHTS_IN_FEET),
            "height-feet",
        ),
        ("height", height("cm", value="9 ft"), typed("9 ft", HEIGHTS_IN_FEET), "height-feet"),
        (
            "height",
            height("furlongs", value="1", feet="5"),
            "Pick the unit of your height: feet and inches or centimeters",
            "height",
        ),
        (
            "height",
            height("ft_in", feet="tall", inches="6"),
            typed("tall", "Feet must be a number, like 5"),
            "height-feet",
        ),
        (
            "height",
            height("ft_in", feet="5", inches="a bit"),
            typed("a bit", "Inches must be a number, like 6"),
            "height-inches",
        ),
        ("height", height("cm", value="170 furlongs"), typed("170 furlongs", NO_HEIGHT), "height-value"),
        ("height", height("cm", value="5'13"), typed("5'13", "Inches must be 0 to 11"), "height-inches"),
        ("weight", weight("lb", value="heavy"), typed("heavy", NO_WEIGHT), "weight-value"),
        (
            "weight",
            weight("kg", value="heavy"),
            typed("heavy", "Weight must be a number, like 72"),
            "weight-value",
        ),
        ("weight", weight("kg", value="999"), typed("999 kg", WEIGHTS), "weight-value"),
        ("weight", weight("lb", value="12"), typed("12 pounds (5 kg)", WEIGHTS_IN_POUNDS), "weight-value"),
        ("weight", weight("kg", value="12 lb"), typed("12 lb", WEIGHTS_IN_POUNDS), "weight-value"),
        (
            "weight",
            weight("st_lb", stones="1", pounds="9"),
            typed("1 stones 9 pounds (10 kg)", WEIGHTS_IN_STONES),
            "weight-stones",
        ),
        # pounds or kilograms?
        ("weight", weight("", value="180"), "Pick the unit of your weight: pounds or kilograms", "weight"),
        (
            "weight",
            weight("st_lb", stones="12", pounds="14"),
            typed("14", "Pounds must be 0 to 13 when you use stones"),
            "weight-pounds",
        ),
        (
            "weight",
            weight("st_lb", stones="12"),
            "Enter stones and pounds, like 11 stones 6 pounds. Pounds can be 0",
            "weight-pounds",
        ),
    ],
)
def test_a_measure_is_refused(key: str, form: Form, message: str, field: str) -> None:
    assert refusal(key, form) == (message, field)


@pytest.mark.parametrize("key", ["height", "weight"])
def test_the_range_told_in_each_unit_is_taken(key: str) -> None:
    kind = INTAKE.questions[key].kind
    assert isinstance(kind, Measure)
    for unit in kind.units:
        for told in kind.limits(unit):
            answer = {"unit": unit.code, **told}
            assert accept_answer(INTAKE.questions[key], answer, ON) == answer


@pytest.mark.parametrize(
    ("key", "form", "meant", "field"),
    [
        ("height", height("cm", value="1.70"), "170 cm", "height-value"),
        ("height", height("cm", value="1,7"), "170 cm", "height-value"),
        ("height", height("cm", value="1700"), "170 cm", "height-value"),
        ("height", height("cm", value="5"), "5 feet 0 inches", "height-value"),
        ("height", height("cm", value="5.7"), "5 feet 7 inches", "height-value"),
        ("height", height("ft_in", feet="170"), "170 cm", "height-feet"),
        ("height", height("ft_in", feet="170", inches="0"), "170 cm", "height-feet"),
        ("height", height("ft_in", feet="1.70"), "170 cm", "height-feet"),
        ("height", height("ft_in", feet="5.7"), "5 feet 7 inches", "height-feet"),
        ("height", height("ft_in", feet="5.11"), "5 feet 11 inches", "height-feet"),
        ("height", height("ft_in", feet="67"), "5 feet 7 inches", "height-feet"),
        ("weight", weight("lb", value="44"), "44 kg", "weight-value"),
        ("weight", weight("kg", value="400.1"), "400.1 pounds", "weight-value"),
        ("weight", weight("st_lb", stones="11.5"), "11 stones 5 pounds", "weight-stones"),
        ("weight", weight("st_lb", stones="150"), "150 pounds or 150 kg", "weight-stones"),
    ],
)
def test_a_measure_that_can_only_be_another_is_offered(key: str, form: Form, meant: str, field: str) -> None:
    (text,) = (text for name, text in form.items() if name == field)
    assert refusal(key, form) == (f"You typed “{text}”. Did you mean {meant}? {CHANGE}", field)


@pytest.mark.parametrize(
    ("key", "answer", "asked"),
    [
        ("bp_top", 85, None),
        ("bp_top", 84, "your top blood pressure number is 84"),
        ("bp_top", 179, None),
        ("bp_top", 180, "your top blood pressure number is 180"),
        ("bp_bottom", 109, None),
        ("bp_bottom", 110, "your bottom blood pressure number is 110"),
        ("weight", {"unit": "lb", "value": 480}, "you weigh 480 pounds (218 kg)"),
        ("weight", {"unit": "kg", "value": 200}, None),
        ("weight", {"unit": "kg", "value": 39.9}, "you weigh 39.9 kg"),
        ("height", {"unit": "cm", "value": 210}, None),
        ("height", {"unit": "cm", "value": 134}, "you are 134 cm tall"),
        ("height", {"unit": "ft_in", "feet": 7, "inches": 0}, "you are 7 feet 0 inches (213 cm) tall"),
    ],
)
def test_a_number_far_from_usual_is_asked_again_and_not_refused(
    key: str, answer: object, asked: str | None
) -> None:
    question = INTAKE.questions[key]
    assert accept_answer(question, answer, ON) == answer
    assert unusual(question, {key: answer}) == asked


@pytest.mark.parametrize(
    ("tall", "heavy", "asked"),
    [
        ({"unit": "cm", "value": 170}, {"unit": "kg", "value": 72}, None),
        ({"unit": "cm", "value": 170}, {"unit": "kg", "value": 40}, None),
        # It was asked about by itself already.
        ({"unit": "cm", "value": 57}, {"unit": "kg", "value": 72}, None),
        ({"unit": "cm", "value": 190}, {"unit": "kg", "value": 43}, "you are 190 cm tall and weigh 43 kg"),
        ({"unit": "cm", "value": 140}, {"unit": "kg", "value": 150}, "you are 140 cm tall and weigh 150 kg"),
        (
            {"unit": "ft_in", "feet": 6, "inches": 5},
            {"unit": "lb", "value": 95},
            "you are 6 feet 5 inches (196 cm) tall and weigh 95 pounds (43 kg)",
        ),
        ("not_sure", {"unit": "kg", "value": 43}, None),
        (None, {"unit": "kg", "value": 43}, None),
    ],
)
def test_a_height_and_a_weight_that_nobody_has_together_are_asked_about(
    tall: object, heavy: object, asked: str | None
) -> None:
    assert unusual(INTAKE.questions["weight"], {"height": tall, "weight": heavy}) == asked


@pytest.mark.parametrize(
    ("key", "form"),
    [
        ("weight", weight("lb", value="180.1234567")),
        ("height", height("ft_in", feet="5", inches="0.00001")),
        ("height", height("cm", value="175.123456")),
    ],
)
def test_a_number_shown_again_has_every_digit_that_was_typed(key: str, form: Form) -> None:
    question = INTAKE.questions[key]
    assert question.kind.post(question, read(key, form)) == lists(form)
