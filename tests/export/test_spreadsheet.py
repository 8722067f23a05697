"""CSV that a spreadsheet opens without running anything, and a program reads back as it was."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.export.spreadsheet import (
    EXCEL,
    EXCEL_SEMICOLON,
    FORMULA_STARTS,
    PLAIN,
    Dialect,
    as_csv,
    guarded,
    unguarded,
)
from app.questionnaire.kinds import Cell
from tests.strategies import examples, steady

# Two alphabets, not one of both: hypothesis would draw from all of Unicode and hardly ever meet a formula.
texts = st.text("=+-@\t\r\n\0'\",; aé＝1", max_size=6) | st.text(
    st.characters(exclude_categories=["Cs"]), max_size=12
)
cells: st.SearchStrategy[Cell] = texts | st.integers(-(10**9), 10**9) | st.floats(-1e6, 1e6) | st.none()


def read_back(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode(), newline="")))


@settings(deadline=None, max_examples=examples(2000))
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
    assert guarded(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize("number", [-5, 0, -0.25, 172.5, 10**12])
def test_numbers_are_never_touched(number: float) -> None:
    assert read_back(as_csv([[number, "x"]])) == [[str(number), "x"]]


def test_agreed_and_not_are_words() -> None:
    assert as_csv([[True, False]]) == b'"true","false"\r\n'


def test_every_text_is_quoted_and_numbers_are_not() -> None:
    assert as_csv([["a", 'say "hi"', "two\nlines", 15, None]]) == b'"a","say ""hi""","two\nlines",15,""\r\n'


FORMULAS = frozenset("=+-@＝＋－＠")


@pytest.mark.parametrize("dialect", [PLAIN, EXCEL, EXCEL_SEMICOLON])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("quoted", [True, False], ids=["quotes count", "quotes are letters"])
@settings(deadline=None, max_examples=examples(300))
@given(texts, texts)
def test_no_cell_is_a_formula_also_when_lines_are_split_elsewhere(
    dialect: Dialect, separator: str, quoted: bool, first: str, second: str
) -> None:
    file = io.StringIO(as_csv([[first, second, "end"]], dialect).decode(), newline="")
    kept = csv.reader(file, delimiter=separator)
    split = csv.reader(file, delimiter=separator, quoting=csv.QUOTE_NONE)
    for row in kept if quoted else split:
        for cell in row:
            assert cell.lstrip('"')[:1] not in FORMULAS or cell == ""


@pytest.mark.parametrize(
    "text",
    ["02079460000", "0034 600 100 200", "007", "12345678901234567", "1,5", "1.50", "1e5", "12:30", "8 am", "1/2", "1-2",
     "3.4.85", "May 5", "5-May", "10 mayo", "TRUE", "50%", "£5", "123456789e12", "1 1/2"],
)  # fmt: skip
def test_what_a_spreadsheet_would_show_otherwise_is_marked_as_text(text: str) -> None:
    assert guarded(text) == f"'{text}"
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "0",
        "15",
        "2026-03-02",
        "May",
        "Marta 5",
        "3_plus",
        "5 mg",
        "1 of them",
        "June Reed",
        "10 years ago",
        "",
        "it's",
    ],
)
def test_what_it_shows_as_it_is_stays_as_it_is(text: str) -> None:
    assert guarded(text) == text


def test_where_a_comma_begins_fractions_numbers_have_one_and_cells_are_apart_by_semicolons() -> None:
    assert as_csv([[172.5, -3, "a"]], EXCEL_SEMICOLON) == b'"172,5";-3;"a"\r\n'
