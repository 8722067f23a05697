"""How templates are loaded: without their indentation, and with one dictionary of what all of them know."""

import re
from collections import ChainMap
from collections.abc import MutableMapping
from typing import Any

from flask.templating import Environment

INDENTATION = re.compile(r"\n[ \t]+")


class PageEnvironment(Environment):
    """Jinja's environment, for pages that are drawn more often than their templates change."""

    def preprocess(self, source: str, name: str | None = None, filename: str | None = None) -> str:
        """The source of a template as it is compiled: in an HTML one, each line begins with its first word.

        Indentation is for whoever writes it, and a third of a page's bytes. Lines stay lines, so words stay apart and
        errors name them. What a page puts into a text box is not touched.
        """
        plain = name is not None and name.endswith(".html")
        return super().preprocess(INDENTATION.sub("\n", source) if plain else source, name, filename)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """What a template knows besides its context: what all know, and `d`.

        Jinja chains the two also where there is no `d`, and walks through that chain at each import of each page.
        """
        return ChainMap(d, self.globals) if d else self.globals
