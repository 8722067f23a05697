"""A question is one text: seen, said by a screen reader, signed and printed, in every language and country."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest
from flask import Flask, get_template_attribute

from app import create_app
from app.intake.after.copy import signed_steps
from app.questionnaire.all_forms import FORMS, WHOLE
from app.questionnaire.answers import Answers
from app.questionnaire.countries import Country
from app.questionnaire.kinds import Choice, Choices, Group, Rows, Scale
from app.questionnaire.pages import Page, Question, Questionnaire
from app.questionnaire.reading import Reading
from app.web.language import speak, translator_for
from app.web.questions import draw
from tests.conftest import make_settings

pytestmark = pytest.mark.sqlite_alone("what is said, in which words and language")

ON = date(2026, 3, 2)
SPOKEN = [(Country.US, "en"), (Country.UK, "en_GB"), (Country.US, "es"), (Country.UK, "es")]
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


def drawn(app: Flask, country: Country, locale: str) -> Iterator[Drawn]:
    """Every question of every form, as patients of a country see it in a language."""
    with app.test_request_context("/"):
        speak(locale)
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
def test_what_is_seen_of_a_question_is_what_is_heard(drawing: Flask, country: Country, locale: str) -> None:
    for one in drawn(drawing, country, locale):
        asked = translator_for(locale)(one.question.text)
        assert text_of(one.name, seen=True) == asked, one.question.id
        assert text_of(one.name, seen=False) == asked, one.question.id
        assert not one.name.get("aria-label"), one.question.id


@places
def test_nothing_is_told_to_one_reader_alone(drawing: Flask, country: Country, locale: str) -> None:
    """No label, hint or option has words that are only seen, or only heard."""
    for one in drawn(drawing, country, locale):
        for each in one.html.iter():
            if each.tag in ("label", "legend") or "hint" in each.get("class", ""):
                seen, heard = text_of(each, seen=True), text_of(each, seen=False)
                rest = heard.removeprefix(seen)
                assert heard.startswith(seen), (one.question.id, seen, heard)
                assert not rest or rest.startswith(MAY_BE_HIDDEN), (one.question.id, seen, heard)


@places
def test_options_read_as_they_are_declared(drawing: Flask, country: Country, locale: str) -> None:
    for one in drawn(drawing, country, locale):
        options = getattr(one.question.kind, "options", None)
        if options is None or one.question.kind.name == "rows":
            continue
        ids = [box.get("id") for box in one.html.iter("input") if box.get("name") == one.question.id]
        labels = [text_of(one.label(str(name)), seen=True) for name in ids]
        assert labels == [translator_for(locale)(label) for label in options.values()], one.question.id


@places
def test_what_stands_above_a_scale_is_heard_with_it(drawing: Flask, country: Country, locale: str) -> None:
    for one in drawn(drawing, country, locale):
        kind = one.question.kind
        if not isinstance(kind, Scale):
            continue
        whole = next(one.html.iter("fieldset"))
        described = " ".join(
            text_of(one.named(name), seen=True) for name in (whole.get("aria-describedby") or "").split()
        )
        assert described == " ".join(" ".join(kind.instrument.above(country)).split()), one.question.id
        stem = kind.instrument.stem_of(kind.instrument.item_count, country)
        groups = [each for each in one.html.iter() if each.get("role") == "group"]
        assert [text_of(one.named(str(each.get("aria-labelledby"))), seen=True) for each in groups] == (
            [stem] if stem else []
        )


@places
def test_what_is_signed_and_printed_is_what_is_seen(drawing: Flask, country: Country, locale: str) -> None:
    """Of every question: its text, its hint, and each line of a question of many, as signed and as in the PDF."""
    translate = translator_for(locale)
    seen = {one.question.id: one for one in drawn(drawing, country, locale)}
    for form in FORMS.values():
        read, asked = all_asked(form.asks, country)
        signed = [line for step in signed_steps(read, asked, translate) for line in step.lines]
        assert [line.id for line in signed] == [
            name for name, question in asked.questions.items() if question.kind.name != "identity"
        ]
        for line in signed:
            one = seen[line.id]
            assert line.question == re.sub(r" \((optional|opcional)\)$", "", text_of(one.name, seen=True)), (
                line.id
            )
            hints = [
                text_of(each, seen=True) for each in one.html.iter() if each.get("id") == f"{line.id}-hint"
            ]
            assert hints == ([line.help] if line.help else []), line.id
            legends = [text_of(each, seen=True) for each in one.html.iter("legend")][1:]
            if isinstance(one.question.kind, Scale | Rows):
                assert len(legends) == len(line.items)
                for item, legend in zip(line.items, legends, strict=True):
                    assert item.label.endswith(re.sub(r"^[0-9]+\. ", "", legend)), line.id


@places
def test_an_answer_is_signed_in_the_words_that_were_picked(
    drawing: Flask, country: Country, locale: str
) -> None:
    translate = translator_for(locale)
    for one in drawn(drawing, country, locale):
        kind = one.question.kind
        for code, label in getattr(kind, "options", {}).items() if isinstance(kind, Choice | Choices) else ():
            answers = {one.question.id: [code] if isinstance(kind, Choices) else code}
            form = next(form.asks for form in FORMS.values() if one.question.id in form.asks.questions)
            read, asked = all_asked(form, country, answers)
            line = next(line for step in signed_steps(read, asked, translate) for line in step.lines
                        if line.id == one.question.id)  # fmt: skip
            assert line.words.startswith(translate(label)), one.question.id
            if code == "none" and isinstance(kind, Choices):
                assert translate(next(iter(kind.options.values()))) in line.words, "none of which?"


def all_asked(
    form: Questionnaire, country: Country, answers: Answers | None = None
) -> tuple[Reading, Questionnaire]:
    """A form that asks everything there is, with nothing answered but these."""
    steps = (
        replace(
            step,
            pages=tuple(
                replace(page, questions=tuple(replace(each, show_if=None) for each in page.questions))
                for page in step.pages
            ),
        )
        for step in form.steps
    )
    asked = replace(form, steps=tuple(steps))
    scales: Answers = {
        name: [0] * question.kind.instrument.item_count
        if isinstance(question.kind, Scale)
        else dict.fromkeys(question.kind.rows, next(iter(question.kind.options)))
        for name, question in asked.questions.items()
        if isinstance(question.kind, Scale | Rows)
    }
    return Reading(asked, {**scales, **(answers or {})}, ON, country), asked


def test_messages_and_answers_name_a_question_by_its_one_wording() -> None:
    for question in _all_questions():
        assert question.label == question.text.removesuffix(" (optional)")


def _all_questions() -> Iterator[Question]:
    for form in FORMS.values():
        for question in form.asks.questions.values():
            yield question
            yield from question.kind.entries if isinstance(question.kind, Group) else ()
