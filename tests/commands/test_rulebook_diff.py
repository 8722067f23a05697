"""What changed between two rulebooks is told in words, for whoever signs the new one."""

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from app.commands.rulebook import rulebook
from app.screening import rulebook_json
from app.screening.rulebook import RULEBOOK
from app.screening.rulebook_diff import UNCHANGED, differences

NOW: dict[str, Any] = json.loads(json.dumps(rulebook_json.as_json(RULEBOOK)))
FIRST = NOW["rules"][0]


def before() -> dict[str, Any]:
    return {**deepcopy(NOW), "rulebook": "1.0+before"}


def told(old: dict[str, Any]) -> str:
    return "\n".join(differences(old, NOW))


def run(*args: str) -> Result:
    return CliRunner().invoke(rulebook, ["diff", *args])


def test_the_same_twice_is_said_to_be_the_same() -> None:
    assert differences(NOW, NOW)[-1] == UNCHANGED


@pytest.mark.parametrize(
    ("part", "old", "line"),
    [
        ("level", "review", "- Level: urgent\n  - before: review"),
        ("title", "Another title", "- Called: "),
        ("trigger_words", "something else", "  - before: something else"),
        ("action", "Wait.", "  - before: Wait."),
        ("rationale", "None.", "  - before: None."),
        ("ask", None, "  - before: nothing"),
        ("evidence", "local", "  - before: local"),
        ("wakes_words", "no", "  - before: no"),
        ("sources", ["LOCAL"], "  - before: LOCAL"),
        ("settled_by", [], "- To settle it: "),
        ("parameters", {}, "- Limit *attempt_days*: 90 days, from 1 to 36500\n  - before: nothing"),
        ("stage", 2, "- Runs with part: 1\n  - before: 2"),
        ("jurisdiction", "UK", "- Runs in: nothing\n  - before: UK"),
    ],
)
def test_whatever_changed_in_a_rule_is_told_with_what_it_was(part: str, old: object, line: str) -> None:
    was = before()
    was["rules"][0][part] = old
    lines = told(was)
    assert line in lines
    assert f"`{FIRST['slug']}`" in lines
    assert "New rules" not in lines


def test_new_rules_are_told_whole_and_lost_ones_by_name() -> None:
    was = before()
    del was["rules"][0]
    was["rules"].append({**NOW["rules"][1], "slug": "was-there-once", "title": "Was there once"})
    lines = told(was)
    new, gone = lines.split("## Rules that are gone")
    assert FIRST["title"] in new
    assert FIRST["trigger_words"] in new
    assert "*attempt_days*: 90 days" in new
    assert "`was-there-once`" in gone


def test_a_fact_is_told_with_the_rules_that_read_it() -> None:
    was = before()
    key = "suicide.thoughts_today"
    next(fact for fact in was["facts"] if fact["key"] == key)["words"] = ["Yes when something else"]
    lines = told(was)
    assert f"### `{key}`" in lines
    assert "  - before: Yes when something else" in lines
    assert "Read by: `suicide-risk-now`" in lines


def test_a_source_that_was_read_since_is_told() -> None:
    was = before()
    was["sources"]["LOCAL"]["seen"] = "no"
    assert "(read: no)" in told(was)


def test_every_part_of_a_rule_is_compared() -> None:
    """Also one that a rule gets some day."""
    for part in {name for rule in NOW["rules"] for name in rule} - {"slug", "trigger", "wakes"}:
        was = before()
        for rule in was["rules"]:
            if part in rule:
                rule[part] = {} if part == "parameters" else [] if isinstance(rule[part], list) else "other"
        assert len(differences(was, NOW)) > 2, part


def test_the_command_compares_files_or_with_the_program(tmp_path: Path) -> None:
    old, now = tmp_path / "old.json", tmp_path / "now.json"
    old.write_text(json.dumps(before() | {"rules": NOW["rules"][1:]}))
    now.write_text(json.dumps(NOW))
    assert run(str(old)).output == run(str(old), str(now)).output
    assert FIRST["title"] in run(str(old)).output
    assert FIRST["title"] in run(str(now), str(old)).output.split("gone")[1]


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"rules": 1}', '{"rulebook":"1","rules":[1],"facts":[],"sources":{}}']
)
def test_what_is_no_rulebook_is_refused_in_words(tmp_path: Path, text: str) -> None:
    path = tmp_path / "other.json"
    path.write_text(text)
    refused = run(str(path))
    assert refused.exit_code == 2
    assert "rulebook" in refused.output.splitlines()[-1] or "JSON" in refused.output
    assert "Traceback" not in refused.output
