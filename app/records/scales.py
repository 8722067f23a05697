"""The scales of one person over time: asked before treatment, and again at check-ins."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import damage
from app.models import Case, Screening, answers_of
from app.questionnaire.all_forms import FORMS, WHOLE
from app.questionnaire.checkin.schedule import SCALES
from app.questionnaire.instrument import Instrument
from app.questionnaire.kinds import Scale

# One for each: answers from a call make another screening, of the same day.
_SENT = select(Case, Screening.on_date).join(Screening, Screening.case_id == Case.id)


@dataclass(frozen=True, slots=True)
class ScaleScore:
    """The score of a scale that was answered in whole."""

    scale: str
    """Its name in SCALES."""
    on: date
    """The day of the screening of the form."""
    form: str
    """What the form is called."""
    instrument: Instrument
    """The scale as it was asked."""
    total: float
    """Its score: the sum of its items, or their mean, as the instrument says."""


@dataclass(frozen=True, slots=True)
class UnreadableForm:
    """A form that cannot be read, so that it is not known which scales it holds."""

    on: date
    """The day of its screening."""
    form: str
    """What it is called."""


def scores_over_time(session: Session, first: Case) -> Iterator[ScaleScore | UnreadableForm]:
    """The scores of every scale in the health check `first` and the forms that follow it, oldest first."""
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
        except damage.READ_ERRORS as error:
            damage.log_unreadable("answers", case.id, error, case.id)
            yield UnreadableForm(on, form.name)
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
                    yield ScaleScore(scale, on, form.name, kind.instrument, total)
