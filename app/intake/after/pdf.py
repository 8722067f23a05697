"""A patient's copy as a PDF that screen readers can read (PDF/UA-1), typeset by a process of its own."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

import orjson

from app.intake.after.copy import LEFT_OFF, FormCopy
from app.questionnaire.countries import Country
from app.questionnaire.crisis_contacts import HELP_NOW
from app.questionnaire.wording import Message, Translate, UserText

PROGRAM = Path(__file__).with_name("typeset.py")
TEMPLATE = Path(__file__).parents[3] / "templates" / "intake" / "copy.typ"
SECONDS = 15
AT_ONCE = 2
WAIT_SECONDS = 10
PAPER: Mapping[str, str] = {Country.US: "us-letter", Country.UK: "a4"}
UNSHOWN = Message(
    "Some letters cannot be drawn in this file, and a box stands for each. The page and the data file have them."
)

_turns = BoundedSemaphore(AT_ONCE)
# Nowhere to break a line: somebody leaned on a key, or pasted an address.
_LONG = re.compile(r"(\S{40})(?=\S)")


class NotTypeset(Exception):
    """The PDF could not be made now: too many are being made, or it took too long."""


def typeset(
    copy: FormCopy,
    clinic: str,
    when: Callable[[datetime], str],
    translate: Translate = str,
    language: str = "en",
) -> bytes:
    """The PDF of a copy, the same bytes each time. `when` words a time by the clinic's clocks.

    Raises NotTypeset.
    """
    if not _turns.acquire(timeout=WAIT_SECONDS):
        raise NotTypeset("Too many are being made.")
    try:
        done = subprocess.run(  # noqa: S603 - our own program, and what patients typed goes in as its input
            [sys.executable, "-I", str(PROGRAM), str(TEMPLATE)],
            input=orjson.dumps(_typeset_input(copy, clinic, when, translate) | {"lang": language}),
            capture_output=True,
            timeout=SECONDS,
            # Without these it would start a thread for each processor.
            env={"RAYON_NUM_THREADS": "1"},
            check=True,
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError):
        # Its words could hold a patient's.
        raise NotTypeset("It took too long, or went wrong.") from None
    finally:
        _turns.release()
    return done.stdout


def _typeset_input(
    copy: FormCopy, clinic: str, when: Callable[[datetime], str], translate: Translate
) -> dict[str, Any]:
    return {
        "title": translate(Message("What you told us")),
        "paper": PAPER[copy.jurisdiction],
        "day": [copy.sent_on.year, copy.sent_on.month, copy.sent_on.day],
        "opening": [
            clinic,
            translate(Message("Sent {time}", time=UserText(when(copy.sent_at)))),
            translate(HELP_NOW[copy.jurisdiction]),
            *copy.advice,
        ],
        "steps": _breakable(
            [asdict(step) for step in copy.steps]
            + [
                {
                    "name": translate(Message("Told by phone, {time}", time=UserText(when(one.at)))),
                    "lines": [asdict(line) for line in one.lines],
                }
                for one in copy.since
            ]
        ),
        "signature": _breakable(
            [
                copy.signed.meaning,
                translate(
                    Message(
                        "Signed by {name}, {time}",
                        name=UserText(copy.signed.name),
                        time=UserText(when(copy.signed.at)),
                    )
                ),
            ]
        ),
        "read": [
            {
                "title": one.title,
                "note": translate(
                    Message("You said that you have read this. Version {version}.", version=one.version)
                ),
                "passages": [asdict(passage) for passage in one.passages],
            }
            for one in copy.read
        ],
        "closing": [
            translate(Message("Questions: version {version}.", version=copy.signed.version)),
            *([copy.signed.note] if copy.signed.note else []),
            translate(LEFT_OFF),
        ],
        "unshown": translate(UNSHOWN),
        "headings": [translate(Message("Signature")), translate(Message("About this copy"))],
        "page_of": translate(Message("Page {} of {}")),
    }


def _breakable(value: Any) -> Any:
    match value:
        case str():
            return _LONG.sub("\\1\u200b", value)
        case list() | tuple():
            return [_breakable(one) for one in value]
        case dict():
            return {name: _breakable(one) for name, one in value.items()}
    return value
