"""Treatment sessions: the day of each is recorded, and check-ins are sent by it. What was given is not kept here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import audit, damage
from app.core.access import cases_for
from app.core.act import Act
from app.invitations import service as invitations
from app.invitations.status import status_of
from app.mail import outbox
from app.models import Case, Invitation, MailKind, Treatment, User, answers_of, short_id
from app.questionnaire.checkin.schedule import DAYS_AFTER, OPEN_DAYS, SCALES
from app.questionnaire.countries import Country
from app.questionnaire.form_kinds import FormKind
from app.questionnaire.kinds import Day, InvalidAnswer, Posted, date_words
from app.questionnaire.pages import Question
from app.questionnaire.posted import Problem
from app.records import scales
from app.records.identity import identity_of
from app.review.case.service import SUITABLE, CaseNotFound, lock_case
from app.screening.workflow import Status

OLDEST_DAYS = 60
SESSION = Question(
    "treated",
    "Day of the session",
    Day(noun="The session", oldest_years=120),
    missing="Enter the day of the session",
)
TOO_OLD = f"Enter a day in the last {OLDEST_DAYS} days"
THERE_ALREADY = "A session on that day is in the list already"
ANSWERED = "A check-in was answered for this session, so it stays in the list"


class CheckInBegun(Exception):
    """A check-in of the session was begun."""


@dataclass(frozen=True, slots=True)
class CheckInView:
    """A check-in of a session."""

    due: datetime
    """When its link is mailed, aware."""
    status: str
    """In words."""
    case_id: UUID | None
    """Its case; None until it was begun."""


@dataclass(frozen=True, slots=True)
class SessionView:
    """One treatment session."""

    id: UUID
    """The session's id."""
    on: date
    """The day of the session."""
    by: str
    """The name of who recorded it."""
    check_ins: tuple[CheckInView, ...]
    """The check-ins that follow it, in the order they are due."""
    can_remove: bool
    """Whether no check-in of it was begun."""


@dataclass(frozen=True, slots=True)
class ScaleHistory:
    """The scores of one scale over time."""

    name: str
    """The name of the instrument."""
    rows: tuple[tuple[str, str, str], ...]
    """Day, score and form, in words, oldest first."""


@dataclass(frozen=True, slots=True)
class TreatmentsPage:
    """The sessions of a health check, and how its scales went."""

    case_id: UUID
    """The id of the health check's case."""
    called: str
    """What to call the patient; the short id of the case when no name is known."""
    ready: bool
    """Whether the case was decided as suitable, so that a session can be recorded."""
    mailed: bool
    """Whether check-ins can be mailed: there is an address."""
    sessions: tuple[SessionView, ...]
    """Newest first."""
    scores: tuple[ScaleHistory, ...]
    """The scores over time, a history for each scale."""
    unread: tuple[scales.UnreadableForm, ...]
    """The forms whose scores cannot be read."""
    jurisdiction: Country
    """The country of the clinic."""


def read_treatments(act: Act, case_id: UUID) -> TreatmentsPage | None:
    """The sessions of a health check, or None when there is none for this actor. That they were seen is noted."""
    case = act.session.scalar(cases_for(act.actor).where(Case.id == case_id))
    if case is None or case.kind is not FormKind.INTAKE or case.status is Status.DRAFT:
        return None
    identity = _identity(act.session, case)
    told = list(scales.scores_over_time(act.session, case))
    found = act.session.execute(
        select(Treatment, User.name)
        .join(User, User.id == Treatment.recorded_by)
        .where(Treatment.case_id == case.id, Treatment.removed_at.is_(None))
        .order_by(Treatment.on_date.desc())
    ).all()
    sessions = tuple(_session(act, treatment, by) for treatment, by in found)
    audit.record(act, "treatments.viewed", case_id=case.id)
    return TreatmentsPage(
        case_id=case.id,
        called=str(
            identity.get("preferred_name") or identity.get("first_name") or f"case {short_id(case.id)}"
        ),
        ready=is_suitable(case),
        mailed=_address(identity) is not None,
        sessions=sessions,
        scores=tuple(_scores([one for one in told if isinstance(one, scales.ScaleScore)])),
        unread=tuple(one for one in told if isinstance(one, scales.UnreadableForm)),
        jurisdiction=case.jurisdiction,
    )


def is_suitable(case: Case) -> bool:
    """Whether a clinician's decision lets the person of a health check be treated."""
    return case.status is Status.DECIDED and case.decision_outcome in SUITABLE


def _session(act: Act, treatment: Treatment, by: str) -> SessionView:
    check_ins = tuple(_check_in(act, invitation) for invitation in _invitations(act.session, [treatment.id]))
    return SessionView(
        treatment.id,
        treatment.on_date,
        by,
        check_ins,
        can_remove=not any(one.case_id for one in check_ins),
    )


def _invitations(session: Session, treatments: list[UUID]) -> list[Invitation]:
    of = select(Invitation).where(Invitation.treatment_id.in_(treatments))
    return list(session.scalars(of.order_by(Invitation.expires_at)))


def _check_in(act: Act, invitation: Invitation) -> CheckInView:
    case = act.session.get(Case, invitation.case_id) if invitation.case_id else None
    mail = outbox.newest_mail(act.session, invitation.id, MailKind.CHECK_IN)
    return CheckInView(
        invitation.expires_at - timedelta(days=OPEN_DAYS),
        status_of(invitation, mail, case.submitted_at if case else None, act.now),
        invitation.case_id,
    )


