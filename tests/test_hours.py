"""Patients in need are told when someone is there: that must be right to the minute."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from app.hours import OpeningHours

NEW_YORK = ZoneInfo("America/New_York")
HOURS = OpeningHours.parse("mon-fri 09:00-18:00; sat 10:00-14:00")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=NEW_YORK)


@pytest.mark.parametrize(
    ("now", "closes"),
    [
        ("2026-03-02 08:59", None),
        ("2026-03-02 09:00", "2026-03-02 18:00"),  # a Monday
        ("2026-03-02 17:59", "2026-03-02 18:00"),
        ("2026-03-02 18:00", None),
        ("2026-03-07 13:00", "2026-03-07 14:00"),  # a Saturday
        ("2026-03-08 13:00", None),  # a Sunday
    ],
)
def test_it_is_open_from_its_first_minute_to_before_its_last(now: str, closes: str | None) -> None:
    assert HOURS.closes_at(at(now)) == (at(closes) if closes else None)


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        ("2026-03-02 08:59", "2026-03-02 09:00"),
        ("2026-03-02 09:00", "2026-03-03 09:00"),
        ("2026-03-06 19:00", "2026-03-07 10:00"),
        ("2026-03-07 15:00", "2026-03-09 09:00"),  # over the night the clocks change
    ],
)
def test_the_next_opening_is_told(now: str, opens: str) -> None:
    assert HOURS.opens_at(at(now)) == at(opens)


def test_a_clinic_open_once_a_week_opens_again_in_a_week() -> None:
    assert OpeningHours.parse("wed 09:00-10:00").opens_at(at("2026-03-04 09:00")) == at("2026-03-11 09:00")


def test_it_opens_at_nine_by_its_own_clocks_after_they_change() -> None:
    opens = HOURS.opens_at(at("2026-03-07 15:00"))
    assert opens.isoformat() == "2026-03-09T09:00:00-04:00"


@pytest.mark.parametrize(
    "text",
    [
        "",
        ";",
        "mon",
        "mon 9-18",
        "fri-mon 09:00-18:00",
        "mon 18:00-09:00",
        "mon 09:00-25:00",
        "moon 09:00-10:00",
    ],
)
def test_hours_that_cannot_be_read_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"cannot read|names no day"):
        OpeningHours.parse(text)
