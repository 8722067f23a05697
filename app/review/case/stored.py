"""A case's sealed parts, each opened by itself: one that cannot be read takes none of the others away.

What cannot be read is never taken for nothing: a flag stays what its row says, and nobody is found suitable beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import damage
from app.core.signatures import RulebookIdentity, RulebookSigned
from app.models import (
    Amendment,
    Case,
    Decision,
    Flag,
    Person,
    RulebookSignature,
    Screening,
    User,
    merged_answers,
    unseal,
)
from app.records.identity import identity_of
from app.review.case.flags import Settlement, StoredFlag, settlement, title_of
from app.screening.levels import Level
from app.screening.rulebook import RULEBOOK

NOTE_UNREAD = "This note cannot be read"
CONDITIONS_UNREAD = "The conditions cannot be read"
IN_THE_WAY = "Part of this case cannot be read"
"""The reason that "suitable" is blocked beside it."""


@dataclass(slots=True)
class OpenedCase:
    """The answers of a case as they are now, and how the form was filled in."""

    document: dict[str, Any]
    """The sealed document of the form, as app/models describes it; empty when it cannot be read."""
    answers: dict[str, Any]
    """By question, those from calls merged in; the person's identity alone when the form cannot be read."""
    calls: list[tuple[Amendment, dict[str, Any], dict[str, Any]]] = field(default_factory=list)
    """The amendments that were read, each with what it holds and the answers before it."""
    whole: bool = True
    """Whether the form itself can be read."""
    unread: list[str] = field(default_factory=list)
    """What cannot be read, in words."""


def open_case(session: Session, case: Case, calls: Sequence[Amendment]) -> OpenedCase:
    """Open the form, and the answers from calls since."""
    try:
        document = dict(unseal(session, case, "sealed_answers"))
        opened = OpenedCase(document, merged_answers(document))
    except damage.READ_ERRORS as error:
        damage.log_unreadable("case.sealed_answers", case.id, error, case.id)
        opened = OpenedCase({}, _who(session, case), whole=False, unread=["The answers of the form"])
    for call in calls:
        try:
            since = dict(unseal(session, call, "sealed_answers"))
            before, opened.answers = opened.answers, {**opened.answers, **since["answers"]}
            opened.calls.append((call, since, before))
        except damage.READ_ERRORS as error:
            damage.log_unreadable("amendment.sealed_answers", call.id, error, case.id)
            opened.unread.append(f"Answers that were told on a call on {call.made_at:%d %B %Y}")
    return opened


def _who(session: Session, case: Case) -> dict[str, Any]:
    """Who the person is, from where that is kept beside their forms."""
    person = session.get_one(Person, case.person_id)
    try:
        return {name: value for name, value in identity_of(session, person).items() if value is not None}
    except damage.READ_ERRORS as error:
        damage.log_unreadable("person.sealed_identity", person.id, error, case.id)
        return {}


def unread_flags(flags: Sequence[StoredFlag]) -> Iterator[str]:
    """What of the flags cannot be read, in words."""
    for flag in flags:
        if flag.broken:
            yield f"What stands behind the flag “{title_of(flag.rule)}”"


def readable(session: Session, case: Case) -> bool:
    """Whether the answers and the flags of a case can all be read."""
    calls = session.scalars(
        select(Amendment).where(Amendment.case_id == case.id).order_by(Amendment.id)
    ).all()
    if open_case(session, case, calls).unread:
        return False
    return not any(flag.broken for flag in read_flags(session, latest_screening(session, case)))


def latest_screening(session: Session, case: Case) -> Screening | None:
    """What the rulebook made of the newest answers."""
    return session.scalar(
        select(Screening).where(Screening.case_id == case.id).order_by(Screening.id.desc()).limit(1)
    )


class JudgedCase(NamedTuple):
    """What the rulebook made of the newest answers of a case."""

    screening: Screening | None
    """None before the first."""
    flags: list[StoredFlag]
    """Its flags, as `read_flags` opens them."""
    signed: RulebookSigned | None
    """The newest signature under the rulebook that judged it; None where nobody signed that."""


_SIGNATURE = (
    select(RulebookSignature.id)
    .where(
        RulebookSignature.rulebook == Screening.rulebook,
        RulebookSignature.settings_hash == Screening.settings_hash,
    )
    .order_by(RulebookSignature.signed_at.desc(), RulebookSignature.id.desc())
    .limit(1)
    .correlate(Screening)
    .scalar_subquery()
)


