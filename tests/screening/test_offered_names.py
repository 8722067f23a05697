"""The names that the medicine page offers: few, right, and each read as the medicine that it says."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator, Mapping
from itertools import product
from pathlib import Path

from babel.messages.pofile import read_po

from app.intake.form.suggestion_rendering import MEDICINE_FORMS
from app.screening.families import FAMILIES
from app.screening.medicines import Medicine
from app.screening.typed_names import NameField, look_up

TABLE = Path("app/static/medicine_names.csv")
ROWS = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))
PLACES = ("us", "uk", "es")


def _in_spanish() -> dict[str, str]:
    with Path("app/translations/es/LC_MESSAGES/messages.po").open("rb") as file:
        told = {str(message.id): str(message.string) for message in read_po(file)}
    return {form: told[words] for form, words in MEDICINE_FORMS.items()}


FORMS: dict[str, dict[str, str]] = {
    "us": dict(MEDICINE_FORMS),
    "uk": dict(MEDICINE_FORMS),
    "es": _in_spanish(),
}


def offered(row: Mapping[str, str], place: str) -> Iterator[str]:
    """Every text that static/medicine_list.js makes of a line of the table for a country or language."""
    generic = row[place] or row["us"]
    form = f" {FORMS[place][row['form']]}" if row["form"] else ""
    yield generic + form
    for each in PLACES:
        yield from (f"{brand} ({generic}){form}" for brand in row[f"{each}_brands"].split(";") if brand)


def _classes(medicines: tuple[Medicine, ...]) -> set[str]:
    return {name for medicine in medicines for name in medicine.classes}


def test_each_name_is_read_as_the_medicine_that_it_says() -> None:
    """In every country and language: what is picked is never asked about for its name, nor taken for another."""
    wrong = []
    for row, place in product(ROWS, PLACES):
        form = f" {MEDICINE_FORMS[row['form']]}" if row["form"] else ""
        meant = look_up(row["us"] + form).sure
        for text in offered(row, place):
            found = look_up(text)
            if found.unclear or not {*meant} & {*found.sure} or not _classes(meant) <= _classes(found.sure):
                wrong.append(text)
    assert wrong == []


def test_each_name_is_known_where_allergies_are_typed() -> None:
    unclear = []
    for row, place in product(ROWS, PLACES):
        unclear += [
            text
            for text in offered({**row, "form": ""}, place)
            if not look_up(text, NameField.ALLERGIES).sure
        ]
    assert unclear == []


def test_a_medicine_of_every_family_that_is_asked_for_is_offered() -> None:
    said = [medicine for row in ROWS for medicine in look_up(row["us"]).sure]
    assert [code for code, family in FAMILIES.items() if not any(map(family.holds, said))] == []


def test_the_table_is_small_and_whole() -> None:
    assert len(gzip.compress(TABLE.read_bytes())) < 20_000, "a phone waits for it"
    texts = [(row["us"], row["form"]) for row in ROWS]
    assert len(texts) == len(set(texts))
    assert {row["form"] for row in ROWS} - {""} == set(MEDICINE_FORMS)
    assert all(None not in row.values() and None not in row for row in ROWS)


def test_no_two_lines_offer_the_same_words() -> None:
    for place in PLACES:
        texts = [text for row in ROWS for text in set(offered(row, place))]
        assert len(texts) == len(set(texts)), [text for text in texts if texts.count(text) > 1]
