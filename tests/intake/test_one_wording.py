"""A question is one text: what is seen of it is what a screen reader says of it, in every language and country."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest
from flask import Flask, g, get_template_attribute

from app import create_app
from app.questionnaire.kinds import Group
from app.questionnaire.pages import Page, Question
from app.questionnaire.whole import FORMS, WHOLE
from app.web.language import say_in
from app.web.questions import draw
from tests.conftest import make_settings

SPOKEN = [("US", "en"), ("UK", "en_GB"), ("US", "es"), ("UK", "es")]
HIDDEN, UNHEARD = "nhsuk-u-visually-hidden", "aria-hidden"
MAY_BE_HIDDEN = ("(", ", ")
"""Which entry a button removes, and what the ends of a scale stand for: both are in view beside it."""

places = pytest.mark.parametrize(("country", "locale"), SPOKEN, ids=lambda value: str(value))


@pytest.fixture(scope="module")
def drawing(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """An app that draws and stores nothing."""
    folder = tmp_path_factory.mktemp("drawing")
    return create_app(make_settings(f"sqlite:///{folder}/none.db", Path(folder), SPANISH="1"))


@dataclass(frozen=True)
class Drawn:
    """A question as a page shows it."""

    page: Page
    question: Question
    html: Element

    def named(self, name: str) -> Element:
        """The element with an id."""
        return next(each for each in self.html.iter() if each.get("id") == name)

    def label(self, name: str) -> Element:
        """The label of a box."""
        return next(each for each in self.html.iter("label") if each.get("for") == name)

    @property
    def name(self) -> Element:
        """What names the question to a screen reader: its legend, its label, or the heading of its group."""
        kind = self.question.kind.name
        if kind in ("text", "number", "signature", "statement"):
            return self.label(self.question.id)
        if kind == "group":
            group = next(each for each in self.html.iter() if each.get("role") == "group")
            return self.named(str(group.get("aria-labelledby")))
        return next(self.html.iter("legend"))


def drawn(app: Flask, country: str, locale: str) -> Iterator[Drawn]:
    """Every question of every form, as patients of a country see it in a language."""
    with app.test_request_context("/"):
        g.locale = locale
        macro = get_template_attribute("components/question.html", "question")
        for page in WHOLE.pages:
            for question in page.questions:
                field = draw(question, country, {}, (), line=page.is_line(question))
                html = html5lib.parseFragment(str(macro(field)), namespaceHTMLElements=False)
                yield Drawn(page, question, html)


def text_of(element: Element, *, seen: bool) -> str:
    """The words of an element, as they are seen, or as they are said."""

    def words(part: Element) -> Iterator[str]:
        left_out = HIDDEN in part.get("class", "") if seen else part.get(UNHEARD) == "true"
        if not left_out:
            yield part.text or ""
            for child in part:
                yield from words(child)
                yield child.tail or ""

    return " ".join("".join(words(element)).split())


@places
def test_what_is_seen_of_a_question_is_what_is_heard(drawing: Flask, country: str, locale: str) -> None:
    for one in drawn(drawing, country, locale):
        asked = say_in(locale)(one.question.text)
        assert text_of(one.name, seen=True) == asked, one.question.id
        assert text_of(one.name, seen=False) == asked, one.question.id
        assert not one.name.get("aria-label"), one.question.id


@places
def test_nothing_is_told_to_one_reader_alone(drawing: Flask, country: str, locale: str) -> None:
    """No label, hint or option has words that are only seen, or only heard."""
    for one in drawn(drawing, country, locale):
        for each in one.html.iter():
            if each.tag in ("label", "legend") or "hint" in each.get("class", ""):
                seen, heard = text_of(each, seen=True), text_of(each, seen=False)
                rest = heard.removeprefix(seen)
                assert heard.startswith(seen), (one.question.id, seen, heard)
                assert not rest or rest.startswith(MAY_BE_HIDDEN), (one.question.id, seen, heard)


@places
def test_options_read_as_they_are_declared(drawing: Flask, country: str, locale: str) -> None:
    for one in drawn(drawing, country, locale):
        options = getattr(one.question.kind, "options", None)
        if options is None or one.question.kind.name == "rows":
            continue
        ids = [box.get("id") for box in one.html.iter("input") if box.get("name") == one.question.id]
        labels = [text_of(one.label(str(name)), seen=True) for name in ids]
        assert labels == [say_in(locale)(label) for label in options.values()], one.question.id


def test_messages_and_answers_name_a_question_by_its_one_wording() -> None:
    for question in _all_questions():
        assert question.label == question.text.removesuffix(" (optional)")


def _all_questions() -> Iterator[Question]:
    for form in FORMS.values():
        for question in form.asks.questions.values():
            yield question
            yield from question.kind.entries if isinstance(question.kind, Group) else ()
