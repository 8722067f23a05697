"""A case, and what a clinician does with it. A GET changes nothing but the log of who looked."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID, uuid4

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from app.core.access import Permission
from app.questionnaire.posted import Problem
from app.review.case import call_answers, case_reader, service
from app.review.case import calls as reaching
from app.review.case.call_questions import unplaced_answers
from app.review.case.case_page import CasePage
from app.review.case.forms import CallAnswersForm, CallForm, DecisionForm, SettleForm, TakeForm
from app.review.case.rendering import history_cells, script_fields
from app.review.routes import bp, posted_id
from app.screening.workflow import Outcome
from app.web.act import current_act
from app.web.clock import now
from app.web.guards import requires
from app.web.question_view import Shown
from app.web.questions import without_entry
from app.web.transaction import keep_despite_errors, request_session

MORE_TO_ASK = (
    "These answers bring up more questions, which are open now. Nothing is saved yet: ask them too, then save"
)


@bp.get("/<uuid:case_id>")
@requires(Permission.REVIEW)
def case(case_id: UUID) -> ResponseReturnValue:
    """One case."""
    return _page(case_id)


@bp.post("/<uuid:case_id>/take")
@requires(Permission.DECIDE)
def take(case_id: UUID) -> ResponseReturnValue:
    """Become the owner of a case."""
    form = TakeForm()
    if not form.validate():
        abort(400)
    try:
        service.take(current_act(), case_id, posted_id(form.owner.data))
    except service.CaseNotFound:
        abort(404)
    except service.StaleVersion:
        return _changed(case_id)
    return redirect(url_for("review.case", case_id=case_id), 303)


@bp.post("/<uuid:case_id>/calls")
@requires(Permission.DECIDE)
def record_call(case_id: UUID) -> ResponseReturnValue:
    """Write down how a call went."""
    form = CallForm()
    attempt_id = posted_id(form.attempt.data)
    if attempt_id is None:
        abort(400)
    if not form.validate():
        return _redraw(case_id, form, "-call", calling=form)
    whom, outcome, note = form.whom.data, form.outcome.data, form.note.data or ""
    try:
        reaching.record_call(current_act(), case_id, attempt_id, whom, outcome, note)
    except service.CaseNotFound:
        abort(404)
    return redirect(url_for("review.case", case_id=case_id, _anchor="calls"), 303)


@bp.post("/<uuid:case_id>/settle")
@requires(Permission.DECIDE)
def settle(case_id: UUID) -> ResponseReturnValue:
    """Settle a flag with a reason, or what one line of the phone script leaves undecided."""
    form = SettleForm()
    flags = form.flags()
    if flags is None:
        abort(400)
    if form.validate():
        code, note = form.reason.data or "", form.note.data or ""
        try:
            service.settle(current_act(), case_id, flags, code, note)
            anchor = f"ask-{form.line()}" if form.line() else "flags"
            return redirect(url_for("review.case", case_id=case_id, _anchor=anchor), 303)
        except service.CaseNotFound:
            abort(404)
        except service.StaleVersion:
            return _changed(case_id, settling=form)
        except service.ReviewRefused as refused:
            form[refused.field].errors = [refused.message]
    return _redraw(case_id, form, f"-{form.line() or next(iter(flags)).hex}", settling=form)


@bp.post("/<uuid:case_id>/answers")
@requires(Permission.DECIDE)
def write_down(case_id: UUID) -> ResponseReturnValue:
    """Write down what came of a call. "Add" and "remove" of a list only draw the page anew, with all that was typed."""
    form = CallAnswersForm()
    if form.seen.data is None:
        abort(400)
    if "add" in request.form or "remove" in request.form:
        return _page(case_id, telling=form)
    try:
        call_answers.write_down(current_act(), case_id, form.seen.data, form.posted())
    except call_answers.FollowUpsOpened as more:
        opened = [Problem(name, MORE_TO_ASK, name) for name in more.opened[:1]]
        return _redraw_call_answers(case_id, form, opened, 422, more.opened)
    except service.CaseNotFound:
        abort(404)
    except service.StaleVersion:
        return _changed(case_id, telling=form)
    except call_answers.QuestionNotOpen as closed:
        problem = Problem("", f"“{closed.label}” cannot be changed here: it is not open any more", "ask")
        return _redraw_call_answers(case_id, form, (problem,), 409)
    except call_answers.AnswersRefused as unread:
        return _redraw_call_answers(case_id, form, unread.problems, 422)
    return redirect(url_for("review.case", case_id=case_id, _anchor="ask"), 303)


@bp.post("/<uuid:case_id>/decision")
@requires(Permission.DECIDE)
def decide(case_id: UUID) -> ResponseReturnValue:
    """Record a decision with its note."""
    form = DecisionForm()
    if form.seen.data is None:
        abort(400)
    if form.validate():
        outcome, note = Outcome(form.outcome.data), form.note.data or ""
        try:
            service.decide(current_act(), case_id, form.seen.data, outcome, note, form.conditions())
            return redirect(url_for("review.case", case_id=case_id, _anchor="decision"), 303)
        except service.CaseNotFound:
            abort(404)
        except service.StaleVersion:
            return _changed(case_id, deciding=form)
        except service.ConditionsMissing as unwritten:
            form.condition_errors.update(unwritten.missing)
        except service.ReviewRefused as refused:
            form[refused.field].errors = [refused.message]
    return _redraw(case_id, form, "", deciding=form)


def _page(
    case_id: UUID,
    *,
    settling: SettleForm | None = None,
    deciding: DecisionForm | None = None,
    telling: CallAnswersForm | None = None,
    calling: CallForm | None = None,
    problems: Sequence[Problem] = (),
    opened: Collection[str] = (),
    errors: list[dict[str, str]] | None = None,
    changed: bool = False,
) -> str:
    """The page of a case as it is now, with what was typed in one of its forms. Ends the request when there is none."""
    shown = case_reader.read_case(current_act(), case_id)
    if shown is None:
        abort(404)
    fields = _fields(shown, telling, problems, opened)
    line = settling.line() if settling else None
    flag = (
        case_reader.current_flag(request_session(), shown, settling.flags() or ())
        if settling and not line
        else None
    )
    return render_template(
        "review/case.html",
        case=shown,
        settling=settling,
        settling_flag=flag.id if flag else None,
        settling_line=line,
        deciding=deciding,
        telling=telling is not None,
        calling=calling,
        call_outcomes=reaching.options(reaching.OUTCOMES),
        whom=reaching.options(reaching.WHOM),
        attempt=uuid4(),
        seen_at=now(),
        untold=shown.untold,
        fields=fields,
        history=[history_cells(entry) for entry in shown.history],
        elsewhere=[
            *(unplaced_answers(telling.posted(), shown.script) if telling else ()),
            *(settling.typed_words() if settling and not (flag or shown.script.has(line)) else ()),
            *(deciding.unmatched_conditions({one.key for one in shown.carried}) if deciding else ()),
        ],
        errors=errors or [{"text": one.text, "target": one.target} for one in problems],
        changed=changed,
    )


def _fields(
    shown: CasePage,
    telling: CallAnswersForm | None,
    problems: Sequence[Problem],
    opened: Collection[str],
) -> dict[str, Shown]:
    """The fields of the phone script by question, empty, or with what was typed. `opened` are in view."""
    if not shown.can_decide or shown.unread:
        return {}
    typed: Mapping[str, Sequence[str]] = telling.posted() if telling else {}
    if telling and (removed := request.form.get("remove")):
        typed = without_entry(shown.script.page(), telling.posted(), removed)
    longer = request.form.get("add") if telling else None
    in_view = {*opened, *typed.get("opened", ())}
    return script_fields(shown.script, shown.jurisdiction, typed, problems, longer, in_view)


def _redraw_call_answers(
    case_id: UUID,
    form: CallAnswersForm,
    problems: Sequence[Problem],
    status: int,
    opened: Collection[str] = (),
) -> ResponseReturnValue:
    """The page again, saying what to mend among the answers from a call."""
    shown = _page(case_id, telling=form, problems=problems, opened=opened)
    keep_despite_errors()  # nothing but who looked: a record was shown
    return shown, status


def _redraw(
    case_id: UUID,
    form: FlaskForm,
    tail: str,
    *,
    settling: SettleForm | None = None,
    deciding: DecisionForm | None = None,
    calling: CallForm | None = None,
) -> ResponseReturnValue:
    """The page again, saying what to mend in a form whose fields' ids end in `tail`."""
    problems = [
        {"text": text, "target": f"{name}{tail}"}
        for name, texts in form.errors.items()
        for text in texts
        if name
    ]
    if deciding:
        problems += [{"text": text, "target": name} for name, text in deciding.condition_errors.items()]
    shown = _page(case_id, settling=settling, deciding=deciding, calling=calling, errors=problems)
    keep_despite_errors()  # nothing but who looked: a record was shown
    return shown, 422


def _changed(
    case_id: UUID,
    *,
    settling: SettleForm | None = None,
    deciding: DecisionForm | None = None,
    telling: CallAnswersForm | None = None,
) -> ResponseReturnValue:
    """The page as someone else left it, with what was typed here, which was not saved."""
    shown = _page(case_id, settling=settling, deciding=deciding, telling=telling, changed=True)
    keep_despite_errors()  # nothing but who looked: a record was shown
    return shown, 409
