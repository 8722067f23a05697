"""The patient's pages, and what each asks first: which form a request is about, and how far it may go with it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.intake import opening
from app.intake.draft import Way
from app.intake.store import Terms, draft_of, held
from app.questionnaire.interruptions import fired
from app.questionnaire.pages import Page
from app.questionnaire.wording import Words
from app.web import language
from app.web.request import (
    close_form,
    current_settings,
    on_tablet,
    patient_case_id,
    patient_is_away,
    today,
)
from app.web.transaction import request_session

bp = Blueprint("intake", __name__)

BLOCKED = "under_age"
STALE = Words("This page was open for a long time. Your answers are still here. Send it again")


def terms() -> Terms:
    """What the clinic's settings say about a form, and the language it is read in."""
    settings = current_settings()
    return Terms(settings.jurisdiction, settings.minimum_age, settings.rules, language.locale(), language.say)


def held_case() -> Any:
    """The case this browser holds, or None."""
    case_id = patient_case_id()
    return held(request_session(), case_id) if case_id else None


def to_the_door() -> ResponseReturnValue:
    """Where a form that lay untouched is opened again; a tablet goes back to staff instead."""
    return redirect(url_for("tablet.over" if on_tablet() and patient_is_away() else "intake.start"), 303)


def way_or_elsewhere() -> tuple[Any, Way | None, ResponseReturnValue | None]:
    """The held case and how far it has come, or where to send the browser instead."""
    case = held_case()
    if case is None:
        close_form()
        return None, None, to_the_door()
    if patient_is_away() and request.method == "GET":
        return None, None, to_the_door()
    if case.submitted_at is not None:
        return case, None, redirect(url_for("intake.confirmation"), 303)
    return case, Way.of(draft_of(request_session(), case), today(), case.jurisdiction), None


def blocked(way: Way, page: Page | None) -> bool:
    """Whether the person is under the clinic's age: only the birth date can still be mended."""
    called_for = fired(way.questionnaire, way.reading, terms().limits)
    too_young = any(interruption.id == BLOCKED for interruption in called_for)
    return too_young and (page is None or all(question.id != "dob" for question in page.questions))


def asked_page(way: Way, page_id: str) -> Page:
    """The page of this id, if it is asked of this person. Raises NotFound."""
    found = way.questionnaire.page(page_id)
    if found is None or not way.asked(found):
        abort(404)
    return found


def speak() -> bool:
    """Whether the language switch was pressed. The form in this browser then keeps the language."""
    wanted = language.switched_to()
    case = held_case() if wanted else None
    if wanted and case is not None:
        opening.change_language(request_session(), case, wanted)
    return wanted is not None
