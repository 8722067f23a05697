"""Pages without the indentation of their templates: it is for whoever writes them, and a third of a page's bytes."""

import re

from flask import Flask
from jinja2.ext import Extension

INDENTATION = re.compile(r"\n[ \t]+")


def init_app(app: Flask) -> None:
    """Take the indentation out of every HTML template as it is loaded."""
    app.jinja_env.add_extension(Unindented)


class Unindented(Extension):
    """A line of a template begins with its first word. Lines stay lines, so words stay apart and errors name them.

    What a page puts into a text box is not touched: only the template is, and its boxes begin at the margin.
    """

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """The source of a template as Jinja reads it."""
        return INDENTATION.sub("\n", source) if name is not None and name.endswith(".html") else source
