"""The act of this request: session, actor, time and terms, as services take them."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from app.core.access import SYSTEM
from app.core.act import Act, Terms
from app.web import language
from app.web.clock import local, now, today
from app.web.request import actor
from app.web.settings import current_settings
from app.web.transaction import request_session


def terms() -> Terms:
    """The clinic's terms for a form, from its settings, and the language it is read in."""
    settings = current_settings()
    hours, here = settings.clinic.hours if settings.clinic else None, local(now())
    spoken = language.locale()
    return Terms(
        settings.jurisdiction,
        settings.minimum_age,
        settings.rules,
        spoken,
        language.translator_for(spoken),
        closes=hours.closes_at(here) if hours else None,
        opens=hours.opens_at(here) if hours else None,
    )


def system_act(session: Session, at: datetime | None = None) -> Act:
    """The act of a job or a command, at the given time or now, under the clinic's terms, in English."""
    settings, moment = current_settings(), at or now()
    plain = Terms(settings.jurisdiction, settings.minimum_age, settings.rules)
    return Act(session, SYSTEM, moment, local(moment).date(), plain)


def current_act() -> Act:
    """The act of the person who sent this request, in the request's transaction. Raises RuntimeError after it."""
    return Act(request_session(), actor(), now(), today(), terms())


def clinic_day() -> date:
    """The date at the clinic, for drawing a page: it needs no transaction, and may be after the request's."""
    return today()


def drawn_at() -> datetime:
    """The time of drawing a page, aware, in UTC; as `clinic_day`."""
    return now()
