"""The classifier of free text: what its table is, what it adds to phrases, and what it drops."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from math import sqrt

import pytest

from app.screening import mention_classifier
from app.screening.mention_classifier import (
    LETTERS,
    STEP,
    ZERO,
    Bounds,
    Piece,
    Weights,
    judged,
    letter_features,
    signs,
    weights,
    word_features,
)
from app.screening.mention_text import WrittenText
from app.screening.mention_words import SUBJECTS
from app.screening.mentions import mentions
from app.screening.tables import table_text
from tests.screening.labelled import rows

USUAL = Bounds(found=-2, refused=99, unseen=1)


def found(text: str) -> list[str]:
    return [mention.subject for mention in mentions(text)]


def learned(of: Mapping[str, float], bounds: Bounds = USUAL) -> Weights:
    """Weights of one subject, seizures."""
    packed = {
        feature: mention_classifier._packed(bytes([ZERO + round(weight)])) for feature, weight in of.items()
    }
    return Weights({"seizures": bounds}, {"seizures": 0}, (0.0,), packed)


Know = Callable[..., None]


@pytest.fixture
def knows(monkeypatch: pytest.MonkeyPatch) -> Iterator[Know]:
    """Lets the classifier know nothing but what is given."""

    def know(**of: float) -> None:
        mentions.cache_clear()
        mention_classifier._of_letters.cache_clear()
        monkeypatch.setattr(mention_classifier, "weights", lambda: learned(of))

    yield know
    mentions.cache_clear()
    mention_classifier._of_letters.cache_clear()


def test_the_table_has_a_sign_for_every_subject() -> None:
    assert list(weights().bounds) == sorted(SUBJECTS)
    for line in table_text("mention_weights.tsv").splitlines():
        if line[0] not in "=/":
            _, written = line.split("\t")
            assert len(written) == len(SUBJECTS)


def test_a_longer_feature_stands_in_the_table_with_what_it_begins_with() -> None:
    features = {"", *weights().of}
    assert {feature.rpartition(" ")[0] for feature in features} <= features


def test_no_score_lets_a_phrase_be_dropped_that_is_as_likely_as_not() -> None:
    for bounds in weights().bounds.values():
        assert bounds.found <= -2
        assert bounds.refused >= 3
        assert bounds.unseen >= -0.5


def test_all_subjects_at_once_come_to_what_each_comes_to_alone() -> None:
    for row in list(rows("mentions_learned"))[::40]:
        text = WrittenText(row["text"])
        for piece in judged(text):
            words = text.words[piece.first : piece.last + 1]
            features = Counter(word_features(signs(words)))
            for plain in {word.plain for word in words}:
                features.update(letter_features(plain))
            known = [
                (many, mention_classifier._lanes(weights().of[feature]))
                for feature, many in features.items()
                if feature in weights().of
            ]
            for place, bias in enumerate(weights().biases):
                total = sum(many * (lanes[place] - ZERO) for many, lanes in known)
                alone = bias + STEP * total / sqrt(features.total())
                assert piece.scores[place] == pytest.approx(alone), row["text"]


def test_features_are_words_in_a_row_and_letters_in_a_row() -> None:
    words = WrittenText("Fits? Two, ok").words
    assert signs(words) == ["<begin>", "fits", "<question>", "two", "<comma>", "ok", "<end>"]
    assert "fits <question> two" in set(word_features(signs(words)))
    assert set(letter_features("ok")) == {"#_ok", "#ok_", "#_ok_"}
    assert max(map(len, letter_features("seizure"))) == max(LETTERS) + 1
    assert not list(letter_features("2019"))


@pytest.mark.parametrize(("weight", "subjects"), [(40, ["seizures"]), (4, [])])
def test_what_no_phrase_sees_is_added_when_it_is_likely(
    knows: Know, weight: int, subjects: list[str]
) -> None:
    knows(wobbles=weight)
    assert found("the wobbles came back") == subjects


def test_what_a_phrase_takes_for_no_mention_is_not_added(knows: Know) -> None:
    knows(never=46, seizure=46, had=46)
    assert found("never had a seizure") == []
    assert found("a cat scare is no heart attack or seizure") == []


def test_a_denial_in_one_sentence_takes_nothing_from_another(knows: Know) -> None:
    knows(wobbles=46)
    assert found("Never had a seizure. The wobbles came back.") == ["seizures"]


def test_words_that_are_unlikely_hide_no_later_ones(knows: Know) -> None:
    knows(salad=-46)
    assert found("a seizure salad salad. I had a seizure in May.") == ["seizures"]


def test_what_only_looks_like_it_is_not_added() -> None:
    assert found("17 years sober") == []
    assert "under-age" not in found("aaa battery. 17 years sober")


def test_of_suicide_it_is_added_where_nearly_all_speaks_for_it() -> None:
    assert found("they asked me at the ER if i wanted to die, i lied and said no but i do") == ["suicide"]
    for denied in (
        "they asked if I wanted to die and I said no",
        "Suicidal thoughts: none",
        "never been suicidal",
    ):
        assert found(denied) == []


@pytest.mark.parametrize(("weight", "subjects"), [(-10, ["seizures"]), (-46, [])])
def test_what_a_phrase_finds_is_dropped_when_everything_speaks_against_it(
    knows: Know, weight: int, subjects: list[str]
) -> None:
    knows(seizure=weight, warning=weight, sign=weight)
    assert found("a seizure warning sign") == subjects


def test_a_medicines_name_is_never_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Piece, "bears_out", lambda piece, subject: False)
    assert found("three rounds of paclitaxel so far") == ["chemotherapy"]


def test_a_phrase_stays_that_the_words_near_it_bear_out(knows: Know) -> None:
    knows(well=-5, seizure=30)
    assert found(f"{'well ' * 25}had a seizure {'well ' * 25}") == ["seizures"]


def test_a_word_or_two_are_a_phrase_or_nothing(knows: Know) -> None:
    knows(wobbles=46)
    assert found("the wobbles") == []


def test_words_around_it_do_not_drown_what_is_said(knows: Know) -> None:
    knows(wobbles=46)
    assert found(f"{'all is well. ' * 30}The wobbles came back. {'all is well. ' * 30}") == ["seizures"]
    assert found(f"{'and so on ' * 40}the wobbles came back") == ["seizures"]


def test_the_words_that_tell_most_are_quoted(knows: Know) -> None:
    knows(wobbles=46, came=3)
    (mention,) = mentions("I came to see you, well, it is that the WOBBLES came back on a day in June " * 3)
    assert "WOBBLES" in mention.words
    assert len(mention.words) <= 90
