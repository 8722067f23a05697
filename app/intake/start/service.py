"""Starting a form, from the start page or an invitation, and coming back to it."""

from __future__ import annotations

import hmac
from enum import StrEnum
from typing import Literal
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.core import audit
from app.core.access import ANONYMOUS, Actor
from app.core.act import Act
from app.intake.draft import START_PAGE, Draft
from app.intake.open_form import OpenForm
from app.intake.start.checkin import begin_check_in
from app.intake.store import lock_draft, open_draft, read_draft, store_draft
from app.invitations import service as invitations
from app.invitations.service import LinkOptions
from app.mail import outbox
from app.models import MOST_MISSES, BirthDateMisses, Case, Delivery, Invitation, Mail, MailKind, Person
from app.questionnaire.answers import Answers, is_blank
from app.questionnaire.durations import COUNTED_WITHIN
from app.questionnaire.intake import INTAKE
from app.questionnaire.interruption_triggers import BY_ID
from app.records.identity import IDENTITY, identity_of, new_person

_NEW_MISSES = {
    "postgresql": postgresql.insert(BirthDateMisses).on_conflict_do_nothing(),
    "sqlite": sqlite.insert(BirthDateMisses).on_conflict_do_nothing(),
}
MOST_LINKS = 3
"""Links mailed for one form within COUNTED_WITHIN."""


class EntryResult(StrEnum):
    """Result of giving a birth date to open a form: by a link, on a tablet, or again in the same browser."""

    OPEN = "open"
    """The date is right."""
    MISSED = "missed"
    """The date is wrong, and was counted."""
    PAUSED = "paused"
    """No date is taken now: five in a row were wrong."""
    GONE = "gone"
    """The link is unknown, cancelled or expired."""


def start_form(act: Act, answers: Answers, person: Person | None = None, *, via: str) -> Case:
    """Begin a health check with what is known of the person; where `person` is None, make one. `via`, "start" for one,
    goes to the audit log, whose actor is the new case.
    """
    if person is None:
        person = new_person(act, answers)
    act.session.flush()
    draft = Draft(
        answers={key: value for key, value in answers.items() if not is_blank(value)},
        saved={START_PAGE: 0},
        language=_language_of_locale(act.terms.locale),
    )
    if via == "start":
        # It leads straight there; a link leads to the task list.
        draft.start_page_clock(INTAKE.pages[1], act.now)
    return open_draft(act, draft, person_id=person.id, jurisdiction=act.terms.jurisdiction, via=via)


def find_invitation(act: Act, token: str) -> Invitation | None:
    """The invitation of a link, locked; None when it expired, was cancelled or is unknown."""
    return _working_invitation(act, Invitation.token_hash == Invitation.hash_of(token))


def invitation_of_tablet(act: Act, invitation_id: UUID) -> Invitation | None:
    """The invitation that a tablet was handed over for, locked; None when it was cancelled or expired meanwhile."""
    return _working_invitation(act, Invitation.id == invitation_id)


def _working_invitation(act: Act, which: ColumnElement[bool]) -> Invitation | None:
    found = act.session.scalar(select(Invitation).where(which).with_for_update())
    if found is not None and found.case_id is not None:
        # The form it leads to is changed by whoever opens it, once that they came was written down: see app/models.
        act.session.execute(_lock_of_case(found.case_id))
    return None if found is None or found.cancelled_at is not None or found.expires_at <= act.now else found


def _lock_of_case(case_id: UUID) -> Select[UUID]:
    return select(Case.id).where(Case.id == case_id).with_for_update()


def tries_left(misses: int) -> int:
    """The number of wrong dates that bring the next pause, counted from now."""
    return MOST_MISSES - misses % MOST_MISSES


def check_birth_date(
    act: Act, invitation: Invitation | None, born: str
) -> tuple[EntryResult, Invitation | None]:
    """Compare a birth date (YYYY-MM-DD) with that of the person invited. Returns the result, and the invitation where
    that is OPEN or PAUSED. Counts a wrong date; five in a row pause the link for a while.
    """
    if invitation is None:
        return EntryResult.GONE, None
    if invitation.is_paused(act.now):
        return EntryResult.PAUSED, invitation
    if not hmac.compare_digest(str(identity_of(act.session, invitation.person).get("dob")), born):
        invitation.misses += 1
        if invitation.misses % MOST_MISSES == 0:
            invitation.paused_at = act.now
            audit.record(act.by(ANONYMOUS), "invitation.paused", case_id=invitation.case_id)
            return EntryResult.PAUSED, invitation
        audit.record(act.by(ANONYMOUS), "invitation.missed", case_id=invitation.case_id)
        return EntryResult.MISSED, None
    invitation.misses, invitation.paused_at = 0, None
    invitation.opened_at = invitation.opened_at or act.now
    return EntryResult.OPEN, invitation


def enter_invited(act: Act, invitation: Invitation, language: str, *, via: str = "invitation") -> Case:
    """Open the form of someone who proved to be the one invited: a new one, or the one begun with this link before."""
    if invitation.case_id is not None:
        case = act.session.get_one(Case, invitation.case_id)
        # Whoever has the link and its code is the one invited: what others tried in a browser counts no more.
        door = act.session.get(BirthDateMisses, case.id)
        if door is not None:
            door.misses = 0
        audit.record(act.by(Actor("patient", case.id, frozenset())), "intake.resumed", case_id=case.id)
        return case
    if invitation.treatment_id is not None:
        return begin_check_in(act, invitation)
    identity = identity_of(act.session, invitation.person)
    known = {name: identity.get(name) for name in IDENTITY} | {"language": language}
    case = start_form(act.by(ANONYMOUS), known, invitation.person, via=via)
    invitation.case_id = case.id
    return case


