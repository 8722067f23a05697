"""Whose form a page is of: what its forms and its addresses say of it, and what is shown of it in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Any

from flask import current_app, g, render_template, request
from markupsafe import Markup

from app.intake.draft import Draft
from app.models import Case
from app.questionnaire.answers import STATES
from app.web.guards import guard_of
from app.web.patient_session import open_patient_session
from app.web.tablet_session import on_tablet

SUBMISSION = "submission"
"""The hidden field by which every form of a patient's page says whose it is."""
OF = "of"
"""The part of an address by which every link of a patient's page says whose it is."""
DOOR = "intake.start"
_MARK_BYTES = 6


@dataclass(frozen=True, slots=True)
class Shown:
    """The form whose pages are shown: its mark, what it is called, and whose it is as far as they said."""

    submission: str
    form: str
    name: str
    started_at: datetime


def mark_of(case: Case) -> str:
    """What addresses say of a form. It cannot be turned back into what its forms say, which lets a page be saved."""
    return blake2b(case.submission_id.bytes, digest_size=_MARK_BYTES).hexdigest()


def is_of(case: Case) -> bool:
    """Whether the page that was sent says that it is of this form. One that says nothing is of another."""
    return request.form.get(SUBMISSION) == str(case.submission_id)


def comes_from(case: Case) -> bool:
    """Whether the link that was followed is of a page of this form."""
    return request.values.get(OF) == mark_of(case)


def comes_from_another(case: Case) -> bool:
    """Whether the link that was followed says that it is of a page of another form. One that was typed says nothing."""
    return OF in request.values and not comes_from(case)


def let_in(case: Case) -> None:
    """Let this browser fill in one form. Where it is led to is of that form."""
    open_patient_session(case.id)
    mark(case)


def mark(case: Case) -> None:
    """From here on the addresses of this request say whose form they are of."""
    g.form_mark = mark_of(case)


def show(case: Case, draft: Draft) -> None:
    """From here on the page of this request says whose form it is of, in words and in each of its forms."""
    told = draft.merged_answers
    names = (told.get("preferred_name"), told.get("first_name"))
    name = next((name for name in names if isinstance(name, str) and name and name not in STATES), "")
    if on_tablet():
        # Others look at it next: enough to tell whose it is for whoever holds it now.
        last = told.get("last_name")
        name = "".join(f"{word[0]}." for word in (name, last) if isinstance(word, str) and word)
    g.form_open = Shown(str(case.submission_id), draft.form.name, name, case.started_at)


def mark_address(endpoint: str, values: dict[str, Any]) -> None:
    """Have an address of a form's page say whose form it is, also one that is led to."""
    held = g.get("form_mark")
    guard = guard_of(current_app, endpoint)
    if held is None or guard is None or (guard.kind != "patient" and endpoint != DOOR):
        return
    if any("GET" in (rule.methods or ()) for rule in current_app.url_map.iter_rules(endpoint)):
        values.setdefault(OF, held)


def door_field() -> dict[str, str]:
    """The hidden field by which the door of a form says whose it is."""
    return {OF: g.form_mark} if "form_mark" in g else {}


def submission_field() -> Markup:
    """The hidden field that says whose form a page is of; nothing on a page of no form."""
    shown = g.get("form_open")
    field = Markup('<input type="hidden" name="{}" value="{}">')
    return field.format(SUBMISSION, shown.submission) if shown else Markup()


def in_words() -> dict[str, object]:
    """Whose form a page is of: its name, and the person's as they gave it. None on a page of no form.

    Also whether the links of the page say it: one that does not leads to no page of a form.
    """
    return {"whose": g.get("form_open"), "says_whose": "form_mark" in g}


def render_from_another(*, door: bool) -> str:
    """That a link is of a page of another form than is open now. `door`: that form was open in this browser before."""
    return render_template("intake/other_form.html", door=door)
