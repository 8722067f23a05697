"""Erasing a draft, when its patient withdraws it or leaves it for long: what was typed is gone for good.

An alert it raised stays, for a person may be in danger.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core import audit, damage
from app.core.access import SYSTEM
from app.core.act import Act
from app.intake.draft import Draft
from app.intake.store import AlreadySent, lock_draft_with_links, read_draft, store_draft
from app.mail import outbox
from app.models import Case, Flag, Invitation, MailKind, Person, seal, unseal
from app.questionnaire.durations import FORM_KEPT
from app.records import judging
from app.records.identity import IDENTITY, identity_of
from app.screening.workflow import Status

CONTACT_QUESTIONS = (*IDENTITY, "ec_name", "ec_phone", "callback")
"""Questions whose answers are needed to reach somebody in danger. See docs/decisions/0009-withdrawing-a-draft.md."""
AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class KeptAfterWithdrawal:
    """What is kept when a draft is erased."""

    alert: bool
    """Whether the draft raised an alert: it stays, with the answers that raised it."""
    person: bool
    """Whether the clinic knows the person by an invitation or another form: they stay."""


def kept_after_withdrawal(session: Session, case: Case) -> KeptAfterWithdrawal:
    """What would be kept if this draft were erased now."""
    alert = session.scalar(select(Flag.id).where(Flag.case_id == case.id).limit(1)) is not None
    invited = session.scalar(select(Invitation.id).where(Invitation.person_id == case.person_id).limit(1))
    return KeptAfterWithdrawal(alert, invited is not None or _count_cases(session, case) > 1)


def withdraw(act: Act, case: Case) -> KeptAfterWithdrawal:
    """Erase a draft. Returns what is kept. Raises AlreadySent for a form that was sent or withdrawn before."""
    return _erase(act, case, lock_draft_with_links(act.session, case), "intake.withdrawn")


def erase_stale_draft(act: Act) -> int:
    """Erase one draft that was not touched for FORM_KEPT, and mail its patient if that is possible. Returns the number
    of drafts erased: 1, or 0 when none is left.

    One, for whoever erases holds its links and its case: see app/models. One whose alert stays and that cannot be
    opened is left as it is, and is in no other's way.
    """
    old = Case.updated_at < act.now - FORM_KEPT
    drafts = select(Case).where(Case.status == Status.DRAFT, Case.withdrawn_at.is_(None), old)
    for case in act.session.scalars(drafts.order_by(Case.updated_at).limit(AT_ONCE)).all():
        try:
            if kept_after_withdrawal(act.session, case).alert:
                read_draft(act.session, case)
        except damage.READ_ERRORS as error:
            damage.log_unreadable("case.sealed_answers", case.id, error, case.id)
            continue
        try:
            links = lock_draft_with_links(act.session, case)
        except AlreadySent:
            continue
        if case.updated_at >= act.now - FORM_KEPT:
            continue  # somebody went on with it at the last moment
        link = max(
            (one for one in links if one.sealed_link is not None),
            key=lambda one: (one.created_at, one.id),
            default=None,
        )
        _erase(act.by(SYSTEM), case, links, "intake.expired", notify=link)
        return 1
    return 0


def _erase(
    act: Act, case: Case, links: Iterable[Invitation], event: str, notify: Invitation | None = None
) -> KeptAfterWithdrawal:
    """Erase a draft, which the caller holds with its links. `notify`: the invitation whose address is mailed."""
    kept = kept_after_withdrawal(act.session, case)
    for invitation in links:
        # The link is good for a new form.
        invitation.case_id = None
    act.session.flush()
    if kept.alert:
        _keep_alert_answers(act, case)
    else:
        person = act.session.get_one(Person, case.person_id)
        act.session.delete(case)
        act.session.flush()
        if not kept.person:
            act.session.delete(person)
    act.session.flush()
    if notify is not None:
        outbox.post(act, MailKind.ERASED, notify)
    what = [name for name, is_kept in (("alert", kept.alert), ("person", kept.person)) if is_kept]
    audit.record(act, event, case_id=case.id, kept=what)
    return kept


def _keep_alert_answers(act: Act, case: Case) -> None:
    """Keep of the answers only those that raised the alert, and those needed to reach the person."""
    _mark_changed_flags(act, case)
    draft = _readable_draft(act.session, case)
    wanted = {*CONTACT_QUESTIONS, *_evidence_questions(act.session, case)}
    left, before = (
        {name: answer for name, answer in answers.items() if name in wanted}
        for answers in (draft.answers, draft.earlier_answers)
    )
    store_draft(
        act.session,
        case,
        Draft(
            left,
            kind=draft.kind,
            earlier_answers=before,
            language=draft.language,
            alerted_rules=draft.alerted_rules,
            promised_call=draft.promised_call,
            unread={name: typed for name, typed in draft.unread.items() if name in wanted},
            refused_reach={name: text for name, text in draft.refused_reach.items() if name in wanted},
        ),
    )
    if case.sealed_summary is not None:
        _shorten_summary(act.session, case)
    case.answers_version += 1
    case.withdrawn_at = case.updated_at = act.now


def _mark_changed_flags(act: Act, case: Case) -> None:
    """Note with the flags which of their answers were changed. One that cannot be read says nothing of that."""
    try:
        reading = read_draft(act.session, case).reading(act.today, case.jurisdiction)
    except damage.READ_ERRORS:
        return  # logged where the answers are kept
    judging.mark_changed(act.session, case, reading)


def _readable_draft(session: Session, case: Case) -> Draft:
    """The draft; where it cannot be read, one of the person's identity alone, for the alert still stays."""
    try:
        return read_draft(session, case)
    except damage.READ_ERRORS as error:
        damage.log_unreadable("case.sealed_answers", case.id, error, case.id)
    try:
        known = identity_of(session, session.get_one(Person, case.person_id))
    except damage.READ_ERRORS as error:
        damage.log_unreadable("person.sealed_identity", case.person_id, error, case.id)
        known = {}
    return Draft({name: answer for name, answer in known.items() if answer is not None}, kind=case.kind)


def _shorten_summary(session: Session, case: Case) -> None:
    try:
        seal(session, case, "sealed_summary", dict(unseal(session, case, "sealed_summary")) | {"wants": []})
    except damage.READ_ERRORS as error:
        damage.log_unreadable("case.sealed_summary", case.id, error, case.id)


def _evidence_questions(session: Session, case: Case) -> Iterator[str]:
    for flag in session.scalars(select(Flag).where(Flag.case_id == case.id)):
        try:
            yield from [
                because["question"] for because in unseal(session, flag, "sealed_evidence")["because"]
            ]
        except damage.READ_ERRORS as error:
            damage.log_unreadable("flag.sealed_evidence", flag.id, error, case.id)


def _count_cases(session: Session, case: Case) -> int:
    counted = select(func.count()).select_from(Case).where(Case.person_id == case.person_id)
    return session.scalar(counted) or 0
