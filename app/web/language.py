"""Which language a page speaks. English is the source: a text with no translation is shown as it was written."""

from flask import Flask
from flask_babel import Babel

babel = Babel()


def init_app(app: Flask) -> None:
    """Give templates and views `_()`."""
    babel.init_app(app, default_locale="en")
