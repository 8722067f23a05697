"""The patient's pages, and what each asks first: whose form a request is about, and how far it may go with it.

Every page of a form names it in a hidden field. One that names another than the browser holds by now stores nothing.
Keeping what was typed and showing what is stored are two permissions. To show takes the door: the birth date, given a
short while ago. A form that was left is shown to nobody, whatever the method: for some hours what is typed on a page of
it is still kept, and whatever the view drew is thrown away here. Every page that does leave is written into the audit.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, Literal, ParamSpec
from uuid import UUID

from flask import Blueprint, abort, current_app, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from app.core import audit
from app.core.act import Act
from app.intake import ownership_gate
from app.intake.closed_rendering import Closed, render_closed
from app.intake.open_form import OpenForm
from app.intake.ownership_gate import SUBMISSION, is_of
from app.intake.start import service as opening
from app.intake.store import AlreadySent, held
from app.models import Case
from app.questionnaire.called_for import fired
from app.questionnaire.pages import Page
from app.questionnaire.wording import Words
from app.web import errors, language
from app.web.act import current_act
from app.web.fetching import HEADER
from app.web.guards import FormClosed, guard_of
from app.web.patient_session import (
    close_form,
    earlier_case_id,
    patient_case_id,
    patient_is_away,
    patient_text_is_kept,
)
from app.web.tablet_session import on_tablet
from app.web.transaction import in_transaction, is_kept, keep_despite_errors, request_session

bp = Blueprint("intake", __name__)


Stage = Literal["draft", "sent", "any"]
Parts = ParamSpec("Parts")
"""The parts of a page's address, as a view takes them."""

BLOCKED = "under_age"
STALE = Words("This page was open for a long time. Your answers are still here. Send it again")
STATUS = {Closed.LOST: 403, Closed.AWAY: 403, Closed.OTHER: 409, Closed.UNKNOWN: 409, Closed.STALE: 400}

bp.app_url_defaults(ownership_gate.mark_address)
bp.app_template_global()(ownership_gate.submission_field)
bp.app_context_processor(ownership_gate.in_words)


def held_case() -> Case | None:
    """The case this browser holds, or None."""
    case_id = patient_case_id()
    return held(request_session(), case_id) if case_id else None


def to_the_door() -> ResponseReturnValue:
    """Where a form that lay untouched is opened again; a tablet goes back to staff instead."""
    return redirect(url_for("tablet.over" if on_tablet() and patient_is_away() else "intake.start"), 303)


def of_form(
    stage: Stage, *, keeps: bool = False, silent: bool = False, audited: bool = False, on_tablets: bool = True
) -> Callable[
    [Callable[Concatenate[OpenForm, Parts], ResponseReturnValue]], Callable[Parts, ResponseReturnValue]
]:
    """Give a view the form that this browser holds, if it is at this stage.

    `keeps`: what is posted may be kept though the form was left; what the view answers then leaves only when it is
    `silent`, which says that its answers show nothing of the form. `audited`: the view writes down itself who looked.
    `on_tablets`: whether a tablet that staff handed over may have it.
    """

    def decorate(
        view: Callable[Concatenate[OpenForm, Parts], ResponseReturnValue],
    ) -> Callable[Parts, ResponseReturnValue]:
        @wraps(view)
        def guarded(*args: Parts.args, **parts: Parts.kwargs) -> ResponseReturnValue:
            case = held_case()
            if case is None:
                close_form()
                return closed(Closed.LOST) if request.method == "POST" else to_the_door()
            posted = request.method == "POST"
            if posted and SUBMISSION in request.form and not is_of(case):
                return closed(Closed.OTHER)
            if not posted and ownership_gate.comes_from_another(case):
                return from_another()
            ownership_gate.mark(case)
            form, away = OpenForm(current_act(), case), patient_is_away()
            if away and not (keeps and posted):
                return to_the_door()
            if posted and not is_of(case):
                return _unnamed(form, away)
            if away and not patient_text_is_kept():
                return closed(Closed.AWAY)
            elsewhere = _elsewhere(case, stage, on_tablets)
            if away and elsewhere is not None:
                return closed(Closed.AWAY)
            if elsewhere is not None:
                return elsewhere
            if away:
                return _kept(lambda: view(form, *args, **parts), silent)
            ownership_gate.show(case, form.draft)
            case_id = case.id
            response = current_app.make_response(view(form, *args, **parts))
            if not (audited or silent) and response.status_code != 303:
                _write_down(form.act, case_id, response)
            return response

        return guarded

    return decorate


def _elsewhere(case: Case, stage: Stage, on_tablets: bool) -> ResponseReturnValue | None:
    """Where to send a browser whose form is not at this stage."""
    if stage == "draft" and case.submitted_at is not None:
        return redirect(url_for("intake.confirmation"), 303)
    if stage == "sent" and case.submitted_at is None:
        return redirect(url_for("intake.tasks"), 303)
    if on_tablet() and not on_tablets:
        # Others hold the tablet next: nothing of a form that was sent is shown on it or left in it.
        return redirect(url_for("intake.confirmation"), 303)
    return None


