"""Typed answers: what is taken, and the words that refuse the rest."""

import pytest

from app.questionnaire.countries import Country
from app.questionnaire.intake import INTAKE
from app.questionnaire.kinds import InvalidAnswer, Signature, accept_answer
from app.questionnaire.posted import unusual
from tests.people import ON
from tests.questionnaire.forms import Form, read, refusal

DOB = ("dob-day", "dob-month", "dob-year")


def day(*parts: str) -> Form:
    return dict(zip(DOB, parts, strict=True))


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


def typed(text: str, message: str) -> str:
    return f"You typed “{text}”. {message}"


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
