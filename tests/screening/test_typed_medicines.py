"""How well typed names resolve, on a labelled list, and which look-alike names must never be taken for one another.

`python -m tests.screening.test_typed_medicines` prints the figures and every row that is missed or wrong.
"""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from app.screening import medicines
from app.screening.medicines import MEDICINES, normalise
from app.screening.name_words import FILLER_WORDS, FORM_WORDS
from app.screening.typed_names import look_up

TYPED = Path(__file__).parent / "data" / "typed_medicines.csv"
TABLE = Path(medicines.__file__).parent / "data" / "medicines.csv"
FIGURES = Path(__file__).parents[2] / "docs" / "medicine-names.md"
GENERICS = {medicine.generic for medicine in MEDICINES}


@dataclass(frozen=True, slots=True)
class Row:
    """A text as a patient types it, and the medicines of the table it truly names (none: nothing in the table)."""

    typed: str
    expected: frozenset[str]
    kind: str


@dataclass(slots=True)
class Measured:
    """`sure` and `right`: sure matches, and those that are so. `named` and `found`: medicines in the list, and seen."""

    sure: int = 0
    right: int = 0
    named: int = 0
    found: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / self.sure

    @property
    def recall(self) -> float:
        return self.found / self.named


def rows() -> Iterator[Row]:
    with TYPED.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield Row(row["typed"], frozenset(filter(None, row["expected"].split(";"))), row["kind"])


ROWS = tuple(rows())


def sure(text: str) -> set[str]:
    """The medicines of the table; that a name is known to be harmless besides is not measured here."""
    return {medicine.generic for medicine in look_up(text).sure} & GENERICS


def possible(text: str) -> set[str]:
    found = look_up(text)
    return {medicine.generic for medicine in (*found.possible, *found.past)}


def measure(wanted: Iterable[Row]) -> Measured:
    total = Measured()
    for row in wanted:
        certain = sure(row.typed)
        seen = row.expected & (certain | possible(row.typed))
        total.sure += len(certain)
        total.right += len(certain & row.expected)
        total.named += len(row.expected)
        total.found += len(seen)
        if wrong := certain - row.expected:
            total.faults.append(f"wrong: {row.typed!r} is not {sorted(wrong)}")
        if missed := row.expected - seen:
            total.faults.append(f"missed: {row.typed!r} is {sorted(missed)}")
    return total


def test_the_list_is_well_formed() -> None:
    assert len(ROWS) >= 450
    assert len({row.typed for row in ROWS}) == len(ROWS)
    for row in ROWS:
        assert row.typed == row.typed.strip() != ""
        assert len(row.typed) <= 120, "the form takes no more"
        assert row.expected <= GENERICS, row.typed
    kinds = Counter(row.kind for row in ROWS)
    assert set(kinds) == set(
        "brand generic dose misspelled upper spanish several glued kind vague none".split()
    )
    assert min(kinds.values()) >= 20
    assert sum(not row.expected for row in ROWS) >= 100


def test_sure_matches_are_right_and_few_medicines_are_missed() -> None:
    whole = measure(ROWS)
    assert whole.precision >= 0.998, whole.faults
    assert whole.recall >= 0.95, whole.faults


def test_no_misspelled_or_unknown_name_is_taken_for_another_medicine() -> None:
    known = "wrong: 'copper IUD' is not ['levonorgestrel']"  # "iud" alone names it; without a class it raises nothing
    wanted = [row for row in ROWS if row.kind in ("misspelled", "vague", "none")]
    assert [fault for fault in measure(wanted).faults if fault.startswith("wrong") and fault != known] == []


def test_the_written_figures_are_the_measured_ones() -> None:
    text, whole = FIGURES.read_text(encoding="utf-8"), measure(ROWS)
    assert f"{len(ROWS)} typed texts" in text
    assert f"{whole.right} of {whole.sure} ({whole.precision:.4f})" in text
    assert f"{whole.found} of {whole.named} ({whole.recall:.4f})" in text
    for kind in {row.kind for row in ROWS}:
        wanted = [row for row in ROWS if row.kind == kind]
        part = measure(wanted)
        line = f"| {kind} | {len(wanted)} | {part.right} of {part.sure} | {part.found} of {part.named} |"
        assert line in text, line


def table() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, strict=True)
        assert reader.fieldnames == "generic brands also classes implies note rxcui".split()
        return list(reader)


def names(row: dict[str, str]) -> list[str]:
    return [row["generic"], *filter(None, (row["brands"] + ";" + row["also"]).split(";"))]


def test_the_table_is_well_formed() -> None:
    read = table()
    assert [row["generic"] for row in read] == [medicine.generic for medicine in MEDICINES]
    for row in read:
        assert None not in row
        assert None not in row.values(), row["generic"]
        assert all(cell == cell.strip() for cell in row.values()), row["generic"]
        for column in ("brands", "also", "classes", "implies"):
            parts = row[column].split(";") if row[column] else []
            assert all(part == part.strip() != "" for part in parts), row["generic"]
            assert len(parts) == len(set(parts)), row["generic"]
        assert not row["rxcui"] or row["rxcui"].isdigit()


def test_no_name_stands_for_two_medicines() -> None:
    owner: dict[str, str] = {}
    for row in table():
        for name in map(normalise, names(row)):
            assert owner.setdefault(name, row["generic"]) == row["generic"], name


# Said of medicines, of bodies, or by spelling checkers; each could be typed without meaning any one medicine.
ORDINARY = """
blue white round pill pills tablet heart stomach pain sleep nerve anxiety mood sugar cholesterol thyroid allergy
singular concert concerter lasik busbar roxie metal patch vitamin vitamins supplement none nothing unknown same see
list iv im pm am max plus cold flu extra night day the de la para pastilla pastillas medicina azul no ninguno
"""


def test_no_name_is_an_ordinary_word() -> None:
    every = {normalise(name) for row in table() for name in names(row)}
    assert not every & (set(ORDINARY.split()) | FORM_WORDS | FILLER_WORDS)
    assert all(any(c.isalpha() for c in name) for name in every)


def main() -> None:
    whole = measure(ROWS)
    for label, wanted in (
        ("all", list(ROWS)),
        *((kind, [row for row in ROWS if row.kind == kind]) for kind in dict.fromkeys(r.kind for r in ROWS)),
    ):
        part = measure(wanted)
        print(f"| {label} | {len(wanted)} | {part.right} of {part.sure} | {part.found} of {part.named} |")
    print(f"sure matches right: {whole.right} of {whole.sure} ({whole.precision:.4f})")
    print(f"found sure or possible: {whole.found} of {whole.named} ({whole.recall:.4f})")
    print(*whole.faults, sep="\n")


if __name__ == "__main__":
    main()
