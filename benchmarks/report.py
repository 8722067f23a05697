"""One table: what was measured, the ceiling of the same run, the mark, and whether it is met."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from benchmarks.cal import FAST_MS

TIMES = ("ms", "CPU-ms", "CPU-s", "s")
"""Units of what a slower machine takes longer for."""

Meets = Literal["good", "must", "NO", ""]


@dataclass(frozen=True)
class Mark:
    """What is asked of a figure, for a machine whose cal is 25. `of` says of what: the figure, or its fraction."""

    must: float
    good: float | None = None
    of: Literal["figure", "fraction"] = "figure"


@dataclass(frozen=True)
class Figure:
    """One line of the table. `unit` decides which way is better, and how its mark follows the machine's speed."""

    name: str
    measured: float
    unit: str
    ceiling: float | None = None
    ceiling_name: str = ""
    mark: Mark | None = None
    note: str = ""

    @property
    def less_is_better(self) -> bool:
        """True of times, ratios and sizes; rates are the others."""
        return not self.unit.endswith("/s")

    @property
    def fraction(self) -> float | None:
        """How near the figure comes to its ceiling: 1 is there."""
        if self.ceiling is None or not self.measured or not self.ceiling:
            return None
        return self.ceiling / self.measured if self.less_is_better else self.measured / self.ceiling

    def scaled(self, value: float, cal: float) -> float:
        """A mark as this machine can be asked for it."""
        if self.mark is None or self.mark.of == "fraction":
            return value
        if self.unit.endswith("/s"):
            return value * FAST_MS / cal
        return value * cal / FAST_MS if self.unit in TIMES else value

    def meets(self, cal: float) -> Meets:
        """Whether the mark is met, and which half of it."""
        if self.mark is None:
            return ""
        found = self.fraction if self.mark.of == "fraction" else self.measured
        if found is None:
            return ""
        less = self.less_is_better and self.mark.of == "figure"

        def reaches(value: float) -> bool:
            wanted = self.scaled(value, cal)
            return found <= wanted if less else found >= wanted

        if self.mark.good is not None and reaches(self.mark.good):
            return "good"
        return "must" if reaches(self.mark.must) else "NO"


@dataclass(frozen=True)
class Measured:
    """A figure with the subject it is of, and the machine's speed in its time."""

    subject: str
    figure: Figure
    cal: float

    @property
    def meets(self) -> Meets:
        """Whether its mark is met, and which half of it."""
        return self.figure.meets(self.cal)

    @property
    def at_25(self) -> float:
        """What it would be on a machine whose cal is 25, as far as cal tells."""
        speed = FAST_MS / self.cal
        if self.figure.unit in TIMES:
            return self.figure.measured * speed
        return self.figure.measured / speed if self.figure.unit.endswith("/s") else self.figure.measured


HEADINGS = ("figure", "measured", "ceiling (same run)", "fraction", "mark must / good", "meets")


def table(found: Iterable[Measured]) -> str:
    """The figures, one a line, in columns."""
    return columns([HEADINGS, *(_cells(each.figure, each.cal) for each in found)])


def summary(found: Sequence[Measured]) -> Iterator[str]:
    """One line a subject: how many of its marks are met, and which are not."""
    for subject in dict.fromkeys(each.subject for each in found):
        own = [each for each in found if each.subject == subject]
        counts = Counter(each.meets for each in own if each.meets)
        told = ", ".join(f"{counts[meets]} {meets}" for meets in ("good", "must", "NO") if counts[meets])
        missed = "; ".join(
            dict.fromkeys(
                f"{each.figure.name} {number(each.figure.measured)} {each.figure.unit}"
                for each in own
                if each.meets == "NO"
            )
        )
        yield f"{subject}: {told or 'no marks'}, cal {own[0].cal:.1f}{f'. NO: {missed}' if missed else ''}"


def columns(rows: Sequence[Sequence[str]]) -> str:
    """Rows of cells under one another, the first of them as headings."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]
    lines.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join(line.rstrip() for line in lines)


def _cells(figure: Figure, cal: float) -> Sequence[str]:
    ceiling = ""
    if figure.ceiling is not None:
        ceiling = f"{number(figure.ceiling)} {figure.unit} {figure.ceiling_name}"
    fraction = "" if figure.fraction is None else f"{figure.fraction:.2f}"
    measured = f"{number(figure.measured)} {figure.unit}{f' ({figure.note})' if figure.note else ''}"
    return figure.name, measured, ceiling, fraction, _mark(figure, cal), figure.meets(cal)


def _mark(figure: Figure, cal: float) -> str:
    if figure.mark is None:
        return ""
    values = [value for value in (figure.mark.must, figure.mark.good) if value is not None]
    words = " / ".join(number(figure.scaled(value, cal)) for value in values)
    return f"{words} of it" if figure.mark.of == "fraction" else words


def number(value: float) -> str:
    """A figure with as many digits as it deserves."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}" if value >= 0.1 else f"{value:.3f}"
