"""Scales: totals, bands, and blanks that never count as 0."""

import pytest

from app.questionnaire.countries import Country
from app.questionnaire.instrument import Instrument
from app.questionnaire.instruments import AUDITC, INSTRUMENTS, PEG, PHQ9


def scored(total: int) -> list[int | None]:
    """Nine PHQ-9 scores that come to `total`."""
    return [min(3, max(0, total - 3 * item)) for item in range(9)]


@pytest.mark.parametrize(
    ("total", "band"),
    [
        (0, "minimal"),
        (4, "minimal"),
        (5, "mild"),
        (9, "mild"),
        (10, "moderate"),
        (14, "moderate"),
        (15, "moderately severe"),
        (19, "moderately severe"),
        (20, "severe"),
        (27, "severe"),
    ],
)
def test_phq9_bands_at_their_edges(total: int, band: str) -> None:
    assert PHQ9.total(scored(total)) == total
    assert PHQ9.band(total) == band


@pytest.mark.parametrize("item", range(9))
def test_a_blank_item_gives_no_total(item: int) -> None:
    scores: list[int | None] = [3] * 9
    scores[item] = None
    assert PHQ9.total(scores) is None
    assert PHQ9.band(None) is None


@pytest.mark.parametrize(
    ("scores", "total"),
    [
        ([1, 1, 1], 3),
        ([4, 4, 4], 12),
        ([0, None, None], 0),
        ([0, 4, 4], 0),  # never drinks: what follows cannot count
        ([1, None, None], None),
        ([None, 0, 0], None),
        ([1, 0, None], None),
    ],
)
def test_auditc_totals(scores: list[int | None], total: int | None) -> None:
    assert AUDITC.total(scores) == total
    assert AUDITC.band(total) is None


def test_auditc_asks_in_the_country_s_own_measure() -> None:
    assert "drinks" in AUDITC.wording(Country.US).items[1]
    assert "units" in AUDITC.wording(Country.UK).items[1]
    assert PHQ9.wording(Country.US) == PHQ9.wording(Country.UK)


@pytest.mark.parametrize("instrument", INSTRUMENTS.values(), ids=lambda instrument: instrument.name)
def test_every_form_of_a_scale_fits_its_scores(instrument: Instrument) -> None:
    for jurisdiction in (Country.US, Country.UK):
        wording = instrument.wording(jurisdiction)
        assert len(wording.items) == instrument.item_count
        assert len(wording.responses) in (1, instrument.item_count)
        highest = [
            max(instrument.choices(item, jurisdiction)) for item in range(1, instrument.item_count + 1)
        ]
        assert instrument.total(highest) == instrument.highest


@pytest.mark.parametrize(
    ("name", "top", "days"),
    [("PHQ-9", 3, 14), ("AUDIT-C", 4, None), ("GAD-7", 3, 14), ("PEG", 10, 7), ("PC-PTSD-5", 1, 31)],
)
def test_each_item_scores_from_nought_and_leaves_none_out(name: str, top: int, days: int | None) -> None:
    instrument = INSTRUMENTS[name]
    assert instrument.look_back_days == days
    for jurisdiction in (Country.US, Country.UK):
        for item in range(1, instrument.item_count + 1):
            assert list(instrument.choices(item, jurisdiction)) == list(range(top + 1))


@pytest.mark.parametrize("item", [1, 2, 3])
def test_a_number_from_0_to_10_scores_as_it_reads(item: int) -> None:
    for score, label in PEG.choices(item).items():
        assert label.partition(":")[0] == str(score)


@pytest.mark.parametrize("instrument", INSTRUMENTS.values(), ids=lambda instrument: instrument.name)
def test_bands_leave_no_gap(instrument: Instrument) -> None:
    if instrument.bands:
        covered = [total for band in instrument.bands for total in range(band.low, band.high + 1)]
        assert covered == list(range(instrument.highest + 1))
