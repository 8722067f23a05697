"""Templates can be reviewed: one element a line. Their indents are djLint's, in `make check`."""

import re
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).parents[1] / "templates"
# What stands in a line of text, or is its own contents: the icon of a level, a break.
INLINE = {"a", "br", "circle", "em", "path", "q", "span", "strong", "svg"}
COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
OPENED = re.compile(r"<([a-z][a-z0-9]*)\b")

every = pytest.mark.parametrize(
    "name", sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html"))
)


def opened(line: str) -> list[str]:
    """The elements that a line opens, without those that belong into a line of text."""
    return [name for name in OPENED.findall(line) if name not in INLINE]


def test_what_counts_as_an_element() -> None:
    assert opened('<li><a href="{{ url }}">{{ text }}</a></li>') == ["li"]
    assert opened("<div><p>One</p><p>Two</p></div>") == ["div", "p", "p"]


@every
def test_one_element_a_line(name: str) -> None:
    source = COMMENT.sub("", (TEMPLATES / name).read_text(encoding="utf-8"))
    assert [line.strip() for line in source.splitlines() if len(opened(line)) > 1] == []


@every
def test_no_list_is_filled_in_a_template(name: str) -> None:
    """What a list holds is the page object's to say; a row with macros in it is drawn where it stands."""
    assert ".append(" not in (TEMPLATES / name).read_text(encoding="utf-8")
