"""Help on every page after a help page: whom to call, and the call that was asked for."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.intake.draft import Draft
from app.intake.help import calls
from app.intake.open_form import OpenForm
from app.mail import outbox
from app.models import Case, Decision, Flag, Screening
from app.questionnaire.form_kinds import FormKind
from app.questionnaire.interruption import Interruption
from app.questionnaire.interruption_triggers import BY_ID, trigger_of, triggered_interruptions
from app.records import calls_made
from app.screening.case_summary import RANK
from app.screening.levels import Level

GRAVE = ("crisis_now", "emergency", "followup_emergency", "harm_others")
"""Help pages after which nothing more is offered until staff have seen to what they were about."""
ONCE_SHOWN = ("crisis_now", "crisis_support")
"""Those that still hold after the answer was changed: what was said was said."""
URGENT = RANK[Level.URGENT]
NO_HELP = ("under_age",)


@dataclass(frozen=True, slots=True)
class SettledCall:
    """That a call which was promised is not to be made any more."""

    reached_at: datetime | None
    """When the patient was reached; None when staff settled it otherwise."""


@dataclass(frozen=True, slots=True)
class Support:
    """The help that pages after a help page offer."""

    pages: tuple[Interruption, ...]
    """The help pages behind it, the gravest first."""
    unsure: frozenset[str]
    """Ids of those that only a "Not sure" called for."""
    draft: Draft
    """The draft whose answers called for them."""
    call_alerted: bool
    """Whether whoever is on call was alerted that a call is wanted."""
    settled: SettledCall | None
    """How the promise of a call ended; None while it stands."""

    @property
    def grave(self) -> bool:
        """Whether somebody may be in danger now."""
        return any(page.id in GRAVE for page in self.pages)


def support_for(form: OpenForm, unchecked: Collection[str] = ()) -> Support | None:
    """The help that the pages of a form offer; None when no answer in it calls for any. Getting ready follows the
    answers of the health check. `unchecked`: questions whose numbers call for none yet.
    """
    pages = tuple(page for page in _pages(form) if not _hangs_on(page, unchecked, form))
    case = form.case
    if not pages and case.kind is FormKind.READY and case.follows_id is not None:
        return support_for(OpenForm(form.act, form.act.session.get_one(Case, case.follows_id)))
    if not pages:
        return None
    unsure = frozenset(page.id for page in pages if page.unsure(form.progress.reading))
    return Support(
        pages,
        unsure,
        form.draft,
        was_alerted(form, calls.ASKED_FOR),
        settled_call(form.act.session, form.case, form.draft),
    )


def settled_call(session: Session, case: Case, draft: Draft) -> SettledCall | None:
    """How the promise of a call ended: the patient was reached since it was asked for, or the flag of the wish was
    settled, or the case was decided. None while the call is still to be made, and when none was promised.
    """
    if draft.promised_call is None:
        return None
    asked = datetime.fromisoformat(draft.call_asked_at) if draft.call_asked_at else case.started_at
    reached = calls_made.last_reached(session, case.id)
    if reached is not None and reached >= asked:
        return SettledCall(reached)
    newest = (
        select(Screening.id)
        .where(Screening.case_id == case.id)
        .order_by(Screening.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    wish_settled = select(Flag.id).where(
        Flag.screening_id == newest, Flag.rule.in_(calls.ASKED_FOR), Flag.settled_at >= asked
    )
    decided = select(Decision.id).where(Decision.case_id == case.id, Decision.made_at >= asked)
    if session.scalar(wish_settled.limit(1)) or session.scalar(decided.limit(1)):
        return SettledCall(None)
    return None


def in_danger_still(session: Session, case: Case) -> bool:
    """Whether something urgent in a form, or in the one it follows, is not settled yet."""
    first = session.get(Case, case.follows_id) if case.kind is FormKind.READY and case.follows_id else None
    return any(one.level_rank == URGENT for one in (case, first) if one is not None)


def _pages(form: OpenForm) -> tuple[Interruption, ...]:
    now_due = {page.id for page in called_for(form)}
    found = (now_due | (set(form.draft.seen_help) & set(ONCE_SHOWN))) - set(NO_HELP)
    if "crisis_now" in found:
        found.discard("crisis_support")
    return tuple(sorted((BY_ID[name] for name in found), key=lambda page: page.id not in GRAVE))


def _hangs_on(page: Interruption, unchecked: Collection[str], form: OpenForm) -> bool:
    """Whether a typed number that is not checked yet called for a help page."""
    if not page.of_typed_number:
        return False
    because = trigger_of(page, form.act.terms.limits).because(form.progress.reading, True)
    return not set(unchecked).isdisjoint(because)


def called_for(form: OpenForm) -> tuple[Interruption, ...]:
    """The help pages that the answers of a form call for."""
    return triggered_interruptions(form.progress.questionnaire, form.progress.reading, form.act.terms.limits)


def was_alerted(form: OpenForm, rules: Iterable[str]) -> bool:
    """Whether whoever is on call was alerted to one of these rules, as far as we know: the alert is stored, and no try
    to deliver it has failed.
    """
    if not set(rules) & set(form.draft.alerted_rules):
        return False
    late = select(Case.id).where(Case.id == form.case.id, outbox.HAS_UNDELIVERED_ALERT)
    return form.act.session.scalar(late, outbox.late_times(form.act.now)) is None
