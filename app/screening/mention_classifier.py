"""How likely a text mentions each subject, by a linear classifier over its words and their letters.

A phrase of mention_words finds what its author thought of. People say things in ways that nobody thought of, and the
classifier has learned from thousands of labelled sentences which words go with a subject, which speak against it
("asked if", "my dog", "killing me"), and how words look when they are misspelled. `flask mention-weights` makes its
table, data/mention_weights.tsv, and docs/free-text.md says how well it does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from functools import cache, lru_cache
from itertools import pairwise
from math import sqrt
from struct import unpack
from typing import NamedTuple

from .mention_text import Match, Word, WrittenText
from .tables import table_text

MOST_WORDS = 3
"""How many words in a row are one feature at most."""
LETTERS = (3, 4)
"""How many letters in a row of one word are one feature."""
LONGEST = 30
"""How many words are one piece at most: of a longer sentence most words are about something else."""
FEWEST = 3
"""How many words a text must have to be judged."""
NEAR = 5
"""How many words on each side are next to one."""
ZERO = ord("O")
"""The sign that stands for a weight of nought; the signs around it are the other whole numbers."""
STEP = 0.4
"""What a weight of one is worth."""
WIDTH = 4
"""Bytes that the sum of a subject's weights may take."""


class Bounds(NamedTuple):
    """How high the score of a subject must be, by what the phrases say of it."""

    found: float
    """To keep what a phrase found."""
    refused: float
    """To add what a phrase saw and took for denied, or for somebody else's. For most subjects no score reaches it."""
    unseen: float
    """To add what no phrase saw."""


class Piece(NamedTuple):
    """A part of a text that is judged at once: a sentence or a part of a long one, alone or with the next."""

    first: int
    """The number of its first word."""
    last: int
    """The number of its last word."""
    scores: Sequence[float]
    """How likely each subject is mentioned, in logits: 0 for as likely as not, more for likelier."""

    def holds(self, match: Match) -> bool:
        """Whether the words of a match begin in it."""
        return self.first <= match.first <= self.last

    def bears_out(self, subject: str) -> bool:
        """Whether it is likely enough to keep a subject that a phrase found."""
        known = weights()
        return self.scores[known.place[subject]] >= known.bounds[subject].found

    def adds(self, refused: Set[str]) -> Iterator[str]:
        """The subjects it is likely enough to mention without a phrase. `refused`: what phrases took for no mention."""
        for (subject, bounds), score in zip(weights().bounds.items(), self.scores, strict=True):
            if score >= (bounds.refused if subject in refused else bounds.unseen):
                yield subject


def judged(text: WrittenText) -> list[Piece]:
    """The pieces of a text, each with its scores. None of a word or two: that is a phrase or nothing.

    Each sentence is one by itself, so that what stands beside it takes nothing away.
    """
    parts = list(_parts(text.words))
    spans = parts + [(one[0], other[1]) for one, other in pairwise(parts)]
    return [_piece(text, first, last) for first, last in spans if last - first + 1 >= FEWEST]


def words_near(text: WrittenText, match: Match) -> Piece:
    """The words next to a match in its sentence, judged."""
    first = max(text.sentence_begin(match.first), match.first - NEAR)
    last = min(text.sentence_end(match.last), match.last + NEAR)
    return _piece(text, first, last)


def _piece(text: WrittenText, first: int, last: int) -> Piece:
    return Piece(first, last, _scores(text.words[first : last + 1]))


def telling_word(text: WrittenText, piece: Piece, subject: str) -> int:
    """The number of the word of a piece that speaks most for a subject."""
    weight = dict(speaking(text, piece, subject))
    return max(
        range(piece.first, piece.last + 1), key=lambda number: weight.get(text.words[number].folded, 0)
    )


def speaking(text: WrittenText, piece: Piece, subject: str) -> list[tuple[str, float]]:
    """The words of a piece that the classifier knows, alone and in a row, with their weights, the heaviest first."""
    of, place = weights().of, weights().place[subject]
    known = {name for name in word_features(signs(text.words[piece.first : piece.last + 1])) if name in of}
    weighed = [(name, STEP * (_lanes(of[name])[place] - ZERO)) for name in sorted(known)]
    return sorted(weighed, key=lambda one: -abs(one[1]))


