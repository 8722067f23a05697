"""What a patient may do with their form: see it, take it away, see who opened it, have it corrected, withdraw it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import cast

import orjson
from flask import (
    Blueprint,
    Flask,
    Response,
    abort,
    after_this_request,
    current_app,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import ServiceUnavailable

from app.intake.after import pdf, rights, withdrawal
from app.intake.after.copy import LEFT_OFF, FormCopy, copy_document
from app.intake.gate import of_form
from app.intake.help.rendering import copied_advice, support_block
from app.intake.open_form import OpenForm
from app.intake.store import AlreadySent
from app.questionnaire.crisis_contacts import HELP_NOW
from app.questionnaire.posted import Problem
from app.questionnaire.wording import Message
from app.web.clock import local
from app.web.extensions import csrf
from app.web.filters import moment_words
from app.web.forms import PostForm
from app.web.guards import patient
from app.web.language import apply_language_switch, language, locale, translate, translator_for
from app.web.patient_session import close_form, patient_case_id, patient_is_away
from app.web.rates import limit_posts
from app.web.settings import current_settings
from app.web.transaction import keep_despite_errors

bp = Blueprint("rights", __name__, url_prefix="/intake")

# For one form, in this process's memory. Typesetting takes a processor for a moment, and twice the same is the same.
PDFS = "10 per hour"
FILES = "30 per hour"
CORRECTIONS = "10 per hour"
STALE = Message("This page was open for a long time. Your words are still here. Send them again")


def _limit(app: Flask) -> None:
    """Bound what costs something. Called once the views are known."""
    for endpoint, most in (("copy_pdf", PDFS), ("copy_json", FILES), ("ask_correction", CORRECTIONS)):
        limit_posts(app, f"{bp.name}.{endpoint}", (most, _form))


def _form() -> str:
    return str(patient_case_id())


# ---- A copy


@bp.get("/copy")
@patient
@of_form("sent", audited=True, on_tablets=False)
def copy(form: OpenForm) -> ResponseReturnValue:
    """What you told us."""
    told = rights.view_copy(form, local(form.sent_at).date(), locale(), translator_for)
    return render_template(
        "intake/copy.html",
        support=support_block(form),
        help_now=HELP_NOW[told.jurisdiction],
        copy=replace(told, advice=copied_advice(form)),
        when=_when,
        left_off=LEFT_OFF,
    )


@bp.post("/copy.pdf")
@patient
@of_form("sent", audited=True, on_tablets=False)
def copy_pdf(form: OpenForm) -> ResponseReturnValue:
    """The copy as a PDF. It is typeset after the commit: no request waits for a lock meanwhile."""
    told = rights.take_copy(form, local(form.sent_at).date(), "pdf", locale(), translator_for)
    told = replace(told, advice=copied_advice(form))
    clinic = current_settings().clinic
    name = clinic.name if clinic else ""

    @after_this_request
    def typeset(response: Response) -> Response:
        try:
            response.set_data(pdf.typeset(told, name, _when, translate, language()))
        except pdf.NotTypeset:
            return current_app.make_response(current_app.handle_user_exception(ServiceUnavailable()))
        return response

    return _download("application/pdf", told, "pdf")


@bp.post("/copy.json")
@patient
@of_form("sent", audited=True, on_tablets=False)
def copy_json(form: OpenForm) -> ResponseReturnValue:
    """The same for programs."""
    told = rights.take_copy(form, local(form.sent_at).date(), "json", locale(), translator_for)
    told = replace(told, advice=copied_advice(form))
    response = _download("application/json", told, "json")
    response.set_data(
        orjson.dumps(copy_document(told, translate), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    )
    return response


def _download(content_type: str, told: FormCopy, ending: str) -> Response:
    """An attachment: it is saved, never shown in the browser. Its file name holds neither who nor why."""
    name = f"foreroom-copy-{told.sent_on.isoformat()}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content_type=content_type, headers=headers)


def _when(moment: datetime) -> str:
    return f"{moment_words(moment)} ({local(moment):%Z})"


# ---- Who opened it


@bp.get("/opened")
@patient
@of_form("sent", audited=True, on_tablets=False)
def openings(form: OpenForm) -> ResponseReturnValue:
    """Who has opened your form, and when."""
    found = rights.openings(form.act, form.case)
    return render_template(
        "intake/opened.html",
        openings=[(moment_words(one.at), translate(one.who), translate(one.what)) for one in found],
        newest=rights.NEWEST,
        support=support_block(form),
    )


# ---- A correction


@bp.get("/correction")
@patient
@of_form("sent", audited=True, on_tablets=False)
def correction(form: OpenForm) -> ResponseReturnValue:
    """Ask for a correction, and see what was asked before."""
    return _corrections(form)


@bp.post("/correction")
@patient
@of_form("sent", keeps=True, audited=True, on_tablets=False)
def ask_correction(form: OpenForm) -> ResponseReturnValue:
    """Store a correction, even of a form that was left: the response shows nothing that is stored.

    It checks the CSRF token itself, so that a stale one costs no typed text.
    """
    posted = {rights.CORRECTION.id: request.form.getlist(rights.CORRECTION.id)}
    if apply_language_switch() and not patient_is_away():
        return _corrections(form, typed="".join(posted[rights.CORRECTION.id]))
    sound = PostForm().validate()
    if sound:
        problem = rights.ask_for_correction(form.act, form.case, posted)
        if problem is None:
            return redirect(url_for("rights.correction"), 303)
    else:
        problem = Problem(rights.CORRECTION.id, STALE, rights.CORRECTION.id)
    if patient_is_away():
        # It would come back with what was asked before.
        abort(403)
    shown = _corrections(form, problem, "".join(posted[rights.CORRECTION.id]), earlier=sound)
    if sound:
        keep_despite_errors()  # nothing but who looked
    return shown, 422


csrf.exempt(ask_correction)


def _corrections(
    form: OpenForm, problem: Problem | None = None, typed: str = "", *, earlier: bool = True
) -> str:
    return render_template(
        "intake/correction.html",
        question=rights.CORRECTION,
        asked=rights.view_corrections(form.act, form.case) if earlier else (),
        form=PostForm(),
        typed=typed,
        errors=[problem] if problem else [],
        support=support_block(form) if earlier else None,
    )


# ---- Withdrawing a draft


@bp.get("/withdraw")
@patient
@of_form("draft")
def withdraw(form: OpenForm) -> ResponseReturnValue:
    """Are you sure?"""
    kept = withdrawal.kept_after_withdrawal(form.act.session, form.case)
    return render_template("intake/withdraw.html", kept=kept, support=support_block(form))


@bp.post("/withdraw")
@patient
@of_form("draft", audited=True)
def withdraw_now(form: OpenForm) -> ResponseReturnValue:
    """Erase the answers of this draft for good."""
    try:
        # Before the answers are gone that say whom to call.
        support = support_block(form)
        kept = withdrawal.withdraw(form.act, form.case)
    except AlreadySent:
        return redirect(url_for("intake.confirmation"), 303)
    close_form()
    return render_template("intake/withdrawn.html", kept=kept, support=support)


bp.record_once(lambda state: _limit(cast(Flask, state.app)))