def judged_case(session: Session, case: Case) -> JudgedCase:
    """The latest screening of a case with its flags and who signed its rulebook, in one statement."""
    newest = select(Screening.id).where(Screening.case_id == case.id).order_by(Screening.id.desc()).limit(1)
    signature = RulebookSignature.name, RulebookSignature.role, RulebookSignature.signed_at
    rows = session.execute(
        select(Screening, Flag, *signature)
        .outerjoin(Flag, Flag.screening_id == Screening.id)
        .outerjoin(RulebookSignature, RulebookSignature.id == _SIGNATURE)
        .where(Screening.id == newest.scalar_subquery())
    ).all()
    if not rows:
        return JudgedCase(None, [], None)
    screening, _, name, role, at = rows[0]
    of = RulebookIdentity(screening.rulebook, screening.settings_hash)
    flags = (row[1] for row in rows if row[1] is not None)
    signed = RulebookSigned(of, name, role, at) if name else None
    return JudgedCase(screening, list(_opened_flags(session, flags)), signed)


def read_flags(session: Session, screening: Screening | None) -> Iterator[StoredFlag]:
    """The flags of a screening, opened. One that cannot be opened is made of its row alone, and marked `broken`."""
    if screening is not None:
        yield from _opened_flags(
            session, session.scalars(select(Flag).where(Flag.screening_id == screening.id))
        )


def _opened_flags(session: Session, flags: Iterable[Flag]) -> Iterator[StoredFlag]:
    for flag in flags:
        evidence, settlements, broken = None, None, False
        try:
            evidence = dict(unseal(session, flag, "sealed_evidence"))
            _ = [(one["question"], one["words"]) for one in evidence["because"]], evidence["ask"]
        except damage.READ_ERRORS as error:
            damage.log_unreadable("flag.sealed_evidence", flag.id, error, flag.case_id)
            evidence, broken = None, True
        try:
            settlements = tuple(_settlements(session, flag))
        except damage.READ_ERRORS as error:
            damage.log_unreadable("flag.sealed_note", flag.id, error, flag.case_id)
            broken = True
        yield StoredFlag(
            id=flag.id,
            revision=flag.revision,
            rule=flag.rule,
            level=Level(flag.level),
            card=flag.card,
            raised=flag.outcome == "raised",
            open=flag.state == "open",
            evidence=_from_rulebook(flag) if evidence is None else evidence,
            settlements=_from_row(session, flag) if settlements is None else settlements,
            broken=broken,
        )


def _settlements(session: Session, flag: Flag) -> Iterator[Settlement]:
    """Every time a flag was settled, oldest first. Stored of each: by (an id), name, at, reason, note."""
    for one in unseal(session, flag, "sealed_note") or ():
        at = datetime.fromisoformat(one["at"])
        yield settlement(flag.rule, flag.card, one["name"], at, one["reason"], one["note"])


def _from_rulebook(flag: Flag) -> dict[str, Any]:
    """What can be said of a flag whose evidence is lost: what its rule asks, if it could not be decided."""
    rule = RULEBOOK.by_slug.get(flag.rule)
    ask = rule.ask if rule else None
    return {"because": [], "unknown": [], "ask": ask if flag.outcome == "undetermined" else None}


def _from_row(session: Session, flag: Flag) -> tuple[Settlement, ...]:
    """How a flag was settled last, by its row alone."""
    if flag.settled_at is None or flag.settled_reason is None:
        return ()
    by = session.scalar(select(User.name).where(User.id == flag.settled_by)) or ""
    return (settlement(flag.rule, flag.card, by, flag.settled_at, flag.settled_reason, NOTE_UNREAD),)


def note_of(session: Session, decision: Decision) -> str:
    """The note of a decision, or that it cannot be read."""
    try:
        return str(unseal(session, decision, "sealed_note") or "")
    except damage.READ_ERRORS as error:
        damage.log_unreadable("decision.sealed_note", decision.id, error, decision.case_id)
        return NOTE_UNREAD


def conditions_of(session: Session, decision: Decision) -> list[dict[str, Any]]:
    """The conditions of a decision, each with the rules it carries; a single placeholder where they cannot be read."""
    try:
        told = unseal(session, decision, "sealed_conditions") or []
        return [{"rules": list(one["rules"]), "condition": str(one["condition"])} for one in told]
    except damage.READ_ERRORS as error:
        damage.log_unreadable("decision.sealed_conditions", decision.id, error, decision.case_id)
        return [{"rules": [], "condition": CONDITIONS_UNREAD}]
