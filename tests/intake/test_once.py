"""However often one form is sent, and however many at once, it is sent one time. On real connections and commits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import select

from app.core.access import ANONYMOUS
from app.intake import gate
from app.intake.form import service
from app.intake.help import interruptions
from app.intake.help.interruptions import HelpReply
from app.intake.store import AlreadySent
from app.models import AuditEvent, Case, Screening
from app.questionnaire.intake import INTAKE
from app.screening.workflow import Status
from tests.acts import act
from tests.browsing import case_field, token, unmarked
from tests.intake.answers import page_fields, signature_fields
from tests.intake.patient import Patient
from tests.people import HEALTHY
from tests.waiting import LONGEST_WAIT, run_together

AT_ONCE = 20


def at_once(
    patient: Patient, path: str, forms: Sequence[Mapping[str, Sequence[str]]]
) -> list[tuple[int, str | None]]:
    """Each form from a browser of its own, all at the same moment: the status and place that each is answered."""
    app = patient.client.application
    with patient.client.session_transaction() as cookie:
        held = dict(cookie)
    patient.session.commit()
    of = case_field(patient.client)
    barrier = Barrier(len(forms))
    answers: list[tuple[int, str | None]] = [(0, None)] * len(forms)

    def send(index: int) -> None:
        client = app.test_client()
        with client.session_transaction() as cookie:
            cookie.update(held)
        typed = {**forms[index], **of, "csrf_token": token(client)}
        barrier.wait(LONGEST_WAIT)
        response = client.post(path, data=typed)
        answers[index] = (response.status_code, unmarked(response.headers.get("Location", "")))

    run_together([partial(send, index) for index in range(len(forms))])
    return answers


def send_at_once(patient: Patient, times: int) -> list[tuple[int, str | None]]:
    """The same signed form, `times` times."""
    signed = {"submission": str(patient.case.submission_id)} | signature_fields()
    return at_once(patient, "/intake/sign", [signed] * times)


def told(patient: Patient) -> dict[str, int]:
    """How often the form counts as sent, by every trace that it leaves."""
    session = patient.session
    session.commit()
    events = Counter(session.scalars(select(AuditEvent.event)))
    screenings = list(session.scalars(select(Screening).where(Screening.interim.is_(False))))
    sent = list(session.scalars(select(Case).where(Case.status == Status.SUBMITTED)))
    return {"cases": len(sent), "screenings": len(screenings), "events": events["intake.submitted"]}


ONCE = {"cases": 1, "screenings": 1, "events": 1}


def test_a_form_sent_many_times_at_once_is_sent_one_time(filled_in: Patient) -> None:
    answers = send_at_once(filled_in, AT_ONCE)
    assert answers == [(303, "/intake/confirmation")] * AT_ONCE
    assert told(filled_in) == ONCE
    revision = filled_in.case.revision
    assert filled_in.sign().path == "/intake/confirmation"
    assert (told(filled_in), filled_in.case.revision) == (ONCE, revision)


def test_without_its_guard_the_check_finds_more_than_one(
    filled_in: Patient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: a form whose sending never looks whether it was sent is sent again."""

    def heedless(session: Any, case: Case) -> None:
        session.refresh(case, with_for_update=True)

    monkeypatch.setattr("app.intake.store.lock_draft", heedless)
    monkeypatch.setattr(service, "move", lambda _status, to: to)
    monkeypatch.setattr(gate, "_redirect_for_stage", lambda *_: None)
    send_at_once(filled_in, 5)
    found = told(filled_in)
    assert found["screenings"] > 1
    assert found["events"] > 1


def test_two_windows_at_once_never_lose_an_answer_in_silence(filled_in: Patient) -> None:
    """Both save the same page at the same moment: one is kept, the other is shown what was kept."""
    for round_ in range(3):
        version = str(filled_in.draft.saved["reasons"])
        typed = page_fields("reasons", HEALTHY | {"reasons": ["ocd"], "reason_duration": "over_5_years"})
        goals = (f"to walk {round_}", f"to sleep {round_}")
        answers = at_once(
            filled_in, "/intake/reasons", [{**typed, "version": version, "goals": goal} for goal in goals]
        )
        assert sorted(status for status, _ in answers) == [303, 409]
        kept = goals.index(filled_in.draft.answers["goals"])
        assert answers[kept][0] == 303


def test_what_was_sent_is_refused_below_the_pages_too(filled_in: Patient) -> None:
    """Each way in looks for itself, once it holds the case: a page may have looked too early."""
    assert filled_in.sign().status == 303
    case, session, day = filled_in.case, filled_in.session, filled_in.clock.today
    page = INTAKE.page_of("scale_phq9")
    step = INTAKE.step_of(page.id)
    before = (case.revision, told(filled_in))
    who = act(session, ANONYMOUS, filled_in.clock.now, day)
    assert service.submit(who, case, {}) == service.SendResult()
    with pytest.raises(AlreadySent):
        service.save_page(who, case, page, {}, 0)
    with pytest.raises(AlreadySent):
        service.ask_by_voice(who, case, step)
    with pytest.raises(AlreadySent):
        interruptions.leave_interruption(who, case, "crisis_now", HelpReply(wish="today"))
    session.commit()
    assert (filled_in.case.revision, told(filled_in)) == before
