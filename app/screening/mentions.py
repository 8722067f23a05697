"""What patients write in boxes for something else: the subjects of the stop and urgent rules, in their own words.

A net under the questions, never a replacement: it reads words, not meaning. A thing that is clearly denied
(mention_denial), only supposed (mention_doubts), or had by somebody else (mention_persons) is no mention; what a blood
relative had belongs to the family. The words are in mention_words, and how well they catch is measured in
docs/free-text.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from .mention_denial import denied, denied_after
from .mention_doubts import only_supposed
from .mention_medicines import medicine_matches
from .mention_persons import whose
from .mention_phrases import Phrases
from .mention_text import Match, WrittenText
from .mention_words import SUBJECTS

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
    found: dict[str, Mention] = {}
    for match in sorted(_matches(read), key=lambda match: (match.first, match.last, match.subject)):
        if match.subject in found and SUBJECTS[match.subject].of_relatives in (None, *found):
            continue
        for subject in _about(read, match):
            if subject not in found:
                found[subject] = Mention(subject, read.quoted(match.first, match.last, QUOTED))
    return tuple(found.values())


_MENTIONED = Phrases((name, phrase) for name, subject in SUBJECTS.items() for phrase in subject.phrases)
_BUT_NOT = Phrases((name, phrase) for name, subject in SUBJECTS.items() for phrase in subject.but_not)


def _matches(text: WrittenText) -> list[Match]:
    """The phrases of a text that mention a subject, but for what only looks like one."""
    found = [*_MENTIONED.found(text), *medicine_matches(text)]
    if not found:
        return []
    only_look_like = list(_BUT_NOT.found(text))
    # "Cancer treatment: no" denies the cancer that stands in it, too.
    only_look_like += [match for match in found if denied_after(text, match)]
    return [
        match
        for match in found
        if not any(
            match.subject == other.subject and match.first <= other.last and other.first <= match.last
            for other in only_look_like
        )
    ]


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
