"""CSV that a spreadsheet opens without running, splitting or changing what a patient typed. Plain Python.

RFC 4180 with every text in quotes. A spreadsheet may split a line at another separator than the file's, so a text is
guarded wherever a cell could begin in it: at its start, and after each separator in use anywhere. There an apostrophe
goes in front of what would be taken for a formula. It also goes in front of a text that would be taken for a number, a
date or a time and shown otherwise: a telephone number keeps its leading zero. Numbers stay as they are.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.questionnaire.kinds import Cell

FORMULA_STARTS = frozenset("=+-@\t\r\n\0＝＋－＠")
MARK = "'"
BYTE_ORDER_MARK = "\ufeff".encode()

# Of the languages that patients fill in a form in.
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?|ene(?:ro)?|febrero|marzo|abr(?:il)?|mayo|junio|julio|ago(?:sto)?|sept?(?:iembre)?"
    r"|octubre|noviembre|dic(?:iembre)?)\.?"
)
# What some spreadsheet begins a new cell after. There quotes in front of a formula count for nothing.
_INSIDE = re.compile(r"""(?<=[,;\t\r\n\0])(?=['"]*[=+\-@＝＋－＠])""")
_INSIDE_MARKED = re.compile(r"""(?<=[,;\t\r\n\0])'(?=['"]*[=+\-@＝＋－＠])""")
_CONVERTED = re.compile(
    rf"""\s*(?:
        [(]?[-+]?\s*[$£€¥]?\s*[.,]?\d[\d.,'’\s]*(?:e[-+]?\d+)?\s*[%$£€¥]?[)]?  # 0207, 1,5, 1e5, 50%, 555 010 0199
        | \d{{1,4}}\s*[-/.:\s]\s*\d{{1,2}}(?:\s*[-/.:\s]\s*\d{{1,4}}){{0,2}}\s*(?:[ap]\.?m?\.?)?  # 1-2, 10:30 am, 1 1/2
        | \d{{1,2}}\s*[ap]\.?m?\.?                                              # 8 am
        | \d{{1,4}}[-/.,\s]*{_MONTH}(?:[-/.,\s]*\d{{1,4}})?                     # 5-May-26
        | {_MONTH}(?:[-/.,\s]*\d{{1,4}}){{1,2}}                                 # May 5
        | true | false
    )\s*""",
    re.IGNORECASE | re.VERBOSE,
)
_AS_IT_IS = re.compile(r"0|[1-9]\d{0,14}|\d{4}-\d{2}-\d{2}", re.ASCII)
"""Whole numbers that come out as they were written, and days in the form that every spreadsheet knows."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a program expects a CSV file."""

    separator: str = ","
    """Between cells."""
    decimal: str = "."
    """Begins the fraction of a number."""
    byte_order_mark: bool = False
    """Marks the file as UTF-8, which Excel does not assume."""


PLAIN = Dialect()
EXCEL = Dialect(byte_order_mark=True)
EXCEL_SEMICOLON = Dialect(";", ",", byte_order_mark=True)
"""Excel where a comma begins the fraction of a number, as in Spain or Germany: there it splits lines at semicolons."""


def guarded(text: str) -> str:
    """Return the text as it is written into a cell. `unguarded` gives back exactly this text."""
    inside = _INSIDE.sub(MARK, text)
    return MARK + inside if _needs_mark(text) else inside


def unguarded(cell: str) -> str:
    """Return the text behind a cell that `guarded` wrote."""
    return _INSIDE_MARKED.sub("", cell).removeprefix(MARK)


def _needs_mark(text: str) -> bool:
    """Whether a cell with this text would be shown otherwise than it was written, or be taken for one with a mark."""
    if text.startswith(MARK) or text.lstrip('"')[:1] in FORMULA_STARTS:
        return True
    return _CONVERTED.fullmatch(text) is not None and _AS_IT_IS.fullmatch(text) is None


def written(cell: Cell, decimal: str = ".") -> Cell:
    """Return a cell as it goes to the CSV writer: texts guarded, yes and no as words, whole numbers as they are."""
    if cell.__class__ is str:
        return guarded(str(cell))
    if cell is True or cell is False:
        return "true" if cell else "false"
    if cell.__class__ is float and decimal != ".":
        return str(cell).replace(".", decimal)
    return cell


def as_csv(rows: Iterable[Sequence[Cell]], dialect: Dialect = PLAIN) -> bytes:
    """Return rows as the bytes of a CSV file, UTF-8."""
    text = io.StringIO(newline="")
    decimal = dialect.decimal
    # Most cells are empty or short codes. A call for each would cost more than the writer itself.
    csv.writer(text, delimiter=dialect.separator, quoting=csv.QUOTE_NONNUMERIC).writerows(
        [
            cell if cell is None or (cell.__class__ is str and cell in _CODES) else written(cell, decimal)
            for cell in row
        ]
        for row in rows
    )
    return text.getvalue().encode()


_CODES = frozenset(("", "yes", "no", "not_sure", "not_shown", "none"))
"""The commonest cells, which need no look."""
