"""One flipped bit in one sealed value: what it is of is marked, on top, and everything else works."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.intake.after import withdrawal
from app.models import Base, Case, Flag, seal
from app.models.sealing import KeyRing
from app.records import judging
from app.screening.levels import Level
from app.screening.workflow import Outcome, Status
from tests.acts import act
from tests.browsing import as_patient, as_staff, post, staff
from tests.factories import CANARY, NOW, Factory
from tests.judged import judged, sent, unfinished
from tests.review.seen import cases_in, words

PLACES = sorted(
    f"{table.name}.{column.name}"
    for table in Base.metadata.sorted_tables
    for column in table.columns
    if column.name.startswith("sealed_")
)
Flip = Callable[[str, UUID], None]


@pytest.fixture
def flip(monkeypatch: pytest.MonkeyPatch) -> Flip:
    """Flips a bit of a stored value each time it is read: some tables refuse to be written over."""
    targets: set[tuple[str, UUID]] = set()
    open_ = KeyRing.open

    def opening(self: KeyRing, place: str, row: UUID, sealed: bytes) -> object:
        if (place, row) in targets:
            sealed = sealed[:-1] + bytes([sealed[-1] ^ 1])
        return open_(self, place, row, sealed)

    monkeypatch.setattr(KeyRing, "open", opening)
    return lambda place, row: targets.add((place, row))


@dataclass
class Scene:
    """A case with something in every sealed column, the rows of each, and somebody beside them."""

    case: Case
    draft: Case
    other: Case
    other_draft: Case
    rows: dict[str, UUID]
    desk: FlaskClient


@pytest.fixture
def scene(app: Flask, make: Factory, session: Session) -> Scene:
    app.config["CLOCK"] = lambda: NOW
    clara = staff(app, make, session, "clinician", name="Clara Park")
    case = sent(make, {"chemo_now": "yes", "chemo_last": "this_month"}, level_rank=2)
    other = sent(make, {"chemo_now": "yes", "chemo_last": "this_month", "first_name": "Otto"}, level_rank=0)
    other_draft, draft = unfinished(make), unfinished(make)
    draft.person_id = case.person_id
    flag = session.query(Flag).filter_by(case_id=case.id, outcome="raised", level="stop").first()
    assert flag is not None
    note = {
        "by": str(clara.id),
        "name": "Clara Park",
        "at": NOW.isoformat(),
        "reason": "other",
        "note": "Seen",
    }
    seal(session, flag, "sealed_note", [note])
    flag.state, flag.settled_at, flag.settled_by, flag.settled_reason = "settled", NOW, clara.id, "other"
    # Decided, so that it has sessions; and still on the list of those to review.
    case.status, case.decision_outcome = Status.DECIDED, Outcome.SUITABLE
    decision = make.decision(
        case, made_by=clara.id, conditions=[{"rules": ["surgery-recent"], "condition": "A letter"}]
    )
    amendment = make.amendment(case)
    invitation = make.mailed_invitation("a" * 43, person_id=case.person_id)
    make.mailed_invitation("b" * 43, person_id=other.person_id)
    rows = {
        "case": case.id, "person": case.person_id, "flag": flag.id, "screening": flag.screening_id,
        "decision": decision.id, "amendment": amendment.id, "invitation": invitation.id,
        "correction": make.correction(case).id, "contact_attempt": make.contact_attempt(case, made_by=clara.id).id,
    }  # fmt: skip
    make.correction(other)
    session.commit()
    return Scene(case, draft, other, other_draft, rows, as_staff(app.test_client(), clara))


OWN = {
    "amendment.sealed_answers",
    "case.sealed_answers",
    "contact_attempt.sealed_call",
    "correction.sealed_text",
    "decision.sealed_conditions",
    "decision.sealed_note",
    "flag.sealed_evidence",
    "flag.sealed_note",
    "screening.sealed_validity",
}
"""What the page of a case reads."""
ANSWERS = {"amendment.sealed_answers", "case.sealed_answers"}


@pytest.mark.parametrize("place", PLACES)
def test_it_is_marked_and_takes_nothing_else_away(scene: Scene, flip: Flip, place: str) -> None:
    lists = ("/review/", "/review/?tab=unfinished", "/clinic/invitations")
    sound = {path: words(scene.desk.get(path)) for path in lists}
    flip(place, scene.rows[place.partition(".")[0]])

    queue, unfinished_ones, people = (scene.desk.get(path) for path in lists)
    assert (queue.status_code, unfinished_ones.status_code, people.status_code) == (200, 200, 200)
    assert set(cases_in(queue)) == {scene.case.id, scene.other.id}
    if place == "case.sealed_summary":
        assert cases_in(queue)[0] == scene.case.id, "on top"
        assert f"Case {scene.case.id.hex[-8:].upper()} Cannot be read" in words(queue)
        assert "Its name and reasons cannot be read" in words(queue)
    else:
        call = "how it went cannot be read" if place == "contact_attempt.sealed_call" else "no answer"
        assert words(queue) == sound["/review/"].replace("no answer", call)
    if place == "person.sealed_identity":
        assert cases_in(unfinished_ones) == [scene.draft.id, scene.other_draft.id], "on top"
        assert "Cannot be read" in words(unfinished_ones)
    if place in ("person.sealed_identity", "invitation.sealed_link"):
        first = words(people).partition("Works until")[2]
        assert first.index("Cannot be read") < first.index("Cancel the link")
        assert first.count("Cancel the link") == 2
        assert first.count("Hand over a tablet") == 1
    else:
        assert words(people) == sound["/clinic/invitations"]

    page = scene.desk.get(f"/review/{scene.case.id}")
    assert page.status_code == 200
    told = words(page)
    assert "Chemotherapy" in told
    assert "Nothing raised" not in told
    assert ("Part of this case cannot be read" in told) == (place in OWN)
    if place in OWN:
        assert told.index("Part of this case cannot be read") < told.index("What stands out")

    sessions = scene.desk.get(f"/review/{scene.case.id}/sessions")
    assert sessions.status_code == 200
    assert ("Part of what follows cannot be read" in words(sessions)) == (place in ANSWERS)
    for one in (scene.other, scene.draft, scene.other_draft):
        beside = scene.desk.get(f"/review/{one.id}")
        assert beside.status_code == 200
        assert "annot be read" not in words(beside)


@pytest.mark.parametrize("place", ["case.sealed_answers", "amendment.sealed_answers", "flag.sealed_evidence"])
def test_nobody_is_found_suitable_beside_it(scene: Scene, flip: Flip, session: Session, place: str) -> None:
    for flag in session.scalars(select(Flag).where(Flag.case_id == scene.case.id)):
        if flag.outcome == "undetermined":
            continue
        flag.level = Level.REVIEW
    session.commit()
    address, form = f"/review/{scene.case.id}/decision", {"note": "A note", "outcome": "suitable"}

    def decide(**more: str) -> int:
        session.expire_all()
        return post(scene.desk, address, seen=str(scene.case.revision), **form | more).status_code

    assert decide() == 303
    flip(place, scene.rows[place.partition(".")[0]])
    assert "Part of this case cannot be read" in words(scene.desk.get(f"/review/{scene.case.id}"))
    assert decide() == 422
    assert decide(outcome="not_suitable_now") == 303


def test_a_note_that_cannot_be_read_is_not_written_over(scene: Scene, flip: Flip, session: Session) -> None:
    flag = session.get_one(Flag, scene.rows["flag"])
    before = flag.sealed_note
    flip("flag.sealed_note", flag.id)
    form = {"flag": str(flag.id), "seen": str(flag.revision), "reason": "other", "note": "Again"}
    told = post(scene.desk, f"/review/{scene.case.id}/settle", **form)
    assert told.status_code == 422
    assert "nothing is written over it" in words(told)
    session.expire_all()
    assert session.get_one(Flag, flag.id).sealed_note == before


def test_a_session_is_recorded_for_somebody_whose_record_cannot_be_read(scene: Scene, flip: Flip) -> None:
    flip("person.sealed_identity", scene.rows["person"])
    flip("case.sealed_answers", scene.case.id)
    day = {"treated-day": "1", "treated-month": "3", "treated-year": "2026"}
    assert post(scene.desk, f"/review/{scene.case.id}/sessions", **day).status_code == 303
    assert "1 March 2026" in words(scene.desk.get(f"/review/{scene.case.id}/sessions"))


def test_the_programs_log_names_it_by_ids_alone(
    scene: Scene, flip: Flip, caplog: pytest.LogCaptureFixture
) -> None:
    flip("flag.sealed_evidence", scene.rows["flag"])
    with caplog.at_level(logging.ERROR):
        scene.desk.get(f"/review/{scene.case.id}")
    assert str(scene.rows["flag"]) in caplog.text
    assert "flag.sealed_evidence" in caplog.text
    assert CANARY not in caplog.text


def test_commands_say_which_rows_and_mend_what_can_be_made_anew(
    app: Flask, scene: Scene, flip: Flip, session: Session
) -> None:
    run = app.test_cli_runner().invoke
    scene.case.sealed_summary = b"\x01\x01" + bytes(40)
    session.commit()
    verified = run(args=["audit", "verify"])
    assert verified.exit_code == 1
    assert f"Cannot be read: case.sealed_summary in row {scene.case.id}." in verified.stderr
    assert "as it was written" in verified.stdout
    counted = run(args=["recount"])
    assert counted.exit_code == 0, counted.stderr
    assert "Cannot be read" not in words(scene.desk.get("/review/"))
    flip("flag.sealed_evidence", scene.rows["flag"])
    counted = run(args=["recount"])
    assert counted.exit_code == 1
    assert f"row {scene.rows['flag']} of case {scene.case.id}" in counted.stderr


def test_old_drafts_are_erased_though_one_cannot_be_read(
    app: Flask, scene: Scene, flip: Flip, session: Session, make: Factory
) -> None:
    alerted = unfinished(make, {"chemo_now": "yes"}, alerts=("chemotherapy",))
    session.commit()
    for place in ("case.sealed_answers", "case.sealed_summary"):
        flip(place, alerted.id)
    flip("flag.sealed_evidence", session.scalars(select(Flag.id).where(Flag.case_id == alerted.id)).one())
    while withdrawal.erase_stale_draft(act(session, now=NOW + timedelta(days=31))):
        pass
    session.commit()
    assert session.get_one(Case, alerted.id).withdrawn_at is None, (
        "its alert stays, and nobody can say whom to reach"
    )
    assert session.get(Case, scene.draft.id) is None


def test_a_patient_goes_on_though_the_evidence_of_an_alert_cannot_be_read(
    scene: Scene, flip: Flip, session: Session, make: Factory
) -> None:
    alerted = unfinished(make, {"chemo_now": "yes"}, alerts=("chemotherapy",))
    flag = session.scalars(select(Flag).where(Flag.case_id == alerted.id)).one()
    flip("flag.sealed_evidence", flag.id)
    judged(session, alerted, {"chemo_now": "no"}, alerts=("chemotherapy",))
    assert judging.raised_rules(session, alerted) == [flag.rule], "the alert stays"


@pytest.mark.parametrize("path", ["/intake/", "/intake/reasons", "/intake/check", "/intake/withdraw"])
def test_a_patient_is_told_to_call_when_their_form_cannot_be_read(
    app: Flask, scene: Scene, flip: Flip, path: str
) -> None:
    flip("case.sealed_answers", scene.draft.id)
    told = as_patient(app.test_client(), scene.draft).get(path)
    assert told.status_code in (200, 500)
    if told.status_code == 500:
        assert "A form that is kept here cannot be read" in words(told)
        assert "call the clinic" in words(told)
    assert CANARY not in told.text