def _scores(told: Sequence[scales.ScaleScore]) -> Iterator[ScaleHistory]:
    for scale in SCALES:
        rows = [one for one in told if one.scale == scale]
        if rows:
            yield ScaleHistory(
                rows[0].instrument.name,
                tuple((date_words(one.on), one.instrument.words(one.total), one.form) for one in rows),
            )


def record(act: Act, case_id: UUID, posted: Posted, moment: Callable[[date], datetime]) -> Problem | None:
    """Record a session, and plan its check-ins. Returns what to mend, None when it was recorded.

    `moment` gives the time when mail is sent on a day.

    Raises CaseNotFound, also for a case that nobody decided as suitable.
    """
    _hold_links(act.session, case_id)
    case = lock_case(act, case_id)
    if case.kind is not FormKind.INTAKE or not is_suitable(case) or act.actor.id is None:
        raise CaseNotFound
    try:
        text = SESSION.kind.read(SESSION, posted, act.today)
    except InvalidAnswer as refusal:
        return Problem(SESSION.id, refusal.message, refusal.part)
    if text is None:
        return Problem(SESSION.id, SESSION.kind.empty(SESSION), f"{SESSION.id}-day")
    on = date.fromisoformat(text)
    if (act.today - on).days > OLDEST_DAYS:
        return Problem(SESSION.id, TOO_OLD, f"{SESSION.id}-day")
    others = list(
        act.session.scalars(
            select(Treatment).where(Treatment.case_id == case.id, Treatment.removed_at.is_(None))
        )
    )
    if any(other.on_date == on for other in others):
        return Problem(SESSION.id, THERE_ALREADY, f"{SESSION.id}-day")
    _drop_overtaken(act, [other for other in others if other.on_date < on], moment(on))
    treatment = Treatment(case_id=case.id, on_date=on, recorded_at=act.now, recorded_by=act.actor.id)
    act.session.add(treatment)
    act.session.flush()
    audit.record(act, "treatment.recorded", case_id=case.id, treatment=treatment.id)
    next_on = min((other.on_date for other in others if other.on_date > on), default=None)
    for days in DAYS_AFTER:
        due = on + timedelta(days=days)
        closed = (act.today - due).days > OPEN_DAYS
        if not closed and (next_on is None or due <= next_on):
            _plan(act, case, treatment, moment(due))
    return None


def _hold_links(session: Session, case_id: UUID) -> None:
    """Hold the links to all check-ins of a case, before the case: see app/models."""
    of = select(Invitation.id).join(Treatment, Treatment.id == Invitation.treatment_id)
    of = of.where(Treatment.case_id == case_id).order_by(Invitation.id)
    session.execute(of.with_for_update(of=Invitation))


def _plan(act: Act, case: Case, treatment: Treatment, due: datetime) -> None:
    email = _address(_identity(act.session, case))
    language = _language(act.session, case)
    link = invitations.LinkOptions(needs_code=email is not None, language=language, treatment_id=treatment.id)
    invitation, _ = invitations.invite_person(act, case.person, email, link)
    invitation.expires_at = max(due, act.now) + timedelta(days=OPEN_DAYS)
    if email:
        outbox.post(act, MailKind.CHECK_IN, invitation, due=max(due, act.now))


def _drop_overtaken(act: Act, earlier: list[Treatment], since: datetime) -> None:
    """The next session has check-ins of its own: those of earlier ones that are not due by then are not sent."""
    planned = _invitations(act.session, [treatment.id for treatment in earlier])
    overtaken = (
        invitation
        for invitation in planned
        if invitation.expires_at - timedelta(days=OPEN_DAYS) > max(since, act.now)
        and invitation.case_id is None
    )
    invitations.cancel(act, *overtaken)


def remove(act: Act, case_id: UUID, treatment_id: UUID) -> None:
    """Take back a session that was entered by mistake, with the check-ins planned by it.

    Raises CaseNotFound, CheckInBegun.
    """
    _hold_links(act.session, case_id)
    case = lock_case(act, case_id)
    treatment = act.session.get(Treatment, treatment_id)
    if treatment is None or treatment.case_id != case.id:
        raise CaseNotFound
    if treatment.removed_at is not None:
        return
    planned = _invitations(act.session, [treatment.id])
    if any(invitation.case_id for invitation in planned):
        raise CheckInBegun
    treatment.removed_at = act.now
    invitations.cancel(act, *planned)
    act.session.flush()
    audit.record(act, "treatment.removed", case_id=case.id, treatment=treatment.id)


def _identity(session: Session, case: Case) -> dict[str, Any]:
    """Who the person is; nothing when that cannot be read, so that a session is recorded all the same."""
    try:
        return identity_of(session, case.person)
    except damage.READ_ERRORS as error:
        damage.log_unreadable("person.sealed_identity", case.person_id, error, case.id)
        return {}


def _language(session: Session, case: Case) -> str | None:
    try:
        language = answers_of(session, case).get("language")
    except damage.READ_ERRORS as error:
        damage.log_unreadable("answers", case.id, error, case.id)
        return None
    return language if isinstance(language, str) else None


def _address(identity: Mapping[str, Any]) -> str | None:
    email = identity.get("email")
    return email if isinstance(email, str) and invitations.can_be_mailed(email) else None
