"""A form in another language: every page, what goes wrong on it, the switch, and what is signed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.commands.texts import PLACEHOLDER, read
from app.intake.form.signing import hash_of_signed
from app.models import unseal
from app.questionnaire.countries import Country
from app.questionnaire.instruments import INSTRUMENTS
from app.questionnaire.intake import INTAKE
from app.questionnaire.interruption_triggers import BY_ID
from app.questionnaire.kinds import InvalidAnswer, accept_answer
from app.questionnaire.wording import Message, Untranslatable, UserText
from app.web.language import translator_for
from tests.browsing import post, sign_in, staff
from tests.factories import Factory
from tests.intake.answers import asked_pages
from tests.intake.patient import Patient
from tests.people import GOT_READY, HEALTHY, Answers

ALONE = pytest.mark.sqlite_alone("what is said, in which words and language")

LONG: Answers = HEALTHY | {
    "filled_by": "self_with_help",
    "helper_name": "Sam",
    "private_part": "alone",
    "med_classes": ["antidepressant", "opioid", "blood_thinner"],
    "medicines": [{"med_name": "Sertraline 50 mg", "med_often": "once"}] * 3,
    "allergy_any": "yes",
    "suicide_thoughts": "often",
}
SAID = ("aria-label", "alt", "title", "placeholder")


class Texts(HTMLParser):
    """Every text of a page with the language it is marked with."""

    VOID = frozenset({"input", "meta", "link", "br", "hr", "img", "path"})

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.langs: list[str] = []
        self.found: list[tuple[str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        lang = given.get("lang") or (self.langs[-1] if self.langs else "")
        if tag not in self.VOID:
            self.langs.append(lang)
        self.found += [
            (lang, str(given[name])) for name in given if name in SAID or name.startswith("data-i18n")
        ]

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            self.langs.pop()

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.found.append((self.langs[-1] if self.langs else "", " ".join(data.split())))


def english() -> re.Pattern[str]:
    """What no Spanish page may say: each text whose Spanish differs."""
    parts = []
    for message in read("es"):
        text = str(message.id)
        if text and message.string != text and len(PLACEHOLDER.sub("", text)) > 3:
            parts.append(".+".join(re.escape(part) for part in PLACEHOLDER.split(text)))
    return re.compile("|".join(f"(?:{part})" for part in parts))


ENGLISH = english()


def left_in_english(html: str) -> list[str]:
    """The English texts of a Spanish page, what is marked as English and the title's clinic apart."""
    return [
        text
        for lang, text in Texts(html).found
        if lang == "es" and ENGLISH.fullmatch(text.removesuffix(" – Oak Street Clinic").strip())
    ]


def pages_of(patient: Patient) -> Iterator[str]:
    """Every page of the form that is asked."""
    for page in INTAKE.pages:
        path = f"/intake/{page.id}"
        if page.id != "start" and patient.open(path).status == 200:
            yield path


def look(patient: Patient, *paths: str) -> None:
    """Each of these pages is Spanish, whole."""
    for path in paths:
        response = patient.client.get(path)
        assert response.status_code == 200, (path, response.status_code)
        assert '<html lang="es">' in response.text, path
        assert left_in_english(response.text) == [], path


@ALONE
@pytest.mark.parametrize("answers", [HEALTHY, LONG], ids=["healthy", "long"])
def test_every_page_of_the_form_is_in_spanish(paciente: Patient, answers: Answers) -> None:
    paciente.have(answers, language="es")
    paths = list(pages_of(paciente))
    assert paths == [f"/intake/{page_id}" for page_id in asked_pages(answers)]
    look(paciente, "/intake/", "/intake/saved", "/intake/withdraw", *paths)


@ALONE
@pytest.mark.parametrize("help_page", [name for name in BY_ID if name != "under_age"])
def test_every_help_page_is_in_spanish(paciente: Patient, help_page: str) -> None:
    paciente.have(HEALTHY, queued_help=[help_page], language="es")
    look(paciente, f"/intake/help/{help_page}")


