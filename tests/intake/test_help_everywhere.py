"""What holds of every help page there is, in every country, and of what the pages after it say."""

import dataclasses
import json
import re
from html import unescape

import pytest
from flask import Flask

from app.questionnaire.all_forms import WHOLE
from app.questionnaire.countries import Country
from app.questionnaire.crisis_contacts import CONTACTS
from app.questionnaire.intake import INTAKE
from app.questionnaire.interruption import Interruption
from app.questionnaire.interruption_triggers import BY_ID
from app.questionnaire.interruptions import INTERRUPTIONS
from app.web.guards import guard_of
from tests.intake.patient import Patient, Seen
from tests.intake.reading_pdf import runs_of
from tests.intake.rights.told import take
from tests.intake.test_interruptions import CALLS, MORE, PAIN, THOUGHTS
from tests.people import HEALTHY, Answers, but, mood

pytestmark = pytest.mark.sqlite_alone("what is said, in which words and language")

PRESSURE: Answers = {"bp_top": 184, "bp_bottom": 100, "bp_when": "week"}
CALM: Answers = HEALTHY | PAIN | {"back_warning": "no", "headache_changed": "no"}
UNSURE: dict[str, Answers] = {
    "back_warning": {"back_warning": "not_sure"},
    "headache_warning": {"headache_changed": "not_sure"},
    "chest_pain": {"chest_pain_recent": "not_sure"},
    "crisis_now": THOUGHTS | MORE | {"suicide_today": "not_sure"},
    "harm_others": {"harm_others": "not_sure"},
}
SURE: dict[str, Answers] = {
    **{page: answers for page, _, before, answers, _ in CALLS.values() if before in ({}, PAIN)},
    "crisis_now": MORE | mood(3),
    "crisis_support": MORE,
    "pressure_crisis": PRESSURE,
}
"""Answers of a health check that call for each page. A check-in's has its own test, and nobody under age sends one."""
AFTER = [(page, False) for page in SURE] + [(page, True) for page in UNSURE]


def words(text: str) -> str:
    """A text on one line, as it is read."""
    return " ".join(unescape(text).split())


def advice(page: Interruption, country: Country, *, unsure: bool) -> tuple[str, ...]:
    """What is said of a page later, its figures filled in."""
    figures = {"systolic_crisis": 180, "diastolic_crisis": 120, "clinic_phone": "555 010 0100"}
    return tuple(line.format(**figures) for line in page.afterwards(country, unsure=unsure))


def hrefs(page: Interruption, country: Country) -> set[str]:
    """The numbers of a page."""
    found = set()
    for name in page.contacts[country]:
        contact = CONTACTS[country][name]
        found.add(f"tel:{contact.call}" if contact.call else f"sms:{contact.text}" if contact.text else "")
    return found - {""}


def begun(app: Flask, someone: Patient, country: Country) -> Patient:
    """Somebody at a clinic of this country."""
    app.config["SETTINGS"] = dataclasses.replace(app.config["SETTINGS"], jurisdiction=Country(country))
    someone.start()
    return someone


def numbers(seen: Seen) -> set[str]:
    """What can be called or texted, however the text begins."""
    return {link.partition("?")[0] for link in seen.links}


@pytest.mark.parametrize("country", [Country.US, Country.UK])
@pytest.mark.parametrize("page", INTERRUPTIONS, ids=lambda page: page.id)
def test_a_help_page_begins_with_its_numbers_and_can_be_stopped_at(
    page: Interruption, country: Country
) -> None:
    assert page.contacts[country]
    assert (page.stop_here is None) is (page.carry_on is None), "whoever may go on may stop"
    if page.talk:
        others = {name for name in page.contacts[country] if not CONTACTS[country][name].talks}
        assert others <= {"emergency"}
        assert page.act_now[country], "something true stands over the number that is for no talk"
    for unsure in (False, *(True for _ in page.opening_unsure)):
        for line in page.afterwards(country, unsure=unsure):
            assert "saved" not in line, "that holds of the page itself, and not of a form that was withdrawn"


