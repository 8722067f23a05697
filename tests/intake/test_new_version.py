"""A form that is open while its questions change goes on in their new version: the patient looks at what changed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from app.intake.draft import Draft
from app.models import seal, unseal
from app.questionnaire import versions
from app.questionnaire.form_kinds import FormKind
from app.questionnaire.intake import INTAKE
from tests.browsing import as_staff
from tests.factories import NOW, Factory
from tests.intake.patient import Patient, Seen
from tests.judged import unfinished
from tests.people import HEALTHY, Answers, but
from tests.review.seen import words

EARLIER, NEWEST = "0.9", versions.newest(FormKind.INTAKE)
HEART = INTAKE.page_of("stroke")
FINISHED: Answers = but(HEALTHY, {"agree_screen": None, "sign_name": None})
CHANGED = "This page has changed, or asks for more, since you filled it in."
LOOK = "We changed some questions here."
READ_AGAIN = "We changed this page while you had it open."
NOTE = "The questions changed while the form was open"


def history_of(changed: frozenset[str], file: Path) -> None:
    """A file in which the earlier version had other questions on these pages than the newest has."""
    now = versions.history(FormKind.INTAKE)[NEWEST]
    first = [f"intake,{EARLIER},{page},{'older' if page in changed else sha}" for page, sha in now.items()]
    then = [f"intake,{NEWEST},{page},{now[page]}" for page in changed]
    others = [
        f"{kind},{versions.newest(kind)},{page},{sha}"
        for kind in FormKind
        if kind is not FormKind.INTAKE
        for page, sha in versions.history(kind)[versions.newest(kind)].items()
    ]
    file.write_text("\n".join(["kind,version,page,sha256", *first, *then, *others]) + "\n")


@pytest.fixture(params=[frozenset({HEART.id})], ids=["heart"])
def changed(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """Some pages of the health check ask something else since the earlier version."""
    file = tmp_path / "versions.csv"
    history_of(request.param, file)
    monkeypatch.setattr(versions, "file", lambda: file)
    versions.history.cache_clear()
    yield
    versions.history.cache_clear()


@pytest.fixture
def begun(changed: None, patient: Patient) -> Patient:
    """Somebody who has filled in everything in the earlier version, and signed nothing."""
    patient.have(FINISHED)
    patient.case.questionnaire_version = EARLIER
    patient.session.commit()
    return patient


def send_page(patient: Patient, answers: Answers, drawn: str) -> Seen:
    """Send the page that changed, as it was drawn in a version."""
    return patient.save(HEART.id, FINISHED | answers, questions=drawn)


def test_the_patient_looks_again_at_what_changed_and_then_sends(begun: Patient) -> None:
    tasks = begun.open("/intake/")
    assert LOOK in tasks.words
    assert [path for path in tasks.links if path == f"/intake/{HEART.id}"]
    refused = begun.sign()
    assert (refused.status, begun.case.submitted_at) == (422, None)
    page = begun.open(f"/intake/{HEART.id}")
    assert CHANGED in page.words
    assert page.values["questions"] == [NEWEST]
    assert page.values["stroke"] == ["no"]
    assert send_page(begun, {}, page.values["questions"][0]).path == "/intake/sign"
    assert CHANGED not in begun.open(f"/intake/{HEART.id}").words
    assert LOOK not in begun.open("/intake/").words
    assert begun.sign().path == "/intake/confirmation"
    assert begun.case.questionnaire_version == NEWEST
    signed = unseal(begun.session, begun.case, "sealed_signature")
    assert signed["statement_version"] == NEWEST


def test_the_case_says_that_it_went_on_in_another_version(begun: Patient) -> None:
    send_page(begun, {}, NEWEST)
    assert begun.draft.moved == [
        {"before": EARLIER, "version": NEWEST, "at": begun.clock.now.isoformat(), "pages": [HEART.id]}
    ]
    assert begun.case.questionnaire_version == NEWEST
    begun.save("measures", FINISHED)
    assert len(begun.draft.moved) == 1


def test_looking_moves_nothing(begun: Patient) -> None:
    begun.open("/intake/")
    begun.open(f"/intake/{HEART.id}")
    assert begun.case.questionnaire_version == EARLIER
    assert begun.draft.moved == []


def test_a_page_drawn_before_is_kept_and_looked_at_again(begun: Patient) -> None:
    """It stood open in a browser when the questions changed: a danger in it is not lost, and not taken as read."""
    sent = send_page(begun, {"chest_pain_recent": "yes"}, EARLIER)
    assert sent.status == 303
    assert begun.draft.answers["chest_pain_recent"] == "yes"
    assert "alert.raised" in begun.events or begun.draft.queued_help
    assert begun.draft.asked_again == [HEART.id]
    send_page(begun, {"chest_pain_recent": "yes"}, NEWEST)
    assert begun.draft.asked_again == []


def test_a_page_first_filled_in_as_it_was_before_is_looked_at_again(begun: Patient) -> None:
    saved = {page: version for page, version in begun.draft.saved.items() if page != HEART.id}
    begun.have(but(FINISHED, dict.fromkeys((question.id for question in HEART.questions), None)), saved=saved)
    assert CHANGED not in begun.open(f"/intake/{HEART.id}").words
    send_page(begun, {}, EARLIER)
    assert begun.draft.asked_again == [HEART.id]
    assert CHANGED in begun.open(f"/intake/{HEART.id}").words


def test_a_page_that_saves_itself_is_not_looked_at_by_that(begun: Patient) -> None:
    begun.send(f"/intake/{HEART.id}/draft", {"version": "1", "questions": NEWEST, "stroke": "no"})
    assert begun.draft.asked_again == [HEART.id]


def test_an_answer_that_fits_no_more_goes_and_the_others_stay(begun: Patient) -> None:
    begun.have(FINISHED | {"stroke": "twice", "no_question_now": "yes"})
    begun.case.questionnaire_version = EARLIER
    begun.session.commit()
    page = begun.open(f"/intake/{HEART.id}")
    assert "stroke" not in page.values
    assert page.values["aneurysm"] == ["no"]
    assert send_page(begun, {"stroke": "yes"}, NEWEST).status == 303
    kept = begun.draft.answers
    assert (kept["stroke"], kept["aneurysm"], "no_question_now" in kept) == ("yes", "no", False)


def test_leaving_private_questions_to_a_talk_ends_it(begun: Patient) -> None:
    step = next(step for step in INTAKE.steps if step.private)
    begun.have(FINISHED, asked_again=[page.id for page in step.pages])
    begun.save(step.pages[0].id, FINISHED, ask_me="yes")
    assert begun.draft.asked_again == [HEART.id]


@pytest.mark.parametrize("changed", [frozenset({"sign"})], indirect=True, ids=["sign"])
def test_what_is_signed_is_what_was_read(begun: Patient) -> None:
    refused = begun.sign(questions=EARLIER)
    assert (refused.status, begun.case.submitted_at) == (422, None)
    assert READ_AGAIN in refused.words
    assert refused.values["questions"] == [NEWEST]
    assert begun.sign(questions=refused.values["questions"][0]).path == "/intake/confirmation"


def test_a_form_that_was_sent_stays_in_its_version(changed: None, patient: Patient) -> None:
    patient.have(FINISHED)
    assert patient.sign().path == "/intake/confirmation"
    patient.case.questionnaire_version = EARLIER
    patient.session.commit()
    assert CHANGED not in patient.open("/intake/copy").words
    assert patient.case.questionnaire_version == EARLIER


def test_in_todays_version_nothing_is_said(changed: None, patient: Patient) -> None:
    patient.have(FINISHED)
    assert LOOK not in patient.open("/intake/").words
    assert CHANGED not in patient.open(f"/intake/{HEART.id}").words
    assert patient.sign(questions=NEWEST).path == "/intake/confirmation"
    assert patient.draft.moved == []


def test_a_clinician_reads_that_the_questions_changed(make: Factory, app: Flask) -> None:
    case = unfinished(make)
    draft = Draft.from_json(unseal(make.session, case, "sealed_answers"))
    draft.moved = [
        {"before": EARLIER, "version": NEWEST, "at": NOW.isoformat(), "pages": [HEART.id, "no_page_now"]}
    ]
    seal(make.session, case, "sealed_answers", draft.as_json())
    make.session.commit()
    desk = as_staff(app.test_client(), make.user("clinician"))
    shown = words(desk.get(f"/review/{case.id}"))
    assert f"{NOTE}: it was in version {EARLIER}, and went on in version {NEWEST} from" in shown
    assert f"The patient was asked to look again at: {HEART.title}." in shown
