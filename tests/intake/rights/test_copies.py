"""A patient's rights over a form they sent: to see it, and to take it with them."""

import json
import re
from typing import Any

import pytest

from app.intake.after import pdf, rights
from app.intake.form import signing
from app.intake.form.signing import WordingState
from app.models import seal, unseal
from app.questionnaire.all_forms import WHOLE
from app.questionnaire.intake import INTAKE
from app.screening.cases import read_case
from app.screening.rulebook import RULEBOOK
from tests.browsing import token, unmarked
from tests.factories import Factory
from tests.intake.patient import Patient
from tests.intake.reading_pdf import runs_of
from tests.intake.rights.told import FILES, MARK, NOTE, PAGES, TOLD, take

pytestmark = pytest.mark.sqlite_alone("how pages read a form and show it again")


def test_the_way_there_is_on_the_page_that_says_it_was_sent(sent: Patient) -> None:
    links = sent.open("/intake/confirmation").links
    assert set(PAGES) <= set(links)


def test_the_page_shows_all_answers_in_words_and_the_signature(sent: Patient) -> None:
    words = sent.open("/intake/copy").words
    for text in (
        "What you told us",
        f"Walk the {MARK}",
        "A seizure or fit, even as a child",
        "Over the last 2 weeks",
        "Thoughts that you would be better off dead",
        "More than half the days",
        f"Medicine name: {MARK} drops; How often? Once a day",
        "Signed by Robin Ashdown, 2 March 2026, 10:30 (EST)",
        f"Questions: version {INTAKE.version}",
    ):
        assert text in words, text
    assert not [note for note in rights.NOTES.values() if note in words]


def test_the_files_are_attachments_that_nothing_keeps_and_whose_names_tell_nothing(sent: Patient) -> None:
    for path, kind in zip(FILES, ("application/pdf", "application/json"), strict=True):
        response = take(sent, path)
        assert response.status_code == 200
        assert response.mimetype == kind
        ending = path.rpartition(".")[2]
        name = f'attachment; filename="foreroom-copy-2026-03-02.{ending}"'
        assert response.headers["Content-Disposition"] == name
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_the_files_hold_what_the_page_holds(sent: Patient) -> None:
    typeset = runs_of(take(sent, "/intake/copy.pdf").data)
    told = json.loads(take(sent, "/intake/copy.json").data)
    for text in (
        f"Walkthe{MARK}",
        f"{MARK}drops;Howoften?Onceaday",
        "Morethanhalfthedays",
        "(EST)",
    ):
        assert text in typeset, text
    received = read_case(told["case"], WHOLE, RULEBOOK)
    assert received.submitted.answers == {
        name: answer for name, answer in sent.draft.answers.items() if name != "verify_dob"
    }
    assert take(sent, "/intake/copy.pdf").data == take(sent, "/intake/copy.pdf").data


def test_answers_from_a_call_stand_beside_what_was_signed(sent: Patient) -> None:
    make = Factory(sent.session)
    make.amendment(sent.case, answers={"fam_psychosis": "yes", "staying_safe": f"My {MARK} sister"})
    sent.session.commit()
    page = sent.open("/intake/copy").words
    typeset = runs_of(take(sent, "/intake/copy.pdf").data)
    told = json.loads(take(sent, "/intake/copy.json").data)
    assert "Told by phone, 2 March 2026, 10:30 (EST)" in page
    assert f"My {MARK} sister" in page
    assert f"My{MARK}sister" in typeset
    assert "Toldbyphone,2March2026,10:30(EST)" in typeset
    assert told["told_since"][0]["answers"]["fam_psychosis"] == "yes"
    assert told["case"]["answers"]["fam_psychosis"] == "no", "what was signed stays as it was"


def test_no_copy_holds_a_flag_a_score_or_a_word_of_staff(sent: Patient) -> None:
    page = sent.open("/intake/copy").words
    typeset = runs_of(take(sent, "/intake/copy.pdf").data)
    data = take(sent, "/intake/copy.json").data.decode()
    flags = sent.flags()
    for slug in flags:
        for text in (page, typeset, data):
            assert slug not in text
        title = RULEBOOK.by_slug[slug].title
        assert title not in page
        assert title not in data
        assert re.sub(r"\s", "", title) not in typeset, title
    for text in (page, data):
        for kept_out in (NOTE, "26 of 27", "severe", "Urgent", "URGENT", "rulebook", "Suitable"):
            assert kept_out not in text, kept_out
    for kept_out in (NOTE, "26of27", "severe", "URGENT", "Suitable"):
        assert kept_out not in typeset, kept_out


def test_each_look_and_each_file_is_written_down(sent: Patient) -> None:
    before = len(sent.events)
    for path in PAGES:
        assert sent.open(path).status == 200
    for path in FILES:
        take(sent, path)
    assert sent.events[before:] == [
        "copy.viewed",
        "openings.viewed",
        "corrections.viewed",
        "copy.downloaded",
        "copy.downloaded",
    ]
    assert sent.facts("copy.downloaded") == [{"format": "pdf"}, {"format": "json"}]


def test_nothing_of_anyone_is_in_a_title_or_an_address(sent: Patient) -> None:
    for path in PAGES:
        seen = sent.open(path)
        assert seen.title == "Your form – Oak Street Clinic"
        assert not any(MARK in link for link in seen.links)


