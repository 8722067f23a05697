"""A clinic's own limits for the rules, in a file that a setting names."""

from pathlib import Path

import pytest

from app.screening.levels import Level
from app.screening.rules import DEFAULT_RULES, ClinicRules
from config import ConfigError
from tests.test_config import settings


def test_a_clinic_sets_its_own_limits_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "rules.json"
    file.write_text('{"surgery-recent": {"surgery_days": 30}, "article_exclusions_level": "review"}')
    found = settings(RULES_FILE=str(file), MINIMUM_AGE="21").rules
    assert found.article_exclusions_level == "review"
    assert found.parameters == {
        "surgery-recent": {"surgery_days": 30},
        "under-minimum-age": {"minimum_age": 21},
    }


def test_without_a_file_the_rulebooks_own_limits_stand() -> None:
    assert settings(DEMO="1").rules == settings(ENV="test").rules == DEFAULT_RULES
    assert settings().rules == ClinicRules(article_exclusions_level=Level.REVIEW)


@pytest.mark.parametrize(
    ("asked", "level"),
    [("", "review"), ('"article_exclusions_level": "stop"', "stop")],
    ids=["none of its own", "its own"],
)
def test_what_a_marketing_article_alone_supports_is_looked_at_unless_a_clinic_makes_it_stop(
    tmp_path: Path, asked: str, level: str
) -> None:
    file = tmp_path / "rules.json"
    file.write_text(f"{{{asked}}}")
    assert settings(RULES_FILE=str(file)).rules.article_exclusions_level == level


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", "not JSON"),
        ("[]", "object"),
        ('{"surgery-recent": {"surgery_days": 0}}', "parameters.surgery-recent.surgery_days"),
        ('{"surgery-recent": {"surgery_days": 30, "surgery_days": 40}}', "given twice"),
        ('{"surgeries": {"surgery_days": 30}}', "no such rule"),
        ('{"under-minimum-age": {"minimum_age": 20}}', "FOREROOM_MINIMUM_AGE"),
        ("\udcff", "cannot be read"),
        (None, "cannot be read"),
    ],
)
def test_limits_that_cannot_be_meant_are_refused(text: str | None, names: str, tmp_path: Path) -> None:
    file = tmp_path / "rules.json"
    if text is not None:
        file.write_bytes(text.encode(errors="surrogateescape"))
    with pytest.raises(ConfigError, match="FOREROOM_RULES_FILE") as caught:
        settings(RULES_FILE=str(file))
    assert names in str(caught.value)
