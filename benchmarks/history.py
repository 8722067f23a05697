"""What was found, written down for later: a line a run, to be read by people and by compare.py."""

import json
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.cal import interpreter
from benchmarks.databases import ROOT
from benchmarks.report import Measured

HISTORY = ROOT / "benchmarks" / "history.jsonl"


@dataclass(frozen=True)
class Run:
    """One run of the benchmarks."""

    commit: str
    """The commit that was measured; with "+" where files differed from it."""
    found: Sequence[Measured]

    def as_json(self) -> dict[str, Any]:
        """All that may be kept: no name of a machine, and no path."""
        return {
            "date": f"{datetime.now(UTC):%Y-%m-%d}",
            "commit": self.commit,
            "python": interpreter(),
            "figures": [_figure(each) for each in self.found],
        }


def _figure(each: Measured) -> dict[str, Any]:
    told = {
        "subject": each.subject,
        "name": each.figure.name,
        "measured": _rounded(each.figure.measured),
        "unit": each.figure.unit,
        "cal": _rounded(each.cal),
        "at_25": _rounded(each.at_25),
        "of_ceiling": _rounded(each.figure.fraction),
        "meets": each.meets,
    }
    return {name: value for name, value in told.items() if value not in (None, "")}


def _rounded(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.4g}")


def commit_here() -> str:
    """The commit that is checked out, with "+" where files differ from it; empty outside of git."""
    known = _git("rev-parse", "--short=10", "HEAD")
    return known + "+" * bool(_git("status", "--porcelain", "--untracked-files=no"))


def _git(*words: str) -> str:
    try:
        told = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return ""
    return told.stdout.strip()


def keep(run: Run, file: Path) -> None:
    """Add a run to a file, as a line of its own."""
    with file.open("a", encoding="utf-8") as out:
        out.write(json.dumps(run.as_json(), ensure_ascii=False) + "\n")
