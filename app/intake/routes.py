"""The patient's pages: start, invitation, task list, questions, help, check and send, confirmation."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import codes
from app.extensions import csrf
from app.intake import helping, opening, service, timing
from app.intake.draft import Way
from app.intake.forms import PageForm, form_for, version_of, without_entry
from app.intake.gate import BLOCKED, asked_page, blocked, held_case, terms, to_the_door, way_or_elsewhere
from app.intake.opening import Opened
from app.intake.ready import begin_ready, confirmed
from app.intake.rendering import (
    START,
    render_by_invitation,
    render_help,
    render_number_check,
    render_page,
    render_sign,
    render_start,
    render_tasks,
    words_of,
)
from app.intake.store import AlreadySent, draft_of
from app.questionnaire.intake import INTAKE
from app.questionnaire.interruptions import BY_ID, Interruption, fired
from app.questionnaire.kinds import Group, age_on
from app.questionnaire.pages import Page, PageRead, Problem, read_page
from app.questionnaire.wording import Words
from app.web import language
from app.web.forms import PostForm
from app.web.guards import patient, public
from app.web.request import (
    actor,
    current_settings,
    forget_session,
    now,
    on_tablet,
    open_patient_session,
    patient_is_away,
    sent_on_tablet,
    this_browser,
    today,
)
from app.web.transaction import keep_despite_errors, request_session

bp = Blueprint("intake", __name__)

STALE = Words("This page was open for a long time. Your answers are still here. Send it again")
OTHER_WINDOW = Words("You changed this page in another window. Here is the newest version")
MISSED = Words("That date does not match our record. Check it and try again")
TO_DO = Words("Answer the parts that are still to do")
OUR_PATH = re.compile(r"(/[\w.~-]+)+/?|/", re.ASCII)


# ---- Starting and coming back


@bp.get("/")
@public("the first page of the form; it shows nothing of anyone")
def start() -> ResponseReturnValue:
    """Start a form, or take up the one begun in this browser."""
    if current_settings().clinic is None:
        return render_template("intake/closed.html"), 503
    back = held_case() is not None
    if on_tablet() and (patient_is_away() or not back):
        return redirect(url_for("tablet.over" if patient_is_away() else "tablet.start"), 303)
    if not back and not current_settings().self_start:
        return render_by_invitation()
    return render_start(form_for(START)(), {}, back=back)


@bp.post("/")
@public("whoever comes may start a form")
def begin() -> ResponseReturnValue:
    """Open a new form, or the one begun in this browser, with a birth date. Its form checks the CSRF token itself."""
    if current_settings().clinic is None:
        return render_template("intake/closed.html"), 503
    case = held_case()
    if case is None and on_tablet():
        return redirect(url_for("tablet.start"), 303)
    if case is None and not current_settings().self_start:
        return render_by_invitation(), 403
    if language.switched_to():
        return render_start(form_for(START)(), _typed_start(), back=case is not None)
    form, read, problems = posted_start(case is not None)
    if problems:
        return render_start(form, form.posted(), problems, back=case is not None), 422
    born = read.answers["verify_dob"]
    if case is not None:
        return answer(opening.come_back(request_session(), actor(), now(), case, born), case, form, back=True)
    return begin_new(form, read, via="start")


def begin_new(form: PageForm, read: PageRead, *, via: str) -> ResponseReturnValue:
    """Open a form that nobody was invited to, unless the birth date says that the person is too young."""
    born = read.answers["verify_dob"]
    if age_on(date.fromisoformat(born), today()) < current_settings().minimum_age:
        return render_help(BY_ID[BLOCKED], PostForm(), told=False, phone=None, started=False)
    known = {"dob": born, "language": read.answers.get("language")}
    return answer(
        Opened.OPEN, opening.start(request_session(), actor(), now(), terms(), known, via=via), form
    )


@bp.get("/i/<token>")
@public("an invitation reveals nothing: it only asks for a birth date")
def invitation(token: str) -> ResponseReturnValue:
    """A link from the clinic."""
    if current_settings().clinic is None:
        return render_template("intake/closed.html"), 503
    return render_start(form_for(START)(), {}, invited=True)


@bp.post("/i/<token>")
@public(
    "the birth date sends a code to the address, or opens where there is none; five wrong ones pause the link"
)
def open_invitation(token: str) -> ResponseReturnValue:
    """Ask for the form behind a link with a birth date. Its form checks the CSRF token itself."""
    if current_settings().clinic is None:
        return render_template("intake/closed.html"), 503
    if language.switched_to():
        return render_start(form_for(START)(), _typed_start(), invited=True)
    form, read, problems = posted_start(False)
    if problems:
        return render_start(form, form.posted(), problems, invited=True), 422
    wanted = read.answers.get("language") or "en"
    born = read.answers["verify_dob"]
    opened, found = opening.match(
        request_session(), now(), opening.find_invitation(request_session(), token, now()), born
    )
    if found is None:
        return answer(opened, None, form, invited=True)
    if found.needs_code:
        if not codes.ask(request_session(), now(), found, this_browser(), wanted):
            keep_despite_errors()
            return render_template("intake/code_limit.html"), 429
        return redirect(url_for("invited.code", token=token), 303)
    case = opening.enter(request_session(), now(), today(), terms(), found, wanted)
    return answer(opened, case, form, invited=True)


def posted_start(back: bool) -> tuple[PageForm, PageRead, list[Problem]]:
    """What was typed on the start page, and what is to be mended. `back`: only the birth date was asked for."""
    form = form_for(START)()
    read = read_page(INTAKE, START, form.posted(), {}, today(), current_settings().jurisdiction)
    problems = [problem for problem in read.problems if not back or problem.question != "language"]
    if not form.validate():
        problems.append(Problem("verify_dob", STALE, "verify_dob-day"))
    if not problems and not back:
        language.speak(read.answers.get("language"))
    return form, read, problems


def _typed_start() -> dict[str, list[str]]:
    """What was typed on the first page, with the language that its switch picked."""
    return form_for(START)().posted() | {"language": [language.language()]}


def answer(
    opened: Opened, case: Any, form: PageForm, *, back: bool = False, invited: bool = False
) -> ResponseReturnValue:
    """Let the patient in, or say what came of the birth date."""
    if opened is Opened.OPEN:
        if back:
            language.speak(opening.language_of(request_session(), case))
        elif current_settings().spanish:
            opening.change_language(request_session(), case, language.language())
        open_patient_session(case.id)
        return redirect(
            url_for(
                "intake.tasks" if back or invited else "intake.page",
                page_id=None if back or invited else "right_now",
            ),
            303,
        )
    clinic = current_settings().clinic
    # A miss and a link that is no more are counted, so the page comes back with its transaction kept.
    keep_despite_errors()
    if opened is Opened.GONE:
        return render_template("intake/link_gone.html"), 404
    if opened is Opened.PAUSED:
        return render_template("intake/paused.html", phone=clinic.phone if clinic else ""), 403
    typed = form.posted()
    problem = Problem("verify_dob", MISSED, "verify_dob-day", again="verify_dob" in typed["again"])
    return render_start(form, typed, [problem], back=back, invited=invited), 422


@bp.post("/language")
@public("it changes the words of a page and nothing else, and its form carries a CSRF token")
def switch_language() -> ResponseReturnValue:
    """Show the page that one came from in another language."""
    _speak()
    path = request.form.get("page", "")
    return redirect(request.script_root + (path if OUR_PATH.fullmatch(path) else "/"), 303)


def _speak() -> bool:
    """Whether the language switch was pressed. The form in this browser then keeps the language."""
    wanted = language.switched_to()
    case = held_case() if wanted else None
    if wanted and case is not None:
        opening.change_language(request_session(), case, wanted)
    return wanted is not None


@bp.post("/intake/leave")
@public("leaving needs no right, and its form carries a CSRF token")
def leave() -> ResponseReturnValue:
    """Close the form in this browser. Saved answers stay."""
    if on_tablet():
        return redirect(url_for("tablet.over"), 303)
    forget_session()
    return redirect(url_for("intake.start"), 303)


# ---- Filling in


@bp.get("/intake/")
@patient
def tasks() -> ResponseReturnValue:
    """The task list."""
    case, way, elsewhere = way_or_elsewhere()
    if way is None:
        return elsewhere or abort(404)
    if blocked(way, None):
        return redirect(url_for("intake.help_page", interruption=BLOCKED), 303)
    if len(way.questionnaire.steps) == 1 and not way.draft.saved:
        # A list of one step is a page to press through.
        return redirect(url_for("intake.page", page_id=way.questionnaire.pages[0].id), 303)
    return render_tasks(way, case.updated_at, timing.means(request_session(), case.kind))


@bp.get("/intake/<page_id>")
@patient
def page(page_id: str) -> ResponseReturnValue:
    """A page of questions, or the check page."""
    case, way, elsewhere = way_or_elsewhere()
    if way is None:
        return elsewhere or abort(404)
    asked = asked_page(way, page_id)
    if blocked(way, asked):
        return redirect(url_for("intake.help_page", interruption=BLOCKED), 303)
    if asked is way.last:
        return render_sign(way, form_for(asked)(), None, (), str(case.submission_id))
    return render_page(way, asked, form_for(asked)())


@bp.post("/intake/<page_id>")
@patient
def save(page_id: str) -> ResponseReturnValue:
    """Save a page. Its form checks the CSRF token itself, so that a stale one costs no typed text."""
    case, way, elsewhere = way_or_elsewhere()
    if way is None:
        return elsewhere or abort(404)
    asked = asked_page(way, page_id)
    if blocked(way, asked):
        return redirect(url_for("intake.help_page", interruption=BLOCKED), 303)
    switched = _speak()
    form = form_for(asked)()
    posted = form.posted()
    if not form.validate():
        stale = [Problem("", STALE, "main")]
        if asked is way.last:
            return render_sign(way, form, posted, stale, str(case.submission_id)), 422
        # It stays as old as it was: what another window saved since must not be overwritten.
        return render_page(way, asked, form, posted, stale, version=form.version.data), 422
    if asked is way.last and switched:
        kept_name = request.form.get("kept_name", "")
        return render_sign(way, form, posted, (), str(case.submission_id), kept_name)
    if asked is way.last:
        return _send(case, way, form, posted)
    return _save_page(case, way, asked, form, posted, switched)


def _save_page(
    case: Any, way: Way, asked: Page, form: PageForm, posted: dict[str, list[str]], switched: bool
) -> ResponseReturnValue:
    removed, later = request.form.get("remove"), "later" in request.form
    stays = bool(removed or request.form.get("add") or later)
    if removed:
        posted = _without(asked, posted, removed)
    version = version_of(form.version.data)
    try:
        saved = service.save_page(
            request_session(), actor(), now(), today(), terms(), case, asked, posted, version,
            stays=stays,
        )  # fmt: skip
    except service.Conflict as conflict:
        way = Way.of(draft_of(request_session(), case), today(), case.jurisdiction)
        typed = words_of(asked, conflict, way.draft.answers, posted)
        newest = [Problem("", OTHER_WINDOW, "main")]
        return render_page(way, asked, form, None, newest, typed_elsewhere=typed), 409
    if "ask_me" in request.form and way.questionnaire.step_of(asked.id).private:
        return _leave_to_voice(case, way, asked)
    way = Way.of(draft_of(request_session(), case), today(), case.jurisdiction)
    if switched:
        return render_page(way, asked, form, posted, opened=saved.read.opened)
    if removed or request.form.get("add"):
        return render_page(
            way, asked, form, posted, opened=saved.read.opened, entries=1 if not removed else None
        )
    if saved.interruption:
        return redirect(url_for("intake.help_page", interruption=saved.interruption), 303)
    if saved.read.problems and not (later and not saved.read.refused):
        keep_despite_errors()
        return render_page(way, asked, form, posted, saved.read.problems, opened=saved.read.opened), 422
    if later:
        return redirect(url_for("intake.saved"), 303)
    if saved.read.opened:
        anchor = saved.read.opened[0]
        return redirect(url_for("intake.page", page_id=asked.id, _anchor=anchor), 303)
    return redirect(url_for("intake.page", page_id=saved.next_page.id), 303)


def _leave_to_voice(case: Any, way: Way, asked: Page) -> ResponseReturnValue:
    """Leave the rest of a private step to a talk. What was picked on the page is saved before: it may be danger."""
    step = way.questionnaire.step_of(asked.id)
    next_page = service.ask_by_voice(request_session(), actor(), now(), today(), case, step)
    pending = draft_of(request_session(), case).pending
    if pending:
        return redirect(url_for("intake.help_page", interruption=pending[0]), 303)
    return redirect(url_for("intake.page", page_id=next_page.id), 303)


def _without(asked: Page, posted: dict[str, list[str]], removed: str) -> dict[str, list[str]]:
    """The typed values with the entry that the button names taken out."""
    group, _, index = removed.rpartition("-")
    question = next((q for q in asked.questions if q.id == group and isinstance(q.kind, Group)), None)
    if question is None or not isinstance(question.kind, Group) or not index.isdecimal():
        return posted
    return without_entry(posted, group, int(index[:4]), question.kind.most)


def _send(case: Any, way: Way, form: PageForm, posted: dict[str, list[str]]) -> ResponseReturnValue:
    if "later" in request.form:
        return redirect(url_for("intake.saved"), 303)
    if request.form.get("submission") != str(case.submission_id):
        problem = [Problem("", OTHER_WINDOW, "main")]
        return render_sign(way, form, posted, problem, str(case.submission_id)), 409
    kept_name = request.form.get("kept_name", "")
    sent = service.submit(request_session(), actor(), now(), today(), terms(), case, posted, kept_name)
    if sent.open_pages and not sent.problems:
        return render_sign(way, form, posted, [Problem("", TO_DO, "to-do")],
                           str(case.submission_id)), 422  # fmt: skip
    if sent.problems:
        typed_name = next(
            (values[0] for name, values in posted.items() if name.startswith("sign_") and values), ""
        )
        asks_name = any(problem.text == service.NOT_OUR_NAME for problem in sent.problems)
        kept = typed_name.strip() if asks_name else ""
        return render_sign(way, form, posted, sent.problems, str(case.submission_id), kept), 422
    return redirect(url_for("intake.confirmation"), 303)


@bp.get("/intake/saved")
@patient
def saved() -> ResponseReturnValue:
    """Saved for later: how to come back."""
    case, way, elsewhere = way_or_elsewhere()
    if way is None:
        return elsewhere or abort(404)
    way_back = (
        opening.way_back(request_session(), now(), case) if current_settings().sends_mail else "browser"
    )
    asked = request.args.get("link", "")
    return render_template("intake/saved.html", way_back=way_back, asked=asked, mail=PostForm())


@bp.get("/intake/confirmation")
@patient
def confirmation() -> ResponseReturnValue:
    """The form is sent. Reached only after the commit."""
    case = held_case()
    if case is None or case.submitted_at is None or (on_tablet() and patient_is_away()):
        return to_the_door()
    name, next_form = confirmed(request_session(), case)
    return render_template(
        "intake/confirmation.html",
        sent_at=case.submitted_at,
        name=name,
        next_form=next_form,
        **sent_on_tablet(),
    )


@bp.post("/intake/next")
@patient
def begin_next() -> ResponseReturnValue:
    """Go on to the form that comes after the one that was sent: getting ready."""
    case = held_case()
    if case is None or case.submitted_at is None or patient_is_away():
        return to_the_door()
    following = begin_ready(request_session(), actor(), now(), case)
    if following is None:
        return redirect(url_for("intake.confirmation"), 303)
    open_patient_session(following.id)
    return redirect(url_for("intake.confirmation" if following.submitted_at else "intake.tasks"), 303)


# ---- Help pages


@bp.get("/intake/help/<interruption>")
@patient
def help_page(interruption: str) -> ResponseReturnValue:
    """Help, the moment an answer calls for it."""
    case, way, elsewhere = way_or_elsewhere()
    if way is None:
        return elsewhere or abort(404)
    if interruption == helping.NUMBER_CHECK:
        told = helping.unusual_answers(way)
        if not told:
            return redirect(url_for("intake.tasks"), 303)
        return render_number_check(PostForm(), told)
    if interruption not in BY_ID or not _calls_for(way, interruption):
        abort(404)
    helping.see_interruption(request_session(), actor(), now(), case, interruption)
    return _help(case, way, interruption)


def _help(case: Any, way: Way, interruption: str) -> str:
    found = BY_ID[interruption]
    asked = helping.call_back(found, way.draft)
    return render_help(
        found,
        PostForm(),
        told=helping.told_team(request_session(), case, found),
        asked=asked,
        phone=way.draft.everything.get("phone"),
        picked=request.form.getlist(asked.id) if asked else (),
    )


def _calls_for(way: Way, interruption: str) -> bool:
    """Whether the answers bring up this help page, or did so and it was not seen yet."""
    called_for = {found.id for found in _called_for(way)}
    return interruption in called_for or interruption in way.draft.pending


def _called_for(way: Way) -> tuple[Interruption, ...]:
    return fired(way.questionnaire, way.reading, current_settings().minimum_age)


@bp.post("/intake/help/<interruption>")
@patient
def leave_help(interruption: str) -> ResponseReturnValue:
    """Go on from a help page, or stop for today."""
    case, way, elsewhere = way_or_elsewhere()
    if way is None:
        return elsewhere or abort(404)
    if interruption not in BY_ID and interruption != helping.NUMBER_CHECK:
        abort(404)
    if interruption in BY_ID and not _calls_for(way, interruption):
        # Help that was left before it is called for would not be shown when it is.
        return redirect(url_for("intake.tasks"), 303)
    if _speak() and interruption in BY_ID:
        return _help(case, way, interruption)
    choice = request.form.get("answer", "")
    cause = helping.page_of(way, interruption)
    helping.leave_interruption(
        request_session(), actor(), now(), today(), terms(), case, interruption,
        request.form, confirm=choice == "keep",
    )  # fmt: skip
    way = Way.of(draft_of(request_session(), case), today(), case.jurisdiction)
    if choice == "stop":
        return redirect(url_for("intake.saved"), 303)
    if choice in ("change", "mistake"):
        return redirect(url_for("intake.page", page_id=cause.id), 303)
    if way.draft.pending:
        return redirect(url_for("intake.help_page", interruption=way.draft.pending[0]), 303)
    following = cause if way.asked(cause) and not way.done(cause) else way.after(cause)
    return redirect(url_for("intake.page", page_id=following.id), 303)


@bp.errorhandler(AlreadySent)
def already_sent(_refused: AlreadySent) -> ResponseReturnValue:
    """Another window sent the form while this one was at it."""
    return redirect(url_for("intake.confirmation"), 303)


# Their forms check the token themselves, and show what was typed again when it is stale.
for _view in (begin, open_invitation, save):
    csrf.exempt(_view)
