"""Which language a page speaks. English is the source: a text with no translation is shown as it was written.

Patients may read their pages in another language; staff read all of it in the English of the declarations. Nothing is
guessed from the browser: the language is the one picked, and the session cookie keeps it.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from babel.support import Translations
from flask import Flask, request, session
from markupsafe import Markup

from app.questionnaire.wording import Message, Translate, Untranslatable, UserText
from app.web.features import is_patient_facing
from app.web.settings import current_settings
from app.web.staff_session import STAFF_ID

if TYPE_CHECKING:
    from config import Settings

ENGLISH, SPANISH = "en", "es"
LANGUAGE = "language"
NAMES = {ENGLISH: "English", SPANISH: "Español"}
"""Each in its own language."""
IN_ENGLISH = Markup(' lang="en"')
CATALOGUES = Path(__file__).parents[1] / "translations"
_SPOKEN: ContextVar[str] = ContextVar("locale", default=ENGLISH)
"""The locale of the page that this thread answers with: asked for at each text, some eighty times a page."""


class NoCatalogue(Exception):
    """A language is switched on whose catalogue was not compiled."""


def init_app(app: Flask) -> None:
    """Give templates and views `_()`, templates the filters that translate, and every request its language.

    Raises NoCatalogue.
    """
    settings: Settings = app.config["SETTINGS"]
    for name in ("es",) if settings.spanish else ():
        if not (CATALOGUES / name / "LC_MESSAGES" / "messages.mo").is_file():
            raise NoCatalogue("Spanish is switched on, but its texts are not compiled. Run: make install")
    app.jinja_env.globals["_"] = _template_text
    app.before_request(_choose)
    app.teardown_request(lambda _failure: speak(ENGLISH))
    app.add_template_filter(translate)
    app.add_template_filter(lang_of)

    @app.context_processor
    def page_language() -> dict[str, object]:
        spoken = locale()
        return {
            "lang": spoken.replace("_", "-"),
            "page_languages": _offered(),
            "is_a_draft": settings.demo and spoken == SPANISH,
        }


def locale() -> str:
    """The locale of this page; plain English where there is none."""
    return _SPOKEN.get()


def speak(spoken: str) -> None:
    """Make this the locale of the page, until the request ends."""
    _SPOKEN.set(spoken)


def language() -> str:
    """The language that was picked: "en" or "es"."""
    return SPANISH if locale() == SPANISH else ENGLISH


def is_language_chosen() -> bool:
    """Whether a language was picked in this browser, or a form was opened in one."""
    return LANGUAGE in session


def apply_language_switch() -> str | None:
    """Make the language of a posted page that of its switch. Returns the language; None when no switch was pressed."""
    wanted = request.form.get("switch_language")
    return wanted if wanted is not None and choose_language(wanted) else None


def choose_language(wanted: str | None) -> bool:
    """Use a language in this browser from now on. Returns False for one that is not offered."""
    if not current_settings().spanish or wanted not in NAMES:
        return False
    session[LANGUAGE] = wanted
    _choose()
    return True


def _choose() -> None:
    """Before anything is said: whoever closes the form on this page still reads its last words in their language."""
    settings = current_settings()
    if STAFF_ID in session or not (request.blueprint is None or is_patient_facing(request.blueprint)):
        speak(ENGLISH)
    elif settings.spanish and session.get(LANGUAGE) == SPANISH:
        speak(SPANISH)
    else:
        speak(settings.jurisdiction.english)


def _offered() -> list[dict[str, object]]:
    """The languages that the switch of this page offers; none where there is no choice."""
    if not current_settings().spanish or not is_patient_facing(request.blueprint) or STAFF_ID in session:
        return []
    spoken = language()
    return [{"code": code, "name": name, "current": code == spoken} for code, name in NAMES.items()]


def translate(text: str) -> str:
    """A text translated into the language of the page."""
    return translator_for(locale())(text)


def _template_text(text: str, **values: object) -> Markup:
    """`_("…")` of a template in the language of its page; `values` stand where it says %(name)s, and are escaped."""
    said = _template_markup(locale(), text)
    return said % values if values else said


@cache
def _template_markup(spoken: str, text: str) -> Markup:
    """A text of a template as HTML. There are as many as the templates hold."""
    return Markup(translator_for(spoken)(text))  # noqa: S704 - a text of our templates, not of anybody


@cache
def translator_for(spoken: str) -> Translate:
    """A function that translates texts into the language of a locale, whatever the language of the page.

    Its catalogue is read once in the life of the process; without one, texts stay as they were written.
    """
    catalogue = Translations.load(CATALOGUES, [spoken])
    if not isinstance(catalogue, Translations):
        return _as_written
    translate = catalogue.ugettext
    return lambda text: translated(text, translate)


def _as_written(text: str) -> str:
    return text


def translated(text: str, translate: Callable[[str], str]) -> str:
    """A text translated by `translate`, which knows whole texts and templates; its values are translated too."""
    if not text or isinstance(text, (UserText, Untranslatable)):
        return text
    if not isinstance(text, Message) or not (text.values or text.named):
        return translate(text)
    return translate(text.template).format(
        *(_value(value, translate) for value in text.values),
        **{name: _value(value, translate) for name, value in text.named.items()},
    )


def _value(value: object, translate: Callable[[str], str]) -> object:
    return translated(value, translate) if isinstance(value, str) else value


def lang_of(text: str) -> Markup:
    """The `lang` attribute of an English phrase on a page in another language, for screen readers; empty else."""
    return IN_ENGLISH if isinstance(text, Untranslatable) and language() != ENGLISH else Markup("")
