"""Phrases are found by whole words exactly where their regular expressions match."""

import re
from random import Random

import pytest

from app.screening.mention_patterns import GAPS, pattern
from app.screening.mention_phrases import Phrases
from app.screening.mention_text import WrittenText
from app.screening.mention_words import SUBJECTS

EVERY = sorted({phrase for subject in SUBJECTS.values() for phrase in (*subject.phrases, *subject.but_not)})
NUMBERS = ("3", "12", "80", "140", "2019", "two", "a")
FILLERS = "i my the to and no not had of was me 5 brother".split()


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("sing", "they sing and sing", [(1, 1), (3, 3)]),
        ("sing", "a singer is singing", []),
        ("sing*", "a singer is singing", [(1, 1), (3, 3)]),
        ("sing|dance_fast now", "sing now, dance now, dance fast now", [(0, 1), (4, 6)]),
        ("sing [very] loud", "sing loud or sing very loud", [(0, 1), (3, 5)]),
        ("[please] sing", "please sing", [(0, 1), (1, 1)]),
        ("sing . loud", "sing loud, sing so loud, sing so very loud", [(0, 1), (2, 4)]),
        ("sing .. loud", "sing a b c d loud, sing a b c d e loud", [(0, 5)]),
        ("sing #teen songs", "sing 7 songs, sing 12 songs, sing 112 songs", [(3, 5)]),
        ("sing #count songs", "sing few songs, sing 12 songs, sing all songs", [(0, 2), (3, 5)]),
        ("sing $", "sing, I sing", [(2, 2)]),
        ("sing loud", "I sing. Loud", []),
        ("sing loud", "Síng LOUD", [(0, 1)]),
    ],
)
def test_each_sign_of_the_phrases_language(phrase: str, text: str, found: list[tuple[int, int]]) -> None:
    matches = Phrases([("singing", phrase)]).found(WrittenText(text))
    assert sorted((match.first, match.last) for match in matches) == found


def test_phrases_are_found_where_their_regular_expressions_match() -> None:
    random = Random(7)
    phrases = random.sample(EVERY, 250)
    ours = Phrases((phrase, phrase) for phrase in phrases)
    regexes = [(phrase, re.compile(pattern(phrase))) for phrase in phrases]
    everything = 0
    for _ in range(300):
        text = WrittenText(_mixed(random, phrases))
        wanted = {
            (phrase, number, text.place[match.end()])
            for phrase, regex in regexes
            for number, offset in enumerate(text.offsets)
            if (match := regex.match(text.joined, offset))
        }
        assert {(match.subject, match.first, match.last) for match in ours.found(text)} == wanted, text.text
        everything += len(wanted)
    assert everything > 300


def _mixed(random: Random, phrases: list[str]) -> str:
    """Phrases as somebody may write them, whole and in pieces, with other words and signs between."""
    words: list[str] = []
    for _ in range(random.randint(1, 5)):
        spelled = _spelled(random, random.choice(phrases))
        words += spelled if random.random() < 0.7 else random.sample(spelled, len(spelled) // 2)
        words += random.sample(FILLERS, random.randrange(3))
        if words:
            words[-1] += random.choice(("", "", "", ",", ".", "?"))
    return " ".join(words)


def _spelled(random: Random, phrase: str) -> list[str]:
    spelled: list[str] = []
    for place in phrase.split():
        if place in GAPS:
            spelled += random.choices(FILLERS, k=random.randrange(6)) if place != "$" else []
        elif not place.startswith("[") or random.random() < 0.5:
            for word in random.choice(place.strip("[]").split("|")).split("_"):
                ending = random.choice(("", "s")) if word.endswith("*") else ""
                spelled.append(random.choice(NUMBERS) if word.startswith("#") else word.rstrip("*") + ending)
    return spelled
