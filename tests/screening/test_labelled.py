"""The figures in the pages are those measured, on lists that are what they say they are."""

import hashlib
import re
from collections import Counter
from collections.abc import Callable

import pytest

from app.screening.factbook.mentioned import TOLD
from tests.screening import labelled
from tests.screening.labelled import LISTS, Share, rows

PAIRS = [("mentions", "text"), ("medicines", "typed")]


@pytest.mark.parametrize("name", LISTS)
def test_the_page_says_what_is_measured(name: str) -> None:
    path, text = labelled.page(name)
    assert path.read_text(encoding="utf-8") == text, "run: make figures"


@pytest.mark.parametrize(("about", "column"), PAIRS)
def test_a_list_was_cut_in_two_by_a_hash_and_by_nothing_else(about: str, column: str) -> None:
    seen = set()
    for half, name in enumerate((f"{about}_learned", f"{about}_unseen")):
        for row in rows(name):
            text = row[column]
            assert hashlib.sha256(text.encode()).digest()[0] % 2 == half, text
            assert text not in seen
            seen.add(text)


@pytest.mark.parametrize("name", ["said_en", "said_es", "said_for_phrases"])
def test_nothing_is_learned_from_what_is_only_measured(name: str) -> None:
    unseen = {_letters(row["text"]) for row in rows("mentions_unseen")}
    for row in rows(name):
        assert _letters(row["text"]) not in unseen
        assert set(filter(None, row["subjects"].split(";"))) <= set(TOLD)


def _letters(text: str) -> str:
    return re.sub(r"\W+", " ", text.casefold()).strip()


def test_sentences_name_every_subject_in_both_languages() -> None:
    for language, least in (("en", 600), ("es", 400)):
        lines = [row for name in ("mentions_learned", "mentions_unseen") for row in rows(name)]
        lines = [row for row in lines if row["language"] == language]
        assert len(lines) >= least
        named = Counter(subject for row in lines for subject in row["subjects"].split(";") if subject)
        assert set(named) == set(TOLD)
        assert min(named.values()) >= 5


def test_medicines_are_many_and_of_every_kind() -> None:
    lines = [row for name in ("medicines_learned", "medicines_unseen") for row in rows(name)]
    assert len(lines) >= 1000
    assert sum(row["classes"] == "harmless" for row in lines) >= 300
    assert {row["country"] for row in lines} == {"US", "UK", "ES", "MX", "any"}


def test_shares_have_their_interval() -> None:
    assert str(Share(0, 0)) == "-"
    assert str(Share(9, 10)) == "9 of 10: 0.900 (0.60 to 0.98)"
    assert Share(10, 10).interval == pytest.approx((0.7225, 1.0), abs=1e-4)
    assert Share(0, 10).interval == pytest.approx((0.0, 0.2775), abs=1e-4)


FLOORS: dict[str, tuple[Callable[[], Share], float]] = {
    "sentences found": (lambda: labelled.recall(labelled.sentences("mentions_unseen")), 0.92),
    "suicide found": (lambda: labelled.recall(labelled.sentences("mentions_unseen"), "suicide"), 0.97),
    "found ones mentioned": (lambda: labelled.precision(labelled.sentences("mentions_unseen")), 0.80),
    "classes sure or asked": (lambda: labelled.surely_or_asked(labelled.typed("medicines_unseen")), 0.97),
    "sure classes right": (lambda: labelled.right(labelled.typed("medicines_unseen")), 0.95),
}
"""What was reached, rounded down: none of it may be lost again."""


@pytest.mark.parametrize("what", FLOORS)
def test_what_was_reached_is_held(what: str) -> None:
    measured, floor = FLOORS[what]
    assert measured().value >= floor
