"""What was typed on a page whose form this browser may not write into, given back with what to do about it.

It is made of what was posted alone, so it shows nothing that is stored. Its button sends the page once more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum

from flask import current_app, render_template, request

from app.intake.after.rights import CORRECTION
from app.intake.help.contact_rendering import crisis_buttons
from app.questionnaire.all_forms import WHOLE
from app.questionnaire.answers import is_blank
from app.questionnaire.kinds import InvalidAnswer, answer_words
from app.questionnaire.pages import Question
from app.questionnaire.posted import read_question
from app.questionnaire.wording import Message, UserText
from app.web.act import clinic_day
from app.web.language import apply_language_switch
from app.web.patient_session import earlier_case_id
from app.web.settings import current_settings

NOT_SENT_AGAIN = ("switch_language",)
"""A button of the page, which was pressed."""


class UnsavedReason(StrEnum):
    """Why a page that was sent is not saved."""

    LOST = "lost"
    """The browser holds no form."""
    AWAY = "away"
    """The form was left, and its birth date was not given since."""
    OTHER = "other"
    """The page is of another form than the browser holds."""
    UNKNOWN = "unknown"
    """The page does not name its form, which is never taken for the one the browser holds."""
    STALE = "stale"
    """The page's own mark is over."""


def render_unsaved(why: UnsavedReason, *, door: str = "", held: str = "") -> str:
    """The page that gives back what was typed. `door`: the address mark of the form it is of, if that was open in this
    browser before; `held`: the mark of the form that is open now, which a page that names none may be said to be of.
    """
    apply_language_switch()
    left_out = (current_app.config["WTF_CSRF_FIELD_NAME"], *NOT_SENT_AGAIN)
    again = [(name, value) for name, value in request.form.items(multi=True) if name not in left_out]
    return render_template(
        "intake/closed_form.html",
        why=why.value,
        typed=list(_typed()),
        again=again,
        door=door,
        held=held,
        earlier=earlier_case_id() is not None,
        idle=None,
        contacts=crisis_buttons(),
    )


def _typed() -> Iterator[str]:
    """What was typed and picked, in words."""
    posted = request.form.to_dict(flat=False)
    for question in (*WHOLE.questions.values(), CORRECTION):
        words = _words(question, posted) if any(name in posted for name in question.form_names()) else ""
        if words:
            yield Message("{label}: {words}", label=question.label, words=words)


def _words(question: Question, posted: Mapping[str, Sequence[str]]) -> str:
    """One answer as it was given: in words, or as it was typed where it cannot be taken; empty for none."""
    try:
        answer = read_question(question, posted, clinic_day())
    except InvalidAnswer:
        typed = [text for name in question.form_names() for text in posted.get(name, ()) if text.strip()]
        return UserText(", ".join(typed))
    return "" if is_blank(answer) else answer_words(question, answer, current_settings().jurisdiction)