@pytest.mark.parametrize("country", [Country.US, Country.UK])
@pytest.mark.parametrize("page_id", SURE)
def test_numbers_stand_before_whatever_is_asked_and_free_over_no_emergency_number(
    app: Flask, someone: Patient, page_id: str, country: Country
) -> None:
    patient = begun(app, someone, country)
    patient.have(CALM | SURE[page_id], queued_help=[page_id])
    seen = patient.open(f"/intake/help/{page_id}")
    assert (seen.status, seen.heading) == (200, BY_ID[page_id].heading)
    main = seen.html[seen.html.index("<h1") : seen.html.index("<footer")]
    assert main.index("tel:") < main.index("<form")
    assert "stop" in seen.buttons["answer"]
    assert hrefs(BY_ID[page_id], country) <= numbers(seen)
    emergency = 'href="tel:911"' if country == Country.US else 'href="tel:999"'
    for over in re.split(r"<h[12]", main)[1:]:
        assert not (
            "free, day and night" in over.partition("</h")[0] and emergency in over.partition("</ul>")[0]
        )


@pytest.mark.parametrize(("page_id", "unsure"), AFTER)
@pytest.mark.parametrize("country", [Country.US, Country.UK])
def test_what_a_help_page_said_is_said_on_every_page_after_it(
    app: Flask, someone: Patient, page_id: str, unsure: bool, country: Country
) -> None:
    patient, page = begun(app, someone, country), BY_ID[page_id]
    answers = but(CALM | (UNSURE if unsure else SURE)[page_id], {"agree_screen": None, "sign_name": None})
    patient.have(answers, seen_help=[page_id], confirmed=["bp_top", "bp_bottom"])
    said = advice(page, country, unsure=unsure)

    def carries(seen: Seen) -> None:
        assert seen.status == 200
        assert hrefs(page, country) <= numbers(seen)
        for line in said:
            assert line in words(seen.words)
        if page.bodily:
            assert page.heading in seen.words, "or nobody knows what it is about"

    carries(patient.open("/intake/saved"))
    carries(patient.open("/intake/sign"))
    assert patient.sign().path == "/intake/confirmation"
    done = patient.open("/intake/confirmation")
    carries(done)
    assert done.words.index("If you need help now") < done.words.index("What happens next")
    copy = patient.open("/intake/copy")
    carries(copy)
    file = json.loads(patient.send("/intake/copy.json").html)
    on_paper = [f"{page.heading}. {' '.join(said)}"] if page.bodily else []
    assert file["advice"] == on_paper
    for line in on_paper:
        assert f'<p class="fr-copy__printed">{line}</p>' in unescape(copy.html)


@pytest.mark.parametrize("unsure", [False, True])
def test_the_pdf_says_it_too(patient: Patient, unsure: bool) -> None:
    told = UNSURE if unsure else SURE
    answers = CALM | told["back_warning"] | told["chest_pain"] | told["crisis_now"]
    patient.have(but(answers, {"agree_screen": None, "sign_name": None}), seen_help=list(told))
    patient.sign()
    pdf = runs_of(take(patient, "/intake/copy.pdf").data)
    for name in ("back_warning", "chest_pain"):
        page = BY_ID[name]
        for line in (page.heading, *advice(page, Country.US, unsure=unsure)):
            assert line.replace(" ", "") in pdf
    assert "Ifyoumayactonthesethoughts" not in pdf, "of that every copy says the same"


@pytest.mark.parametrize(("page_id", "unsure"), AFTER)
def test_a_withdrawn_form_leaves_what_its_help_page_said(
    patient: Patient, page_id: str, unsure: bool
) -> None:
    answers = CALM | (UNSURE if unsure else SURE)[page_id]
    patient.have(but(answers, {"agree_screen": None, "sign_name": None}), seen_help=[page_id])
    seen = patient.send("/intake/withdraw")
    assert hrefs(BY_ID[page_id], Country.US) <= numbers(seen)
    for line in advice(BY_ID[page_id], Country.US, unsure=unsure):
        assert line in words(seen.words)
    after = words(seen.words)
    for untrue in ("form is saved", "answers are saved", "free, day and night"):
        assert untrue not in after[after.index("If you need help now") :]


