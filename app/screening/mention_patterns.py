"""Phrases of mention_words as one regular expression over folded words, for what stands near a thing that was found."""

from __future__ import annotations

import re
from collections.abc import Iterable

_COUNT = (
    "[0-9]{1,2}|a|an|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|few|couple|several|many|some"
    "|un|una|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|doce|veinte|unos|varios|muchos"
)
NUMBERS = {
    "#teen": "(?:[89]|1[0-7])",
    "#count": f"(?:{_COUNT})",
    "#many": "(?:[5-9]|[1-9][0-9])",
    "#pressure": "[0-9]{2,3}",
    "#year": "(?:19|20)[0-9]{2}",
}
"""Words that stand for a number: each as the regular expression of a word."""
GAPS = {"..": r"(?: \w+){0,4}?", ".": r"(?: \w+)?", "$": "$"}
"""What stands for no word of its own, each as a regular expression."""


def any_phrase(phrases: Iterable[str]) -> re.Pattern[str]:
    """The regular expression that finds any of the phrases in folded words."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(pattern, phrases))})")


def pattern(phrase: str) -> str:
    """A phrase of mention_words as a regular expression over folded words with one space between."""
    written, space = "", ""
    for word in phrase.split():
        options = "|".join(map(_option, word.strip("[]").split("|")))
        if word in GAPS:
            written += GAPS[word]
        elif not word.startswith("["):
            written += f"{space}(?:{options})"
            space = " "
        elif space:
            written += f"(?: (?:{options}))?"
        else:
            written += f"(?:(?:{options}) )?"
    return written + r"(?!\w)"


def _option(written: str) -> str:
    """One of the words that may stand at a place; an underscore stands between words that go together."""
    return " ".join(
        NUMBERS.get(word) or re.escape(word.removesuffix("*")) + (r"\w*" if word.endswith("*") else "")
        for word in written.split("_")
    )
