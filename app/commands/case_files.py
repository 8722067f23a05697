"""Files of cases: one JSON object over any number of lines, or one case a line (NDJSON), read as it comes.

No more than one case is held at a time, and never more than LONGEST bytes of the file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from app.screening.case_text import CaseRefused

LONGEST = 1 << 20
"""Bytes of a line, or of a case over several lines. The longest answers a form takes come to a tenth of it."""

BOM = b"\xef\xbb\xbf"
CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class CaseText:
    """The text of one case in a file."""

    line: int
    """The number of the line it begins on."""
    text: str | CaseRefused
    """The text, or why it cannot be read."""


def case_texts(stream: BinaryIO) -> Iterator[CaseText]:
    """Each case's text in turn. Blank lines count but hold nothing. Raises OSError.

    Only the first case may go on over several lines, and then it must be the only one: otherwise one broken line
    would swallow all the cases below it.
    """
    lines = _LineReader(stream)
    first = next(lines, None)
    if first is None:
        return
    if isinstance(first.text, str) and _goes_on(first.text):
        yield from _from_several_lines(first, lines)
    else:
        yield first
    yield from lines


class _LineReader(Iterator[CaseText]):
    """The lines of a file that are not blank, each with its number."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._number = 0

    def __next__(self) -> CaseText:
        while line := self._stream.readline(LONGEST + 1):
            self._number += 1
            if self._number == 1:
                line = line.removeprefix(BOM)
            if len(line) > LONGEST:
                self._skip_rest(line)
                return CaseText(self._number, CaseRefused(f"longer than {LONGEST:,} bytes"))
            if line.strip():
                return CaseText(self._number, _decoded(line.rstrip()))
        raise StopIteration

    def _skip_rest(self, line: bytes) -> None:
        while line and not line.endswith(b"\n"):
            line = self._stream.readline(CHUNK)


def _decoded(line: bytes) -> str | CaseRefused:
    try:
        return line.decode()
    except UnicodeDecodeError as problem:
        return CaseRefused(f"not UTF-8: byte {problem.start + 1} of the line")


def _goes_on(text: str) -> bool:
    """Whether an object is begun in `text` and not ended, and no text is broken off within it."""
    bare = re.sub(r'"(?:[^"\\]|\\.)*"', "", text)
    opened = sum(map(bare.count, "{[")) - sum(map(bare.count, "}]"))
    return bare.lstrip().startswith("{") and '"' not in bare and opened > 0


def _from_several_lines(first: CaseText, lines: _LineReader) -> Iterator[CaseText]:
    """The whole of a case that was written over several lines, or else each of those lines as a case of its own."""
    taken, text, number = [first], str(first.text), first.line
    for piece in lines:
        taken.append(piece)
        if isinstance(piece.text, CaseRefused):
            break
        # Line ends and blank lines were left out: put them back, so that the parser counts as an editor does.
        text += "\n" * (piece.line - number) + piece.text
        number = piece.line
        if len(text) > LONGEST:
            break
    else:
        if _is_json(text) or not _begins_a_case(taken):
            yield CaseText(first.line, text)
            return
    if _begins_a_case(taken):
        yield from taken
    elif isinstance(taken[-1].text, CaseRefused):
        yield taken[-1]
        _exhaust(lines)
    else:
        yield CaseText(first.line, CaseRefused(f"longer than {LONGEST:,} bytes"))
        _exhaust(lines)


def _begins_a_case(taken: list[CaseText]) -> bool:
    """Whether the second line looks like a case, so that the first was one too, broken off at its end."""
    return len(taken) > 1 and isinstance(taken[1].text, str) and taken[1].text.startswith("{")


def _exhaust(lines: _LineReader) -> None:
    for _ in lines:
        pass


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True
