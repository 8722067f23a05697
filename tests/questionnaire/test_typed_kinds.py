"""Typed answers: what is taken, and the words that refuse the rest."""

import pytest

from app.questionnaire.countries import Country
from app.questionnaire.intake import INTAKE
from app.questionnaire.kinds import InvalidAnswer, Signature, accept_answer
from app.questionnaire.posted import unusual
from tests.people import ON
from tests.questionnaire.forms import Form, lists, read, refusal

DOB = ("dob-day", "dob-month", "dob-year")


def day(*parts: str) -> Form:
    return dict(zip(DOB, parts, strict=True))


def height(unit: str, **parts: str) -> Form:
    return {"height-unit": unit, **{f"height-{key}": text for key, text in parts.items()}}


def weight(unit: str, **parts: str) -> Form:
    return {"weight-unit": unit, **{f"weight-{key}": text for key, text in parts.items()}}


@pytest.mark.parametrize(
    ("parts", "stored"),
    [
        (("27", "3", "1985"), "1985-03-27"),
        ((" 07 ", "03", "1985"), "1985-03-07"),
        (("27", "March", "1985"), "1985-03-27"),
        (("27", "mar", "1985"), "1985-03-27"),
        (("27", "- 3 -", "1,985"), "1985-03-27"),
        (("27–", "March,", "1 985"), "1985-03-27"),
        (("29", "2", "2024"), "2024-02-29"),
        (("1", "3", "2026"), "2026-03-01"),  # born today
        (("1", "3", "1911"), "1911-03-01"),  # 115 today
        (("२७", "३", "१९८५"), "1985-03-27"),
        (("２７", "３", "１９８５"), "1985-03-27"),
        (("٢٧", "٣", "١٩٨٥"), "1985-03-27"),
    ],
)
def test_a_date_is_read(parts: tuple[str, str, str], stored: str) -> None:
    assert read("dob", day(*parts)) == stored


NO_DAY = "The day must be a number from 1 to 31"
NO_MONTH = "The month must be from 1 to 12, or its name"
NO_YEAR = "The year must have 4 numbers, like 1985"
IN_THE_PAST = "Date of birth must be in the past: 1 March 2026 or earlier"


@pytest.mark.parametrize(
    ("parts", "message", "field"),
    [
        (("27", "3", ""), "Date of birth must include a year, like 1985", "dob-year"),
        (("27", "", "1985"), "Date of birth must include a month, like 3", "dob-month"),
        (("", "3", "1985"), "Date of birth must include a day, like 27", "dob-day"),
        (("31", "2", "1985"), "You typed “31”. February 1985 has 28 days. Check the day", "dob-day"),
        (("29", "2", "2023"), "You typed “29”. February 2023 has 28 days. Check the day", "dob-day"),
        (("31", "April", "1985"), "You typed “31”. April 1985 has 30 days. Check the day", "dob-day"),
        (("32", "3", "1985"), f"You typed “32”. {NO_DAY}", "dob-day"),
        (("0", "3", "1985"), f"You typed “0”. {NO_DAY}", "dob-day"),
        (("27", "13", "1985"), f"You typed “13”. {NO_MONTH}", "dob-month"),
        (("27", "-", "1985"), f"You typed “-”. {NO_MONTH}", "dob-month"),
        (("2-7", "3", "1985"), f"You typed “2-7”. {NO_DAY}", "dob-day"),
        (("27", "ma", "1985"), f"You typed “ma”. {NO_MONTH}", "dob-month"),
        (("27", "0", "1985"), f"You typed “0”. {NO_MONTH}", "dob-month"),
        (("27", "3", "85"), f"You typed “85”. {NO_YEAR}", "dob-year"),
        (("27", "3", "0000"), f"You typed “0000”. {NO_YEAR}", "dob-year"),
        (("27", "3", "19850"), f"You typed “19850”. {NO_YEAR}", "dob-year"),
        (("2", "3", "2026"), f"You typed “2 March 2026”. {IN_THE_PAST}", "dob-day"),
        (("2", "4", "2026"), f"You typed “2 April 2026”. {IN_THE_PAST}", "dob-month"),
        (("2", "3", "2027"), f"You typed “2 March 2027”. {IN_THE_PAST}", "dob-year"),
        (
            ("28", "2", "1910"),
            "You typed “28 February 1910”. That is more than 115 years ago. Check the year",
            "dob-year",
        ),
    ],
)
def test_a_date_is_refused(parts: tuple[str, str, str], message: str, field: str) -> None:
    assert refusal("dob", day(*parts)) == (message, field)


def test_an_empty_date_is_blank() -> None:
    assert read("dob", day("", " ", "")) is None


