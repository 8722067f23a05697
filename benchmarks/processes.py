"""Two processes of the product against one."""

import os
from dataclasses import dataclass

from benchmarks.report import Figure, Mark

TWICE = Mark(1.7, None, "fraction")
"""How many times the rate of one process two of them should reach."""


@dataclass(frozen=True)
class Speed:
    """How fast something went, and what it cost."""

    rate: float
    """How often a second."""
    cpu_ms: float
    """CPU milliseconds of server and database for each."""


def against_one(name: str, one: Speed, two: Speed) -> Figure:
    """Two processes beside one on the same database.

    The clients and the database work on the same processors: where those are few, they are used up before two
    processes are, so the most that these processors could do is told beside it.
    """
    allowed = (os.cpu_count() or 1) * 1000 / max(one.cpu_ms, 0.001) / max(one.rate, 0.001)
    note = f"the processors, with no client on them, allow {allowed:.1f} times"
    return Figure(f"{name}, PostgreSQL, two processes against one", two.rate, "/s", one.rate, "with one",
                  TWICE, note)  # fmt: skip
