"""The scales of part 2 and the check-in: how they are scored, told and asked."""

import pytest

from app.questionnaire.all_forms import WHOLE
from app.questionnaire.countries import Country
from app.questionnaire.instruments import GAD7, PCPTSD5, PEG, PHQ9
from app.questionnaire.kinds import Scale, answer_words

Scores = list[int | None]


def worried(total: int) -> Scores:
    """Seven GAD-7 scores that come to `total`."""
    return [min(3, max(0, total - 3 * item)) for item in range(7)]


@pytest.mark.parametrize(
    ("total", "band"),
    [
        (0, "minimal"),
        (4, "minimal"),
        (5, "mild"),
        (9, "mild"),
        (10, "moderate"),
        (14, "moderate"),
        (15, "severe"),
        (21, "severe"),
    ],
)
def test_gad7_bands_at_their_edges(total: int, band: str) -> None:
    assert GAD7.total(worried(total)) == total
    assert GAD7.band(total) == band
    assert answer_words(WHOLE.questions["scale_gad7"], worried(total), Country.US) == f"{total} of 21, {band}"


@pytest.mark.parametrize("item", range(7))
def test_a_blank_item_of_gad7_gives_no_total(item: int) -> None:
    scores: Scores = [3] * 7
    scores[item] = None
    assert GAD7.total(scores) is None


@pytest.mark.parametrize(
    ("scores", "mean", "words"),
    [
        ([6, 7, 4], 17 / 3, "5.7 of 10"),
        ([0, 0, 0], 0, "0.0 of 10"),
        ([10, 10, 10], 10, "10.0 of 10"),
        ([0, 0, 1], 1 / 3, "0.3 of 10"),
        ([6, None, 4], None, "Incomplete"),
        ([None, None, None], None, "Incomplete"),
    ],
)
def test_peg_is_a_mean(scores: Scores, mean: float | None, words: str) -> None:
    assert PEG.total(scores) == mean
    assert PEG.band(mean) is None
    assert answer_words(WHOLE.questions["scale_peg"], scores, Country.US) == words


def test_peg_as_published() -> None:
    assert PEG.total([6, 7, 4]) == pytest.approx(5.67, abs=0.005)


@pytest.mark.parametrize(
    ("scores", "total"),
    [
        ([0, None, None, None, None, None], 0),
        ([0, 1, 1, 1, 1, 1], 0),  # no such event: what follows cannot count
        ([1, 0, 0, 0, 0, 0], 0),  # the gate does not count itself
        ([1, 1, 1, 1, 0, 0], 3),
        ([1, 1, 1, 1, 1, 0], 4),
        ([1, 1, 1, 1, 1, 1], 5),
        ([1, 1, 1, 1, 1, None], None),
        ([1, None, None, None, None, None], None),
        ([None, 1, 1, 1, 1, 1], None),
        ([None] * 6, None),
    ],
)
def test_pcptsd5_opens_with_a_gate(scores: Scores, total: int | None) -> None:
    assert PCPTSD5.total(scores) == total


def test_whoever_had_no_such_event_is_asked_no_more() -> None:
    kind = WHOLE.questions["scale_pcptsd5"].kind
    assert isinstance(kind, Scale)
    assert kind.blank_items([0, None, None, None, None, None]) == []
    assert kind.blank_items([1, 1, None, 0, 0, None]) == [3, 6]
    assert PCPTSD5.wording(Country.US).stem_after_gate == "In the past month, have you..."


def test_words_of_a_gated_scale() -> None:
    trauma = WHOLE.questions["scale_pcptsd5"]
    assert answer_words(trauma, [0, None, None, None, None, None], Country.US) == "0 of 5"
    assert answer_words(trauma, [1, 1, 1, 1, 0, 0], Country.UK) == "3 of 5"


@pytest.mark.parametrize(
    ("key", "columns", "answer", "cells"),
    [
        ("scale_peg", 4, [6, 7, 5], [6, 6, 7, 5]),
        ("scale_pcptsd5", 7, [0, None, None, None, None, None], [0, 0, None, None, None, None, None]),
        ("fu_gad7", 8, [1, 1, 1, 1, 1, 1, None], [None, 1, 1, 1, 1, 1, 1, None]),
    ],
)
def test_a_scale_in_an_export(key: str, columns: int, answer: Scores, cells: Scores) -> None:
    question = WHOLE.questions[key]
    assert len(question.kind.columns(question)) == columns
    assert question.kind.cells(question, answer) == cells


def test_what_a_column_of_a_mean_holds() -> None:
    peg, worry = WHOLE.questions["scale_peg"], WHOLE.questions["scale_gad7"]
    assert peg.kind.columns(peg)[0].holds == "mean, 0 to 10"
    assert worry.kind.columns(worry)[0].holds == "total, 0 to 21"


def test_peg_shows_its_ends_in_words() -> None:
    for item in (1, 2, 3):
        assert list(PEG.choices(item)) == list(range(11))
        assert PEG.choices(item)[5] == "5"
    assert PEG.choices(1)[10] == "10: Pain as bad as you can imagine"
    assert PEG.choices(2)[0] == "0: Does not interfere"


def test_the_check_in_repeats_the_same_scales() -> None:
    """A trend across two scales would be none."""

    def scale(key: str) -> object:
        kind = WHOLE.questions[key].kind
        assert isinstance(kind, Scale)
        return kind.instrument

    assert scale("fu_phq9") is scale("scale_phq9") is PHQ9
    assert scale("fu_gad7") is scale("scale_gad7") is GAD7
    assert scale("fu_peg") is scale("scale_peg") is PEG
