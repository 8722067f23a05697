"""What somebody in danger is told on every page after the help page: whom to call, and the call they asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.core.act import Act, Terms
from app.intake.draft import Draft
from app.intake.help import calls
from app.intake.store import draft_of
from app.mail import outbox
from app.models import Case
from app.questionnaire.called_for import BY_ID, fired
from app.questionnaire.form_kinds import FormKind
from app.questionnaire.interruption import Interruption
from app.screening.levels import Level
from app.screening.standing import RANK

GRAVE = ("crisis_now", "emergency", "followup_emergency", "harm_others")
"""Help pages after which nothing more is offered until staff have seen to what they were about."""
ONCE_SHOWN = ("crisis_now", "crisis_support")
"""Those that still hold after the answer was changed: what was said was said."""
URGENT = RANK[Level.URGENT]
NO_HELP = ("under_age",)


@dataclass(frozen=True, slots=True)
class Support:
    """`pages` are the help pages behind it, the gravest first; `unsure` those that only an "I'm not sure" called for.
    `reached`: whoever is on call was told of the call.
    """

    pages: tuple[Interruption, ...]
    unsure: frozenset[str]
    draft: Draft
    reached: bool

    @property
    def grave(self) -> bool:
        """Whether somebody may be in danger now."""
        return any(page.id in GRAVE for page in self.pages)


def support_for(act: Act, case: Case) -> Support | None:
    """What is said of help on the pages of a form; None when nothing told in it calls for any. Getting ready follows
    what was told in the health check.
    """
    draft = draft_of(act.session, case)
    pages = _pages(draft, act.today, act.terms, case)
    if not pages and case.kind is FormKind.READY and case.follows_id is not None:
        first = act.session.get_one(Case, case.follows_id)
        return support_for(act, first)
    if not pages:
        return None
    reading = draft.reading(act.today, case.jurisdiction)
    unsure = frozenset(page.id for page in pages if page.unsure(reading))
    return Support(pages, unsure, draft, was_told(act, case, draft, calls.ASKED_FOR))


def in_danger_still(session: Session, case: Case) -> bool:
    """Whether nobody has settled yet what was urgent in a form, or in the one it follows."""
    first = session.get(Case, case.follows_id) if case.kind is FormKind.READY and case.follows_id else None
    return any(one.level_rank == URGENT for one in (case, first) if one is not None)


def _pages(draft: Draft, today: date, terms: Terms, case: Case) -> tuple[Interruption, ...]:
    now_due = {
        page.id for page in fired(draft.form.asks, draft.reading(today, case.jurisdiction), terms.limits)
    }
    found = (now_due | (set(draft.seen_help) & set(ONCE_SHOWN))) - set(NO_HELP)
    if "crisis_now" in found:
        found.discard("crisis_support")
    return tuple(sorted((BY_ID[name] for name in found), key=lambda page: page.id not in GRAVE))


def was_told(act: Act, case: Case, draft: Draft, rules: tuple[str, ...]) -> bool:
    """Whether whoever is on call was told of one of these rules, as far as we know: the alert is stored, and no try to
    deliver it has failed.
    """
    return bool(set(rules) & set(draft.alerted_rules)) and not any(
        late.case_id == case.id for late in outbox.undelivered_alerts(act)
    )
