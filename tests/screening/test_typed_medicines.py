"""How well typed names resolve, on a labelled list, and which look-alike names must never be taken for one another.

`python -m tests.screening.test_typed_medicines` prints the figures and every row that is missed or wrong.
"""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

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


# Each name, and the medicine of the table it is. "-" is a medicine that the table does not have.
LOOK_ALIKES = """
ketamine = ketamine | ketorolac = ketorolac
ketamine = ketamine | Keppra = levetiracetam
ketamine = ketamine | ketotifen = ketotifen
ketamine = ketamine | ketoconazole = ketoconazole
ketamine = ketamine | ketoprofen = -
ketamine = ketamine | naratriptan = naratriptan
ketamine = ketamine | memantine = memantine
ketamina = ketamine | ketorolaco = ketorolac
ketamine = ketamine | esketamine = esketamine
Naramig = naratriptan | Nardil = phenelzine
naratriptan = naratriptan | naltrexone = naltrexone
naloxone = naloxone | naltrexone = naltrexone
naloxone = naloxone | Lanoxin = digoxin
Suboxone = buprenorphine with naloxone | Subutex = buprenorphine
buprenorphine = buprenorphine | buprenorphine naloxone = buprenorphine with naloxone
bupropion = bupropion | buprenorphine = buprenorphine
bupropion = bupropion | buspirone = buspirone
clonidine = clonidine | clonazepam = clonazepam
clonidine = clonidine | Klonopin = clonazepam
clonidine = clonidine | clozapine = clozapine
clonidine = clonidine | quinidine = -
clonazepam = clonazepam | lorazepam = lorazepam
clonazepam = clonazepam | clobazam = clobazam
lorazepam = lorazepam | alprazolam = alprazolam
lorazepam = lorazepam | loratadine = loratadine
lorazepam = lorazepam | oxazepam = oxazepam
diazepam = diazepam | diltiazem = diltiazem
diazepam = diazepam | oxazepam = oxazepam
Xanax = alprazolam | Zantac = -
Xanax = alprazolam | Zanaflex = tizanidine
Klonopin = clonazepam | Clopixol = zuclopenthixol
hydroxyzine = hydroxyzine | hydralazine = hydralazine
hydralazine = hydralazine | hydrochlorothiazide = hydrochlorothiazide
hydrochlorothiazide = hydrochlorothiazide | hydroxychloroquine = hydroxychloroquine
tramadol = tramadol | trazodone = trazodone
tramadol = tramadol | Toradol = ketorolac
tramadol = tramadol | tapentadol = tapentadol
Toradol = ketorolac | Inderal = propranolol
Toradol = ketorolac | Foradil = -
hydrocodone = hydrocodone | hydromorphone = hydromorphone
hydrocodone = hydrocodone | oxycodone = oxycodone
morphine = morphine | hydromorphone = hydromorphone
oxycodone = oxycodone | oxymorphone = -
oxycodone = oxycodone | oxcarbazepine = oxcarbazepine
codeine = codeine | dihydrocodeine = dihydrocodeine
methadone = methadone | methylphenidate = methylphenidate
fentanyl = fentanyl | sufentanil = -
fentanyl = fentanyl | alfentanil = -
Lamictal = lamotrigine | Lamisil = -
Lamictal = lamotrigine | Lomotil = -
lamotrigine = lamotrigine | lamivudine = -
levetiracetam = levetiracetam | levofloxacin = -
carbamazepine = carbamazepine | oxcarbazepine = oxcarbazepine
tizanidine = tizanidine | tiagabine = -
gabapentin = gabapentin | gemfibrozil = -
Topamax = topiramate | Toprol-XL = metoprolol
Zoloft = sertraline | Zocor = simvastatin
sertraline = sertraline | cetirizine = cetirizine
Celexa = citalopram | Celebrex = celecoxib
Celexa = citalopram | Zyprexa = olanzapine
Celebrex = celecoxib | Cerebyx = -
citalopram = citalopram | escitalopram = escitalopram
fluoxetine = fluoxetine | duloxetine = duloxetine
fluoxetine = fluoxetine | fluvoxamine = fluvoxamine
fluoxetine = fluoxetine | paroxetine = paroxetine
Paxil = paroxetine | Plavix = clopidogrel
Paxil = paroxetine | Taxol = paclitaxel
Prozac = fluoxetine | Proscar = finasteride
Prozac = fluoxetine | Prograf = -
trazodone = trazodone | nefazodone = -
trazodone = trazodone | vilazodone = -
venlafaxine = venlafaxine | desvenlafaxine = desvenlafaxine
doxepin = doxepin | doxazosin = doxazosin
doxepin = doxepin | doxycycline = doxycycline
clomipramine = clomipramine | clomiphene = -
clomipramine = clomipramine | chlorpromazine = chlorpromazine
imipramine = imipramine | trimipramine = -
nortriptyline = nortriptyline | protriptyline = -
amitriptyline = amitriptyline | nortriptyline = nortriptyline
chlorpromazine = chlorpromazine | chlorpropamide = -
clozapine = clozapine | loxapine = -
olanzapine = olanzapine | quetiapine = quetiapine
risperidone = risperidone | ropinirole = ropinirole
Seroquel = quetiapine | Serzone = -
Zyprexa = olanzapine | Zyrtec = cetirizine
Ambien = zolpidem | Abilify = aripiprazole
zolpidem = zolpidem | zolmitriptan = zolmitriptan
zopiclone = zopiclone | eszopiclone = eszopiclone
zopiclone = zopiclone | zaleplon = -
sumatriptan = sumatriptan | zolmitriptan = zolmitriptan
sumatriptan = sumatriptan | sitagliptin = sitagliptin
Amerge = naratriptan | Altace = ramipril
Adderall = mixed amfetamine salts | Inderal = propranolol
guanfacine = guanfacine | guaifenesin = -
methimazole = methimazole | metolazone = -
prazosin = prazosin | terazosin = -
prazosin = prazosin | prednisone = prednisone
prednisone = prednisone | prednisolone = prednisolone
prednisolone = prednisolone | methylprednisolone = methylprednisolone
prednisone = prednisone | primidone = primidone
metoprolol = metoprolol | metformin = metformin
metoprolol = metoprolol | metoclopramide = metoclopramide
propranolol = propranolol | propofol = propofol
propranolol = propranolol | Pravachol = pravastatin
amlodipine = amlodipine | amiloride = -
amlodipine = amlodipine | amiodarone = amiodarone
amlodipine = amlodipine | felodipine = -
losartan = losartan | valsartan = valsartan
enalapril = enalapril | benazepril = -
atorvastatin = atorvastatin | lovastatin = -
procaine = procaine | prilocaine = -
bupivacaine = bupivacaine | ropivacaine = ropivacaine
Flomax = tamsulosin | Fosamax = -
Flomax = tamsulosin | Flonase = fluticasone
Lasix = furosemide | Losec = omeprazole
Advil = ibuprofen | Advair = fluticasone with salmeterol
penicillin = penicillin | penicillamine = -
loratadine = loratadine | olopatadine = -
nifedipino = nifedipine | nimodipino = nimodipine
Tylenol = paracetamol | Tylenol 3 = codeine
Claritin = loratadine | Claritin-D = loratadine with pseudoephedrine
"""

