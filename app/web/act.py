"""The act of this request: where what the web knows becomes what services take."""

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
    """What the clinic's settings say about a form, and the language it is read in."""
    settings = current_settings()
    hours, here = settings.clinic.hours if settings.clinic else None, local(now())
    return Terms(
        settings.jurisdiction,
        settings.minimum_age,
        settings.rules,
        language.locale(),
        language.say,
        closes=hours.closes_at(here) if hours else None,
        opens=hours.opens_at(here) if hours else None,
    )


def system_act(session: Session, at: datetime | None = None) -> Act:
    """What a job or a command does by itself, at the given time or now, under the clinic's terms, in English."""
    settings, moment = current_settings(), at or now()
    plain = Terms(settings.jurisdiction, settings.minimum_age, settings.rules)
    return Act(session, SYSTEM, moment, local(moment).date(), plain)


def current_act() -> Act:
    """What whoever sent this request does, in the request's transaction."""
    return Act(request_session(), actor(), now(), today(), terms())


def clinic_day() -> date:
    """The date at the clinic, for a page that is drawn where the request has no transaction any more."""
    return today()
