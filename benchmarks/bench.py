"""One run of the benchmarks: how much to do, where, and what was found."""

import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from time import monotonic

from flask import Flask

from benchmarks.cal import cal
from benchmarks.databases import KINDS, NAMES, Databases
from benchmarks.in_process import InProcess
from benchmarks.patients import Patient, invent_patients
from benchmarks.people import Kept, invent
from benchmarks.report import Figure, Measured


class Bench:
    """What subjects share. `quick` makes everything small: does it run at all? `profile` prints profiles, too."""

    def __init__(self, scratch: Path, stack: ExitStack, *, quick: bool, profile: bool = False) -> None:
        self.scratch = scratch
        self.quick = quick
        self.profile = profile
        self.seconds = 0.7 if quick else 3.0
        self.until = monotonic() + 60 * (60 if quick else 5)
        self.databases = Databases(scratch, stack)
        self.cal = cal()
        self.subject = ""
        self.figures: list[Measured] = []
        self.failures = 0
        self._people: list[Kept] = []
        self._patients: list[Patient] = []

    def kinds(self, subject: str) -> Iterator[str]:
        """The databases to measure a subject on, one after the other, while there is time."""
        for kind in KINDS:
            if monotonic() < self.until:
                yield kind
            else:
                print(f"SKIPPED {subject} on {NAMES[kind]}: the machine is too slow for all", file=sys.stderr)

    def people(self, app: Flask) -> list[Kept]:
        """Those who went through the whole form, invented once a run. `app` is any, inside its context."""
        if not self._people:
            self._people = invent(app, 4 if self.quick else 24)
        return self._people

    def patients(self, app: Flask) -> list[Patient]:
        """Those whose way through a health check is gone again, invented once a run. `app` is any, inside its
        context.
        """
        if not self._patients:
            self._patients = invent_patients(InProcess(app), 2 if self.quick else 8)
        return self._patients

    def add(self, figure: Figure) -> None:
        """Keep a figure, with the machine's speed while it was measured."""
        self.figures.append(Measured(self.subject, figure, self.cal))

    def failed(self, where: str, failures: Mapping[str, int]) -> None:
        """Tell at once of answers that were not the ones asked for: what they took is not a figure."""
        for what, count in failures.items():
            self.failures += count
            print(f"FAILED {count} x {where}: {what}", file=sys.stderr)
