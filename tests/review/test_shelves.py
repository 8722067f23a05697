"""Where the cards of a case stand on its page."""

from uuid import uuid4

import pytest

from app.review.case.cards import Card, cards
from app.review.case.flags import Settlement, StoredFlag
from app.review.case.shelves import Shelves
from app.screening.levels import Level
from tests.factories import NOW


def flag(rule: str, level: Level, card: str, *, settled: bool = False) -> StoredFlag:
    how = (Settlement("Ash", NOW, "Checked", "", True),) if settled else ()
    return StoredFlag(uuid4(), 1, rule, level, card, True, not settled, {}, how)


@pytest.fixture
def shelves() -> Shelves:
    return Shelves(
        cards(
            [
                flag("seizures-active", Level.STOP, "head"),
                flag("allergy-other", Level.NOTE, "allergies"),
                flag("steroid-allergy", Level.REVIEW, "steroids"),
                flag("ketamine-allergy", Level.STOP, "ketamine", settled=True),
            ],
            {},
        )
    )


def ids(found: list[Card]) -> list[str]:
    return [card.id for card in found]


def test_each_card_stands_on_one_shelf(shelves: Shelves) -> None:
    assert ids(shelves.strong) == ["head"]
    assert ids(shelves.to_look_at) == ["steroids"]
    assert ids(shelves.notes) == ["allergies"]
    assert ids(shelves.cleared) == ["ketamine"]
    assert shelves.notes_count == 1


def test_what_is_to_be_settled_first_is_open_and_strong(shelves: Shelves) -> None:
    (card,) = shelves.strong
    assert shelves.to_settle_first == card.titles == card.open[0].title


def test_a_card_knows_what_of_it_is_settled(shelves: Shelves) -> None:
    (card,) = shelves.cleared
    assert card.has_settled(card.settled[0].id)
    assert not card.has_settled(None)
    assert card.flags == card.settled