def change_language(session: Session, case: Case, language: str) -> None:
    """Set the language that the pages of a form are read in. A form that was sent keeps its own."""
    if case.submitted_at is not None or read_draft(session, case).language == language:
        return
    lock_draft(session, case)
    draft = read_draft(session, case)
    draft.language = language
    told = draft.answers if "language" in draft.form.asks.questions else draft.earlier_answers
    # A wish for a third language stands, whichever of the two is read meanwhile.
    if told.get("language") != "other":
        told["language"] = language
    store_draft(session, case, draft)


def language_of(session: Session, case: Case) -> str:
    """The language that the pages of a form are read in: "en" or "es"."""
    return read_draft(session, case).language


def _language_of_locale(locale: str) -> str:
    return locale.partition("_")[0]


def resume(act: Act, case: Case, born: str) -> EntryResult:
    """Open a form again in the browser that holds it, with a birth date (YYYY-MM-DD). Never GONE. Counts a wrong date;
    five in a row pause the form for a while.
    """
    door = birth_date_misses(act.session, case)
    if door.is_paused(act.now):
        return EntryResult.PAUSED
    right = hmac.compare_digest(str(read_draft(act.session, case).merged_answers.get("dob")), born)
    door.misses, door.missed_at = (0, None) if right else (door.misses + 1, act.now)
    audit.record(act, "intake.resumed" if right else "intake.resume_missed", case_id=case.id)
    if right:
        return EntryResult.OPEN
    return EntryResult.PAUSED if door.is_paused(act.now) else EntryResult.MISSED


def due_help_page(session: Session, case: Case) -> str | None:
    """The id of the help page to show before anything else of this form; None when none is due."""
    if case.submitted_at is not None:
        return None
    return next((due for due in read_draft(session, case).queued_help if due in BY_ID), None)


def birth_date_misses(session: Session, case: Case) -> BirthDateMisses:
    """The wrong dates counted for a case, locked until the end of the transaction; made where there is none yet."""
    session.execute(_NEW_MISSES[session.get_bind().dialect.name], {"case_id": case.id, "misses": 0})
    return session.get_one(BirthDateMisses, case.id, with_for_update=True, populate_existing=True)


def resume_method(form: OpenForm) -> Literal["link", "email", "browser"]:
    """How the patient can go on in another browser: "link", the one they were mailed; "email", one that can be mailed
    on request; "browser", not at all.
    """
    link = _mailed_link(form.act, form.case)
    if link is not None and _was_mailed(form.act.session, link):
        return "link"
    return "email" if _mail_address(form.draft) else "browser"


def link_mail_state(session: Session, case: Case) -> Literal["coming", "sent", "failed"] | None:
    """State of the newest mail with a link to this form; None when none was asked for."""
    of = select(Mail.state).join(Invitation, Invitation.id == Mail.invitation_id)
    state = session.scalar(
        of.where(Invitation.case_id == case.id, Mail.kind == MailKind.INVITATION)
        .order_by(Mail.created_at.desc(), Mail.id.desc())
        .limit(1)
    )
    if state in outbox.PENDING:
        return "coming"
    return "failed" if state in outbox.GIVEN_UP else "sent" if state is Delivery.SENT else None


def _was_mailed(session: Session, invitation: Invitation) -> bool:
    """Whether the mail server took a mail with this link: one that waits or failed is not spoken of as sent."""
    sent = select(Mail.id).where(
        Mail.invitation_id == invitation.id,
        Mail.kind.in_((MailKind.INVITATION, MailKind.REMINDER, MailKind.CHECK_IN)),
        Mail.state == Delivery.SENT,
    )
    return session.scalar(sent.limit(1)) is not None


def mail_link(form: OpenForm) -> bool:
    """Mail the patient a link to this form. Returns False when there is no address, or MOST_LINKS went."""
    act, case, email = form.act, form.case, _mail_address(form.draft)
    recent = select(func.count()).where(
        Mail.invitation_id.in_(select(Invitation.id).where(Invitation.case_id == case.id)),
        Mail.kind == MailKind.INVITATION,
        Mail.created_at > act.now - COUNTED_WITHIN,
    )
    act.session.execute(
        select(Invitation.id).where(Invitation.case_id == case.id).order_by(Invitation.id).with_for_update()
    )
    act.session.execute(_lock_of_case(case.id))
    if email is None or (act.session.scalar(recent) or 0) >= MOST_LINKS:
        return False
    found = _mailed_link(act, case, email)
    again = found is not None
    if found is None:
        found, _ = invitations.invite_person(act, case.person, email, LinkOptions(case_id=case.id))
    invitations.post_link(act, found, again=again)
    audit.record(act, "invitation.sent_again", case_id=case.id, invitation=found.id)
    return True


def _mail_address(draft: Draft) -> str | None:
    email = draft.answers.get("email")
    return email if isinstance(email, str) and invitations.can_be_mailed(email) else None


def _mailed_link(act: Act, case: Case, email: str = "") -> Invitation | None:
    """The newest link to this case that works and went to an address: to `email`, if given."""
    of = select(Invitation).where(
        Invitation.case_id == case.id,
        Invitation.cancelled_at.is_(None),
        Invitation.expires_at > act.now,
        Invitation.needs_code,
    )
    for found in act.session.scalars(of.order_by(Invitation.created_at.desc(), Invitation.id.desc())):
        link = invitations.link_of(act.session, found)
        if link is not None and not found.is_paused(act.now) and (not email or link["email"] == email):
            return found
    return None
