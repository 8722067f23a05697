"""How long things last: the texts that say so are made of the value that holds."""

import re
from datetime import UTC, datetime, timedelta
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask, render_template

from app.commands.texts import texts
from app.core import events
from app.mail import letters
from app.questionnaire import durations, how_used
from app.questionnaire.durations import duration_words
from app.web.forms import PostForm
from app.web.language import translator_for

pytestmark = pytest.mark.sqlite_alone("what is said, in which words and language")

A_DURATION = re.compile(
    r"(?<![\w-])(?:\d+|an?|one|two|three|five|ten|fifteen|thirty)\s+(?:minute|hour|day|week|month)s?\b",
    re.IGNORECASE,
)
ESTIMATES = {
    "About 1 minute left",
    "Less than a minute left",
    "It takes about 2 to 4 minutes",
    "You have a short form to fill in. It takes 2 to 4 minutes.",
    "This link leads to your check-in after your session. It takes about 2 to 4 minutes.",
    "We need a few more things before a first session: about 6 minutes.",
    "We need a few more things before a first session: about 6 minutes. You can do it now, or come back to it any "
    "time.",
    "We are sending a code to the email address the clinic has for you. It can take a minute or two.",
}
"""How long something is likely to take: nothing is held to it."""
OTHERS = re.compile(r"try again in a minute|mostly within 180 days", re.IGNORECASE)
"""What is a manner of speaking, or a law's own time."""
MADE_OF = re.compile(r"app/(?!questionnaire)|app/questionnaire/how_used|templates/|notice your-answers")
"""Where texts are about this program, and not about a patient's health."""

TEMPLATES, STAFF = Path(__file__).parents[1] / "templates", {"account", "export", "invitations", "review"}


def typed_durations(text: str) -> list[str]:
    """The durations that a text says itself."""
    return [] if text in ESTIMATES else A_DURATION.findall(OTHERS.sub("", text))


def test_what_counts_as_a_duration() -> None:
    assert typed_durations("It works for 10 minutes, in this browser") == ["10 minutes"]
    assert typed_durations("Wait an hour, or thirty days. Try again in a minute") == [
        "an hour",
        "thirty days",
    ]
    assert typed_durations("It works for {time}, until 10 March") == []


def test_no_text_types_a_duration_itself() -> None:
    said = [
        (where, str(message.id))
        for message in texts()
        for where in message.auto_comments
        if MADE_OF.match(where) and where != "app/questionnaire/durations.py"
    ]
    for path in TEMPLATES.rglob("*.html"):
        if path.relative_to(TEMPLATES).parts[0] in STAFF:
            said += [(str(path), line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert len(said) > 800
    assert [line for line in said if typed_durations(line[1])] == []


@pytest.mark.parametrize(
    ("duration", "english", "spanish"),
    [
        (timedelta(seconds=20), "1 minute", "1 minuto"),
        (timedelta(minutes=10), "10 minutes", "10 minutos"),
        (timedelta(minutes=60), "an hour", "una hora"),
        (timedelta(minutes=90), "90 minutes", "90 minutos"),
        (timedelta(hours=4), "4 hours", "4 horas"),
        (timedelta(hours=24), "1 day", "1 día"),
        (timedelta(days=30), "30 days", "30 días"),
    ],
)
def test_durations_in_words(duration: timedelta, english: str, spanish: str) -> None:
    assert duration_words(duration) == english
    assert translator_for("es")(duration_words(duration)) == spanish


NOW = datetime(2026, 3, 27, 12, tzinfo=UTC)


@pytest.fixture
def changed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every duration is another one."""
    monkeypatch.setattr(durations, "CODE_WORKS", timedelta(minutes=7))
    monkeypatch.setattr(durations, "COUNTED_WITHIN", timedelta(hours=3))
    monkeypatch.setattr(durations, "FORM_KEPT", timedelta(days=19))
    monkeypatch.setattr(durations, "BROWSER_KEEPS", timedelta(days=23))


@pytest.mark.usefixtures("changed")
def test_letters_and_declarations_say_the_value_that_holds() -> None:
    to = letters.Envelope(id=uuid4(), at=NOW, to="marker@example.test")
    assert "once, for 7 minutes." in letters.code(to, "000000").body
    assert "not sent for 19 days." in letters.reminder(to, "https://example.test").body
    assert "not sent within 19 days," in letters.erased(to).body
    (notice,) = [text for text in read_again(how_used).HOW_USED.texts() if "unsent" in text]
    assert "unsent for 19 days is erased" in notice
    assert "went on with for 19 days." in read_again(events).EVENTS["intake.expired"].history


def read_again(module: ModuleType) -> Any:
    """A second copy of a module, made with the values of now."""
    assert module.__spec__ is not None
    spec = spec_from_file_location(module.__name__, module.__spec__.origin)
    assert spec is not None
    assert spec.loader is not None
    copy = module_from_spec(spec)
    spec.loader.exec_module(copy)
    return copy


PAGES: list[tuple[str, dict[str, object], str]] = [
    ("code", {"token": "t", "errors": [], "typed": ""}, "works for 7 minutes, in"),
    ("code_limit", {}, "wait 3 hours before"),
    (
        "paused",
        {"asked": True, "ends": NOW, "most_links": 4, "mails": False, "phone": "555 0100"},
        "at most 4 in 3 hours.",
    ),
    (
        "saved",
        {"way_back": "link", "mailed": "sent", "refused": True, "support": None, "to_mend": []},
        "try again in 3 hours.",
    ),
    (
        "saved",
        {"way_back": "link", "mailed": None, "refused": False, "support": None, "to_mend": []},
        "for 23 days in this browser",
    ),
    (
        "saved",
        {"way_back": "browser", "mailed": None, "refused": False, "support": None, "to_mend": []},
        "for 23 days in this browser",
    ),
    ("earlier", {"earlier_mark": lambda: "mark"}, "for 23 days from"),
]


@pytest.mark.usefixtures("changed")
@pytest.mark.parametrize(("page", "given", "said"), PAGES)
def test_pages_say_the_value_that_holds(app: Flask, page: str, given: dict[str, object], said: str) -> None:
    with app.test_request_context("/"):
        assert said in render_template(f"intake/{page}.html", form=PostForm(), **given)
