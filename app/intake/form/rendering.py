"""The pages of the form, as their templates are given them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from flask import current_app, render_template, url_for

from app.intake.draft import START_PAGE
from app.intake.form.check import CheckedStep, CheckRow, DroppedAnswer, check_steps, dropped_answers
from app.intake.form.forms import TypedPage, form_values, shown
from app.intake.form.mending import leaves_quickly, lines_to_mend
from app.intake.form.service import PageConflict
from app.intake.form.suggestion_rendering import offered, suggestions
from app.intake.form.timing import expected_minutes, minutes_left
from app.intake.help.contact_rendering import crisis_buttons, jurisdiction
from app.intake.help.rendering import helper_name, support_block
from app.intake.open_form import OpenForm
from app.intake.progress import Progress, StepStatus
from app.intake.start import service as opening
from app.intake.start.link_target import LinkTarget
from app.questionnaire.intake import INTAKE
from app.questionnaire.kinds import answer_words
from app.questionnaire.pages import Page, Questionnaire
from app.questionnaire.posted import Problem, field_of, told_apart
from app.questionnaire.reading import Reading
from app.questionnaire.wording import Message, UserText
from app.web.act import clinic_day
from app.web.forms import PostForm
from app.web.language import translate
from app.web.settings import current_settings
from app.web.tablet_session import HANDED, handed_mark
from app.web.transaction import request_session

STATES = {
    StepStatus.DONE: "done",
    StepStatus.BY_VOICE: "done",
    StepStatus.STARTED: "started",
    StepStatus.TO_DO: "todo",
}
START = INTAKE.pages[0]
PAGE_CHANGED = Message("We changed some questions here. Look at them again")


def _phone() -> str:
    clinic = current_settings().clinic
    return clinic.phone if clinic else ""


def _fields(questionnaire: Questionnaire, problems: Iterable[Problem]) -> list[str]:
    """The fields to mend, which the page names when it is sent again: see Problem."""
    return [field_of(questionnaire, problem) for problem in problems if problem.question]


def render_start(
    form: PostForm, typed: Mapping[str, Sequence[str]], problems: Sequence[Problem] = (), *, back: bool = False,
    to: LinkTarget | None = None,
) -> str:  # fmt: skip
    """The first page. `back`: a form was begun in this browser, and its birth date opens it again; `to`: what the link
    leads to that was followed here.
    """
    reading = Reading(INTAKE, {}, clinic_day(), jurisdiction())
    fields = shown(START, reading, TypedPage(typed, problems), _phone())
    return render_template(
        "intake/start.html",
        form=form,
        fields=[field for field in fields if not back or field.question.id == "verify_dob"],
        errors=list(problems),
        hidden={"again": _fields(INTAKE, problems)} | ({HANDED: handed_mark()} if handed_mark() else {}),
        back=back,
        to=to,
        promise=None if back else expected_minutes(request_session()),
    )


def render_paused(ends: datetime | None, *, mails: bool = False, asked: bool = False) -> str:
    """That no date is taken now, and what ends it. `mails`: a link can be asked for here; `asked`: it just was."""
    return render_template(
        "intake/paused.html",
        phone=_phone(),
        ends=ends,
        mails=mails,
        asked=asked,
        most_links=opening.MOST_LINKS,
    )


def render_by_invitation() -> str:
    """The first page of a clinic that sends links: how to get one, and whom to call now."""
    return render_template("intake/by_invitation.html", contacts=crisis_buttons())


def render_page(
    form: OpenForm, page: Page, page_form: PostForm, content: TypedPage, *,
    typed_elsewhere: Sequence[str] = (), version: str | None = None,
) -> str:  # fmt: skip
    """A question page. `typed_elsewhere`: what an older window held of it, in words; `version`: the answers version it
    was opened at, if that is older than the stored one.
    """
    progress = form.progress
    step = progress.questionnaire.step_of(page.id)
    content = replace(content, problems=told_apart(progress.questionnaire, content.problems))
    fields = [offered(field, progress) for field in shown(page, progress.reading, content, _phone())]
    return render_template(
        "intake/page.html",
        page=page,
        private=step.private,
        leaves_quickly=leaves_quickly(progress.questionnaire, page),
        quiet_after=int(current_app.config["QUIET_AFTER"].total_seconds() * 1000),
        form=page_form,
        support=support_block(form, short=True),
        fields=fields,
        suggestions=suggestions(fields),
        errors=list(content.problems),
        told=content.told,
        hidden={
            "version": [progress.draft.saved.get(page.id, 0) if version is None else version],
            "again": _fields(progress.questionnaire, content.problems),
            "questions": [progress.questionnaire.version],
        },
        asked_again=page.id in progress.draft.asked_again,
        progress=_progress(progress, page),
        back=_before(progress, page),
        typed_elsewhere=typed_elsewhere,
        helper=_helper(progress, page),
    )


def render_sign(
    form: OpenForm, page_form: PostForm, typed: Mapping[str, Sequence[str]] | None, problems: Sequence[Problem],
    kept_name: str = "",
) -> str:  # fmt: skip
    """All answers, the statement and the signature."""
    progress = form.progress
    last, form_asks = progress.last_page, progress.questionnaire
    dropped = dropped_answers(progress)
    typed = form_values(last, progress.draft.answers) if typed is None else typed
    problems = told_apart(form_asks, problems)
    return render_template(
        "intake/sign.html",
        page=last,
        form=page_form,
        support=support_block(form),
        fields=shown(last, progress.reading, TypedPage(typed, problems), _phone()),
        errors=problems,
        steps=[_checked_step(step) for step in check_steps(progress, last.id, private=False)],
        private=[_checked_step(step) for step in check_steps(progress, last.id, private=True)],
        dropped=[_dropped_row(each) for each in dropped],
        dropped_private=any(
            leaves_quickly(form_asks, form_asks.page_of(each.question.id)) for each in dropped
        ),
        open_pages=list(progress.open_pages()),
        progress=_progress(progress, last),
        back=_before(progress, last),
        hidden={
            "kept_name": [kept_name],
            "again": _fields(progress.questionnaire, problems),
            "questions": [progress.questionnaire.version],
        },
        helper=_helper(progress, last),
        name=progress.draft.form.name,
    )


def render_saved(form: OpenForm, *, refused: bool = False) -> str:
    """Saved for later: how to come back. `refused`: a link was asked for just now, and none was sent."""
    mails = current_settings().sends_mail
    return render_template(
        "intake/saved.html",
        way_back=opening.resume_method(form) if mails else "browser",
        mailed=opening.link_mail_state(form.act.session, form.case),
        refused=refused,
        mail=PostForm(),
        to_mend=lines_to_mend(form.progress),
        support=support_block(form),
    )


def render_tasks(form: OpenForm, means: Mapping[str, float]) -> str:
    """The task list. `means`: the seconds of the pages that were measured, by page id."""
    progress = form.progress
    groups: dict[str, list[dict[str, Any]]] = {}
    done = asked = 0
    for step in progress.questionnaire.steps:
        status = progress.status_of(step)
        if status is StepStatus.NOT_NEEDED:
            continue
        asked += 1
        done += status in (StepStatus.DONE, StepStatus.BY_VOICE)
        pages = [page for page in step.pages if progress.is_asked(page)]
        left = [page for page in pages if not progress.is_done(page)]
        groups.setdefault(translate(step.group), []).append(
            {
                "title": translate(step.name),
                "url": url_for("intake.page", page_id=(left or pages)[0].id) if pages else None,
                "status": translate(status.value),
                "state": STATES[status],
                "hint": translate(PAGE_CHANGED)
                if any(page.id in progress.draft.asked_again for page in pages)
                else None,
            }
        )
    return render_template(
        "intake/tasks.html",
        groups=[{"title": title, "items": items} for title, items in groups.items()],
        done=done,
        asked=asked,
        saved_at=form.case.updated_at,
        support=support_block(form),
        minutes_left=minutes_left(progress, means),
        next_page=next(progress.open_pages(), progress.last_page),
        name=progress.draft.form.name,
    )


def _checked_step(step: CheckedStep) -> dict[str, Any]:
    """A step of the check page, as its template takes it."""
    return {
        "title": translate(step.title),
        "rows": [_check_row(row) for row in step.rows],
        "folded": [_check_row(row) for row in step.folded],
        "count": len(step.rows) + step.folded_count,
        "folded_count": step.folded_count,
    }


def _check_row(row: CheckRow) -> dict[str, Any]:
    """A line of the check page, as check_list takes it."""
    return {
        "key": translate(row.key),
        "value": translate(row.value) if row.value else None,
        "href": url_for("intake.page", page_id=row.page),
        "change": translate(row.change),
        "parts": [(translate(part.label), translate(part.words)) for part in row.parts],
        "folds": row.folds,
    }


def _dropped_row(each: DroppedAnswer) -> dict[str, str | None]:
    """An answer that will not be sent, as summary_list takes it."""
    return {
        "key": translate(each.question.label),
        "value": translate(each.reason),
        "href": url_for("intake.page", page_id=each.page.id, _anchor=each.anchor) if each.page else None,
        "change": translate(each.because.label) if each.because else "",
    }


def _progress(progress: Progress, page: Page) -> str:
    """Step 5 of 13, Your health."""
    steps = [step for step in progress.questionnaire.steps if progress.is_needed(step)]
    step = progress.questionnaire.step_of(page.id)
    if len(steps) < 2:
        return translate(step.group)
    place = next((n for n, other in enumerate(steps, 1) if other.id == step.id), len(steps))
    return translate(
        Message("Step {step} of {steps}, {group}", step=place, steps=len(steps), group=step.group)
    )


def _before(progress: Progress, page: Page) -> str:
    """Where Back goes: the page before this one, or the task list."""
    pages = progress.questionnaire.pages
    earlier = list(pages[: pages.index(page)])
    found = next((p for p in reversed(earlier) if p.id != START_PAGE and progress.is_asked(p)), None)
    return url_for("intake.page", page_id=found.id) if found else url_for("intake.tasks")


def _helper(progress: Progress, page: Page) -> str | None:
    """Whose answers these are, when somebody else is at the keyboard."""
    return None if page.id in ("right_now", "begin") else helper_name(progress.draft)


def typed_in_words(page: Page, conflict: PageConflict, posted: Mapping[str, Sequence[str]]) -> list[str]:
    """What the older window held of a page, where it differs: in words, or as it was typed if it could not be taken."""
    told: list[str] = []
    for question in page.questions:
        words = ""
        if question.id in conflict.unread:
            words = UserText(
                ", ".join(text for name in question.form_names() for text in posted.get(name, ()) if text)
            )
        elif conflict.typed.get(question.id) != conflict.newest.answers.get(question.id):
            words = answer_words(question, conflict.typed.get(question.id), jurisdiction())
        if words:
            told.append(Message("{label}: {words}", label=question.label, words=words))
    return told
