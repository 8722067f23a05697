"""Whose form a page is of: how its forms and its addresses name that form, and the label it is shown under."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Any

from flask import current_app, g, render_template, request
from markupsafe import Markup

from app.intake.draft import Draft
from app.intake.store import find_held_case
from app.models import Case
from app.questionnaire.answers import STATES
from app.web.guards import guard_of
from app.web.patient_session import earlier_case_id, open_patient_session
from app.web.tablet_session import on_tablet
from app.web.transaction import request_session

SUBMISSION = "submission"
"""The hidden field by which every form of a patient's page names the form it is of."""
OF = "of"
"""The part of an address by which every link of a patient's page names the form it is of."""
MARKED_PUBLIC = ("intake.start", "tablet.over")
"""Endpoints that anyone may open, whose addresses name a form all the same: one opens it again, one ends it."""
_MARK_BYTES = 6
_MARKED = "marked_endpoints"


@dataclass(frozen=True, slots=True)
class FormLabel:
    """What a page shows of the form it is of."""

    submission: str
    """The id that its forms name it by."""
    form: str
    """What the form is called, such as "Health check"."""
    name: str
    """The person's name as they gave it, their initials on a tablet; empty while it is not known."""
    started_at: datetime
    """When the form was begun, aware."""


def address_mark(case: Case) -> str:
    """The mark by which addresses name a form. It cannot be turned back into the id in its forms, which lets a page be
    saved.
    """
    return blake2b(case.submission_id.bytes, digest_size=_MARK_BYTES).hexdigest()


def is_posted_for(case: Case) -> bool:
    """Whether the page that was sent names this form. One that names none is of another."""
    return request.form.get(SUBMISSION) == str(case.submission_id)


def is_linked_from(case: Case) -> bool:
    """Whether the link that was followed is of a page of this form."""
    return request.values.get(OF) == address_mark(case)


def is_linked_from_another(case: Case) -> bool:
    """Whether the link that was followed names another form. An address that was typed names none."""
    return OF in request.values and not is_linked_from(case)


def open_in_browser(case: Case) -> None:
    """Let this browser fill in one form. Where it is led to is of that form."""
    open_patient_session(case.id)
    mark_addresses(case)


def mark_addresses(case: Case) -> None:
    """Mark every address that this request makes from here on as one of this form."""
    g.form_mark = address_mark(case)


def label_page(case: Case, draft: Draft) -> None:
    """Name this form on the page of this request, in words and in each of its forms."""
    told = draft.merged_answers
    names = (told.get("preferred_name"), told.get("first_name"))
    name = next((name for name in names if isinstance(name, str) and name and name not in STATES), "")
    if on_tablet():
        # Others look at it next: enough to tell whose it is for whoever holds it now.
        last = told.get("last_name")
        name = "".join(f"{word[0]}." for word in (name, last) if isinstance(word, str) and word)
    g.form_open = FormLabel(str(case.submission_id), draft.form.name, name, case.started_at)


def add_form_mark(endpoint: str, values: dict[str, Any]) -> None:
    """Add the form's mark to an address of a patient's page, also one that is redirected to."""
    held = g.get("form_mark")
    if held is not None and endpoint in _marked_endpoints():
        values.setdefault(OF, held)


def _marked_endpoints() -> frozenset[str]:
    """The endpoints whose addresses name a form: those that are opened with GET, of patients' pages and some more."""
    known: frozenset[str] | None = current_app.extensions.get(_MARKED)
    if known is None:
        known = current_app.extensions[_MARKED] = frozenset(
            rule.endpoint
            for rule in current_app.url_map.iter_rules()
            if "GET" in (rule.methods or ())
            and (rule.endpoint in MARKED_PUBLIC or _is_of_patients(rule.endpoint))
        )
    return known


def _is_of_patients(endpoint: str) -> bool:
    guard = guard_of(current_app, endpoint)
    return guard is not None and guard.kind == "patient"


def submission_field() -> Markup:
    """The hidden field that names the form a page is of: on a page that shows nothing of the form, such as its door,
    by the mark of its addresses; empty on a page of no form.
    """
    shown = g.get("form_open")
    field = Markup('<input type="hidden" name="%s" value="%s">')
    if shown:
        return field % (SUBMISSION, shown.submission)
    return field % (OF, g.form_mark) if "form_mark" in g else Markup()


def label_context() -> dict[str, object]:
    """What templates are given: `whose`, the label of the form, None on a page of no form; and `says_whose`, whether
    the links of the page are marked.
    """
    return {"whose": g.get("form_open"), "says_whose": "form_mark" in g}


def render_other_form(*, door: str, aside: str) -> str:
    """A page saying that a link is of another form than the one that is open now. `door`: the address mark of that
    form, if it was open in this browser before; `aside`: that of the form which is open now, to be set aside for a new
    one, where the page was of no form and was to begin one.
    """
    return render_template("intake/other_form.html", door=door, aside=aside)


def earlier_case() -> Case | None:
    """The case that was open in this browser before the one that is now, or None."""
    case_id = earlier_case_id()
    return find_held_case(request_session(), case_id) if case_id else None


def earlier_mark() -> str:
    """The address mark of the form that was open in this browser before the one that is now; empty for none."""
    case = earlier_case()
    return address_mark(case) if case else ""


def page_of_earlier_form() -> Case | None:
    """The form that was open in this browser before the one that is now, if the page is of that; else None."""
    case = earlier_case()
    return case if case and (is_posted_for(case) or is_linked_from(case)) else None