def of_another() -> bool:
    """Whether the page that was sent says that it is of another form than this browser holds."""
    case = held_case()
    return case is not None and SUBMISSION in request.form and not is_of(case)


def _unnamed(form: OpenForm, away: bool) -> ResponseReturnValue:
    """Ask of which form a page is that says nothing of it."""
    if away:
        return closed(Closed.AWAY)
    ownership_gate.show(form.case, form.draft)
    return closed(Closed.UNKNOWN, held=str(form.case.submission_id))


def _kept(view: Callable[[], ResponseReturnValue], silent: bool) -> ResponseReturnValue:
    """Have a view keep what was typed on a form that was left, and let nothing that it drew leave."""
    try:
        response = current_app.make_response(view())
    except (HTTPException, AlreadySent):
        return closed(Closed.AWAY)
    if silent:
        return response
    return to_the_door() if response.status_code < 400 else closed(Closed.AWAY)


def _write_down(act: Act, case_id: UUID, response: Response) -> None:
    """Write into the audit that a page of the form was shown, also one that comes back to be mended."""
    if response.status_code >= 400 and not is_kept():
        # Of a page that was refused nothing is kept but who looked.
        request_session().rollback()
        keep_despite_errors()
    parts = request.view_args or {}
    page = parts.get("page_id") or parts.get("interruption") or str(request.endpoint).rpartition(".")[2]
    audit.record(act, "intake.viewed", case_id=case_id, page=page)


# ---- What was typed on a page whose form is closed is given back


def closed(why: Closed, *, held: str = "") -> ResponseReturnValue:
    """Give back what was typed on a page that is not saved, and say why. It shows nothing that is stored."""
    if on_tablet() and why is Closed.AWAY:
        return to_the_door()
    if HEADER in request.headers:
        # The script has kept the page.
        return jsonify(closed=why.value), STATUS[why]
    return render_closed(why, door=why is Closed.OTHER and _was_open_here(), held=held), STATUS[why]


def from_another() -> ResponseReturnValue:
    """Say that the link that was followed is of a page of another form, before anything of the one that is open."""
    return ownership_gate.render_from_another(door=_was_open_here()), STATUS[Closed.OTHER]


def _was_open_here() -> bool:
    """Whether the page is of the form that was open in this browser before the one that is now."""
    before = earlier_case_id()
    case = held(request_session(), before) if before else None
    return case is not None and (is_of(case) or ownership_gate.comes_from(case))


@bp.app_errorhandler(FormClosed)
def form_closed(_refused: FormClosed) -> ResponseReturnValue:
    """A page was sent by a browser that holds no form any more."""
    errors.draw_without_database()
    return closed(Closed.LOST)


@bp.app_errorhandler(CSRFError)
def stale_token(error: CSRFError) -> ResponseReturnValue:
    """A page of a form was sent with a token that is over, or by a browser that lost it with its cookie."""
    guard = guard_of(current_app, request.endpoint or "")
    of_patient = guard is not None and guard.kind == "patient"
    if not of_patient and SUBMISSION not in request.form:
        return errors.expected(error)
    try:
        # Tokens are checked before a request has its transaction.
        return in_transaction(lambda: _stale(error, of_patient))
    except Exception as failure:
        return current_app.handle_user_exception(failure)


def _stale(error: CSRFError, of_patient: bool) -> ResponseReturnValue:
    """Whose form a page is of is said before anything else: sent again with a new token it would be refused."""
    if of_another():
        errors.log_refusal(error)
        return closed(Closed.OTHER)
    if not of_patient:
        return errors.expected(error)
    errors.log_refusal(error)
    return closed(Closed.STALE if held_case() else Closed.LOST)


# ---- What the pages of a draft share


def blocked(form: OpenForm, page: Page | None) -> bool:
    """Whether the person is under the clinic's age: only the birth date can still be mended."""
    called_for = fired(form.progress.questionnaire, form.progress.reading, form.act.terms.limits)
    too_young = any(interruption.id == BLOCKED for interruption in called_for)
    return too_young and (page is None or all(question.id != "dob" for question in page.questions))


def asked_page(form: OpenForm, page_id: str) -> Page:
    """The page of this id, if it is asked of this person. Raises NotFound."""
    found = form.progress.questionnaire.page(page_id)
    if found is None or not form.progress.is_asked(found):
        abort(404)
    return found


def speak() -> bool:
    """Whether the language switch was pressed. The form that is open in this browser then keeps the language."""
    wanted = language.switched_to()
    case = held_case() if wanted and not patient_is_away() else None
    if wanted and case is not None and is_of(case):
        opening.change_language(request_session(), case, wanted)
    return wanted is not None


def in_switched_language(form: OpenForm) -> OpenForm | None:
    """The form in the language that the switch of its page asks for; None when the switch was not pressed."""
    return form.with_act(current_act()) if speak() else None
