"""Help pages as their templates are given them, and the help on later pages."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from flask import render_template

from app.intake.draft import Draft
from app.intake.help import calls
from app.intake.help.contact_rendering import contact_buttons, contact_groups, jurisdiction
from app.intake.help.support import SettledCall, support_for
from app.intake.open_form import OpenForm
from app.questionnaire.answers import State
from app.questionnaire.interruption import STANDS, Interruption, Limits
from app.questionnaire.pages import Question
from app.questionnaire.posted import Problem
from app.questionnaire.wording import Message, UserText
from app.web.act import drawn_at, terms
from app.web.clock import local
from app.web.filters import date_words
from app.web.forms import PostForm
from app.web.language import translate
from app.web.question_view import Option
from app.web.questions import draw
from app.web.settings import current_settings

if TYPE_CHECKING:
    from config import Clinic


def helper_name(draft: Draft) -> str | None:
    """Whose answers these are, when somebody else is at the keyboard."""
    told = draft.merged_answers
    if told.get("filled_by") != "for_patient":
        return None
    name = told.get("preferred_name") or told.get("first_name")
    return str(name) if name else translate(Message("the patient"))


@dataclass(frozen=True, slots=True)
class HelpPage:
    """What a help page is drawn from."""

    interruption: Interruption
    """The help page that is shown."""
    also: Sequence[Interruption] = ()
    """Other help pages that hold beside it."""
    unsure: Collection[str] = ()
    """Ids of those among all these that only a "Not sure" called for."""
    alerted: bool = False
    """Whether whoever is on call was alerted to it."""
    listed: bool = False
    """Whether its answer is in the clinic's list."""
    draft: Draft | None = None
    """The form to go on with; None when there is none."""
    asked: Question | None = None
    """Its question about a call."""
    reach: Sequence[Question] = ()
    """The questions without whose answers nobody can call."""
    call_alerted: bool = False
    """Whether whoever is on call was alerted that a call is wanted."""
    settled: SettledCall | None = None
    """How the promise of a call ended; None while it stands."""


def render_help(
    page: HelpPage, typed: Mapping[str, Sequence[str]] | None = None, problems: Sequence[Problem] = ()
) -> str:
    """A help page, with what was typed on it or what is stored."""
    interruption, unsure, draft, asked = page.interruption, page.unsure, page.draft, page.asked
    settings = current_settings()
    country = settings.jurisdiction
    clinic = settings.clinic
    words = _figures(terms().limits) | (_opening(clinic) if clinic else {})
    open_now = bool(clinic) and "closing_time" in words
    phone = calls.known_answer(draft, calls.PHONE) if draft else ""
    wished = bool(draft and asked and calls.wanted_call(draft))
    told_text = None
    # Nobody can act on an alert of somebody whom they cannot reach.
    if page.alerted and phone:
        told_text = interruption.told_open if open_now else interruption.told_closed
    elif page.alerted or page.listed or interruption.id in unsure:
        told_text = interruption.listed_open if open_now else interruption.listed_closed
    # After the call was made, only who picks it once more asks for another.
    picked = [draft.answers.get(asked.id, "")] if draft and asked and page.settled is None else []
    fields = [
        draw(one, country, typed or _number_known(one, draft), [p for p in problems if p.question == one.id])
        for one in page.reach
    ]
    return render_template(
        "intake/help.html",
        interruption=interruption,
        form=PostForm(),
        opening=translate(Message(interruption.said(country, unsure=interruption.id in unsure), **words)),
        stands=STANDS,
        act_now=translate(interruption.act_now.get(country, "")) if not interruption.talk else "",
        act_today=translate(Message(interruption.act_today.get(country, ""), **words)),
        what_happens=translate(interruption.what_happens.get(country, "")),
        numbers=contact_groups(interruption, page.also, unsure, words),
        told=translate(Message(told_text, **words)) if told_text else None,
        asked=asked,
        options=call_options(asked, draft) if draft and asked else (),
        picked=((typed or {}).get(asked.id) or picked) if asked else (),
        call=call_words(draft, page.call_alerted, page.settled) if draft and wished else "",
        reach=fields,
        phone=phone,
        reach_known=bool(phone) or (draft is not None and calls.has_no_phone(draft)),
        started=draft is not None,
        helper=helper_name(draft) if draft else None,
        errors=list(problems),
    )


