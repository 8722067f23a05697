"""How often a form is read, and judged."""

from collections import Counter

import pytest

from app.questionnaire.reading import Reading, ReadingOnDemand
from app.screening import evaluation


def count_readings(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Counts, under "read" and "judged", until the test ends."""
    done: Counter[str] = Counter()
    read, judge = Reading._read, evaluation.judged

    def counted_read(reading: Reading) -> None:
        if not isinstance(reading, ReadingOnDemand):
            done["read"] += 1
        read(reading)

    def counted_judge(*given: object) -> object:
        done["judged"] += 1
        return judge(*given)  # type: ignore[arg-type] # whatever it takes

    monkeypatch.setattr(Reading, "_read", counted_read)
    monkeypatch.setattr(evaluation, "judged", counted_judge)
    return done