def signs(words: Sequence[Word]) -> list[str]:
    """The words as they are compared, with signs for their begin and end, and for the ends of sentences and clauses."""
    found = ["<begin>", *(word.folded for word in words[:1])]
    for word in words[1:]:
        if word.ends:
            found.append("<question>" if word.ends == "?" else "<end>")
        elif word.comma:
            found.append("<comma>")
        found.append(word.folded)
    return [*found, "<end>"]


def word_features(signed: Sequence[str]) -> Iterator[str]:
    """One, two and three signs in a row."""
    for length in range(1, MOST_WORDS + 1):
        for number in range(len(signed) - length + 1):
            yield " ".join(signed[number : number + length])


def letter_features(plain: str) -> Iterator[str]:
    """Three and four letters in a row of a word, with its ends. None of a number: it is known as a whole or not."""
    if plain.isdigit():
        return
    ends = f"_{plain}_"
    for length in LETTERS:
        for number in range(len(ends) - length + 1):
            yield f"#{ends[number : number + length]}"


class Weights(NamedTuple):
    """What was learned."""

    bounds: Mapping[str, Bounds]
    """Subject to its bounds, in the order of the weights."""
    place: Mapping[str, int]
    """Subject to its place in that order."""
    biases: tuple[float, ...]
    """The score of each subject before any feature."""
    of: Mapping[str, int]
    """Feature to its weights for all subjects in one whole number, a lane each: one addition adds them all."""


@cache
def weights() -> Weights:
    """The table of weights, read when a text is first judged."""
    lines = [line.split("\t") for line in table_text("mention_weights.tsv").splitlines()]
    head = {name: cells for name, *cells in lines if name.startswith("=")}
    bounds = zip(*(map(float, head[f"={name}"]) for name in Bounds._fields), strict=True)
    return Weights(
        dict(zip(head["=subject"], map(Bounds._make, bounds), strict=True)),
        {subject: place for place, subject in enumerate(head["=subject"])},
        tuple(map(float, head["=bias"])),
        {name: _packed(cells[0].encode()) for name, *cells in lines if name[0] not in "=/"},
    )


def _parts(words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """First and last word of each sentence, and of the parts of a long one."""
    first = 0
    for number in range(1, len(words) + 1):
        if number == len(words) or words[number].ends or number - first == LONGEST:
            yield first, number - 1
            first = number


def _packed(signs: bytes) -> int:
    """One byte a subject as lanes of one number."""
    lanes = bytearray(len(signs) * WIDTH)
    lanes[::WIDTH] = signs
    return int.from_bytes(lanes, "little")


def _lanes(packed: int) -> tuple[int, ...]:
    """The sums in the lanes of one number."""
    many = len(weights().biases)
    return unpack(f"<{many}I", packed.to_bytes(many * WIDTH, "little"))


def _scores(words: Sequence[Word]) -> list[float]:
    of = weights().of
    signed = signs(words)
    count = sum(len(signed) - more for more in range(MOST_WORDS))
    total = of_words = 0
    for number, feature in enumerate(signed):
        # Of a feature of more signs the table has what it begins with, too.
        for following in (*signed[number + 1 : number + MOST_WORDS], ""):
            if (packed := of.get(feature)) is None:
                break
            total += packed
            of_words += 1
            feature = f"{feature} {following}"
    for plain in {word.plain for word in words}:
        more, of_letters, letters = _of_letters(plain)
        total, of_words, count = total + more, of_words + of_letters, count + letters
    scale, nought = STEP / sqrt(count), of_words * ZERO
    return [
        bias + scale * (lane - nought) for bias, lane in zip(weights().biases, _lanes(total), strict=True)
    ]


@lru_cache(maxsize=5_000)
def _of_letters(plain: str) -> tuple[int, int, int]:
    """The weights of a word's letters together, how many of them are known, and how many there are."""
    of = weights().of
    features = tuple(letter_features(plain))
    known = [of[feature] for feature in features if feature in of]
    return sum(known), len(known), len(features)
