"""What a clinician does with a case: takes it, settles a flag, decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from app.core import audit, damage
from app.core.access import cases_for
from app.core.act import Act
from app.mail import outbox
from app.models import Case, Decision, Flag, Queue, User, seal, unseal
from app.review.case.flags import titles
from app.review.case.obstacles import Obstacle, carriable_lines, obstacles
from app.review.case.recount import recount
from app.review.case.stored import IN_THE_WAY, latest_screening, read_flags, readable
from app.screening.levels import Level
from app.screening.settling import MUST_SETTLE, reason
from app.screening.to_ask import ToAskItem
from app.screening.workflow import Outcome, Status, move

UNREAD_NOTES = (
    "How it was settled before cannot be read, so nothing is written over it: a backup may bring it back"
)
SUITABLE = frozenset({Outcome.SUITABLE, Outcome.SUITABLE_WITH_CONDITIONS})

# The way to where a clinician works on a case, and on to a decision. Each step is a move of the workflow's table.
TO_REVIEW: dict[Status, tuple[Status, ...]] = {
    Status.SUBMITTED: (Status.IN_REVIEW,),
    Status.IN_REVIEW: (),
    Status.WAITING_ON_PATIENT: (Status.IN_REVIEW,),
    Status.WAITING_UNTIL: (Status.IN_REVIEW,),
    Status.REOPENED: (Status.IN_REVIEW,),
    Status.DECIDED: (Status.REOPENED, Status.IN_REVIEW),
}


class CaseNotFound(LookupError):
    """There is no such case, or flag of it, for this actor."""


class StaleVersion(Exception):
    """Someone changed the case, or the flag, since this page was opened. Nothing was written."""


class ReviewRefused(ValueError):
    """What was sent cannot be done. `message` is the reason and how to mend it; `field` is the form name."""

    def __init__(self, message: str, field: str) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class ConditionsMissing(ValueError):
    """What "suitable with conditions" would carry has no condition. `missing` says so, by form name."""

    def __init__(self, missing: Mapping[str, str]) -> None:
        super().__init__("; ".join(missing.values()))
        self.missing = missing


def take(act: Act, case_id: UUID, owner_seen: UUID | None) -> None:
    """Make the actor the case's owner, and begin its review if it was sent. Its alerts are sent no more.

    Raises CaseNotFound; StaleVersion when its owner is not the one on the actor's page.
    """
    case = lock_case(act, case_id)
    # Also one that is theirs: there may be a new alert about it.
    outbox.cancel_alerts(act, case.id)
    if case.owner_id == act.actor.id:
        return
    if case.owner_id != owner_seen:
        raise StaleVersion
    case.owner_id = act.actor.id
    if case.status in TO_REVIEW and case.status is not Status.DECIDED:
        for status in TO_REVIEW[case.status]:
            case.status = move(case.status, status)
        case.queue = Queue.TO_REVIEW
    act.session.flush()
    audit.record(act, "case.taken", case_id=case.id)


def settle(act: Act, case_id: UUID, seen: Mapping[UUID, int], code: str, note: str) -> None:
    """Settle a stop or urgent flag with a reason from its own list; or all that one line of the to-ask list leaves
    undecided, with a reason for what is not known. Nothing is deleted: each time is kept.

    `seen` are the flags with their revisions, `code` the reason's. Raises CaseNotFound, ReviewRefused, or StaleVersion
    when one is not as it was seen, or was judged anew since: each screening has flags of its own.
    """
    case = lock_case(act, case_id)
    screening = latest_screening(act.session, case)
    found = [act.session.get(Flag, flag_id) for flag_id in seen]
    ours = [flag for flag in found if flag and flag.case_id == case.id]
    if screening and len(ours) == len(seen) and any(flag.screening_id != screening.id for flag in ours):
        raise StaleVersion
    flags = [flag for flag in ours if screening and flag.screening_id == screening.id]
    raised = [flag for flag in flags if flag.outcome == "raised"]
    if (
        not flags
        or len(flags) < len(seen)
        or any(Level(flag.level) not in MUST_SETTLE for flag in raised)
        or (raised and len(flags) > 1)
    ):
        raise CaseNotFound
    if any(flag.revision != seen[flag.id] for flag in flags):
        raise StaleVersion
    try:
        before = {flag.id: unseal(act.session, flag, "sealed_note") or [] for flag in flags}
    except damage.READ_ERRORS as error:
        damage.log_unreadable("flag.sealed_note", flags[0].id, error, case.id)
        raise ReviewRefused(UNREAD_NOTES, "reason") from None
    chosen = reason(flags[0].rule, flags[0].card, code, raised=bool(raised))
    if chosen is None:
        raise ReviewRefused("Pick a reason", "reason")
    if chosen.needs_note and not note:
        raise ReviewRefused("Write the reason in the note", "note")
    told = {
        "by": str(act.actor.id),
        "name": _name(act.session, act.actor.id),
        "at": act.now.isoformat(),
        "reason": code,
        "note": note,
    }
    for flag in flags:
        seal(act.session, flag, "sealed_note", [*before[flag.id], told])
        flag.state, flag.settled_at, flag.settled_by, flag.settled_reason = (
            "settled",
            act.now,
            act.actor.id,
            code,
        )
    act.session.flush()
    recount(act.session, case)
    if case.status is Status.DRAFT and not any(
        flag.open and flag.level in MUST_SETTLE for flag in read_flags(act.session, screening)
    ):
        # Nobody needs to look any more until the form is sent, or says something new.
        case.queue, case.waiting_since = Queue.UNFINISHED, None
    act.session.flush()
    for flag in flags:
        audit.record(act, "flag.settled", case_id=case.id, flag=flag.id, reason=code)


def decide(
    act: Act,
    case_id: UUID,
    seen: int,
    outcome: Outcome,
    note: str,
    conditions: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Record a decision with its note. An earlier one is ended, never changed.

    `conditions` are texts by the key of their line: "suitable with conditions" carries with them what is not known.

    Raises CaseNotFound, ReviewRefused, ConditionsMissing, or StaleVersion when the case is not at the revision `seen`.
    """
    case = lock_case(act, case_id)
    if case.revision != seen:
        raise StaleVersion
    if case.status is Status.DRAFT:
        raise ReviewRefused("The form has not been sent yet, so nothing can be decided", "outcome")
    if not note:
        raise ReviewRefused("Write a note: what you decided on, and what happens next", "note")
    flags = list(read_flags(act.session, latest_screening(act.session, case)))
    if outcome is not Outcome.SUITABLE_WITH_CONDITIONS and any(conditions.values()):
        raise ReviewRefused(
            "Conditions go with “Suitable with conditions”. Pick that, or clear them", "outcome"
        )
    left = obstacles(flags)
    if outcome is Outcome.SUITABLE_WITH_CONDITIONS:
        left = [one for one in left if not one.carried]
    if left and outcome in SUITABLE:
        raise ReviewRefused(_in_the_way(left), "outcome")
    told = []
    if outcome is Outcome.SUITABLE_WITH_CONDITIONS:
        told = _conditions(carriable_lines(flags), conditions)
    if outcome in SUITABLE and not readable(act.session, case):
        raise ReviewRefused(
            f"{IN_THE_WAY}. Pick “Not suitable now”, or decide once it was brought back", "outcome"
        )
    end_decision(act, case)
    for status in (*TO_REVIEW[case.status], Status.DECIDED):
        case.status = move(case.status, status)
    decision = Decision(case_id=case.id, outcome=outcome, made_by=act.actor.id, made_at=act.now)
    seal(act.session, decision, "sealed_note", note)
    if told:
        seal(act.session, decision, "sealed_conditions", told)
    act.session.add(decision)
    case.queue, case.decision_outcome = Queue.DECIDED, outcome
    case.owner_id = case.owner_id or act.actor.id
    outbox.cancel_alerts(act, case.id)
    case.updated_at = act.now
    flag_modified(
        case, "updated_at"
    )  # even when all is as before, the revision must count on: see StaleVersion
    act.session.flush()
    audit.record(act, "decision.recorded", case_id=case.id, outcome=outcome.value)


