"""Key facts, and how answers are used: read beside the tick, bound by the signature, on the copy."""

from __future__ import annotations

import json
import re

import pytest

from app.intake.form import signing
from app.models import seal, unseal
from app.questionnaire.all_forms import WHOLE
from app.questionnaire.countries import Country
from app.questionnaire.how_used import HOW_USED
from app.questionnaire.key_facts import KEY_FACTS
from app.questionnaire.notices import Notice, hash_of_text
from app.questionnaire.reading import Reading
from app.web.language import translator_for
from tests.browsing import post
from tests.intake.patient import Patient, read_notices
from tests.intake.reading_pdf import runs_of
from tests.people import HEALTHY, but

pytestmark = pytest.mark.sqlite_alone("what is said, in which words and language")

UNREAD = but(HEALTHY, {"privacy_ok": None, "agree_screen": None, "sign_name": None})
ADDRESS = "/read/your-answers"


def lines(notice: Notice, locale: str = "en", country: Country = Country.US) -> list[str]:
    return [line for passage in notice.shown(country, translator_for(locale)) for line in passage.lines]


@pytest.mark.parametrize("notice", [HOW_USED, KEY_FACTS], ids=lambda notice: notice.id)
def test_anyone_reads_it_and_it_says_nothing_of_anyone(someone: Patient, notice: Notice) -> None:
    seen = someone.open(f"/read/{notice.id}")
    assert (seen.status, seen.heading) == (200, notice.title)
    assert not [line for line in lines(notice) if line not in seen.words]
    assert f"Version {notice.version}, 28 November 2026." in seen.words
    assert someone.open("/read/another").status == 404


def test_it_stands_beside_the_tick_and_opens_apart_from_what_is_typed(patient: Patient) -> None:
    patient.session.commit()
    html = patient.client.get("/intake/begin").text
    link = re.search(rf'<a [^>]*href="{ADDRESS}"[^>]*>', html)
    assert link is not None
    assert 'target="_blank"' in link[0]
    assert link.start() < html.index('id="privacy_ok"')
    assert (
        ADDRESS
        in Patient(patient.client.application.test_client(), patient.session, patient.clock).open("/").links
    )


def test_a_tick_keeps_the_text_as_it_was_shown_and_the_signature_binds_it(patient: Patient) -> None:
    patient.have(UNREAD, notices={})
    patient.save("begin", HEALTHY)
    ticked_at = patient.clock.now
    patient.clock.wait(minutes=5)
    assert patient.sign().path == "/intake/confirmation"
    case, signature = patient.case, unseal(patient.session, patient.case, "sealed_signature")
    (read,) = signature["read"]
    assert (read["id"], read["version"], read["locale"]) == ("your-answers", HOW_USED.version, "en")
    assert read["at"] == ticked_at.isoformat()
    assert read["sha256"] == hash_of_text(HOW_USED.title, HOW_USED.shown(Country.US))
    answers = patient.draft.answers
    other = signature | {"read": [{**read, "version": "0"}]}
    assert signing.hash_of_signed(case, answers, signature) == case.signature_hash
    assert signing.hash_of_signed(case, answers, other) != case.signature_hash


def test_the_copy_holds_what_was_read(patient: Patient) -> None:
    patient.have(UNREAD, notices={})
    patient.save("begin", HEALTHY)
    patient.sign()
    seen = patient.open("/intake/copy")
    typeset = runs_of(post(patient.client, "/intake/copy.pdf").data)
    for text in (
        HOW_USED.title,
        f"You said that you have read this. Version {HOW_USED.version}.",
        *lines(HOW_USED),
    ):
        assert text in seen.words, text
        assert re.sub(r"\s", "", text) in typeset, text
    told = json.loads(post(patient.client, "/intake/copy.json").data)
    shown = hash_of_text(HOW_USED.title, HOW_USED.shown(Country.US))
    assert told["read"] == [
        {"id": "your-answers", "version": HOW_USED.version, "locale": "en", "sha256": shown}
    ]


def test_a_text_with_a_newer_version_is_to_be_read_again(patient: Patient) -> None:
    older = read_notices()
    older["your-answers"]["version"] = "0"
    patient.have(but(HEALTHY, {"agree_screen": None, "sign_name": None}), notices=older)
    assert patient.sign().problems == [("Answer the parts that are still to do", "to-do")]
    assert "privacy_ok" not in patient.open("/intake/begin").values, "it is not ticked for them"
    patient.save("begin", HEALTHY)
    assert patient.draft.notices["your-answers"]["version"] == HOW_USED.version
    assert patient.sign().path == "/intake/confirmation"


def test_a_sent_form_keeps_the_text_it_was_signed_with(patient: Patient) -> None:
    """Whatever the newest version says: the words of the one that was read are in the form."""
    signed = read_notices()
    signed["your-answers"]["passages"] = [{"heading": "Who reads them", "lines": ["As it read at first."]}]
    patient.have(but(HEALTHY, {"agree_screen": None, "sign_name": None}), notices=signed)
    assert patient.sign().path == "/intake/confirmation"
    unsealed = unseal(patient.session, patient.case, "sealed_signature")
    case = patient.case
    unsealed["read"][0]["version"] = "1"
    seal(patient.session, case, "sealed_signature", unsealed)
    patient.session.flush()
    seen = patient.open("/intake/copy")
    assert "You said that you have read this. Version 1." in seen.words
    assert "As it read at first." in seen.words
    assert not [line for line in lines(HOW_USED) if line in seen.words]


def test_a_tick_that_is_taken_back_leaves_nothing(patient: Patient) -> None:
    patient.save("begin", HEALTHY)
    assert "your-answers" in patient.draft.notices
    patient.save("begin", but(HEALTHY, {"privacy_ok": None}))
    assert patient.draft.notices == {}


def test_research_is_not_asked_any_more_and_what_was_answered_is_kept(patient: Patient) -> None:
    assert "agree_research" not in [q.id for q in Reading(WHOLE, {}, patient.clock.today).shown_questions(
        WHOLE.page_of("agree_research")
    )]  # fmt: skip
    answered = Reading(WHOLE, {"agree_research": "no"}, patient.clock.today)
    assert answered.kept() == {"agree_research": "no"}
