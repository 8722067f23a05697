"""Labelled lists of what people type, and how well it is read. `make figures` writes what is measured into the pages.

Each list was labelled before its words were written, by somebody who had seen no word list of the product, and was cut
in two by a hash of its text. From the half `..._learned.csv` the words may be widened. The half `..._unseen.csv` is
only ever measured: whoever mends a fault that stands in it has spoiled it, and owes the page a new list. So is
`mentions_once.csv`, which was written when the classifier was done.
"""

import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from math import sqrt
from pathlib import Path
from typing import NamedTuple, TypeVar

from app.screening.logic import DecidingAnswer
from app.screening.medicines import Medicine
from app.screening.mentions import mentions
from app.screening.typed_lists import TypedName
from app.screening.typed_names import look_up

DATA = Path(__file__).parent / "data"
DOCS = Path(__file__).parents[2] / "docs"
BEGIN, END = "<!-- measured: {} -->\n", "<!-- end of measured: {} -->\n"


class Share(NamedTuple):
    """A part of a whole, with the 95 % interval by Wilson's formula."""

    part: int
    whole: int

    @property
    def value(self) -> float:
        return self.part / self.whole if self.whole else 1.0

    @property
    def interval(self) -> tuple[float, float]:
        if not self.whole:
            return 0.0, 1.0
        z, n, p = 1.96, self.whole, self.value
        middle, spread = p + z * z / (2 * n), z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        return max(0.0, (middle - spread) / (1 + z * z / n)), min(1.0, (middle + spread) / (1 + z * z / n))

    def __str__(self) -> str:
        if not self.whole:
            return "-"
        low, high = self.interval
        return f"{self.part} of {self.whole}: {self.value:.3f} ({low:.2f} to {high:.2f})"


def rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, strict=True)


