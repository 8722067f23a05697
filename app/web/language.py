"""Which language a page speaks. English is the source: a text with no translation is shown as it was written.

Patients may read their pages in another language; staff read all of it in the English of the declarations.
"""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask
from flask_babel import Babel, get_translations

from app.questionnaire.wording import AsTyped, InEnglish, Words

babel = Babel()


def init_app(app: Flask) -> None:
    """Give templates and views `_()`, and templates the filter `say`."""
    babel.init_app(app, default_locale="en")
    app.add_template_filter(say)


def say(text: str) -> str:
    """A text of the declarations, or made from them, in the language of the page."""
    return said(text, get_translations().ugettext)


def said(text: str, translate: Callable[[str], str]) -> str:
    """The same in the language of `translate`, which knows whole texts and templates."""
    if not text or isinstance(text, (AsTyped, InEnglish)):
        return text
    if not isinstance(text, Words) or not (text.values or text.named):
        return translate(text)
    return translate(text.template).format(
        *(_value(value, translate) for value in text.values),
        **{name: _value(value, translate) for name, value in text.named.items()},
    )


def _value(value: object, translate: Callable[[str], str]) -> object:
    return said(value, translate) if isinstance(value, str) else value
