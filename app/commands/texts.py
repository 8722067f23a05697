"""Every text that patients read, and what it is in other languages: `flask texts` writes the catalogues anew."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import click
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from app.questionnaire import units
from app.questionnaire.all_forms import FORMS, NOTICES, WHOLE
from app.questionnaire.answers import STATE_WORDS
from app.questionnaire.crisis_contacts import CONTACTS
from app.questionnaire.interruption import STANDS, Interruption
from app.questionnaire.interruptions import INTERRUPTIONS
from app.questionnaire.kinds import Choice, Choices, Day, Group, Kind, Measure, Number, Rows
from app.questionnaire.pages import Question
from app.questionnaire.wording import Message

ROOT = Path(__file__).parents[2]
TRANSLATIONS = ROOT / "app" / "translations"
# Staff read English alone, so their templates are left out.
TEMPLATES = ("layout.html", "components/", "errors/", "intake/")
CODE = ("questionnaire/", "core/events.py", "intake/", "web/", "mail/letters.py")
KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "_": None,
    "Message": None,
    "InvalidAnswer": None,
    "Problem": (2,),
}
COMPLETE, OVERLAY = "es", "en_GB"
HEADER = r"""msgid ""
msgstr ""
"Language: {}\n"
"Content-Type: text/plain; charset=utf-8\n"

"""
PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w*\}")
AMERICAN = re.compile(
    r"anesthe|tumor|\bcolor|\bcenter|centimeter|primary doctor|physical therap|\ba store\b"
    r"|\bpoop\b(?!.* emergency room)|\bpills?\b|\bshots?\b|radiation"
    r"|ativan|depakote|emsam|prednisone|seroquel|suboxone|vivitrol",  # a brand or a name of the US
    re.IGNORECASE,
)
"""Where British English differs, so that a new text is not forgotten."""


def texts() -> Catalog:
    """Every text that patients read, in the order it comes; the comment says where it is declared."""
    found = Catalog(fuzzy=False)
    for where, text in _declared():
        if text and text.strip():
            found.add(text.template if isinstance(text, Message) else text, auto_comments=[where])
    for folder in ("app", "templates"):
        for name, _line, message, *_ in extract_from_dir(
            ROOT / folder, [("**.py", "python"), ("**.html", "jinja2")], keywords=KEYWORDS
        ):
            read = name.startswith(CODE if folder == "app" else TEMPLATES)
            text = message[-1] if isinstance(message, tuple) else message
            if read and text:
                found.add(text, auto_comments=[f"{folder}/{name}"])
    return found


def _declared() -> Iterator[tuple[str, str | None]]:
    # Loaded here: it brings the database along, which other commands on files do without.
    from app.intake.after.rights import CORRECTION

    for step in WHOLE.steps:
        yield f"step {step.id}", step.group
        yield f"step {step.id}", step.name
        for page in step.pages:
            for line in (page.title, *page.intro):
                yield f"page {page.id}", line
            for question in page.questions:
                for text in _question(question):
                    yield question.id, text
    for notice in NOTICES.values():
        for text in notice.texts():
            yield f"notice {notice.id}", text
    for form in FORMS.values():
        yield f"form {form.kind}", form.name
    for text in _question(CORRECTION):
        yield CORRECTION.id, text
    for unit in (*units.HEIGHT_UNITS, *units.WEIGHT_UNITS):
        for text in (unit.label, unit.example, *(part.label for part in unit.parts)):
            yield f"unit {unit.code}", text
    for state, words in STATE_WORDS.items():
        yield f"state {state}", words
    for interruption in INTERRUPTIONS:
        for text in _interruption(interruption):
            yield f"help {interruption.id}", text
    yield "help", STANDS
    for country, contacts in CONTACTS.items():
        for name, contact in contacts.items():
            yield f"contact {country} {name}", contact.label
            yield f"contact {country} {name}", contact.note
    for text in (*calendar.month_name[1:], *calendar.day_name, "day", "month", "year"):
        yield "dates", text


def _question(question: Question) -> Iterator[str | None]:
    yield from (question.text, question.text.removesuffix(" (optional)"))
    yield from (question.help, question.missing, question.kind.sample(question), *question.exit.values())
    yield from _kind(question.kind)


def _kind(kind: Kind) -> Iterator[str | None]:
    match kind:
        case Choice(options=options) | Choices(options=options):
            yield from options.values()
        case Rows(rows=rows, options=options):
            yield from (*rows.values(), *options.values())
        case Number():
            yield from (kind.unit, kind.told)
        case Measure():
            yield from (kind.noun, kind.noun.lower(), kind.told, kind.pair_told)
        case Day():
            yield kind.noun
        case Group():
            yield from (kind.item_name, kind.item_name.capitalize())
            for entry in kind.entries:
                yield from _question(entry)


def _interruption(one: Interruption) -> Iterable[str | None]:
    by_country = (one.opening, one.opening_unsure, one.act_now, one.act_today, one.what_happens)
    return (
        *(one.title, one.heading, one.saved, one.talk, one.carry_on, one.stop_here),
        *(one.told_open, one.told_closed, one.listed_open, one.listed_closed),
        *(text for texts in by_country for text in texts.values()),
    )


def problems(asked: Catalog, said: Catalog, *, complete: bool) -> Iterator[str]:
    """What is wrong with a catalogue. One that is not `complete` holds only what differs."""
    for message in asked:
        if not message.id:
            continue
        text, other = str(message.id), said.get(message.id)
        if other is None or not other.string:
            if complete or AMERICAN.search(text):
                yield f"has no {said.locale}: {text}"
        elif other.fuzzy:
            yield f"is fuzzy: {text}"
        elif sorted(PLACEHOLDER.findall(text)) != sorted(PLACEHOLDER.findall(str(other.string))):
            yield f"has other placeholders: {text}"
    for message in said:
        if message.id and message.id not in asked:
            yield f"is asked for no more: {message.id}"
    yield from (f"is obsolete: {name}" for name in said.obsolete)


def read(name: str) -> Catalog:
    """The catalogue of a locale."""
    with _file(name).open("rb") as file:
        return read_po(file, locale=name)


def _file(name: str) -> Path:
    return TRANSLATIONS / name / "LC_MESSAGES" / "messages.po"


def _write(name: str, asked: Catalog) -> None:
    before = read(name)
    after = Catalog(name, project="Foreroom", fuzzy=False)
    for message in asked:
        known = before.get(message.id) if message.id else None
        string = known.string if known else ""
        if message.id and (string or name == COMPLETE):
            after.add(message.id, string, auto_comments=message.auto_comments)
    with _file(name).open("wb") as file:
        # No header of Babel's own: it holds the time, and each run would be a change.
        file.write(HEADER.format(name).encode())
        write_po(file, after, width=0, omit_header=True)


@click.command("texts")
@click.option(
    "--check", is_flag=True, help="Write nothing; say what is missing, fuzzy, obsolete or does not fit."
)
def texts_command(check: bool) -> None:
    """Write the catalogues of other languages anew, with every text that patients read."""
    asked = texts()
    if check:
        wrong = [
            f"{name}: a text {problem}"
            for name in (COMPLETE, OVERLAY)
            for problem in problems(asked, read(name), complete=name == COMPLETE)
        ]
        if wrong:
            raise click.ClickException("\n".join(wrong))
        return
    for name in (COMPLETE, OVERLAY):
        _write(name, asked)
