"""Among flags of one level those of danger to life stand first, and are not folded."""

import re
from itertools import permutations
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.models import unseal
from app.review.case.cards import cards
from app.review.case.flags import Settlement, StoredFlag
from app.review.case.obstacles import obstacles
from app.screening.case_summary import CaseSummary
from app.screening.levels import Level
from app.screening.rulebook import RULEBOOK
from tests.factories import NOW, Factory
from tests.judged import sent
from tests.people import takes
from tests.review.seen import words

pytestmark = pytest.mark.sqlite_alone("what is said, and in which order")

SETTLED = Settlement("Lee Moss", NOW, "The answer was a mistake, checked with the patient", "", clears=True)
REVIEWS = ("age-65-or-over", "mentioned-suicide", "mentioned-harm-others", "mentioned-unsafe-home")
SAFE_FIRST = ["suicide", "harm_others", "unsafe_home", RULEBOOK.by_slug["age-65-or-over"].card]


def flag(rule: str, *, settled: bool = False) -> StoredFlag:
    known = RULEBOOK.by_slug[rule]
    how = (SETTLED,) if settled else ()
    return StoredFlag(uuid4(), 1, rule, known.level, known.card, True, not settled, {}, how)


def test_those_of_safety_come_first_of_their_level_in_whatever_order_flags_are_found() -> None:
    for order in permutations(REVIEWS):
        flags = [flag(rule) for rule in order]
        assert [card.id for card in cards(flags, {})] == SAFE_FIRST
        assert list(CaseSummary.of(one.mark() for one in flags).cards) == SAFE_FIRST


def test_a_stronger_level_still_comes_first() -> None:
    made = cards([flag("mentioned-suicide"), flag("chemotherapy")], {})
    assert [(card.id, card.level) for card in made] == [("cancer", Level.STOP), ("suicide", Level.REVIEW)]


def test_what_was_stronger_and_is_settled_gives_its_card_no_place() -> None:
    """The other card has the strongest flag of all; what is open of it is for review, as the mention is."""
    rules = {rule.card: rule.slug for rule in RULEBOOK.rules if rule.level is Level.STOP}
    review = next(one for one in RULEBOOK.rules if one.level is Level.REVIEW and one.card == "heart")
    flags = [flag(rules["heart"], settled=True), flag(review.slug), flag("mentioned-suicide")]
    assert [card.id for card in cards(flags, {})] == ["suicide", "heart"]


def test_what_is_in_the_way_is_told_in_the_same_order() -> None:
    stops = [flag("chemotherapy"), flag("not-safe-with-people"), flag("suicidal-thoughts-month")]
    told = [one.rule for one in obstacles(stops)]
    assert told == ["suicidal-thoughts-month", "not-safe-with-people", "chemotherapy"]


def test_a_mention_of_suicide_is_read_first_and_unfolded(
    desk: FlaskClient, make: Factory, session: Session
) -> None:
    case = sent(make, takes("phenelzine") | {"goals": "I am going to kill myself tonight"})
    session.commit()
    shown = desk.get(f"/review/{case.id}").text
    folded = re.findall(
        r'<div class="fr-card fr-card--review" id="card-(\w+)">\s*<details [^>]*?( open)?>', shown
    )
    assert folded[0] == ("suicide", " open")
    assert len(folded) > 1
    assert not any(is_open for _, is_open in folded[1:])
    assert unseal(session, case, "sealed_summary")["cards"][0] == "suicide"
    assert re.search(r"Why Safety\b", words(desk.get("/review/")))
