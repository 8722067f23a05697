"""Statuses of a case and the moves allowed between them, as one table."""

from enum import StrEnum


class Status(StrEnum):
    """The status of a case in the clinic's workflow. Stored by value."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    IN_REVIEW = "in_review"
    WAITING_ON_PATIENT = "waiting_on_patient"
    WAITING_UNTIL = "waiting_until"
    DECIDED = "decided"
    REOPENED = "reopened"


class Outcome(StrEnum):
    """What a clinician decided about a case. Stored by value."""

    SUITABLE = "suitable"
    SUITABLE_WITH_CONDITIONS = "suitable_with_conditions"
    NOT_SUITABLE_NOW = "not_suitable_now"


class MoveRefused(ValueError):
    """The table has no such move."""


MOVES: dict[Status, frozenset[Status]] = {
    Status.DRAFT: frozenset({Status.SUBMITTED}),
    Status.SUBMITTED: frozenset({Status.IN_REVIEW}),
    Status.IN_REVIEW: frozenset({Status.WAITING_ON_PATIENT, Status.WAITING_UNTIL, Status.DECIDED}),
    Status.WAITING_ON_PATIENT: frozenset({Status.IN_REVIEW}),
    Status.WAITING_UNTIL: frozenset({Status.IN_REVIEW}),
    Status.DECIDED: frozenset({Status.REOPENED}),
    Status.REOPENED: frozenset({Status.IN_REVIEW}),
}


def move(status: Status, to: Status) -> Status:
    """Return `to`; raise MoveRefused when the table does not allow it."""
    if to not in MOVES[status]:
        raise MoveRefused(f"A case that is {status} cannot become {to}.")
    return to
