"""The same cases give the same bytes, whatever the machine, its settings and the order of their keys."""

import json
import os
import subprocess
import sys
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from app.demo.people import InventedPerson
from app.questionnaire.answers import is_blank
from app.questionnaire.countries import Country
from app.questionnaire.intake import INTAKE
from app.questionnaire.kinds import Identity
from tests.people import CHECKED_IN
from tests.waiting import LONGEST_WAIT

ROOT = Path(__file__).parents[2]
ON = date(2026, 3, 1)
ODD = [
    {"medicines": [{"med_name": "Żołoft ５０ mg"}, {"med_name": "ｌｉｔｈｉｕｍ"}], "meds_how": "add"},
    # A letter of Unicode 16, which newer Pythons would take for an "a".
    {"medicines": [{"med_name": "\U0001ccd6tivan"}], "meds_how": "add"},
    {"other_any": "yes", "other_health_notes": "İstanbul'da ΑΒΓ ataque epiléptico \U0001f9e0"},
]


@cache
def cases() -> str:
    """Invented people with everything answered, and a few odd texts, one a line."""
    given = []
    for number in range(25):
        person = InventedPerson.of(11, number, ON, Country.US)
        asked = {key: q for key, q in INTAKE.questions.items() if not isinstance(q.kind, Identity)}
        answers = {key: person.answer(question) for key, question in asked.items()}
        given.append({key: answer for key, answer in answers.items() if not is_blank(answer)})
    lines = [
        {"id": number, "submitted_on": ON.isoformat(), "parts": [1, 2, "followup"], "answers": answers}
        for number, answers in enumerate([*given, CHECKED_IN, *ODD])
    ]
    return "\n".join(map(json.dumps, lines))


def screened(text: str, environment: dict[str, str], *options: str) -> bytes:
    """What the command writes in a process of its own."""
    command = [sys.executable, *options, "-m", "flask", "screen", "-"]
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LD_LIBRARY_PATH")}
    done = subprocess.run(
        command,
        cwd=ROOT,
        input=text.encode(),
        env=kept | environment,
        capture_output=True,
        check=False,
        timeout=LONGEST_WAIT,
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


@cache
def here() -> bytes:
    return screened(cases(), {"PYTHONHASHSEED": "1"})


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONHASHSEED": "2"},
        {"PYTHONHASHSEED": "3", "LC_ALL": "C", "PYTHONUTF8": "0", "TZ": "Pacific/Kiritimati"},
        {"PYTHONHASHSEED": "4", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "TZ": "America/Los_Angeles"},
    ],
)
def test_the_machines_settings_change_nothing(environment: dict[str, str]) -> None:
    assert screened(cases(), environment) == here()


def test_an_optimised_python_changes_nothing() -> None:
    assert screened(cases(), {}, "-OO") == here()


def test_the_order_of_answers_changes_nothing() -> None:
    def turned(line: str) -> str:
        case: dict[str, Any] = json.loads(line)
        case["answers"] = dict(reversed(case["answers"].items()))
        return json.dumps(dict(reversed(case.items())))

    assert screened("\n".join(map(turned, cases().splitlines())), {}) == here()


def test_what_is_told_names_rules_settings_and_day() -> None:
    identities = {
        (told["rulebook"], told["settings"], told["on"]) for told in map(json.loads, here().splitlines())
    }
    assert len(identities) == 1