@pytest.mark.parametrize("first", SURE)
@pytest.mark.parametrize("country", [Country.US, Country.UK])
def test_when_two_pages_hold_the_first_has_the_numbers_of_both_and_later_ones_say_both(
    app: Flask, someone: Patient, first: str, country: Country
) -> None:
    patient = begun(app, someone, country)
    for other in SURE:
        if other in (first, *BY_ID[first].outranks) or first in BY_ID[other].outranks:
            continue
        patient.have(CALM | SURE[first] | SURE[other], queued_help=[first, other])
        both = hrefs(BY_ID[first], country) | hrefs(BY_ID[other], country)
        assert both <= numbers(patient.open(f"/intake/help/{first}")), other
        later = patient.open("/intake/saved")
        assert both <= numbers(later), other
        for name in (first, other):
            for line in advice(BY_ID[name], country, unsure=False):
                assert line in words(later.words)


def test_an_emergency_beside_a_wish_to_die_has_the_lines_for_a_talk_under_words_that_are_true(
    patient: Patient,
) -> None:
    saved = patient.save("right_now", {"urgent_now": ["chest_pain", "end_life"]})
    seen = patient.open(saved.path)
    assert seen.heading == "Please get help now"
    assert {"tel:911", "tel:988", "sms:988"} <= seen.links.keys()
    order = [words(seen.words).index(text) for text in ("Call 911.", "Talk to someone now.", "Call 988")]
    assert order == sorted(order)


def test_every_help_page_of_a_health_check_is_tried() -> None:
    elsewhere = {"under_age", "followup_emergency"}
    assert set(SURE) | elsewhere == set(BY_ID)
    assert set(UNSURE) == {page.id for page in INTERRUPTIONS if page.not_sure is not None}
    assert all(name in WHOLE.questions for answers in UNSURE.values() for name in answers)


def pages_of(app: Flask, patient: Patient) -> dict[str, Seen]:
    """Every page that only a patient opens, by its address, as it answers now; those that lead elsewhere left out."""
    found = {}
    for rule in app.url_map.iter_rules():
        guard = guard_of(app, rule.endpoint)
        if guard is None or guard.kind != "patient" or "GET" not in (rule.methods or ()):
            continue
        names = {
            "page_id": [page.id for page in WHOLE.pages],
            "interruption": [*BY_ID, "number_check"],
            "": [""],
        }
        (argument,) = rule.arguments or {""}
        for name in names[argument]:
            path = re.sub("<[^>]+>", name, rule.rule)
            seen = patient.open(path)
            if seen.status == 200:
                found[path] = seen
    return found


@pytest.mark.parametrize("danger", ["crisis_now", "crisis_support", "chest_pain"])
def test_every_page_that_somebody_in_danger_can_open_says_whom_to_call(
    app: Flask, patient: Patient, danger: str
) -> None:
    answers = but(CALM | SURE[danger], {"agree_screen": None, "sign_name": None})
    heavy: Answers = {"weight": {"unit": "lb", "value": 480}}
    patient.have(answers | heavy, seen_help=[danger])
    draft = pages_of(app, patient)
    assert {"/intake/", "/intake/sign", "/intake/saved", "/intake/leave", "/intake/withdraw"} <= draft.keys()
    assert {"/intake/help/number_check", f"/intake/help/{danger}"} <= draft.keys()
    asked = {f"/intake/{page.id}" for page in INTAKE.pages} & draft.keys()
    assert len(asked) > len(INTAKE.pages) / 2
    patient.send("/intake/help/number_check", answer="keep")
    assert patient.sign().path == "/intake/confirmation"
    sent = pages_of(app, patient)
    assert {"/intake/confirmation", "/intake/copy", "/intake/correction", "/intake/opened"} <= sent.keys()
    for path, seen in {**draft, **sent}.items():
        assert hrefs(BY_ID[danger], Country.US) <= numbers(seen), path
        main = seen.html[seen.html.index("<h1") : seen.html.index("<footer")]
        assert "If you need help now" in main or path == f"/intake/help/{danger}", path


def test_on_a_page_to_be_mended_the_help_stays(patient: Patient) -> None:
    patient.have(CALM | SURE["crisis_now"], seen_help=["crisis_now"])
    seen = patient.save("reasons", but(CALM, {"reasons": None}))
    assert seen.status == 422
    assert hrefs(BY_ID["crisis_now"], Country.US) <= numbers(seen)
