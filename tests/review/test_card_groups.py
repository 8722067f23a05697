"""Where the cards of a case stand on its page."""

from uuid import uuid4

import pytest

from app.review.case.card_groups import CardGroups
from app.review.case.cards import Card, cards
from app.review.case.flags import Settlement, StoredFlag
from app.screening.levels import Level
from tests.factories import NOW


def flag(rule: str, level: Level, card: str, *, settled: bool = False) -> StoredFlag:
    how = (Settlement("Ash", NOW, "Checked", "", True),) if settled else ()
    return StoredFlag(uuid4(), 1, rule, level, card, True, not settled, {}, how)


@pytest.fixture
def card_groups() -> CardGroups:
    return CardGroups(
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


def test_each_card_stands_on_one_shelf(card_groups: CardGroups) -> None:
    assert ids(card_groups.strong) == ["head"]
    assert ids(card_groups.to_look_at) == ["steroids"]
    assert ids(card_groups.notes) == ["allergies"]
    assert ids(card_groups.cleared) == ["ketamine"]
    assert card_groups.notes_count == 1


def test_what_is_to_be_settled_first_is_open_and_strong(card_groups: CardGroups) -> None:
    (card,) = card_groups.strong
    assert card_groups.to_settle_first == card.titles == card.open[0].title


def test_a_card_knows_what_of_it_is_settled(card_groups: CardGroups) -> None:
    (card,) = card_groups.cleared
    assert card.has_settled(card.settled[0].id)
    assert not card.has_settled(None)
    assert card.flags == card.settled
