"""The scales of one person over time: asked before treatment, and again at check-ins."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import damage
from app.models import Case, Screening, answers_of
from app.questionnaire.checkin.schedule import SCALES
from app.questionnaire.instruments import Instrument
from app.questionnaire.kinds import Scale
from app.questionnaire.whole import FORMS, WHOLE

# One for each: answers from a call make another screening, of the same day.
_SENT = select(Case, Screening.on_date).join(Screening, Screening.case_id == Case.id)


@dataclass(frozen=True, slots=True)
class Answered:
    """A scale as it was answered in whole: its name in SCALES, the day, what the form is called, and the total."""

    scale: str
    on: date
    form: str
    instrument: Instrument
    total: float


@dataclass(frozen=True, slots=True)
class Unread:
    """A form that cannot be read, so that nobody knows which scales it holds: its day, and what it is called."""

    on: date
    form: str


def over_time(session: Session, first: Case) -> Iterator[Answered | Unread]:
    """Every time a scale was answered in the forms of a health check and what follows it, oldest first."""
    sent = session.execute(
        _SENT.where(
            (Case.id == first.id) | (Case.follows_id == first.id),
            Screening.interim.is_(False),
        ).order_by(Screening.on_date, Screening.id)
    )
    for case, on in dict.fromkeys((case, on) for case, on in sent):
        form = FORMS[case.kind]
        try:
            answers = answers_of(session, case)
        except damage.BROKEN as error:
            damage.tell("answers", case.id, error, case.id)
            yield Unread(on, form.name)
            continue
        for scale, (again, before, _) in SCALES.items():
            for name in (again, before):
                kind, answer = WHOLE.questions[name].kind, answers.get(name)
                if (
                    name not in form.asks.questions
                    or not isinstance(kind, Scale)
                    or not isinstance(answer, list)
                ):
                    continue
                total = kind.instrument.total(answer)
                if total is not None:
                    yield Answered(scale, on, form.name, kind.instrument, total)
