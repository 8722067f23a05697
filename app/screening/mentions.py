"""What patients write in boxes for something else: the subjects of the stop and urgent rules, in their own words.

A net under the questions, never a replacement: it reads words, not meaning. Phrases find what somebody thought of. A
thing that is clearly denied (mention_denial), only supposed (mention_doubts), or had by somebody else (mention_persons)
is no mention; what a blood relative had belongs to the family. A classifier (mention_classifier) adds what is said in
ways that nobody thought of, and drops what a phrase found in words that speak against it. The phrases are in
mention_words, and how well all of it catches is measured in docs/free-text.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from .mention_classifier import Piece, judged, telling_word, words_near
from .mention_denial import denied, denied_after
from .mention_doubts import only_supposed
from .mention_medicines import medicine_matches
from .mention_persons import whose
from .mention_phrases import Phrases
from .mention_text import Match, WrittenText
from .mention_words import RELATIVES, SUBJECTS

QUOTED = 80
"""Letters of a quotation, about."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A subject and the words that mention it, exactly as they were typed."""

    subject: str
    """The subject's id."""
    words: str
    """The words, exactly as they were typed."""


@lru_cache(maxsize=500)
def mentions(text: str) -> tuple[Mention, ...]:
    """The subjects that a text mentions, each once, in the order of the words.

    Few texts are kept: a page is judged again as it is saved, but no two people write the same.
    """
    read = WrittenText(text)
    pieces = judged(read)
    phrased, refused = by_phrases(read)
    found: dict[str, tuple[int, int]] = {}
    for subject, match in phrased:
        if subject not in found and (match.is_name or _borne_out(read, pieces, match, subject)):
            found[subject] = (match.first, match.last)
    for piece in pieces:
        for subject in piece.adds({match.subject for match in refused if piece.holds(match)}):
            if subject not in found and (subject not in _OF_RELATIVES or _names_relative(read, piece)):
                word = telling_word(read, piece, subject)
                found[subject] = (word, word)
    return tuple(
        Mention(subject, read.quoted(*words, QUOTED))
        for subject, words in sorted(found.items(), key=lambda one: (one[1], one[0]))
    )


def by_phrases(text: WrittenText) -> tuple[list[tuple[str, Match]], list[Match]]:
    """What phrases and names say: subjects with the words that mention them, in their order, and words that are none.

    The classifier bears them out, or not, unless the words are a medicine's name.
    """
    found: list[tuple[str, Match]] = []
    matches, refused = _matches(text)
    for match in sorted(matches, key=lambda match: (match.first, match.last, match.subject)):
        mentioned = tuple(_about(text, match))
        found += ((subject, match) for subject in mentioned)
        if not mentioned:
            refused.append(match)
    return found, refused


def _borne_out(text: WrittenText, pieces: list[Piece], match: Match, subject: str) -> bool:
    """Whether the words around a phrase, or those next to it, make its subject likely enough, or nothing is judged."""
    around = [one for one in pieces if one.holds(match)]
    return (
        not around
        or any(one.bears_out(subject) for one in around)
        or words_near(text, match).bears_out(subject)
    )


def _names_relative(text: WrittenText, piece: Piece) -> bool:
    return any(word.folded in RELATIVES for word in text.words[piece.first : piece.last + 1])


_OF_RELATIVES = frozenset(subject.of_relatives for subject in SUBJECTS.values())


_MENTIONED = Phrases((name, phrase) for name, subject in SUBJECTS.items() for phrase in subject.phrases)
_BUT_NOT = Phrases((name, phrase) for name, subject in SUBJECTS.items() for phrase in subject.but_not)


def _matches(text: WrittenText) -> tuple[list[Match], list[Match]]:
    """The phrases of a text that mention a subject, and those that only look like it."""
    found = [*_MENTIONED.found(text), *medicine_matches(text)]
    only_look_like = list(_BUT_NOT.found(text))
    # "Cancer treatment: no" denies the cancer that stands in it, too.
    only_look_like += [match for match in found if denied_after(text, match)]
    mentioned = [
        match
        for match in found
        if not any(
            match.subject == other.subject and match.first <= other.last and other.first <= match.last
            for other in only_look_like
        )
    ]
    return mentioned, only_look_like


def _about(text: WrittenText, match: Match) -> Iterator[str]:
    """The subjects that these words mention: none when denied or supposed, and of the family when of a relative."""
    subject = SUBJECTS[match.subject]
    if denied(text, match) or only_supposed(text, match, subject):
        return
    person = "self" if subject.of_others else whose(text, match)
    if person in ("self", "both"):
        yield match.subject
    if person in ("relative", "both") and subject.of_relatives:
        yield subject.of_relatives
