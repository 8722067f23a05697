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
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from app.core import audit
from app.core.act import Act
from app.intake import ownership_gate
from app.intake.open_form import OpenForm
from app.intake.ownership_gate import OF, SUBMISSION, address_mark, is_linked_from_another, is_posted_for
from app.intake.start import service as opening
from app.intake.store import AlreadySent, find_held_case
from app.intake.unsaved_rendering import UnsavedReason, render_unsaved
from app.models import Case
from app.questionnaire.interruption_triggers import BY_ID, is_triggered
from app.questionnaire.pages import Page
from app.questionnaire.wording import Message
from app.web import errors, language
from app.web.act import current_act
from app.web.fetching import HEADER
from app.web.guards import FormClosed, guard_of
from app.web.patient_session import (
    close_form,
    patient_case_id,
    patient_is_away,
    patient_text_is_kept,
)
from app.web.tablet_session import on_tablet
from app.web.transaction import in_transaction, is_kept_despite_errors, keep_despite_errors, request_session

bp = Blueprint("intake", __name__)


Stage = Literal["draft", "sent", "any"]
Parts = ParamSpec("Parts")
"""The parts of a page's address, as a view takes them."""

UNDER_AGE = "under_age"
STALE = Message("This page was open for a long time. Your answers are still here. Send it again")
STATUS = {
    UnsavedReason.LOST: 403,
    UnsavedReason.AWAY: 403,
    UnsavedReason.OTHER: 409,
    UnsavedReason.UNKNOWN: 409,
    UnsavedReason.STALE: 400,
}

bp.app_url_defaults(ownership_gate.add_form_mark)
bp.app_template_global()(ownership_gate.submission_field)
bp.app_template_global()(ownership_gate.earlier_mark)
bp.app_context_processor(ownership_gate.label_context)


def held_case(*, to_change: bool = False) -> Case | None:
    """The case this browser holds, or None. `to_change`: nobody else changes it until the request ends."""
    case_id = patient_case_id()
    return find_held_case(request_session(), case_id, to_change=to_change) if case_id else None


def redirect_to_start() -> ResponseReturnValue:
    """Redirect to the start page, where a birth date opens the form again; a tablet goes back to staff instead."""
    return redirect(url_for("tablet.over" if on_tablet() and patient_is_away() else "intake.start"), 303)


def of_form(
    stage: Stage, *, keeps: bool = False, silent: bool = False, audited: bool = False, on_tablets: bool = True
) -> Callable[
    [Callable[Concatenate[OpenForm, Parts], ResponseReturnValue]], Callable[Parts, ResponseReturnValue]
]:
    """Guard a patient's view, and give it the form that this browser holds if that is at this stage.

    `keeps`: what is posted may be kept though the form was left; what the view answers then leaves only when it is
    `silent`, which says that its answers show nothing of the form. `audited`: the view writes down itself who looked.
    `on_tablets`: whether a tablet that staff handed over may have it.
    """

    def decorate(
        view: Callable[Concatenate[OpenForm, Parts], ResponseReturnValue],
    ) -> Callable[Parts, ResponseReturnValue]:
        @wraps(view)
        def guarded(*args: Parts.args, **parts: Parts.kwargs) -> ResponseReturnValue:
            # What may be kept is a change to a draft.
            case = held_case(to_change=keeps and stage == "draft" and request.method == "POST")
            if case is None:
                close_form()
                return (
                    give_back_unsaved(UnsavedReason.LOST) if request.method == "POST" else redirect_to_start()
                )
            posted = request.method == "POST"
            if posted and SUBMISSION in request.form and not is_posted_for(case):
                return give_back_unsaved(UnsavedReason.OTHER)
            if not posted and is_linked_from_another(case):
                return refuse_other_link()
            ownership_gate.mark_addresses(case)
            form, away = OpenForm(current_act(), case), patient_is_away()
            if away and not (keeps and posted):
                return redirect_to_start()
            if posted and not is_posted_for(case):
                return _ask_which_form(form, away)
            if away and not patient_text_is_kept():
                return give_back_unsaved(UnsavedReason.AWAY)
            elsewhere = _redirect_for_stage(case, stage, on_tablets)
            if away and elsewhere is not None:
                return give_back_unsaved(UnsavedReason.AWAY)
            if elsewhere is not None:
                return elsewhere
            if away:
                return _keep_without_showing(lambda: view(form, *args, **parts), silent)
            ownership_gate.label_page(case, form.draft)
            case_id = case.id
            response = current_app.make_response(view(form, *args, **parts))
            if not (audited or silent) and response.status_code != 303:
                _audit_view(form.act, case_id, response)
            return response

        return guarded

    return decorate


def _redirect_for_stage(case: Case, stage: Stage, on_tablets: bool) -> ResponseReturnValue | None:
    """Where to send a browser whose form is not at this stage."""
    if stage == "draft" and case.submitted_at is not None:
        return redirect(url_for("intake.confirmation"), 303)
    if stage == "sent" and case.submitted_at is None:
        return redirect(url_for("intake.tasks"), 303)
    if on_tablet() and not on_tablets:
        # Others hold the tablet next: nothing of a form that was sent is shown on it or left in it.
        return redirect(url_for("intake.confirmation"), 303)
    return None


def posted_for_another_form() -> bool:
    """Whether the page that was sent names another form than this browser holds: as a form does, or as a link does."""
    case = held_case()
    if case is None:
        return False
    return not is_posted_for(case) if SUBMISSION in request.form else is_linked_from_another(case)