def test_the_birth_date_of_an_invitation_is_read_like_any_other() -> None:
    form: Form = {"verify_dob-day": "27", "verify_dob-month": "3", "verify_dob-year": "1985"}
    assert read("verify_dob", form) == "1985-03-27"
    assert (
        refusal("verify_dob", form | {"verify_dob-year": ""})[0]
        == "Date of birth must include a year, like 1985"
    )


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
WEIGHTS = "Weight should be from 20 to 400 kg. Check the number and the unit"
INCHES_TOO = "Enter feet and inches, like 5 feet 6 inches. Inches can be 0"
CHANGE = "Change the number or the unit"


def typed(text: str, message: str) -> str:
    return f"You typed “{text}”. {message}"


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
            typed("9 feet 0 inches (274 cm)", HEIGHTS),
            "height-feet",
        ),
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


def test_two_values_in_one_box_are_refused() -> None:
    assert refusal("bp_top", {"bp_top": ["120", "130"]}) == ("Give one answer here, not 2", "bp_top")


@pytest.mark.parametrize(
    "text", ["120", " 120 ", "120.0", "1 20", "120 -", "120–", "120 mmHg", "120mm Hg.", "１２０", "१२०"]
)
def test_a_reading_is_read(text: str) -> None:
    assert read("bp_top", {"bp_top": text}) == 120


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("12-0", "Top blood pressure number must be a number, like 120"),
        ("-", "Top blood pressure number must be a number, like 120"),
        ("high", "Top blood pressure number must be a number, like 120"),
        ("-5", "Top blood pressure number must be a number, like 120"),
        ("120.5", "Top blood pressure number must be a whole number, like 120"),
        ("49", "Top blood pressure number should be from 50 to 300. Check it"),
        ("301", "Top blood pressure number should be from 50 to 300. Check it"),
        ("120/80", "Top blood pressure number is one number, like 120. The other one has its own box"),
    ],
)
def test_a_reading_is_refused(text: str, message: str) -> None:
    assert refusal("bp_top", {"bp_top": text}) == (typed(text, message), "bp_top")


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
    ("typed", "meant"),
    [
        ("robin@gmial.com", "robin@gmail.com"),
        ("robin@gmail.con", "robin@gmail.com"),
        ("robin@gmail.co", "robin@gmail.com"),
        ("robin@hotmail.couk", "robin@hotmail.co.uk"),
        ("robin@clinic.con", "robin@clinic.com"),
        ("robin@yahho.es", "robin@yahoo.es"),
        *(
            (f"robin@{domain}", None)
            for domain in ("gmail.com", "gmx.at", "work.com", "clinic.co", "proton.me", "nhs.net")
        ),
    ],
)
def test_an_address_that_looks_like_a_slip_is_asked_about(typed: str, meant: str | None) -> None:
    email = INTAKE.questions["email"]
    assert read("email", {"email": typed}) == typed
    assert unusual(email, {"email": typed}) == (f"your email is {typed}, not {meant}" if meant else None)


@pytest.mark.parametrize(
    ("key", "text", "message"),
    [
        ("first_name", "x" * 81, "First name must be 80 letters or fewer"),
        (
            "helper_name",
            "x" * 121,
            "You have 1 letter too many. This box holds 120",
        ),  # its text is a question: no sentence begins so
        ("goals", "x" * 540, "You have 40 letters too many. This box holds 500"),
        ("goals", "x" * 501, "You have 1 letter too many. This box holds 500"),
        ("email", "robin", typed("robin", "Enter an email like name@example.com")),
        ("email", "robin@example", typed("robin@example", "Enter an email like name@example.com")),
        ("email", "robin @example.com", typed("robin @example.com", "Enter an email like name@example.com")),
        (
            "email",
            "robin..a@example.com",
            typed("robin..a@example.com", "Enter an email like name@example.com"),
        ),
        ("email", ".robin@example.com", typed(".robin@example.com", "Enter an email like name@example.com")),
        ("email", "robin@exam_ple.com", typed("robin@exam_ple.com", "Enter an email like name@example.com")),
        ("email", "rób@example.com", typed("rób@example.com", "Enter an email like name@example.com")),
        (
            "email",
            "Robin <robin@example.com>",
            typed("Robin <robin@example.com>", "Enter an email like name@example.com"),
        ),
        ("email", "robin@@example.com", typed("robin@@example.com", "Enter an email like name@example.com")),
        ("phone", "555 010 0199 home", typed("555 010 0199 home", "Enter a phone number, like 555 010 0199")),
        ("phone", "call me", typed("call me", "Enter a phone number, like 555 010 0199")),
        ("phone", "555 010", typed("555 010", "Enter a phone number, like 555 010 0199")),
        ("phone", "1234567890123456", typed("1234567890123456", "Enter a phone number, like 555 010 0199")),
    ],
)
def test_text_is_refused(key: str, text: str, message: str) -> None:
    assert refusal(key, {key: text}) == (message, key)