@ALONE
def test_the_pages_after_sending_are_in_spanish(paciente: Patient) -> None:
    paciente.have(HEALTHY, language="es")
    assert paciente.sign().path == "/intake/confirmation"
    look(paciente, "/intake/confirmation", "/intake/copy", "/intake/opened", "/intake/correction")
    paciente.send("/intake/correction", correction="Mi teléfono es otro")
    look(paciente, "/intake/correction", "/intake/opened")
    told = paciente.client.get("/intake/copy").text
    assert "Sertraline 50 mg" in told
    assert '<li lang="en">Little interest or pleasure in doing things: <strong>More than half' in told


@ALONE
def test_getting_ready_is_in_spanish(paciente: Patient) -> None:
    paciente.have(HEALTHY, language="es")
    paciente.sign()
    paciente.send("/intake/next")
    look(paciente, "/intake/")
    paciente.save("home", GOT_READY)
    links = [path for path in paciente.open("/intake/").links if path.startswith("/intake/")]
    look(paciente, *(path for path in links if path.rstrip("/") != "/intake"))


@ALONE
def test_the_pages_before_a_form_are_in_spanish(someone: Patient) -> None:
    assert someone.send("/language", switch_language="es", page="/").location == "/"
    look(someone, "/")
    for path in ("/i/no-such-link", "/nothing-here"):
        response = someone.client.get(path)
        assert '<html lang="es">' in response.text
        assert left_in_english(response.text) == []
    gone = someone.client.post("/i/no-such-link", data={"csrf_token": "x"})
    assert left_in_english(gone.text) == []


@ALONE
def test_a_withdrawn_form_says_so_in_the_language_it_was_filled_in(paciente: Patient) -> None:
    gone = paciente.send("/intake/withdraw")
    assert gone.heading == "Su formulario está retirado"


WRONG: dict[str, dict[str, str]] = {
    "you": {"first_name": "", "dob-day": "31", "dob-month": "2", "dob-year": "1990", "email": "no"},
    "measures": {"height-unit": "ft_in", "height-feet": "5", "height-inches": "14", "weight-value": "x"},
    "mood": {},
}  # fmt: skip


@ALONE
@pytest.mark.parametrize("page_id", [page.id for page in INTAKE.pages if page.id not in ("start", "sign")])
def test_what_is_wrong_with_an_empty_page_is_said_in_spanish(paciente: Patient, page_id: str) -> None:
    paciente.have(HEALTHY, language="es")
    response = post(paciente.client, f"/intake/{page_id}", version="1", **WRONG.get(page_id, {}))
    assert left_in_english(response.text) == []
    if response.status_code == 422:
        assert "Por favor revise" in response.text


@ALONE
def test_a_month_may_be_typed_in_spanish(someone: Patient) -> None:
    seen = someone.start(
        **{"verify_dob-day": "3", "verify_dob-month": "mayo", "verify_dob-year": "1990"}, language="es"
    )
    assert seen.path == "/intake/right_now"


@ALONE
def test_a_pressure_turned_round_is_told_as_something_to_do_in_spanish(paciente: Patient) -> None:
    paciente.have(HEALTHY, language="es")
    seen = paciente.save("measures", HEALTHY | {"bp_top": 80, "bp_bottom": 120})
    told = (
        "Escribió «80/120». El número de arriba debe ser mayor que el de abajo. Revise los dos y corríjalos"
    )
    assert seen.problems == [(told, "bp_top")]


@ALONE
@pytest.mark.parametrize(
    ("language", "measure", "told"),
    [
        ("es", {"weight": {"unit": "lb", "value": 12}}, "debe estar entre 45 y 881 libras. Revise"),
        ("es", {"height": {"unit": "ft_in", "feet": 9, "inches": 0}},
         "debe estar entre 1 pie 8 pulgadas y 8 pies 11 pulgadas. Revise"),
        ("es", {"weight": {"unit": "kg", "value": 999}}, "debe estar entre 20 y 400 kg. Revise"),
        ("en_GB", {"weight": {"unit": "st_lb", "stones": 1, "pounds": 9}},
         "should be from 3 stones 3 pounds to 62 stones 13 pounds. Check"),
        ("en_GB", {"weight": {"unit": "lb", "value": 12}}, "should be from 45 to 881 pounds. Check"),
    ],
)  # fmt: skip
def test_the_range_of_a_measure_is_told_in_its_unit(language: str, measure: Answers, told: str) -> None:
    ((name, answer),) = measure.items()
    with pytest.raises(InvalidAnswer) as refused:
        accept_answer(INTAKE.questions[name], answer, date(2026, 3, 1))
    assert told in translator_for(language)(refused.value.message)


