"""CSV that a spreadsheet opens without running, splitting or changing what a patient typed. Plain Python.

RFC 4180 with every text in quotes. A spreadsheet may split a line at another separator than the file's, so a text is
guarded wherever a cell could begin in it: at its start, and after each separator in use anywhere. There an apostrophe
goes in front of what would be taken for a formula. It also goes in front of a text that would be taken for a number, a
date or a time and shown otherwise: a telephone number keeps its leading zero. Numbers stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.questionnaire.kinds import Cell

FORMULA_STARTS = frozenset("=+-@\t\r\n\0＝＋－＠")
MARK = "'"
EMPTY = '""'
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


def written(cell: Cell, decimal: str = ".") -> str:
    """Return a cell as it stands in the file: texts guarded and in quotes, yes and no as words, numbers bare."""
    if cell is None:
        return EMPTY
    if isinstance(cell, bool):
        return _quoted("true" if cell else "false")
    if isinstance(cell, float) and decimal != ".":
        return _quoted(str(cell).replace(".", decimal))
    return str(cell) if isinstance(cell, (int, float)) else _quoted(guarded(str(cell)))


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


class _Texts(dict[Cell, str]):
    """Cells as they stand in one file. Short texts are worked out once: most cells are one of a few codes. Nothing else
    is kept, for 1, 1.0 and yes are one and the same key.
    """

    LONGEST = 40
    """Letters that a text may have in the file to be kept: what is longer hardly comes twice."""

    def __init__(self, decimal: str) -> None:
        super().__init__()
        self._decimal = decimal

    def __missing__(self, cell: Cell) -> str:
        found = written(cell, self._decimal)
        if (cell.__class__ is str or cell is None) and len(found) <= self.LONGEST:
            self[cell] = found
        return found


def as_csv(rows: Iterable[Sequence[Cell]], dialect: Dialect = PLAIN) -> bytes:
    """Return rows as the bytes of a CSV file, UTF-8."""
    text_of, separator = _Texts(dialect.decimal).__getitem__, dialect.separator
    # Joined here: the csv module's writer looks at each cell anew, and would take half as long again.
    return "".join([f"{separator.join(map(text_of, row))}\r\n" for row in rows]).encode()
