"""Every error that a patient can make: where, how, what is said, and where it leads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from app.questionnaire.kinds import date_words

Typed = Mapping[str, Sequence[str]]
FRESH, PAUSED, SENT = "a-link-nobody-used", "a-link-of-many-misses", "the-link-to-what-was-sent"
BORN = {"verify_dob-day": ["3"], "verify_dob-month": ["5"], "verify_dob-year": ["1990"], "language": ["en"]}


class Row(NamedTuple):
    """One error: where it is made and how, what is said, and the id of the field that has the focus in the end."""

    name: str
    path: str
    typed: Typed
    said: str
    focus: str
    button: str = "Continue"

    @property
    def questions(self) -> set[str]:
        """The questions it is about."""
        return {name.split("-")[0] for name in (self.focus, *self.typed)}


def day(name: str, day: str, month: str, year: str) -> Typed:
    return {f"{name}-day": [day], f"{name}-month": [month], f"{name}-year": [year]}


def height(unit: str, **boxes: str) -> Typed:
    return {"height-unit": [unit]} | {f"height-{box}": [text] for box, text in boxes.items()}


def weight(unit: str, **boxes: str) -> Typed:
    return {"weight-unit": [unit]} | {f"weight-{box}": [text] for box, text in boxes.items()}


DOOR = (
    Row("no birth date", "/i/" + FRESH, {}, "Enter your date of birth", "verify_dob-day", "Start now"),
    Row("one choice", "/i/" + FRESH, {}, "Pick the language you want to use", "language", "Start now"),
    Row("no match", "/i/" + FRESH, BORN | {"verify_dob-day": ["4"]},
        "That date does not match our record. Check it and try again", "verify_dob-day", "Start now"),
)  # fmt: skip

YOU = "/intake/you"
MEASURES = "/intake/measures"
REASONS = "/intake/reasons"
ALLERGIES = "/intake/safety_rows"
SIGN = "/intake/sign"
SEND = "Send my health check"
LONG = "x" * 340
TODAY = date_words(datetime.now(UTC).date())

ROWS = (
    Row("date, part missing", YOU, day("dob", "27", "3", ""),
        "Date of birth must include a year, like 1985", "dob-year"),
    Row("name, empty", YOU, {"first_name": [""]}, "Enter your first name", "first_name"),
    Row("email", YOU, {"email": ["robin at home"]},
        "You typed “robin at home”. Enter an email like name@example.com", "email"),
    Row("phone, letters", YOU, {"phone": ["call me"]},
        "You typed “call me”. Enter a phone number, like 555 010 0199", "phone"),
    Row("date, empty", YOU, day("dob", "", "", ""), "Enter your date of birth", "dob-day"),
    Row("name, over length", YOU, {"first_name": ["R" * 81]}, "First name must be 80 letters or fewer", "first_name"),
    Row("phone, too short", YOU, {"phone": ["555-01"]},
        "You typed “555-01”. Enter a phone number, like 555 010 0199", "phone"),
    Row("date, not real", YOU, day("dob", "31", "2", "1985"),
        "You typed “31”. February 1985 has 28 days. Check the day", "dob-day"),
    Row("date, in the future", YOU, day("dob", "1", "1", "2999"),
        f"You typed “1 January 2999”. Date of birth must be in the past: {TODAY} or earlier", "dob-year"),
    Row("date, over 115 years", YOU, day("dob", "1", "1", "1885"),
        "You typed “1 January 1885”. That is more than 115 years ago. Check the year", "dob-year"),
    Row(
        "yes or no line", "/intake/head", {},
        "Pick Yes, No or Not sure for “A heart attack, ever”", "heart_attack",
    ),
    Row("one choice", REASONS, {}, "Pick how long the main problem has gone on", "reason_duration"),
    Row("tick list, nothing", REASONS, {},
        "Pick all that apply for “What do you want help with?”, or pick Not sure", "reasons"),
    Row("tick list, none to pick", "/intake/reasons", {},
        "Pick all that apply for “What have you tried?”, or pick None of these", "tried_list"),
    Row("other, no words", REASONS, {"reasons": ["other"]}, "Tell us what else you want help with", "reason_other"),
    Row("long text", REASONS, {"reason_other": [LONG]},
        "You have 40 letters too many. This box holds 300", "reason_other"),
    Row("height, empty", MEASURES, {}, "Enter your height, or pick “Please measure me”", "height-feet"),
    Row("weight, empty", MEASURES, {}, "Enter your weight, or pick “Please weigh me”", "weight-value"),
    Row("height, one box", MEASURES, height("ft_in", feet="5"),
        "Enter feet and inches, like 5 feet 6 inches. Inches can be 0",
        "height-inches"),
    Row("height, inches", MEASURES, height("ft_in", feet="5", inches="12"), "You typed “12”. Inches must be 0 to 11",
        "height-inches"),
    Row("height, no number", MEASURES, height("cm", value="tall"),
        "You typed “tall”. Height must be a number, like 168",
        "height-value"),
    Row("height, wrong unit", MEASURES, height("cm", value="5"),
        "You typed “5”. Did you mean 5 feet 0 inches? Change the number or the unit",
        "height-value"),
    Row("weight, no number", MEASURES, weight("kg", value="heavy"),
        "You typed “heavy”. Weight must be a number, like 72",
        "weight-value"),
    Row("weight, wrong unit", MEASURES, weight("kg", value="999"),
        "You typed “999 kg”. Weight should be from 20 to 400 kg. Check the number and the unit",
        "weight-value"),
    Row("blood pressure, one of two", MEASURES, {"bp_known": ["yes"], "bp_top": ["120"]},
        "Enter both numbers, or pick No if you don't know them", "bp_bottom"),
    Row("blood pressure, turned round", MEASURES, {"bp_known": ["yes"], "bp_top": ["80"], "bp_bottom": ["120"]},
        "You typed “80/120”. The top number should be bigger than the bottom one. Check both", "bp_top"),
    Row("group, nothing", ALLERGIES, {"allergy_any": ["yes"]},
        "Add at least one allergy, or change your answer to No", "allergies-0-allergy_to"),
    Row("group, half", ALLERGIES, {"allergy_any": ["yes"], "allergies-0-allergy_to": ["penicillin"]},
        "Tell us what happens when you have penicillin", "allergies-0-allergy_reaction"),
    Row("scale", "/intake/phq9", {f"scale_phq9-{n}": ["0"] for n in (1, 2, 3, 5, 6, 7, 8, 9)},
        "Pick an answer for question 4", "scale_phq9-4"),
    Row("statement", SIGN, {}, "Tick the box if you agree. If you don't, call us and we can help", "agree_screen",
        SEND),
    Row("signature, empty", SIGN, {}, "Type your full name to sign", "sign_name", SEND),
    Row("signature, another name", SIGN, {"agree_screen": ["yes"], "sign_name": ["R. A."]},
        "This is not the name we have. Is it right? Change it, or send again to keep it", "sign_name", SEND),
)  # fmt: skip
POUNDS = Row(
    "weight, pounds beside stones", MEASURES, weight("st_lb", stones="11", pounds="14"),
    "You typed “14”. Pounds must be 0 to 13 when you use stones", "weight-pounds",
)  # fmt: skip
READY = (
    Row("one choice", "/intake/address", {}, "Pick how you like us to reach you", "contact_best"),
    Row("text or a way out", "/intake/address", {},
        "Enter your home address, or pick “I have no steady address now”", "address"),
    Row("scale", "/intake/gad7", {f"scale_gad7-{n}": ["1"] for n in (1, 2, 3, 5, 6, 7)},
        "Pick an answer for question 4", "scale_gad7-4"),
    Row("other, no words", "/intake/treatment_day", {"escort": ["other_person"]},
        "Enter their name and phone number", "escort_name"),
    Row("two on one page", "/intake/address", {}, "Pick if our messages can name the clinic", "message_private"),
    Row("statement", "/intake/agree", {},
        "“I have read the key facts about ketamine and I can ask questions”: Tick the box if you agree. If you "
        "don't, call us and we can help", "agree_facts", "Send my answers"),
)  # fmt: skip