def is_known_to_be_for_another_form() -> bool:
    """The same, and False where the database does not answer: who must not be seen here leaves all the same."""
    try:
        return posted_for_another_form()
    except SQLAlchemyError:
        request_session().rollback()
        return False


def _ask_which_form(form: OpenForm, away: bool) -> ResponseReturnValue:
    """Answer a page that does not name its form, by asking of which form it is."""
    if away:
        return give_back_unsaved(UnsavedReason.AWAY)
    ownership_gate.label_page(form.case, form.draft)
    return give_back_unsaved(UnsavedReason.UNKNOWN, held=str(form.case.submission_id))


def _keep_without_showing(view: Callable[[], ResponseReturnValue], silent: bool) -> ResponseReturnValue:
    """Call a view to keep what was typed on a form that was left, and send nothing that it drew."""
    try:
        response = current_app.make_response(view())
    except (HTTPException, AlreadySent):
        return give_back_unsaved(UnsavedReason.AWAY)
    if silent:
        return response
    return redirect_to_start() if response.status_code < 400 else give_back_unsaved(UnsavedReason.AWAY)


def _audit_view(act: Act, case_id: UUID, response: Response) -> None:
    """Audit that a page of the form was shown, also one that comes back to be mended."""
    if response.status_code >= 400 and not is_kept_despite_errors():
        # Of a page that was refused nothing is kept but who looked.
        request_session().rollback()
        keep_despite_errors()
    parts = request.view_args or {}
    page = parts.get("page_id") or parts.get("interruption") or str(request.endpoint).rpartition(".")[2]
    audit.record(act, "intake.viewed", case_id=case_id, page=page)


# ---- What was typed on a page whose form is closed is given back


def give_back_unsaved(why: UnsavedReason, *, held: str = "") -> ResponseReturnValue:
    """A page that gives back what was typed and could not be saved, with the reason. It shows nothing that is stored.

    `held`: the mark of the form that is open now, which a page that names none may be said to be of.
    """
    if on_tablet() and why is UnsavedReason.AWAY:
        return redirect_to_start()
    if HEADER in request.headers:
        # The script has kept the page.
        return jsonify(closed=why.value), STATUS[why]
    earlier = ownership_gate.page_of_earlier_form() if why is UnsavedReason.OTHER else None
    return render_unsaved(why, door=address_mark(earlier) if earlier else "", held=held), STATUS[why]


def refuse_other_link() -> ResponseReturnValue:
    """A page saying that the link which was followed, or the button that was pressed, is of another form. It shows
    nothing of the one that is open.
    """
    if HEADER in request.headers:
        return jsonify(closed=UnsavedReason.OTHER.value), STATUS[UnsavedReason.OTHER]
    earlier, held = ownership_gate.page_of_earlier_form(), held_case()
    of_none = held is not None and not {OF, SUBMISSION} & {*request.values}
    page = ownership_gate.render_other_form(
        door=address_mark(earlier) if earlier else "", aside=address_mark(held) if held and of_none else ""
    )
    return page, STATUS[UnsavedReason.OTHER]


@bp.app_errorhandler(FormClosed)
def form_closed(_refused: FormClosed) -> ResponseReturnValue:
    """A page was sent by a browser that holds no form any more."""
    errors.draw_without_database()
    return give_back_unsaved(UnsavedReason.LOST)


@bp.app_errorhandler(CSRFError)
def stale_token(error: CSRFError) -> ResponseReturnValue:
    """A page of a form was sent with a token that is over, or by a browser that lost it with its cookie."""
    guard = guard_of(current_app, request.endpoint or "")
    of_patient = guard is not None and guard.kind == "patient"
    if not of_patient and SUBMISSION not in request.form and OF not in request.values:
        return errors.expected(error)
    try:
        # Tokens are checked before a request has its transaction.
        return in_transaction(lambda: _stale(error, of_patient))
    except Exception as failure:
        return current_app.handle_user_exception(failure)


def _stale(error: CSRFError, of_patient: bool) -> ResponseReturnValue:
    """Answer a page with a stale token. Another form is named first: sent again with a new one it would be refused."""
    if posted_for_another_form():
        errors.log_refusal(error)
        return give_back_unsaved(UnsavedReason.OTHER)
    if not of_patient:
        return errors.expected(error)
    errors.log_refusal(error)
    return give_back_unsaved(UnsavedReason.STALE if held_case() else UnsavedReason.LOST)


# ---- What the pages of a draft share


def is_under_age(form: OpenForm, page: Page | None) -> bool:
    """Whether the person is under the clinic's age: only the birth date can still be mended."""
    progress, limits = form.progress, form.act.terms.limits
    too_young = is_triggered(BY_ID[UNDER_AGE], progress.questionnaire, progress.reading, limits)
    return too_young and (page is None or all(question.id != "dob" for question in page.questions))


def page_or_404(form: OpenForm, page_id: str) -> Page:
    """The page of this id, if it is asked of this person. Raises NotFound."""
    found = form.progress.questionnaire.page(page_id)
    if found is None or not form.progress.is_asked(found):
        abort(404)
    return found


def keep_switched_language() -> bool:
    """Change to the language that the switch of a posted page asks for, and keep it with the form that is open here.

    Returns whether the switch was pressed.
    """
    wanted = language.apply_language_switch()
    case = held_case() if wanted and not patient_is_away() else None
    if wanted and case is not None and is_posted_for(case):
        opening.change_language(request_session(), case, wanted)
    return wanted is not None


def in_switched_language(form: OpenForm) -> OpenForm | None:
    """The form in the language that the switch of its page asks for; None when the switch was not pressed."""
    return form.with_act(current_act()) if keep_switched_language() else None