def _parts(cell: str) -> frozenset[str]:
    return frozenset(filter(None, cell.split(";")))


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, the subjects it truly mentions, and those that are found."""

    text: str
    language: str
    kind: str
    wanted: frozenset[str]
    found: frozenset[str]


@cache
def sentences(name: str) -> tuple[Sentence, ...]:
    """The sentences of a list, read by the product."""
    return tuple(
        Sentence(
            row["text"],
            row["language"],
            row["kind"],
            _parts(row["subjects"]),
            frozenset(mention.subject for mention in mentions(row["text"])),
        )
        for row in rows(name)
    )


def recall(lines: Iterable[Sentence], subject: str | None = None) -> Share:
    """Of the subjects that are mentioned, how many are found: over pairs of sentence and subject."""
    pairs = [(one, said) for one in lines for said in one.wanted if subject in (None, said)]
    return Share(sum(said in one.found for one, said in pairs), len(pairs))


def precision(lines: Iterable[Sentence], subject: str | None = None) -> Share:
    """Of the subjects that are found, how many are mentioned: over pairs of sentence and subject."""
    pairs = [(one, said) for one in lines for said in one.found if subject in (None, said)]
    return Share(sum(said in one.wanted for one, said in pairs), len(pairs))


# Classes of the product by the wider name that the lists use.
_WIDER = {"cyp3a4_inhibitor_strong": "cyp3a4_inhibitor", "cyp3a4_inhibitor_moderate": "cyp3a4_inhibitor"}
# Classes of the product that follow from another one, and that the lists do not name.
_NOT_LABELLED = frozenset(
    "cns_depressant seizure_threshold nasal_or_oral_decongestant opioid_withdrawal_agent opioid_rescue porphyria_agent "
    "myasthenia_agent vial_ingredient".split()
)


def _classes(medicines: Iterable[Medicine]) -> frozenset[str]:
    named = {_WIDER.get(name, name) for medicine in medicines for name in medicine.classes}
    return frozenset(named - _NOT_LABELLED)


@dataclass(frozen=True, slots=True)
class Typed:
    """A text of the medicine box, what it truly holds, and how it is read."""

    text: str
    kind: str
    country: str
    wanted: frozenset[str]
    """Classes that matter; none for a harmless or unclear text."""
    harmless: bool
    """Whether it truly is a medicine or supplement with none of the classes."""
    sure: frozenset[str]
    """Classes that are taken for sure; of a text about the past, those that are said to be stopped."""
    possible: frozenset[str]
    """Classes that it is said to be near, or to have been."""
    asked: bool
    """Whether somebody asks what it is."""
    flagged: bool
    """Whether a flag asks a clinician to look."""


def _typed(row: dict[str, str]) -> Typed:
    found = look_up(row["typed"])
    labels = _parts(row["classes"])
    past = _classes(found.past)
    certain = (*found.sure, *found.past) if row["kind"] == "past" else found.sure
    return Typed(
        row["typed"],
        row["kind"],
        row["country"],
        labels - {"harmless", "unclear"},
        labels == {"harmless"},
        _classes(certain),
        _classes(found.possible) | past,
        found.unclear or bool(found.past),
        bool(_classes((*found.sure, *found.possible, *found.past)))
        or (
            found.unclear
            and not TypedName(DecidingAnswer("medicines", row["typed"]), row["typed"], found).unknown
        ),
    )


@cache
def typed(name: str) -> tuple[Typed, ...]:
    """The texts of a list, read by the product."""
    return tuple(map(_typed, rows(name)))


def surely(lines: Iterable[Typed], wanted: str | None = None) -> Share:
    """Of the classes that texts hold, how many are known for sure."""
    pairs = [(one, name) for one in lines for name in one.wanted if wanted in (None, name)]
    return Share(sum(name in one.sure for one, name in pairs), len(pairs))


def surely_or_asked(lines: Iterable[Typed], wanted: str | None = None) -> Share:
    """Of the classes that texts hold, how many are known for sure, or somebody asks about the text."""
    pairs = [(one, name) for one in lines for name in one.wanted if wanted in (None, name)]
    return Share(sum(name in one.sure | one.possible or one.asked for one, name in pairs), len(pairs))


def right(lines: Iterable[Typed]) -> Share:
    """Of the classes that are said to be sure, how many the text holds."""
    pairs = [(one, name) for one in lines for name in one.sure]
    return Share(sum(name in one.wanted for one, name in pairs), len(pairs))


def needlessly(lines: Iterable[Typed]) -> Share:
    """Of the harmless names, how many somebody is asked to look at."""
    harmless = [one for one in lines if one.harmless]
    return Share(sum(one.flagged for one in harmless), len(harmless))


One = TypeVar("One")


def _by(lines: Iterable[One], field: Callable[[One], str]) -> Iterator[tuple[str, list[One]]]:
    grouped: dict[str, list[One]] = {}
    for one in lines:
        grouped.setdefault(field(one), []).append(one)
    yield from sorted(grouped.items())


def sentence_table(name: str) -> list[str]:
    """Recall and precision by language, by kind and by subject."""
    lines = sentences(name)
    table = ["| | Sentences | Recall | Precision |", "|---|---|---|---|"]

    def row(label: str, chosen: Iterable[Sentence]) -> None:
        chosen = list(chosen)
        table.append(f"| {label} | {len(chosen)} | {recall(chosen)} | {precision(chosen)} |")

    row("**all**", lines)
    for language, chosen in _by(lines, lambda one: one.language):
        row(f"**{language}**", chosen)
    for subject in sorted({said for one in lines for said in one.wanted}):
        about = [one for one in lines if subject in one.wanted | one.found]
        table.append(f"| {subject} | {len(about)} | {recall(about, subject)} | {precision(about, subject)} |")
    for kind, chosen in _by(lines, lambda one: one.kind):
        row(f"*{kind}*", chosen)
    return table


def medicine_table(name: str) -> list[str]:
    """Classes known for sure, or asked about, by class and by kind of typing; and harmless names flagged."""
    lines = typed(name)
    table = [
        "| | Classes sure | Sure or asked | Sure ones right | Harmless, flagged |",
        "|---|---|---|---|---|",
    ]

    def row(label: str, chosen: Iterable[Typed]) -> None:
        chosen = list(chosen)
        table.append(
            f"| {label} | {surely(chosen)} | {surely_or_asked(chosen)} | {right(chosen)} | {needlessly(chosen)} |"
        )

    row("**all**", lines)
    row("**all but misspelled**", (one for one in lines if one.kind != "misspelled"))
    for wanted in sorted({name for one in lines for name in one.wanted}):
        table.append(f"| {wanted} | {surely(lines, wanted)} | {surely_or_asked(lines, wanted)} | - | - |")
    for kind, chosen in _by(lines, lambda one: one.kind):
        row(f"*{kind}*", chosen)
    return table


LISTS = {
    "mentions_unseen": ("free-text.md", sentence_table),
    "mentions_once": ("free-text.md", sentence_table),
    "mentions_learned": ("free-text.md", sentence_table),
    "medicines_unseen": ("medicine-names.md", medicine_table),
    "medicines_learned": ("medicine-names.md", medicine_table),
}
"""Each list, the page that tells its figures, and their table."""


def page(name: str) -> tuple[Path, str]:
    """The page that tells the figures of a list, and its text with them as measured now."""
    file, table = LISTS[name]
    path = DOCS / file
    text = path.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN.format(name))
    _, after = rest.split(END.format(name))
    measured = "\n".join(table(name))
    return path, f"{before}{BEGIN.format(name)}\n{measured}\n\n{END.format(name)}{after}"


def faults(name: str) -> Iterator[str]:
    """Every fault of a list, one a line."""
    if name.startswith("mentions"):
        for said in sentences(name):
            if said.wanted != said.found:
                yield (
                    f"{said.text!r}: missed {sorted(said.wanted - said.found)}, "
                    f"wrong {sorted(said.found - said.wanted)}"
                )
        return
    for one in typed(name):
        if (one.harmless and one.flagged) or one.wanted != one.sure:
            yield f"{one.text!r} ({one.kind}): {sorted(one.wanted)}, sure {sorted(one.sure)}, asked {one.asked}"


def main() -> None:
    """Write the figures into their pages. The faults of the learned lists are printed, those of the unseen never."""
    for name in LISTS:
        path, text = page(name)
        path.write_text(text, encoding="utf-8")
        if name.endswith("_learned"):
            print(*faults(name), sep="\n")


if __name__ == "__main__":
    main()
