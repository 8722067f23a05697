"""A patient's rights over a form they sent: to have a copy, to know who opened it, to ask for a correction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from app.core import audit
from app.core.act import Act
from app.core.events import OPENINGS
from app.intake.after.copy import (
    AcknowledgedNotice,
    AnswersByPhone,
    CopiedSignature,
    FormCopy,
    answers_by_phone,
    copied_answers,
    copied_steps,
    without_private_answers,
)
from app.intake.form.signing import WordingState, check_wording, steps_as_signed
from app.intake.open_form import OpenForm
from app.models import Amendment, AuditEvent, Case, Correction, seal, unseal
from app.questionnaire.all_forms import FORMS
from app.questionnaire.kinds import Text
from app.questionnaire.kinds.base import InvalidAnswer, Posted
from app.questionnaire.notices import ShownPassage
from app.questionnaire.pages import Question
from app.questionnaire.posted import Problem
from app.questionnaire.wording import Message, Translate, TranslateInto, in_english

NOTES = {
    WordingState.REWORDED: Message(
        "Some questions are worded in another way now. Here they read as you signed them."
    ),
    WordingState.EARLIER: Message(
        "You signed an earlier version of these questions. Some may have been worded in another way then."
    ),
    WordingState.ALTERED: Message(
        "Something here is not as it was signed. Please call us, so that we can look into it."
    ),
}
"""The note on a copy whose words are not those that were signed."""
MOST_CORRECTIONS = 20
CORRECTION = Question(
    "correction",
    "What should we correct?",
    Text(max_length=1000),
    help="For example, a date that is wrong or a medicine you left out",
    missing="Tell us what to correct",
)
FULL = Message("You have asked many times already. Call us, and we will put it right with you")

NEWEST = 200


@dataclass(frozen=True, slots=True)
class Opening:
    """One entry of the audit log about a form, as its patient reads it."""

    at: datetime
    """When it happened, aware."""
    who: str
    """The kind of person: the patient, a clinician, an administrator, someone. Never a name."""
    what: str
    """What they did."""


@dataclass(frozen=True, slots=True)
class RequestedCorrection:
    """A correction that the patient asked for."""

    at: datetime
    """When it was asked for, aware."""
    text: str
    """As the patient wrote it."""
    answered_at: datetime | None
    """When staff dealt with it; None while they have not."""


def view_copy(
    form: OpenForm, sent_on: date, locale: str = "en", translator_for: TranslateInto = in_english
) -> FormCopy:
    """The copy of a form, for its page. Audits that the patient looked. Raises SealBroken."""
    copy = _form_copy(form, sent_on, locale, translator_for)
    audit.record(form.act, "copy.viewed", case_id=form.case.id)
    return copy


def take_copy(
    form: OpenForm,
    sent_on: date,
    file_format: str,
    locale: str = "en",
    translator_for: TranslateInto = in_english,
) -> FormCopy:
    """The copy of a form, for a file: "pdf" or "json". Audits the download. Raises SealBroken."""
    copy = _form_copy(form, sent_on, locale, translator_for)
    audit.record(form.act, "copy.downloaded", case_id=form.case.id, format=file_format)
    return copy


def _form_copy(open_form: OpenForm, sent_on: date, locale: str, translator_for: TranslateInto) -> FormCopy:
    session, case, translate = open_form.act.session, open_form.case, translator_for(locale)
    draft, sent_at = open_form.draft, open_form.sent_at
    form, reading = draft.form, draft.reading(sent_on, case.jurisdiction)
    signature = unseal(session, case, "sealed_signature")
    # Before there was another language, none was written down.
    signed_in = str(signature.get("locale", "en"))
    state = check_wording(case, draft.answers, signature, reading, form.asks, translator_for(signed_in))
    steps = copied_steps(reading, form.asks, translate)
    if state is WordingState.REWORDED:
        steps = without_private_answers(steps_as_signed(signature), form.asks)
    return FormCopy(
        questionnaire=form.asks.id,
        part=form.part,
        version=case.questionnaire_version,
        jurisdiction=case.jurisdiction,
        sent_at=sent_at,
        sent_on=sent_on,
        signed=CopiedSignature(
            name=str(signature["name"]),
            meaning=str(signature["meaning"]),
            at=datetime.fromisoformat(signature["at"]),
            version=str(signature.get("statement_version", case.questionnaire_version)),
            note=translate(NOTES[state]) if state in NOTES else "",
            locale=signed_in,
        ),
        steps=steps,
        answers=copied_answers(reading, form.asks),
        since=tuple(_answers_by_phone(session, case, translate)),
        due=tuple(draft.due),
        read=tuple(_acknowledged_notices(signature)),
    )


def _acknowledged_notices(signature: Mapping[str, Any]) -> Iterator[AcknowledgedNotice]:
    for one in signature.get("read", ()):
        passages = tuple(ShownPassage(each["heading"], tuple(each["lines"])) for each in one["passages"])
        parts = {name: str(one[name]) for name in ("id", "version", "locale", "sha256", "title")}
        yield AcknowledgedNotice(**parts, passages=passages)


def _answers_by_phone(session: Session, case: Case, translate: Translate) -> Iterator[AnswersByPhone]:
    calls = select(Amendment).where(Amendment.case_id == case.id).order_by(Amendment.id)
    for call in session.scalars(calls):
        told = unseal(session, call, "sealed_answers")["answers"]
        since = answers_by_phone(FORMS[case.kind].asks, call.made_at, told, case.jurisdiction, translate)
        if since.lines:
            yield since


def openings(act: Act, case: Case) -> list[Opening]:
    """The newest accesses to a form, newest first. Audits that the patient looked.

    An export holds every case there is, so each one since the form was begun held this.
    """
    first = act.session.scalar(select(func.min(AuditEvent.seq)).where(AuditEvent.case_id == case.id)) or 0
    found = act.session.execute(
        select(AuditEvent.event, AuditEvent.at)
        .where(
            AuditEvent.seq >= first,
            AuditEvent.event.in_(OPENINGS),
            or_(AuditEvent.case_id == case.id, AuditEvent.event == "export.downloaded"),
        )
        .order_by(AuditEvent.seq.desc())
        .limit(NEWEST)
    )
    told = [Opening(row.at, *OPENINGS[row.event]) for row in found]
    audit.record(act, "openings.viewed", case_id=case.id)
    return told


def view_corrections(act: Act, case: Case) -> list[RequestedCorrection]:
    """The corrections that the patient asked for, newest first. Audits that they looked. Raises SealBroken."""
    asked = [
        RequestedCorrection(one.asked_at, str(unseal(act.session, one, "sealed_text")), one.answered_at)
        for one in _corrections(act.session, case)
    ]
    audit.record(act, "corrections.viewed", case_id=case.id)
    return asked


def ask_for_correction(act: Act, case: Case, posted: Posted) -> Problem | None:
    """Store a correction that the patient asks for; the same words sent twice are one. Returns the problem to mend
    where the text cannot be taken, else None.
    """
    try:
        text = CORRECTION.kind.read(CORRECTION, posted, act.today)
    except InvalidAnswer as refusal:
        return Problem(CORRECTION.id, refusal.message, refusal.part)
    if not text:
        return Problem(CORRECTION.id, CORRECTION.kind.empty(CORRECTION), CORRECTION.id)
    # Held, so that a double tap waits here and then finds the first.
    act.session.execute(select(Case.id).where(Case.id == case.id).with_for_update())
    before = _corrections(act.session, case)
    if any(one.answered_at is None and unseal(act.session, one, "sealed_text") == text for one in before):
        return None
    if len(before) >= MOST_CORRECTIONS:
        return Problem(CORRECTION.id, FULL, CORRECTION.id)
    correction = Correction(case_id=case.id, asked_at=act.now, sealed_text=b"")
    seal(act.session, correction, "sealed_text", text)
    act.session.add(correction)
    act.session.flush()
    audit.record(act, "correction.asked", case_id=case.id, correction=correction.id)
    return None


def _corrections(session: Session, case: Case) -> list[Correction]:
    mine = select(Correction).where(Correction.case_id == case.id)
    return list(session.scalars(mine.order_by(Correction.id.desc())))
