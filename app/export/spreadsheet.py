"""CSV that a spreadsheet opens without running what a patient typed. Plain Python.

RFC 4180: commas, CR LF, quotes where needed. A spreadsheet takes a text that begins with one of FORMULA_STARTS for a
formula, so such a text gets an apostrophe in front. Numbers are written as they are: -5 stays -5.
"""

import csv
import io
from collections.abc import Iterable, Sequence

from app.questionnaire.kinds import Cell

FORMULA_STARTS = frozenset("=+-@\t\r\n\0＝＋－＠")
MARK = "'"
# A text that begins with apostrophes and then one of those would be taken for one that we marked.
_SUSPECT = FORMULA_STARTS | {MARK}
BYTE_ORDER_MARK = "\ufeff".encode()


def guarded(text: str) -> str:
    """The text as it is written into a cell. `unguarded` gives back exactly this text."""
    return MARK + text if text.lstrip(MARK)[:1] in FORMULA_STARTS else text


def unguarded(cell: str) -> str:
    """The text behind a cell that `guarded` wrote."""
    marked = cell.startswith(MARK) and cell.lstrip(MARK)[:1] in FORMULA_STARTS
    return cell.removeprefix(MARK) if marked else cell


def written(cell: Cell) -> Cell:
    """A cell as it goes to the CSV writer: texts guarded, yes and no as words, numbers and None as they are."""
    if cell.__class__ is str:
        return guarded(str(cell)) if cell and str(cell)[0] in _SUSPECT else cell
    if cell is True or cell is False:
        return "true" if cell else "false"
    return cell


def as_csv(rows: Iterable[Sequence[Cell]]) -> bytes:
    """Rows as the bytes of a CSV file, UTF-8."""
    text = io.StringIO(newline="")
    # The test is `written`'s own, in place: most cells are empty or short codes, and a call for each costs more.
    csv.writer(text).writerows(
        [
            cell if cell is None or (cell.__class__ is str and cell[:1] not in _SUSPECT) else written(cell)
            for cell in row
        ]
        for row in rows
    )
    return text.getvalue().encode()
