"""A call that a patient asked for on a help page: when it is promised, and the name and number it needs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal

from app.core.act import Terms
from app.intake.draft import Draft
from app.questionnaire.answers import STATES, Answer, State, is_blank
from app.questionnaire.intake import INTAKE
from app.questionnaire.kinds import Posted
from app.questionnaire.kinds.base import InvalidAnswer
from app.questionnaire.pages import Page, Question
from app.questionnaire.posted import Problem, read_question

TODAY, WHEN_OPEN = "today", "when_open"
WISHES: Mapping[str, tuple[str, ...]] = {"callback": (TODAY, WHEN_OPEN), "fu_call": ("yes",)}
"""The questions that offer a call, and the answers that ask for one."""
ASKED_FOR = ("call-wanted-today", "after-wants-call")
"""The rules that alert the team to a call that was asked for."""
NAME, PHONE, EMAIL = "first_name", "phone", "email"
CONTACT_NAME, CONTACT_PHONE = "ec_name", "ec_phone"


def wanted_call(draft: Draft) -> str | None:
    """Id of the question by which this form asks for a call; None when it does not ask for one."""
    return next((name for name, codes in WISHES.items() if draft.answers.get(name) in codes), None)


def is_promised(draft: Draft, now: datetime) -> bool:
    """Whether a call is promised for a time that is still to come."""
    return draft.promised_call is not None and datetime.fromisoformat(draft.promised_call[1]) > now


def promise_call(draft: Draft, terms: Terms, now: datetime) -> bool:
    """Promise the call that was asked for: today while the clinic is open, else when it opens, which the answer then
    says too. A promise stands until the wish is taken back. Returns whether it is a new one.
    """
    name = wanted_call(draft)
    if name is None or terms.opens is None:
        draft.promised_call = None
        return False
    new = draft.promised_call is None
    if draft.promised_call is None:
        until = terms.closes or terms.opens
        draft.promised_call = (TODAY if terms.closes else WHEN_OPEN, until.isoformat())
        draft.call_asked_at = now.isoformat()
    if name == "callback":
        draft.answers[name] = draft.promised_call[0]
    return new


def known_answer(draft: Draft, name: str) -> str:
    """The answer to `name`, the first name or the number to call; empty when it is not known."""
    answer = draft.merged_answers.get(name)
    return "" if is_blank(answer) or answer in STATES else str(answer)


def has_no_phone(draft: Draft) -> bool:
    """Whether the patient said that they have no phone, which is another thing than a number that is not known."""
    return draft.merged_answers.get(PHONE) == State.RATHER_NOT


def reached_by(draft: Draft) -> Literal["phone", "email", ""]:
    """How the clinic may ask more: by phone unless the patient has none; empty for at the clinic alone."""
    if not has_no_phone(draft):
        return "phone"
    return "email" if known_answer(draft, EMAIL) else ""


def reach_questions(draft: Draft, posted: Posted) -> list[Question]:
    """What a help page asks so that somebody can call: the form's own questions, the name only while it is missing or
    was typed on the page just now.
    """
    names = (PHONE,) if known_answer(draft, NAME) and NAME not in posted else (NAME, PHONE)
    return [INTAKE.questions[name] for name in names]


def read_reach(
    draft: Draft, posted: Posted, today: date, *, call: bool
) -> tuple[dict[str, Answer], list[Problem]]:
    """The name and number typed on a help page, where they are new, and what is to be mended. `call`: one is asked for,
    and needs a number.
    """
    found: dict[str, Answer] = {}
    problems: list[Problem] = []
    for question in reach_questions(draft, posted):
        try:
            answer = read_question(question, posted, today)
        except InvalidAnswer as refusal:
            problems.append(Problem(question.id, refusal.message, refusal.part))
            continue
        if not is_blank(answer) and answer != draft.merged_answers.get(question.id):
            found[question.id] = answer
        elif is_blank(answer) and question.id == PHONE and call and not known_answer(draft, PHONE):
            problems.append(Problem(PHONE, question.kind.empty(question), PHONE))
    return found, problems


def keep_reach(draft: Draft, reach: Mapping[str, Answer]) -> None:
    """Keep a name and number as the form's own answers, or beside it where it asks for neither."""
    for name, answer in reach.items():
        place = draft.answers if name in draft.form.asks.questions else draft.earlier_answers
        place[name] = answer
        draft.unread.pop(name, None)


def keep_refused(draft: Draft, refused: Mapping[str, str]) -> None:
    """Keep what was typed on a help page as a name or number and could not be taken: for that page, for staff, and on
    the form's own page that asks for it, unless that has an answer already.
    """
    for name, text in draft.refused_reach.items():
        if draft.unread.get(name) == {name: [text]}:
            del draft.unread[name]
    draft.refused_reach = dict(refused)
    for name, text in refused.items():
        if text.strip() and name in draft.form.asks.questions and not known_answer(draft, name):
            draft.unread[name] = {name: [text]}


def follow_page(draft: Draft, page: Page) -> None:
    """Have what a help page refused be what the form's own page holds of it, now that that was saved."""
    for name in {question.id for question in page.questions} & set(draft.refused_reach):
        typed = draft.unread.get(name, {}).get(name)
        if typed:
            draft.refused_reach[name] = typed[0]
        else:
            del draft.refused_reach[name]