@ALONE
def test_a_number_and_a_date_are_told_in_spanish(paciente: Patient) -> None:
    paciente.have(HEALTHY, language="es")
    told = paciente.open("/intake/sign").words
    assert "3 de mayo de 1990" in told
    assert "5 pies 6 pulgadas (168 cm)" in told
    paciente.save("measures", HEALTHY | {"weight": {"unit": "lb", "value": 480}})
    asked = paciente.open("/intake/help/number_check").words
    assert "Nos dijo que pesa 480 libras (218 kg). ¿Está bien?" in asked


# ---- Where it is not spoken


@ALONE
def test_a_scale_stays_in_english_and_says_so(paciente: Patient) -> None:
    paciente.have(HEALTHY, language="es")
    names = [INTAKE.page_of(name).id for name in INTAKE.questions if name.startswith("scale_")]
    for page_id in dict.fromkeys(names):
        html = paciente.client.get(f"/intake/{page_id}").text
        if 'data-question="scale_' not in html:
            continue
        assert "Por ahora estas preguntas están solo en inglés" in html
        marked = {text for lang, text in Texts(html).found if lang == "en"}
        assert any(
            f"{number}. {item}" in marked
            for instrument in INSTRUMENTS.values()
            for number, item in enumerate(instrument.wording(Country.US).items, 1)
        )


@ALONE
def test_no_text_of_a_scale_is_translated() -> None:
    spanish = read("es")
    for instrument in INSTRUMENTS.values():
        for wording in instrument.forms.values():
            assert not [item for item in wording.items if item in spanish]


@ALONE
def test_staff_read_english(app: Flask, paciente: Patient, make: Factory, session: Session) -> None:
    paciente.have(HEALTHY, language="es")
    case_id = paciente.case_id
    paciente.sign()
    desk = app.test_client()
    sign_in(desk, staff(app, make, session, "clinician"))
    page = desk.get(f"/review/{case_id}").text
    assert "Filled in in Spanish" in page
    assert '<html lang="en">' in page
    assert "switch_language" not in page
    assert "What is your date of birth" in page or "Date of birth" in page or "Born" in page


# ---- What is signed


@ALONE
def test_the_signature_binds_the_words_as_they_were_shown(paciente: Patient) -> None:
    paciente.have(HEALTHY, language="es")
    paciente.sign()
    case = paciente.case
    signature = unseal(paciente.session, case, "sealed_signature")
    assert signature["locale"] == "es"
    assert signature["meaning"] == translator_for("es")(INTAKE.questions["agree_screen"].text)
    asked = {line["id"]: line for step in signature["asked"] for line in step["lines"]}
    assert asked["heart_attack"]["question"] == translator_for("es")(INTAKE.questions["heart_attack"].text)
    assert hash_of_signed(case, paciente.draft.answers, signature) == case.signature_hash
    assert "escritas de otra manera" not in paciente.client.get("/intake/copy").text


# ---- Words


@ALONE
def test_words_are_said_by_their_template_and_each_value() -> None:
    translate = translator_for("es")
    assert translate(Message("Pick one for “{label}”", label="A heart attack, ever")).startswith(
        "Elija una para «"
    )
    assert translate(
        Message("{first} or {last}", first=Message.listed(", ", ["Yes", "No"]), last="Not sure")
    ) == ("Sí, No o No lo sé")
    assert translate(UserText("Yes")) == "Yes"
    assert translate(Untranslatable("Yes")) == "Yes"
    assert translate("nobody wrote this") == "nobody wrote this"
    assert translate("") == ""


@ALONE
def test_help_in_spanish_leads_to_the_line_that_speaks_it_before_the_others(paciente: Patient) -> None:
    page = help_for(paciente)
    assert page.index("911") < page.index("Español: 988") < page.index("988lifeline.org")


@ALONE
def test_help_in_english_leads_to_the_english_line_first(patient: Patient) -> None:
    page = help_for(patient)
    assert (
        page.index("911")
        < page.index("Call 988")
        < page.index("988lifeline.org")
        < page.index("Español: 988")
    )


def help_for(patient: Patient) -> str:
    """The help page that danger brings."""
    path = patient.save("right_now", {"urgent_now": ["end_life"]}).path
    patient.session.commit()
    return patient.client.get(path).text