# A name that the table does not have, within the two letters that the rule allows of one it has: only possible, and
# unclear, so it is asked about. Nothing but the name in the table (then exact) can change that; the rule may not.
FORCED = {
    ("loxapine", "clozapine"),
    ("terazosin", "prazosin"),
    ("prilocaine", "procaine"),
    ("trimipramine", "imipramine"),
    ("protriptyline", "nortriptyline"),
    ("alfentanil", "fentanyl"),
    ("sufentanil", "fentanyl"),
    ("felodipine", "amlodipine"),
}


def pairs() -> Iterator[tuple[str, str, str, str]]:
    for line in LOOK_ALIKES.strip().splitlines():
        one, other = (side.split(" = ") for side in line.split(" | "))
        yield one[0].strip(), one[1].strip(), other[0].strip(), other[1].strip()


PAIRS = tuple(pairs())


def test_the_pairs_are_enough_and_none_is_twice() -> None:
    assert len({frozenset((one, other)) for one, _, other, _ in PAIRS}) == len(PAIRS) >= 40
    for one, one_is, other, other_is in PAIRS:
        assert one_is != other_is
        assert {one_is, other_is} - {"-"} <= GENERICS, (one, other)


@pytest.mark.parametrize(
    ("one", "one_is", "other", "other_is"), PAIRS, ids=[f"{pair[0]}-{pair[2]}" for pair in PAIRS]
)
def test_a_look_alike_is_itself_or_nothing_never_the_other(
    one: str, one_is: str, other: str, other_is: str
) -> None:
    for name, itself, wrong in ((one, one_is, other_is), (other, other_is, one_is)):
        for typed in (name, name.upper(), f"{name} 50 mg", f"my {name}, twice a day"):
            assert sure(typed) == {itself} - {"-"}, typed
            assert wrong not in sure(typed)
        assert (wrong in possible(name)) is ((name, wrong) in FORCED)
    both = {one_is, other_is} - {"-"}
    assert sure(f"{one} and {other}") == both


def test_every_forced_one_is_among_the_pairs() -> None:
    listed = {(name, generic) for one, a, other, b in PAIRS for name, generic in ((one, b), (other, a))}
    assert listed >= FORCED


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
list asa iv im pm am max plus cold flu extra night day the de la para pastilla pastillas medicina azul no ninguno
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
