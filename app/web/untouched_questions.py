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
from app.web.tablet_session import on_tablet

_FIELDS: dict[tuple[object, ...], Shown] = {}
"""As many as are declared, for each country, language, and way that the page's other answers bring them up."""


def init_app(app: Flask) -> None:
    """Give templates `question_html`."""
    app.add_template_global(question_html)


def untouched(question: Question, jurisdiction: Country, **state: Any) -> Shown:
    """A question with nothing typed into it, and nothing to mend. `state`: the further parts of Shown."""
    key = (question.id, jurisdiction, locale(), *state.values())
    kept = _FIELDS.get(key)
    if kept is None or kept.question is not question:
        drawn = draw(question, jurisdiction, {}, (), untouched=True, **state)
        kept = _FIELDS[key] = with_blank_entry(drawn, jurisdiction)
    return kept


def question_html(macro: Macro, field: Shown) -> str:
    """What the template's macro makes of a field."""
    return _html(macro, field, locale(), on_tablet()) if field.untouched else macro(field)


@lru_cache(maxsize=4096)
def _html(macro: Macro, field: Shown, _spoken: str, _on_tablet: bool) -> str:
    """The same, by all that it depends on."""
    return macro(field)
