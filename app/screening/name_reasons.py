"""What the words around a name say that it is taken for."""

from __future__ import annotations

from .medicines import normalise
from .name_pieces import IDLE_WORDS, is_number
from .name_words import CONDITION_PHRASES, CONDITIONS, PLAIN_REASONS

_STARTS = frozenset({"for", "para", "por"})


def reason_in(words: list[str]) -> tuple[str, ...]:
    """The words after "for"; none where it does not stand there."""
    for place, word in enumerate(words):
        if word in _STARTS:
            return tuple(_telling(words[place + 1 :]))
    return ()


def parted(words: list[str], left: list[str]) -> tuple[tuple[str, ...], list[str]]:
    """The words left over beside a name, parted: those that say what it is for, and the others."""
    text = f" {' '.join(words)} "
    phrases = {word for phrase in CONDITION_PHRASES if f" {phrase} " in text for word in phrase.split()}
    told = [word in CONDITIONS or word in phrases for word in left]
    return (
        tuple(word for word, tells in zip(left, told, strict=True) if tells),
        [word for word, tells in zip(left, told, strict=True) if not tells],
    )


def plain_kind(words: list[str]) -> tuple[str, ...]:
    """The words of a kind that is named by its form and what it is for, where no class treats that: "acne cream"."""
    told = _telling(words)
    return tuple(told) if PLAIN_REASONS.issuperset(told) else ()


def plainly_explained(reason: tuple[str, ...], told: object) -> bool:
    """Whether a reason, or the one `told` beside it, is one that no class of the table treats."""
    words = [*reason, *_telling(normalise(told).split() if isinstance(told, str) else [])]
    return bool(words) and PLAIN_REASONS.issuperset(words)


def _telling(words: list[str]) -> list[str]:
    return [word for word in words if word in PLAIN_REASONS or not (word in IDLE_WORDS or is_number(word))]
