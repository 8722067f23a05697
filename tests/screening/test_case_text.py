"""The quick reading of a case's text gives what the close one gives, or leaves the text to it."""

from collections import Counter
from collections.abc import Callable
from random import Random
from typing import Any

from app.screening.case_text import CaseRefused, read_closely, read_text

KEYS = ('"a"', '"b"', '"id"', '""', '":"', '"a\\u0062"', '"é"', '"a:"')
ATOMS = (
    *('"x"', '""', '":"', '": "', '"a\\": 1"', '"\\ud800"', '"\\u00e9"', '"é"', '"a :b"', '"\\""', '"tab\there"'),
    *("1", "-0", "0", "-0.0", "1.5", "1e5", "1E400", "-1e400", "NaN", "Infinity", "-Infinity", "01", "1.", "+1"),
    *("999999999999999999", "1000000000000000000", "-999999999999999999", "-1000000000000000000"),
    *("18446744073709551616", "1e17", "1e18", "123456789012345678901234567890", "true", "false", "null", "nul"),
)  # fmt: skip
SPACES = ("", "", "", "", " ", "\n", "\t", "\r\n")


def test_both_readings_come_to_the_same() -> None:
    random, outcomes = Random(7), Counter[bool]()
    for _ in range(20_000):
        text = _value(random, random.randint(1, 3))
        if random.random() < 0.1:
            around = random.choices((("[", "]"), ('{"a":', "}")), k=random.randint(7, 11))
            text = "".join(begin for begin, _ in around) + text + "".join(end for _, end in reversed(around))
        text += random.choice(("", "", "", "", "}", " 1"))
        read = _outcome(read_text, text)
        assert read == _outcome(read_closely, text), text
        outcomes["refused" in read] += 1
    assert min(outcomes.values()) > 2_000


def _outcome(reading: Callable[[str], Any], text: str) -> dict[str, object]:
    try:
        return {"value": repr(reading(text))}
    except CaseRefused as refused:
        return {"refused": (str(refused), refused.line)}


def _value(random: Random, deepest: int) -> str:
    space = random.choice(SPACES)
    kind = random.random()
    if not deepest or kind < 0.3:
        # Most are sound: of many odd ones the first would hide the others.
        return random.choice(ATOMS if random.random() < 0.2 else ('"x"', "7", "true", "null"))
    values = [_value(random, deepest - 1) for _ in range(random.choice((0, 1, 1, 2, 3)))]
    if kind < 0.5:
        return f"[{space}{f',{space}'.join(values)}{random.choice(SPACES)}]"
    colon = random.choice((":", ":", ":", ": ", " :", "\t:"))
    pairs = [f"{random.choice(KEYS)}{colon}{value}" for value in values]
    return f"{{{space}{f',{space}'.join(pairs)}}}"
