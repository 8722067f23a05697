"""What the patient's templates are given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from flask import current_app, render_template, url_for

from app.intake.check import check_steps, dropped
from app.intake.draft import START_PAGE, Progress, Way
from app.intake.forms import PageForm, shown, typed_again
from app.intake.service import Conflict
from app.intake.timing import minutes_left, promise
from app.questionnaire.intake import INTAKE
from app.questionnaire.interruptions import BY_ID, CONTACTS, STANDS, Contact, Interruption, Limits
from app.questionnaire.kinds import answer_words
from app.questionnaire.pages import Page, Problem, Question, Questionnaire, Reading, field_of
from app.questionnaire.wording import AsTyped, Words
from app.web.language import SPANISH, language, say
from app.web.questions import Option
from app.web.request import current_settings, local, now, today
from app.web.transaction import request_session

if TYPE_CHECKING:
    from config import Clinic

STATES = {
    Progress.DONE: "done",
    Progress.BY_VOICE: "done",
    Progress.STARTED: "started",
    Progress.TO_DO: "todo",
}
START = INTAKE.pages[0]
# Who reads over a shoulder may be the one this question is about.
HOME_ALONE = ("safe_home",)


def jurisdiction() -> str:
    """Where this clinic works: US or UK."""
    return current_settings().jurisdiction


def _phone() -> str:
    clinic = current_settings().clinic
    return clinic.phone if clinic else ""


def _fields(questionnaire: Questionnaire, problems: Iterable[Problem]) -> list[str]:
    """The fields to mend, which the page names when it is sent again: see Problem."""
    return [field_of(questionnaire, problem) for problem in problems if problem.question]


def render_start(
    form: PageForm, typed: Mapping[str, Sequence[str]], problems: Sequence[Problem] = (), *, back: bool = False,
    invited: bool = False,
) -> str:  # fmt: skip
    """The first page. `back`: a form was begun in this browser, and its birth date opens it again."""
    reading = Reading(INTAKE, {}, today(), jurisdiction())
    fields = shown(START, reading, typed, problems, phone=_phone())
    return render_template(
        "intake/start.html",
        form=form,
        fields=[field for field in fields if not back or field.question.id == "verify_dob"],
        errors=list(problems),
        hidden={"again": _fields(INTAKE, problems)},
        back=back,
        invited=invited,
        promise=None if back else promise(request_session()),
    )


def render_by_invitation() -> str:
    """The first page of a clinic that sends links: how to get one, and whom to call now."""
    contacts = _contacts(BY_ID["crisis_support"].contacts[jurisdiction()])
    return render_template("intake/by_invitation.html", contacts=contacts)


def render_page(
    way: Way, page: Page, form: PageForm, typed: Mapping[str, Sequence[str]] | None = None,
    problems: Sequence[Problem] = (), *, opened: Iterable[str] = (), entries: int | None = None,
    typed_elsewhere: Iterable[str] = (), version: str | None = None,
) -> str:  # fmt: skip
    """A question page, with what was typed or what is stored. `version`: the one it was opened at, if older."""
    step = way.questionnaire.step_of(page.id)
    typed = typed_again(page, way.draft.answers) if typed is None else typed
    return render_template(
        "intake/page.html",
        page=page,
        private=step.private,
        leaves_quickly=step.private or any(question.id in HOME_ALONE for question in page.questions),
        quiet_after=int(current_app.config["QUIET_AFTER"].total_seconds() * 1000),
        form=form,
        fields=shown(page, way.reading, typed, problems, opened, entries, _phone()),
        errors=list(problems),
        hidden={
            "version": [way.draft.saved.get(page.id, 0) if version is None else version],
            "again": _fields(way.questionnaire, problems),
        },
        progress=_progress(way, page),
        back=_before(way, page),
        typed_elsewhere=list(typed_elsewhere),
        helper=_helper(way, page),
    )


def render_sign(
    way: Way, form: PageForm, typed: Mapping[str, Sequence[str]] | None, problems: Sequence[Problem],
    kept_name: str = "",
) -> str:  # fmt: skip
    """All answers, the statement and the signature."""
    last = way.last
    typed = typed_again(last, way.draft.answers) if typed is None else typed
    return render_template(
        "intake/sign.html",
        page=last,
        form=form,
        fields=shown(last, way.reading, typed, problems, phone=_phone()),
        errors=list(problems),
        steps=check_steps(way, last.id),
        dropped=dropped(way),
        open_pages=list(way.open_pages()),
        progress=_progress(way, last),
        back=_before(way, last),
        hidden={
            "kept_name": [kept_name],
            "again": _fields(way.questionnaire, problems),
        },
        helper=_helper(way, last),
        name=way.draft.form.name,
    )


def render_tasks(way: Way, saved_at: datetime, means: Mapping[str, float]) -> str:
    """The task list. `means`: the seconds of the pages that were measured."""
    groups: dict[str, list[dict[str, Any]]] = {}
    done = asked = 0
    for step in way.questionnaire.steps:
        progress = way.progress(step)
        if progress is Progress.NOT_NEEDED:
            continue
        asked += 1
        done += progress in (Progress.DONE, Progress.BY_VOICE)
        pages = [page for page in step.pages if way.asked(page)]
        left = [page for page in pages if not way.done(page)]
        groups.setdefault(say(step.group), []).append(
            {
                "title": say(step.name),
                "url": url_for("intake.page", page_id=(left or pages)[0].id) if pages else None,
                "status": say(progress.value),
                "state": STATES[progress],
                "hint": None,
            }
        )
    return render_template(
        "intake/tasks.html",
        groups=[{"title": title, "items": items} for title, items in groups.items()],
        done=done,
        asked=asked,
        saved_at=saved_at,
        minutes_left=minutes_left(way, means),
        next_page=next(way.open_pages(), way.last),
        name=way.draft.form.name,
    )


def render_help(
    interruption: Interruption,
    form: Any,
    *,
    limits: Limits,
    told: bool,
    phone: str | None,
    listed: bool = False,
    unsure: bool = False,
    asked: Question | None = None,
    started: bool = True,
    picked: Sequence[str] = (),
) -> str:
    """A help page. `told`: whoever is on call is told. `listed`: the answer stands in the clinic's list. `unsure`: the
    answer was "I'm not sure". `asked`: what it asks about a call. `started`: there is a form to go on with.
    """
    settings = current_settings()
    country = settings.jurisdiction
    clinic = settings.clinic
    words = {
        "minimum_age": limits.minimum_age,
        "systolic_crisis": f"{limits.systolic_crisis:g}",
        "diastolic_crisis": f"{limits.diastolic_crisis:g}",
        "clinic_phone": clinic.phone if clinic else "",
        **(_opening(clinic) if clinic else {}),
    }
    open_now = bool(clinic) and "closing_time" in words
    told_text = None
    if told:
        told_text = interruption.told_open if open_now else interruption.told_closed
    elif listed:
        told_text = interruption.listed_open if open_now else interruption.listed_closed
    said = interruption.opening_unsure if unsure else interruption.opening
    options = getattr(asked.kind, "options", {}) if asked else {}
    return render_template(
        "intake/help.html",
        interruption=interruption,
        form=form,
        opening=say(Words(said[country], **words)),
        stands=STANDS,
        act_now=say(interruption.act_now.get(country, "")),
        act_today=say(Words(interruption.act_today.get(country, ""), **words)),
        what_happens=say(interruption.what_happens.get(country, "")),
        contacts=_contacts(interruption.contacts[country]),
        told=say(Words(told_text, **words)) if told_text else None,
        asked=asked,
        options=[Option(code, say(label)) for code, label in options.items()],
        phone=phone,
        picked=picked,
        started=started,
    )


def render_number_check(form: Any, told: Mapping[str, str]) -> str:
    """A number far from usual: is it right?"""
    return render_template("intake/number_check.html", form=form, told=list(told.values()))


def _opening(clinic: Clinic) -> dict[str, str]:
    here = local(now())
    closes = clinic.hours.closes_at(here)
    if closes is not None:
        return {"closing_time": _clock(closes)}
    opens = clinic.hours.opens_at(here)
    if opens.date() == here.date():
        return {"opening_time": _clock(opens)}
    return {"opening_time": Words("{time} on {day}", time=_clock(opens), day=f"{opens:%A}")}


def _clock(moment: datetime) -> Words:
    minutes = f":{moment.minute:02}" if moment.minute else ""
    if moment.hour == 13:
        # Other languages say "the one", and of all further hours "the two".
        return Words("1{minutes} pm", minutes=minutes)
    time = f"{moment.hour % 12 or 12}{minutes}"
    return Words("{time} am", time=time) if moment.hour < 12 else Words("{time} pm", time=time)


def _contacts(names: Sequence[str]) -> list[dict[str, Any]]:
    """The buttons of a help page. Whoever reads it in Spanish finds the line that speaks it before the others."""
    own = ("spanish",) if language() == SPANISH and "spanish" in names else ()
    first = tuple(name for name in names[:1] if name == "emergency")
    ordered = dict.fromkeys((*first, *own, *names))
    contacts = CONTACTS[jurisdiction()]
    return [_contact(contacts[name], strong=name in ("emergency", "crisis", *own)) for name in ordered]


def _contact(contact: Contact, *, strong: bool) -> dict[str, Any]:
    if contact.call:
        href = f"tel:{contact.call}"
    elif contact.text:
        href = f"sms:{contact.text}" + (f"?body={contact.word}" if contact.word else "")
    else:
        href = f"https://{contact.site}/"
    return {
        "label": say(contact.label),
        "href": href,
        "note": say(contact.note or ""),
        "strong": strong,
    }


def _progress(way: Way, page: Page) -> str:
    """Step 5 of 13, Your health."""
    steps = [step for step in way.questionnaire.steps if way.progress(step) is not Progress.NOT_NEEDED]
    step = way.questionnaire.step_of(page.id)
    if len(steps) < 2:
        return say(step.group)
    place = next((n for n, other in enumerate(steps, 1) if other.id == step.id), len(steps))
    return say(Words("Step {step} of {steps}, {group}", step=place, steps=len(steps), group=step.group))


def _before(way: Way, page: Page) -> str:
    """Where Back goes: the page before this one, or the task list."""
    pages = way.questionnaire.pages
    earlier = list(pages[: pages.index(page)])
    found = next((p for p in reversed(earlier) if p.id != START_PAGE and way.asked(p)), None)
    return url_for("intake.page", page_id=found.id) if found else url_for("intake.tasks")


def _helper(way: Way, page: Page) -> str | None:
    """Whose answers these are, when somebody else is at the keyboard."""
    if page.id in ("right_now", "begin") or way.draft.everything.get("filled_by") != "for_patient":
        return None
    told = way.draft.everything
    name = told.get("preferred_name") or told.get("first_name")
    return str(name) if name else say(Words("the patient"))


def words_of(
    page: Page, conflict: Conflict, newest: Mapping[str, Any], posted: Mapping[str, Sequence[str]]
) -> list[str]:
    """What the older window held of a page, where it differs: in words, or as it was typed if it could not be taken."""
    told: list[str] = []
    for question in page.questions:
        words = ""
        if question.id in conflict.unread:
            words = AsTyped(
                ", ".join(text for name in question.form_names() for text in posted.get(name, ()) if text)
            )
        elif conflict.typed.get(question.id) != newest.get(question.id):
            words = answer_words(question, conflict.typed.get(question.id), jurisdiction())
        if words:
            told.append(Words("{label}: {words}", label=question.label, words=words))
    return told