@pytest.mark.parametrize("path", [*PAGES, "/intake/withdraw"])
def test_after_half_an_hour_the_birth_date_is_asked_first(sent: Patient, path: str) -> None:
    sent.clock.wait(minutes=31)
    assert sent.open(path).path == "/"
    for file in FILES:
        assert unmarked(take(sent, file).headers["Location"]) == "/"
    assert sent.start().status == 303
    assert sent.open("/intake/copy").status == 200


def test_the_invitation_s_link_and_a_birth_date_lead_back_to_it(someone: Patient) -> None:
    make = Factory(someone.session)
    make.invitation(token="a-long-token-of-this-test")
    someone.session.commit()
    link = "/i/a-long-token-of-this-test"
    someone.start("1985-03-27", link)
    someone.have(TOLD | {"dob": "1985-03-27"})
    someone.sign()
    other = Patient(someone.client.application.test_client(), someone.session, someone.clock)
    assert other.open("/intake/copy").path == "/"
    assert other.start("1985-03-27", link).path == "/intake/"
    assert f"Walk the {MARK}" in other.open("/intake/copy").words


def test_a_draft_has_no_copy_yet(patient: Patient) -> None:
    for path in PAGES:
        assert patient.open(path).path == "/intake/"
    for path in FILES:
        assert unmarked(take(patient, path).headers["Location"]) == "/intake/"


def signature_of(patient: Patient) -> dict[str, Any]:
    return dict(unseal(patient.session, patient.case, "sealed_signature"))


def sign_again(patient: Patient, signature: dict[str, Any]) -> None:
    """As if this had been signed, by a release that worded the form so."""
    case = patient.case
    seal(patient.session, case, "sealed_signature", signature)
    case.signature_hash = signing.hash_of_signed(case, patient.draft.answers, signature)
    patient.session.commit()


def test_questions_that_were_reworded_since_are_shown_as_they_were_signed(sent: Patient) -> None:
    signature = signature_of(sent)
    for step in signature["asked"]:
        for line in step["lines"]:
            line["question"] = line["question"].replace("A heart attack, ever", "A heart attack in your life")
    sign_again(sent, signature)
    words, typeset = sent.open("/intake/copy").words, runs_of(take(sent, "/intake/copy.pdf").data)
    for text in ("A heart attack in your life", rights.NOTES[WordingState.REWORDED]):
        assert text in words
        assert re.sub(r"\s", "", text) in typeset
    assert "A heart attack, ever" not in words
    private = {q.text for q in WHOLE.questions.values() if not q.on_copy}
    assert not [text for text in private if text in words]


def test_a_signature_from_before_the_words_were_kept_is_not_called_broken(sent: Patient) -> None:
    older = {"name", "meaning", "at", "answers_sha256", "statement_version"}
    case = sent.case
    seal(
        sent.session, case, "sealed_signature",
        {name: value for name, value in signature_of(sent).items() if name in older} | {"statement_version": "1.1"},
    )  # fmt: skip
    sent.session.commit()
    words = sent.open("/intake/copy").words
    assert rights.NOTES[WordingState.EARLIER] in words
    assert rights.NOTES[WordingState.ALTERED] not in words
    assert "Questions: version 1.1" in words


def test_answers_that_are_not_those_that_were_signed_are_told(sent: Patient) -> None:
    case = sent.case
    case.signature_hash = "0" * 64
    sent.session.commit()
    assert rights.NOTES[WordingState.ALTERED] in sent.open("/intake/copy").words


def test_pdfs_are_bounded_for_each_form(sent: Patient) -> None:
    made: list[int] = []

    def quick(*_: object) -> bytes:
        made.append(1)
        return b"%PDF"

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(pdf, "typeset", quick)
        answers = [take(sent, "/intake/copy.pdf") for _ in range(12)]
    statuses = [answer.status_code for answer in answers]
    assert 3000 < int(answers[-1].headers["Retry-After"]) <= 3600
    assert re.search("Wait (an hour|5[0-9] minutes)[.]", answers[-1].text), (
        "as long as the limit, not a minute"
    )
    assert statuses == [200] * 10 + [429] * 2
    assert len(made) == 10
    assert take(sent, "/intake/copy.json").status_code == 200, "the others are not held up by it"


def test_a_pdf_that_cannot_be_made_now_says_so(sent: Patient, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> bytes:
        raise pdf.NotTypeset

    monkeypatch.setattr(pdf, "typeset", fails)
    response = take(sent, "/intake/copy.pdf")
    assert response.status_code == 503
    assert response.headers["Retry-After"]
    assert "Content-Disposition" not in response.headers
    assert MARK not in response.text


def test_a_pdf_is_typeset_after_the_commit(sent: Patient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else every other patient's save would wait for it."""
    seen: list[list[str]] = []

    def looks(*_: object) -> bytes:
        seen.append(sent.events)
        return b"%PDF"

    monkeypatch.setattr(pdf, "typeset", looks)
    take(sent, "/intake/copy.pdf")
    assert seen[0][-1] == "copy.downloaded"


def test_nobody_reaches_anothers_form(sent: Patient, make: Factory) -> None:
    """There is no way to name another: the only id is in the signed cookie."""
    other = Patient(sent.client.application.test_client(), sent.session, sent.clock)
    other.start("1970-01-01")
    for path in (*PAGES, "/intake/withdraw"):
        assert MARK not in other.open(f"{path}?case={sent.case_id}").words
    assert token(other.client)
