"""Questions that nobody has typed anything into: what a page shows of them follows from their declaration, and is kept.

Such a field is made, and drawn by its template, with no typed value at hand: there is nothing of a person in it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from flask import Flask
from jinja2.runtime import Macro

from app.questionnaire.countries import Country
from app.questionnaire.pages import Question
from app.web.language import locale
from app.web.question_view import Shown
from app.web.questions import draw, with_blank_entry

_FIELDS: dict[tuple[object, ...], Shown] = {}
"""As many as are declared, for each country, language, and way that the page's other answers bring them up."""


def init_app(app: Flask) -> None:
    """Give templates `question_html`."""
    app.add_template_global(question_html)


def untouched(question: Question, jurisdiction: Country, tablet: bool, **state: Any) -> Shown:
    """A question with nothing typed into it, and nothing to mend, as it is on a `tablet` or elsewhere.

    `state`: the further parts of Shown.
    """
    key = (question.id, jurisdiction, locale(), tablet, *state.values())
    kept = _FIELDS.get(key)
    if kept is None or kept.question is not question:
        drawn = draw(question, jurisdiction, {}, (), untouched=True, **state)
        kept = _FIELDS[key] = with_blank_entry(drawn, jurisdiction)
    return kept


def question_html(macro: Macro, field: Shown) -> str:
    """What the template's macro makes of a field."""
    return _html(macro, field) if field.untouched else macro(field)


@lru_cache(maxsize=4096)
def _html(macro: Macro, field: Shown) -> str:
    """The same of an untouched field, which is another in another language, and on a tablet."""
    return macro(field)
