"""What staff read for a case's status and for a decision."""

from collections.abc import Mapping
from types import MappingProxyType

from app.screening.workflow import Outcome, Status

STATUS_WORDS: Mapping[Status, str] = MappingProxyType(
    {
        Status.DRAFT: "Not finished",
        Status.SUBMITTED: "To review",
        Status.IN_REVIEW: "In review",
        Status.WAITING_ON_PATIENT: "Waiting on the patient",
        Status.WAITING_UNTIL: "Waiting",
        Status.DECIDED: "Decided",
        Status.REOPENED: "Opened again",
    }
)
OUTCOME_WORDS: Mapping[Outcome, str] = MappingProxyType(
    {
        Outcome.SUITABLE: "Suitable to book",
        Outcome.SUITABLE_WITH_CONDITIONS: "Suitable with conditions",
        Outcome.NOT_SUITABLE_NOW: "Not suitable now",
    }
)