@pytest.mark.parametrize("odd", ["\x00", "a\x00b", "\x1b[2J", "\u202egnp.exe", "\u202da", "\ud800", "\x7f"])
def test_characters_that_cannot_be_shown_are_refused(odd: str) -> None:
    message, field = refusal("goals", {"goals": f"I {odd}"})
    assert message == "The sign after “I” cannot be saved. Take it out, or type it on your keyboard" or (
        odd.startswith("a") and "after “I a”" in message
    )
    assert field == "goals"


@pytest.mark.parametrize(
    ("key", "text", "stored"),
    [
        ("first_name", "  Zoë ", "Zoë"),
        ("first_name", "Zoe\u0308", "Zoë"),  # one letter, however it was made
        ("last_name", "O'Neill-García 李", "O'Neill-García 李"),
        ("goals", "Sleep\r\nwell", "Sleep\nwell"),
        ("goals", "\u200d👩\u200d🌾", "\u200d👩\u200d🌾"),
        ("goals", "   ", None),
        ("phone", "\u202a555 010 0199\u202c", "555 010 0199"),  # as copied from a telephone's contacts
        ("goals", "\u200e", None),
        ("phone", "+1 (555) 010-0199", "+1 (555) 010-0199"),
        ("phone", "5550100", "5550100"),
        ("phone", "555‑010–0199, +1", "555‑010–0199, +1"),
        ("phone", "555 010 0199 ext. 12", "555 010 0199 ext 12"),
        ("phone", "555-010-0199x12", "555-010-0199 ext 12"),
        ("phone", "(555) 010 0199, extensión 4", "(555) 010 0199 ext 4"),
        ("phone", "５５５　０１０　０１９９", "555 010 0199"),
        ("phone", "＋４４（２０）７９４６００００", "+44(20)79460000"),
        ("phone", "٠٢٠٧٩٤٦٠٠٠٠", "02079460000"),
        ("email", "robin+x@mail.example.com", "robin+x@mail.example.com"),
        ("email", "robin＠example．com", "robin@example.com"),
        ("email", "robin@bücher.example", "robin@xn--bcher-kva.example"),
        ("goals", "x" * 500, "x" * 500),
    ],
)
def test_text_is_kept_as_written(key: str, text: str, stored: str | None) -> None:
    assert read(key, {key: text}) == stored


@pytest.mark.parametrize(
    ("typed", "differs"),
    [
        ("Zoë Núñez", False),
        ("ZOE NUNEZ", False),
        ("zoë  núñez ", False),
        ("Zoënúñez", False),
        ("Zoë", True),
        ("Núñez Zoë", True),
        ("Zoë Nuñes", True),
    ],
)
def test_a_signature_is_compared_without_case_accents_and_spaces(typed: str, differs: bool) -> None:
    kind = INTAKE.questions["sign_name"].kind
    assert isinstance(kind, Signature)
    assert kind.differs(typed, {"first_name": "Zoë", "last_name": "Núñez"}) is differs


@pytest.mark.parametrize(
    ("key", "answer"),
    [
        ("bp_top", "120"),
        ("bp_top", True),
        ("bp_top", float("nan")),
        ("bp_top", float("inf")),
        ("bp_top", 10**400),
        ("bp_top", 120.5),
        ("bp_top", [120]),
        ("height", 175),
        ("height", {"unit": "cm"}),
        ("height", {"unit": "cm", "value": "175"}),
        ("height", {"unit": "cm", "value": 10**400}),
        ("height", {"unit": "cm", "value": 175, "feet": 5}),
        ("height", {"unit": ["cm"], "value": 175}),
        ("height", {"unit": "lb", "value": 175}),
        ("height", {"unit": "cm", "value": -175}),
        ("height", {"value": 175}),
        ("dob", "27 March 1985"),
        ("dob", "1985-3-27"),
        ("dob", "1985-02-30"),
        ("dob", 19850327),
        ("goals", 5),
        ("goals", ["x"]),
    ],
)
def test_a_file_is_refused_what_the_form_would_be(key: str, answer: object) -> None:
    with pytest.raises(InvalidAnswer):
        accept_answer(INTAKE.questions[key], answer, ON)


@pytest.mark.parametrize(
    ("key", "answer", "words"),
    [
        ("dob", "1985-03-07", "7 March 1985"),
        ("bp_top", 118, "118 mmHg"),
        ("height", {"unit": "ft_in", "feet": 5, "inches": 9}, "5 feet 9 inches (175 cm)"),
        ("height", {"unit": "cm", "value": 175.5}, "175.5 cm"),
        ("weight", {"unit": "lb", "value": 180.1234567}, "180.1234567 pounds (82 kg)"),
        ("weight", {"unit": "st_lb", "stones": 12, "pounds": 5}, "12 stones 5 pounds (78 kg)"),
        ("goals", "Sleep", "Sleep"),
    ],
)
def test_an_answer_in_words(key: str, answer: object, words: str) -> None:
    question = INTAKE.questions[key]
    assert question.kind.words(question, answer, Country.US) == words


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