def _conditions(carried: Sequence[ToAskItem], conditions: Mapping[str, str]) -> list[dict[str, Any]]:
    """The conditions to store: {"rules": slugs, "condition": text} of each line that is carried.

    Raises ReviewRefused for a condition of no such line, ConditionsMissing for a line without one.
    """
    written = {key: text for key, text in conditions.items() if text}
    if written.keys() - {line.key for line in carried}:
        raise ReviewRefused("A condition is about something that is not open any more. Look again", "outcome")
    missing = {
        f"condition-{line.key}": f"Write a condition for what is not known, or settle it first: {titles(line.rules)}"
        for line in carried
        if line.key not in written
    }
    if missing:
        raise ConditionsMissing(missing)
    return [{"rules": list(line.rules), "condition": written[line.key]} for line in carried]


def _in_the_way(left: Sequence[Obstacle]) -> str:
    """A sentence on what blocks "suitable", and the ways on."""
    unknown = sum(one.unknown and one.open for one in left)
    held = sum(not one.open for one in left)
    flags = len(left) - unknown - held
    told, ways = [], []
    if flags:
        told.append(f"{flags} flag{' stands' if flags == 1 else 's stand'} in the way.")
        ways.append("settle first")
    if unknown:
        told.append(
            f"{unknown} safety {'rule waits' if unknown == 1 else 'rules wait'} for an answer: an unknown is not a no."
        )
    if unknown and not flags:
        ways.append("ask, or settle what stays unknown")
    if held:
        one, it = ("flag is", "it") if held == 1 else ("flags are", "them")
        told.append(
            f"{held} {one} settled with a reason that keeps {it} open: settle again with another reason."
        )
    if all(one.carried for one in left):
        ways.append("carry it with conditions")
    ways.append("pick “Not suitable now”")
    on = f"{', '.join(ways[:-1])}, or {ways[-1]}" if ways[1:] else f"or {ways[0]}"
    return f"{' '.join(told)} {on[0].upper()}{on[1:]}"


def end_decision(act: Act, case: Case) -> list[Decision]:
    """End the decision that is in force, and return it; its content is not changed."""
    standing = select(Decision).where(Decision.case_id == case.id, Decision.invalidated_at.is_(None))
    ended = list(act.session.scalars(standing))
    for decision in ended:
        decision.invalidated_at = act.now
    return ended


def lock_case(act: Act, case_id: UUID) -> Case:
    """The case, held until the end of the transaction. Raises CaseNotFound."""
    case = act.session.scalar(cases_for(act.actor).where(Case.id == case_id).with_for_update())
    if case is None:
        raise CaseNotFound
    return case


def _name(session: Session, user_id: UUID | None) -> str | None:
    return session.scalar(select(User.name).where(User.id == user_id)) if user_id else None