def _number_known(question: Question, draft: Draft | None) -> dict[str, list[str]]:
    """The number that is known in its box, or that there is none; nothing in the others."""
    if draft is None or question.id != calls.PHONE:
        return {}
    phone = calls.known_answer(draft, calls.PHONE)
    no_phone = {question.exit_name: [State.RATHER_NOT.value]} if calls.has_no_phone(draft) else {}
    return {question.id: [phone]} if phone else no_phone


def call_options(asked: Question, draft: Draft) -> list[Option]:
    """The answers to whether a call is wanted: today only while the clinic is open, else when it opens."""
    here = terms()
    options = dict(getattr(asked.kind, "options", {}))
    if asked.id == "callback" and here.opens is not None:
        standing = (
            draft.promised_call[0] if draft.promised_call and calls.is_promised(draft, drawn_at()) else None
        )
        offered = standing or (calls.TODAY if here.closes else calls.WHEN_OPEN)
        options.pop(calls.WHEN_OPEN if offered == calls.TODAY else calls.TODAY)
        if offered == calls.WHEN_OPEN:
            opens = (
                datetime.fromisoformat(draft.promised_call[1])
                if draft.promised_call and standing
                else here.opens
            )
            options[offered] = Message("Yes, when you open, {time}", time=_day_and_time(opens))
    return [Option(code, translate(label)) for code, label in options.items()]


def call_words(draft: Draft, alerted: bool, settled: SettledCall | None) -> str:
    """The call that was asked for: its number, and when, as far as it can be promised; or that it was made. While the
    clinic is closed, a text that asks the patient to call says when it opens. Empty when there is nothing to say.
    """
    clinic = current_settings().clinic
    phone, ours = UserText(calls.known_answer(draft, calls.PHONE)), UserText(clinic.phone if clinic else "")
    if draft.promised_call is None:
        return ""
    if settled is not None:
        at = settled.reached_at
        return translate(Message("We called you on {day}.", day=UserText(date_words(at)))) if at else ""
    code, until = draft.promised_call[0], datetime.fromisoformat(draft.promised_call[1])
    if phone and alerted and until > drawn_at():
        if code == calls.TODAY:
            return translate(Message("We will call you today on {phone}.", phone=phone))
        return translate(
            Message(
                "We will call you on {phone} when we open, {time}.", phone=phone, time=_day_and_time(until)
            )
        )
    if calls.has_no_phone(draft):
        return " ".join(map(translate, _words_without_phone(draft, clinic)))
    if not phone:
        words = Message(
            "You asked for a call, but we do not have your number. Please call us on {phone}.", phone=ours
        )
    elif not alerted:
        words = Message(
            "You asked us to call you on {phone}. We could not reach our team yet. Please call us on {ours}.",
            phone=phone,
            ours=ours,
        )
    else:
        words = Message(
            "You asked us to call you on {phone}. If no one has called yet, please call us on {ours}.",
            phone=phone,
            ours=ours,
        )
    return " ".join(map(translate, (words, *_closed_now(clinic))))


def _closed_now(clinic: Clinic | None) -> tuple[Message, ...]:
    """When the clinic opens, while it is closed."""
    opening = _opening(clinic) if clinic else {}
    return (Message("We are closed until {opening_time}.", **opening),) if "opening_time" in opening else ()


