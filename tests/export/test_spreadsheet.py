"""CSV that a spreadsheet opens without running anything, and a program reads back as it was."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.export.spreadsheet import FORMULA_STARTS, as_csv, guarded, unguarded, written
from app.questionnaire.kinds import Cell
from tests.strategies import steady

# Two alphabets, not one of both: hypothesis would draw from all of Unicode and hardly ever meet a formula.
texts = st.text("=+-@\t\r\n\0'\",; aé＝1", max_size=6) | st.text(
    st.characters(exclude_categories=["Cs"]), max_size=12
)
cells: st.SearchStrategy[Cell] = texts | st.integers(-(10**9), 10**9) | st.floats(-1e6, 1e6) | st.none()


def read_back(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode(), newline="")))


@settings(deadline=None, max_examples=2000)
@given(texts)
def test_no_text_begins_like_a_formula_and_every_text_can_be_got_back(text: str) -> None:
    assert guarded(text)[:1] not in FORMULA_STARTS
    assert unguarded(guarded(text)) == text


@steady
@given(st.lists(st.lists(cells, min_size=1, max_size=6), max_size=6))
def test_a_file_reads_back_as_it_was_written(rows: list[list[Cell]]) -> None:
    found = read_back(as_csv(rows))
    assert len(found) == len(rows)
    for before, after in zip(rows, found, strict=True):
        for cell, text in zip(before, after, strict=True):
            if isinstance(cell, str):
                assert text[:1] not in FORMULA_STARTS
                assert unguarded(text) == cell
            elif cell is None:
                assert text == ""
            else:
                assert text == str(cell)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠"])
def test_each_start_of_a_formula_is_marked(start: str) -> None:
    assert written(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize("number", [-5, 0, -0.25, 172.5, 10**12])
def test_numbers_are_never_touched(number: float) -> None:
    assert read_back(as_csv([[number, "x"]])) == [[str(number), "x"]]


def test_agreed_and_not_are_words() -> None:
    assert as_csv([[True, False]]) == b"true,false\r\n"


def test_it_is_rfc_4180() -> None:
    assert as_csv([["a", 'say "hi"', "two\nlines", "1,5", None]]) == b'a,"say ""hi""","two\nlines","1,5",\r\n'
