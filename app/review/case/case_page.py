"""What a case's page shows, laid out: nothing is read here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.core.signatures import RulebookSigned
from app.questionnaire.all_forms import FORMS
from app.questionnaire.countries import Country
from app.questionnaire.form_kinds import FormKind
from app.review.case import answers_view
from app.review.case.calls import ContactDetails, RecordedCall
from app.review.case.card_groups import CardGroups
from app.review.case.decisions import DecisionView
from app.review.case.history import HistoryEntry
from app.review.case.obstacles import Obstacle
from app.review.case.phone_script_view import Script
from app.review.case.validity import ScreeningValidity
from app.review.case.versions import MovedOn
from app.review.corrections.service import CorrectionRequest
from app.screening.settling import Reason


@dataclass(frozen=True, slots=True)
class StillUnknown:
    """The last time a question was asked on a call without an answer."""

    by: str
    """The name of who asked."""
    at: datetime
    """When it was asked, aware."""


@dataclass(frozen=True, slots=True)
class CarriedLine:
    """A line of the phone script that "suitable with conditions" may carry."""

    key: str
    """The key of the line."""
    titles: str
    """The titles of the rules that wait, in one line."""


@dataclass(frozen=True, slots=True)
class RelatedForm:
    """Another form of the same person: the health check that this one follows, or a form that follows it."""

    id: UUID
    """The id of its case."""
    form: str
    """What the form is called."""
    status: str
    """Its status in words."""


@dataclass(frozen=True, slots=True)
class CasePage:
    """Everything a case's page shows."""

    id: UUID
    """The case's id."""
    short_id: str
    """Its short id, by which staff speak of it."""
    form: str
    """What the form is called."""
    spanish: bool
    """Whether the patient filled it in in Spanish."""
    others: tuple[RelatedForm, ...]
    """The other forms of the same person."""
    revision: int
    """Posted with every change, which is refused when the case has another by then."""
    status: str
    """In words."""
    draft: bool
    """Whether the form was not sent yet."""
    decided: bool
    """Whether its status is decided."""
    sent_at: datetime | None
    """When it was sent, aware; None for a draft."""
    changed_at: datetime
    """When it was last changed, aware."""
    owner_id: UUID | None
    """The id of the clinician who took the case; None when nobody has."""
    owner: str | None
    """The owner's name."""
    mine: bool
    """Whether the owner is the reader."""
    banner: answers_view.Banner
    """Who the patient is."""
    line: str
    """The patient in one sentence."""
    card_groups: CardGroups
    """The cards, by how they are shown."""
    holds: ScreeningValidity | None
    """None where that was not stored, or cannot be read."""
    jurisdiction: Country
    """The country of the clinic."""
    script: Script
    """What is still to ask."""
    asked: Mapping[str, StillUnknown]
    """What was asked on a call and is still not known, by question."""
    numbers: tuple[answers_view.LabelledAnswer, ...]
    """The measures and scores, in words."""
    medicines: tuple[list[str], ...]
    """The rows of the list, a cell for each heading."""
    medicine_heads: list[str]
    """The headings of the list of medicines."""
    medicine_words: tuple[answers_view.LabelledAnswer, ...]
    """The answers about medicines beside the list."""
    allergies: tuple[list[str], ...]
    """The rows of the list, a cell for each heading."""
    allergy_heads: list[str]
    """The headings of the list of allergies."""
    allergy_words: tuple[answers_view.LabelledAnswer, ...]
    """The answers about allergies beside the list."""
    steps: tuple[answers_view.StepAnswers, ...]
    """Every answer, in the order asked."""
    history: tuple[HistoryEntry, ...]
    """Newest first."""
    contact_details: ContactDetails
    """How to reach the patient."""
    moved: tuple[MovedOn, ...]
    """The versions of its questions that the form went through while it was open, oldest first."""
    calls: tuple[RecordedCall, ...]
    """Newest first."""
    can_record_call: bool
    """Whether the reader may note a call."""
    decisions: tuple[DecisionView, ...]
    """Newest first."""
    undone: DecisionView | None
    """The decision that answers from a call ended, until there is another."""
    blocked: tuple[Obstacle, ...]
    """Why "suitable" cannot be picked yet."""
    carried: tuple[CarriedLine, ...]
    """What a condition may carry."""
    overlooked: tuple[Obstacle, ...]
    """The rules that wait for an answer though a decision for treatment is in force that does not name them."""
    outcomes: Sequence[Mapping[str, str]]
    """What can be decided: code and words."""
    can_decide: bool
    """Whether the reader may decide now."""
    can_settle: bool
    """Whether the reader may settle flags now."""
    unknown_reasons: tuple[Reason, ...]
    """The reasons for which a line of the script can be settled without an answer."""
    rulebook: str
    """The identity of the rulebook that the case was screened with, or is to be."""
    signed: RulebookSigned | None
    """Who signed that rulebook with the limits of then; None when nobody at the clinic did."""
    interim: bool
    """Whether it was screened before the form was finished, or not at all."""
    corrections: tuple[CorrectionRequest, ...]
    """The corrections that the patient asked for."""
    treated: UUID | None
    """The health check whose sessions can be looked at."""
    untold: bool
    """Whether its alert reached nobody so far."""
    unread: tuple[str, ...]
    """What of the case cannot be read, in words."""
    whole: bool
    """Whether the form itself can be read."""

    @property
    def status_and_outcome(self) -> str:
        """Its status, and what was decided."""
        return (
            f"{self.status}: {self.decisions[0].outcome}" if self.decided and self.decisions else self.status
        )

    @property
    def colour(self) -> str:
        """The colour of the tag with its status."""
        return "green" if self.decided else "grey" if self.draft else "blue"

    @property
    def other_form(self) -> str:
        """What the form is called, where it is no health check; else nothing."""
        return "" if self.form == FORMS[FormKind.INTAKE].name else self.form

    @property
    def raised_since(self) -> str:
        """What answers from a call raised since it was decided, in words."""
        titles = self.card_groups.to_settle_first
        return "what has to be settled first" + (f": {titles}" if titles else "")

    @property
    def unblocked_once(self) -> str:
        """What has to happen to what is in the way of "suitable"."""
        return "answered or settled" if self.carried else "settled"

    @property
    def settled_but_held(self) -> bool:
        """Whether a flag was settled with a reason that keeps it in the way."""
        return any(one.rule and not one.open for one in self.blocked)

    @property
    def stopped_while_unknown(self) -> bool:
        """Whether something is not known that no condition may carry."""
        return any(one.unknown and not one.carried for one in self.blocked)
