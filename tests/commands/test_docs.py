"""flask docs: documents written from the declarations, and the check that they are up to date."""

import re
from collections import Counter
from pathlib import Path

from click.testing import Result

from app.commands import files_only
from app.questionnaire.all_forms import WHOLE
from app.screening.fact_words import rule_words
from app.screening.levels import Level
from app.screening.rulebook import RULEBOOK
from app.screening.rulebook_document import as_markdown
from app.screening.rulebook_summary import MENTIONS, SOURCES_LISTED, anchor, is_mention, source_marks
from app.screening.sources import SOURCES

PRINTED = as_markdown(RULEBOOK, WHOLE)
MOST_LETTERS = 14_000
"""About two pages of A4 at 8 points (tests/e2e/test_rulebook_print.py prints them)."""


def run(*args: str) -> Result:
    return files_only("docs").test_cli_runner().invoke(args=["docs", *args])


def test_written_anew_and_then_up_to_date(tmp_path: Path) -> None:
    folder = str(tmp_path / "docs")
    missing = run("--check", "--folder", folder)
    assert missing.exit_code == 1
    assert "data-dictionary.md, questionnaire.json, rulebook.json, rulebook.md" in missing.stderr
    assert not (tmp_path / "docs").exists()
    assert run("--folder", folder).exit_code == 0
    assert run("--check", "--folder", folder).exit_code == 0
    assert (tmp_path / "docs/rulebook.md").read_text(encoding="utf-8") == PRINTED


def test_a_change_by_hand_is_found_and_put_right(tmp_path: Path) -> None:
    run("--folder", str(tmp_path))
    (tmp_path / "rulebook.md").write_text("changed")
    stale = run("--check", "--folder", str(tmp_path))
    assert (stale.exit_code, stale.stderr) == (1, "Not up to date: rulebook.md. Run: flask docs\n")
    assert (tmp_path / "rulebook.md").read_text() == "changed"
    assert run("--folder", str(tmp_path)).stdout == "Wrote rulebook.md\n"
    assert run("--check", "--folder", str(tmp_path)).exit_code == 0


def test_every_rule_is_printed_whole() -> None:
    for rule in RULEBOOK.rules:
        mention = is_mention(rule, RULEBOOK)
        heading = MENTIONS if mention else rule.title
        section = PRINTED.partition(f"\n### {heading}\n")[2].partition("\n#")[0]
        assert f"`{rule.slug}` · **{rule.level}** · evidence: {rule.evidence} · " in section
        assert rule_words(rule.trigger) in section
        assert rule.title in section or not mention
        assert rule.rationale in section
        assert rule.action in section
        assert rule.ask is None or rule.ask in section
        for name, limit in rule.parameters.items():
            assert (
                f"*{name}*: {limit.default:g} {limit.unit}, from {limit.low:g} to {limit.high:g}" in section
            )
        for key in rule.sources:
            assert f"`{key}`" in section
            assert SOURCES[key].citation in PRINTED
        assert rule.seed is None or f"- “{rule.seed}”: " in PRINTED


def test_the_summary_has_every_rule_with_its_limits_and_sources_and_stays_short() -> None:
    summary = PRINTED.partition("\n## Summary\n")[2].partition("\n## ")[0]
    marks = source_marks(RULEBOOK)
    listed = summary.partition(f"\n### {SOURCES_LISTED}\n")[2].strip().strip(".").split("; ")
    assert listed == [f"{mark} {key}" for key, mark in marks.items() if mark.isdigit()]
    assert len(set(marks.values())) == len(marks)
    for level in Level:
        part = summary.partition(f"\n### {level.word}: ")[2].partition("\n### ")[0]
        for rule in RULEBOOK.rules:
            if rule.level is not level or is_mention(rule, RULEBOOK):
                continue
            row = level in (Level.URGENT, Level.STOP)
            told = part.partition(f"[{rule.title}](#")[2].partition("\n" if row else "[")[0]
            assert told, rule.slug
            assert all(f"{limit.default:g} {limit.unit}" in told for limit in rule.parameters.values())
            details = (
                told.rstrip(" |").rpartition("| ")[2] if row else told.partition(") (")[2].partition(")")[0]
            )
            named = details.rpartition("; ")[2].split(", ")
            assert rule.sources == ("LOCAL",) or {marks[key] for key in rule.sources} <= set(named), rule.slug
    mentions = sum(is_mention(rule, RULEBOOK) for rule in RULEBOOK.rules)
    assert f"Words about {mentions} subjects" in summary
    read = re.sub(r"\]\(#[^)]*\)|[\[|]", "", summary)
    assert len(read) < MOST_LETTERS


def test_every_link_of_the_rulebook_leads_to_one_heading() -> None:
    headings = [anchor(line.lstrip("# ")) for line in PRINTED.splitlines() if line.startswith("#")]
    links = re.findall(r"\]\(#([^)]*)\)", PRINTED)
    assert len(links) > len(RULEBOOK.rules) / 2
    assert {link for link in links if headings.count(link) != 1} == set()


def test_nothing_long_is_printed_over_and_over() -> None:
    """A list that several rules share is said once, and named where it is meant."""
    lines = Counter(line for line in PRINTED.splitlines() if len(line) > 150)
    assert [line for line, times in lines.items() if times > 1] == []


def test_every_fact_is_printed_with_the_words_patients_read() -> None:
    for key in RULEBOOK.facts:
        assert f"\n### `{key}`\n" in PRINTED
    seizures = PRINTED.partition("### `condition.seizures`\n")[2].partition("\n### ")[0]
    wording = WHOLE.questions["seizure_ever"].text
    assert f"- Yes when “{wording}” (`seizure_ever`) is “Yes”" in seizures
    assert "- Read by: " in seizures
    surgery = PRINTED.partition("### `event.days_since_surgery`\n")[2].partition("\n### ")[0]
    assert ": 0 to 42 days\n" in surgery
    assert ": 366 days or more\n" in surgery
    assert ": it never happened\n" in surgery


def test_a_condition_reads_as_a_sentence() -> None:
    by_slug = RULEBOOK.by_slug
    assert rule_words(by_slug["surgery-recent"].trigger) == (
        "`event.days_since_surgery` is at most *surgery_days*"
    )
    assert rule_words(by_slug["suicide-answers-disagree"].trigger).startswith(
        "(`phq9.item9` is at least 1 and `suicide.thoughts_month` is no) or (`phq9.item9` is at most 0 and ("
    )
    assert rule_words(by_slug["contradiction-cancer-medicine"].trigger) == (
        "`meds.unexplained_classes` has `antineoplastic` or `hormonal_anticancer`"
    )
