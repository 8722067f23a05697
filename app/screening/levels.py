"""How soon a rule asks for a person, and what stands behind it: the words for both, wherever they are read."""

from enum import StrEnum


class Level(StrEnum):
    """How soon a person looks, in the order shown."""

    URGENT = "urgent"
    STOP = "stop"
    REVIEW = "review"
    CONFLICT = "conflict"
    NOTE = "note"

    @property
    def word(self) -> str:
        """What staff read."""
        return self.value.capitalize()

    @property
    def means(self) -> str:
        """What it asks of them, as the rulebook explains it."""
        return _LEVELS[self]


LEVEL_ORDER = {level: place for place, level in enumerate(Level)}

_LEVELS = {
    Level.URGENT: "a person looks now, even if the form is not finished",
    Level.STOP: "must be settled, with a written reason, before anyone is marked suitable. It is not a refusal",
    Level.REVIEW: "to be looked at before deciding",
    Level.CONFLICT: "two answers, or an answer and a medicine, disagree: a question to ask, never an accusation",
    Level.NOTE: "context, never counted",
}


class Evidence(StrEnum):
    """What stands behind a rule. Shown beside it: a label and a marketing article must not look alike."""

    LABEL = "label"
    CONSENSUS = "consensus"
    CAUTION = "caution"
    LAW = "law"
    ARTICLE = "article"
    LOCAL = "local"

    def word(self, *, confirmed: bool) -> str:
        """What staff read beside a flag. `confirmed`: somebody at the clinic signed the rulebook that it is of."""
        return CONFIRMED if self is Evidence.LOCAL and confirmed else _EVIDENCE[self][0]

    @property
    def means(self) -> str:
        """What it says of a rule, as the rulebook explains it."""
        return _EVIDENCE[self][1]


CONFIRMED = "This clinic's own threshold"
"""What stands beside a flag of evidence LOCAL once somebody at the clinic signed the rulebook."""

_EVIDENCE = {
    Evidence.LABEL: ("Product label", "a product's label says so"),
    Evidence.CONSENSUS: ("Guideline or consensus", "a guideline or consensus statement says so"),
    Evidence.CAUTION: ("Sources advise care", "sources advise care, or are thin"),
    Evidence.LAW: ("Law", "a statute or regulation says so"),
    Evidence.ARTICLE: (
        "Marketing article, no guideline found",
        "named by a marketing article; no guideline was found that supports it",
    ),
    Evidence.LOCAL: (
        "This project's own threshold, not confirmed by the clinic",
        "this project's own threshold or judgement, which a clinic must confirm",
    ),
}
