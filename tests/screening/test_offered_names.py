"""The names that the medicine page offers: few, right, and each read as the medicine that it says."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator
from pathlib import Path

from babel.messages.pofile import read_po

from app.intake.form.suggestion_rendering import MEDICINE_FORMS
from app.screening.medicines import MEDICINES
from app.screening.typed_names import look_up

TABLE = Path("app/static/medicine_names.csv")
ROWS = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))
PLACES = ("us", "uk", "es")
UNNAMED_AT_HOME = frozenset(
    """
    lidocaine|propofol|etomidate|thiopental|midazolam|bupivacaine|ropivacaine|mepivacaine|articaine|procaine|benzocaine|
    sevoflurane|isoflurane|desflurane|halothane|nitrous oxide|suxamethonium|rocuronium|benzethonium chloride|
    vasopressin|methylene blue|phenoxybenzamine|haem arginate or haemin|givosiran|cisplatin|carboplatin|oxaliplatin|
    paclitaxel|docetaxel|doxorubicin|ifosfamide|gemcitabine|irinotecan|fluorouracil|folfox|r-chop|procarbazine|
    sulpiride|nalmefene|nimodipine|ticlopidine|cobicistat|tianeptine|phenibut|lormetazepam|etizolam|ketorolac|
    naproxen with diphenhydramine|ibuprofen with pseudoephedrine
    """.replace("\n", "")
    .replace("    ", "")
    .split("|")
)
"""Medicines of our table that nobody is offered: given at a hospital, no medicine at all, or rare."""


def _in_spanish() -> dict[str, str]:
    with Path("app/translations/es/LC_MESSAGES/messages.po").open("rb") as file:
        told = {str(message.id): str(message.string) for message in read_po(file)}
    return {form: told[words] for form, words in MEDICINE_FORMS.items()}


FORMS: dict[str, dict[str, str]] = {
    "us": dict(MEDICINE_FORMS),
    "uk": dict(MEDICINE_FORMS),
    "es": _in_spanish(),
}


def offered(place: str) -> Iterator[tuple[str, str]]:
    """Every text that static/medicine_list.js makes of the table for a country or language, with its US name."""
    for row in ROWS:
        generic = row[place] or row["us"]
        form = f" {FORMS[place][row['form']]}" if row["form"] else ""
        brands = [brand for each in PLACES for brand in row[f"{each}_brands"].split(";") if brand]
        yield from ((f"{name} ({generic}){form}", row["us"]) for name in brands)
        yield generic + form, row["us"]


def test_no_name_is_read_as_another_medicine_than_it_says() -> None:
    """In no country and no language. One that no table knows yet is asked about once, as if it had been typed."""
    wrong = []
    for place in PLACES:
        for text, us in offered(place):
            meant, found = ({it.generic for it in look_up(name).sure} for name in (us, text))
            if meant and found and not found & meant:
                wrong.append(text)
    assert wrong == []


def test_every_medicine_that_matters_is_offered_but_those_that_nobody_types_at_home() -> None:
    said = {medicine.generic for row in ROWS for medicine in look_up(row["us"]).sure}
    said |= {medicine.generic for text, _ in offered("us") for medicine in look_up(text).sure}
    left = {
        medicine.generic for medicine in MEDICINES if medicine.classes and not medicine.only_a_kind
    } - said
    assert left <= UNNAMED_AT_HOME, sorted(left - UNNAMED_AT_HOME)


def test_the_table_is_small_and_whole() -> None:
    assert len(gzip.compress(TABLE.read_bytes())) < 20_000, "a phone waits for it"
    texts = [(row["us"], row["form"]) for row in ROWS]
    assert len(texts) == len(set(texts))
    assert {row["form"] for row in ROWS} - {""} == set(MEDICINE_FORMS)
    assert all(None not in row.values() and None not in row for row in ROWS)


def test_a_brand_stands_in_one_line_for_each_of_its_forms() -> None:
    """Two lines that offered the same words would say of one box two medicines."""
    for place in PLACES:
        said: dict[str, str] = {}
        for text, us in offered(place):
            assert said.setdefault(text, us) == us
