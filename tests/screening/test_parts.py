"""Parts: only the rules of the parts sent run, though every answer given is used."""

import pytest

from app.questionnaire.countries import Country
from app.screening.levels import Level
from app.screening.rulebook import RULEBOOK
from tests.people import CHECKED_IN, GOT_READY, HEALTHY, WELL, but, raised, screen, undetermined

Parts = tuple[int | str, ...]

EVERY_PART: Parts = (1, 2, "followup")
STAGE = {rule.slug: rule.stage for rule in RULEBOOK.rules}


@pytest.mark.parametrize("jurisdiction", [Country.US, Country.UK])
@pytest.mark.parametrize("part", [2, "followup"])
def test_a_healthy_adult_raises_nothing_in_the_later_parts(part: int | str, jurisdiction: Country) -> None:
    screening = screen(WELL[part], jurisdiction, parts=(part,))
    assert raised(screening) == []
    assert undetermined(screening) == {}


def test_a_healthy_adult_raises_no_more_than_notes_in_all_parts() -> None:
    assert screen(CHECKED_IN, parts=EVERY_PART).level in (None, Level.NOTE)


@pytest.mark.parametrize(
    "parts", [(1,), (2,), ("followup",), (1, 2), (2, "followup"), EVERY_PART], ids=lambda parts: str(parts)
)
def test_only_the_rules_of_the_parts_sent_run(parts: Parts) -> None:
    """A blank form leaves almost every rule open, so each part shows in what is undetermined."""
    open_rules = undetermined(screen({}, parts=parts))
    assert {STAGE[slug] for slug in open_rules} == set(parts)
    assert set(open_rules) == {
        slug for slug in undetermined(screen({}, parts=EVERY_PART)) if STAGE[slug] in parts
    }


def test_a_later_part_does_not_hide_what_an_earlier_one_said() -> None:
    worst = {"seizure_ever": "yes", "seizure_last": "month", "safe_home": "no", "fu_suicide": "today"}
    flags = raised(screen(but(CHECKED_IN, worst), parts=EVERY_PART))
    assert {"seizure-recent", "not-safe-with-people", "after-suicide-risk"} <= set(flags)
    assert flags[0] == "after-suicide-risk"
    assert raised(screen(but(HEALTHY, worst))) == raised(screen(but(CHECKED_IN, worst)))


def test_answers_of_a_part_not_sent_are_used() -> None:
    """Part 2 asks about birth control only when part 1 says that a pregnancy is possible."""
    changes = {"contraception": "no"}
    assert "no-birth-control" in raised(screen(but(GOT_READY, changes), parts=(2,)))
    without = but(GOT_READY, changes | {"pregnancy_status": None})
    assert undetermined(screen(without, parts=(2,))) == {"no-birth-control": ("repro.no_contraception",)}


def test_an_unknown_line_of_a_check_in_never_reads_as_no() -> None:
    quiet = CHECKED_IN["fu_effects"]
    for row in quiet:
        some = {line: choice for line, choice in quiet.items() if line != row}
        assert "after-effects-strong" in undetermined(
            screen(but(CHECKED_IN, {"fu_effects": some}), parts=("followup",))
        )


def test_why_a_check_in_was_flagged() -> None:
    changes = {"fu_due": ["phq9"], "fu_phq9": [0] * 8 + [2]}
    (flag,) = screen(but(CHECKED_IN, changes), parts=("followup",)).raised
    assert flag.rule.slug == "after-suicide-risk"
    assert [(one.question, one.answer) for one in flag.because] == [("fu_phq9", [0] * 8 + [2])]