def _words_without_phone(draft: Draft, clinic: Clinic | None) -> list[Message]:
    """What is true for somebody who asked for a call and has no phone: who else can be reached, and how to reach us."""
    email, name = calls.known_answer(draft, calls.EMAIL), calls.known_answer(draft, calls.CONTACT_NAME)
    told = [Message("You asked for a call. You told us you have no phone, so we cannot call you.")]
    if email:
        told.append(Message("Our team can write to you at {email}.", email=UserText(email)))
    if name and calls.known_answer(draft, calls.CONTACT_PHONE):
        told.append(
            Message(
                "If we are worried about you, we may call {name}, whom you named for an emergency.",
                name=UserText(name),
            )
        )
    if clinic:
        told.append(
            Message("To talk to us, call {phone} from any phone you can use.", phone=UserText(clinic.phone))
        )
    return [*told, *_closed_now(clinic)]


def support_block(
    form: OpenForm, *, short: bool = False, unchecked: Collection[str] = ()
) -> dict[str, Any] | None:
    """The help on pages after a help page, for templates/intake/support.html. None when no answer calls for it.

    `short`: with the first numbers in view and all else to be opened, for a page of questions. `unchecked`: questions
    whose number may be a slip of the finger; what it would mean is left out.
    """
    found = support_for(form, unchecked)
    if found is None:
        return None
    country, words = jurisdiction(), _figures(terms().limits)
    advice = [
        {
            "heading": translate(page.heading) if page.bodily else "",
            "lines": [
                translate(Message(text, **words))
                for text in page.afterwards(country, unsure=page.id in found.unsure)
            ],
        }
        for page in found.pages
    ]
    names = tuple(dict.fromkeys(name for page in found.pages for name in page.contacts[country]))
    return {
        "grave": found.grave,
        "short": short,
        "advice": advice,
        "contacts": contact_buttons(names),
        "call": call_words(found.draft, found.call_alerted, found.settled),
    }


def copied_advice(form: OpenForm) -> tuple[str, ...]:
    """The help on a copy beside that for everybody: of illness, which the answers on it name already."""
    found = support_block(form)
    return tuple(
        f"{part['heading']}. {' '.join(part['lines'])}"
        for part in (found["advice"] if found else ())
        if part["heading"]
    )


def _figures(limits: Limits) -> dict[str, Any]:
    """What the texts of help pages leave open: the clinic's number, and the numbers it sets."""
    clinic = current_settings().clinic
    return {
        "minimum_age": limits.minimum_age,
        "systolic_crisis": f"{limits.systolic_crisis:g}",
        "diastolic_crisis": f"{limits.diastolic_crisis:g}",
        "clinic_phone": clinic.phone if clinic else "",
    }


def render_number_check(form: OpenForm, told: Mapping[str, str]) -> str:
    """A number far from usual: is it right? What it would mean is not said before that is known."""
    return render_template(
        "intake/number_check.html",
        form=PostForm(),
        told=list(dict.fromkeys(told.values())),
        support=support_block(form, unchecked=told),
    )


def _opening(clinic: Clinic) -> dict[str, str]:
    here = local(drawn_at())
    closes = clinic.hours.closes_at(here)
    if closes is not None:
        return {"closing_time": _clock(closes)}
    opens = clinic.hours.opens_at(here)
    if opens.date() == here.date():
        return {"opening_time": _clock(opens)}
    return {"opening_time": Message("{time} on {day}", time=_clock(opens), day=f"{opens:%A}")}


def _day_and_time(moment: datetime) -> Message:
    here = moment.astimezone(local(drawn_at()).tzinfo)
    return Message("{day} {time}", day=f"{here:%A}", time=_clock(here))


def _clock(moment: datetime) -> Message:
    minutes = f":{moment.minute:02}" if moment.minute else ""
    if moment.hour == 13:
        # Other languages say "the one", and of all further hours "the two".
        return Message("1{minutes} pm", minutes=minutes)
    time = f"{moment.hour % 12 or 12}{minutes}"
    return Message("{time} am", time=time) if moment.hour < 12 else Message("{time} pm", time=time)
