"""What stands above the queue, whatever list a case is in: corrections that wait, and alerts that reached nobody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import CompoundSelect, cast, literal, null, select, union_all

from app.core.access import Actor
from app.core.act import Act
from app.mail import outbox
from app.mail.outbox import UndeliveredAlert
from app.review.corrections import service as corrections
from app.review.corrections.service import WaitingCorrection


@dataclass(frozen=True, slots=True)
class Notices:
    """The notices above the queue."""

    corrections: Sequence[WaitingCorrection]
    """The cases in which a correction waits, longest first."""
    alerts: Sequence[UndeliveredAlert]
    """The cases whose alert reached nobody, the newest first."""


def read_notices(act: Act) -> Notices:
    """Both, in one statement."""
    found = act.session.execute(_query(act.actor), outbox.late_times(act.now)).all()
    by_key = sorted(found, key=lambda row: row.key)
    return Notices(
        corrections.waiting_of(row for row in by_key if row.is_correction),
        outbox.undelivered_of(row for row in reversed(by_key) if not row.is_correction),
    )


@lru_cache
def _query(actor: Actor) -> CompoundSelect[*tuple[Any, ...]]:
    """Made once for each member of staff: to make it costs more than to ask it."""
    asked, late = corrections.open_query(actor).subquery(), outbox.undelivered_query().subquery()
    return union_all(
        select(
            literal(True).label("is_correction"), asked.c.key, asked.c.case_id, asked.c.asked_at,
            cast(null(), late.c.trouble.type).label("trouble"),
        ),
        select(
            literal(False), late.c.key, late.c.case_id, cast(null(), asked.c.asked_at.type), late.c.trouble,
        ),
    )  # fmt: skip
