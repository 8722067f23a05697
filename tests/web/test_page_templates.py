"""Pages are sent without the indentation of their templates, and with all of what people typed."""

from flask import Flask
from jinja2 import DictLoader

SOURCE = "<ul>\n    <li>\n\t{{ typed }}</li>\n</ul>"


def test_a_page_loses_the_indentation_of_its_template_and_nothing_that_was_typed(
    assembled_app: Flask,
) -> None:
    written = assembled_app.jinja_env.overlay(loader=DictLoader({"page.html": SOURCE, "letter.typ": SOURCE}))
    typed = "one\n    two\n\tthree"
    assert written.get_template("page.html").render(typed=typed) == f"<ul>\n<li>\n{typed}</li>\n</ul>"
    assert written.get_template("letter.typ").render(typed=typed) == SOURCE.replace("{{ typed }}", typed)
