"""Reads the words of a PDF that typst wrote, as a program that reads aloud would: through its fonts' own tables."""

import re
import zlib
from collections.abc import Iterator

_OBJECT = re.compile(rb"\n(\d+) 0 obj\s(.*?)\nendobj", re.DOTALL)
# Round brackets may stand in one another inside a text.
_INNER = rb"(?:\\.|[^\\()])"
_TEXT = rb"\((?:" + _INNER + rb"|\((?:" + _INNER + rb"|\(" + _INNER + rb"*\))*\))*\)"
_SHOWN = re.compile(rb"/(f\d+) [\d.]+ Tf|" + _TEXT + rb"|<[0-9A-Fa-f]+>|(ET)", re.DOTALL)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_SIGNS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def words_of(pdf: bytes) -> str:
    """All words, page after page, the runs of text on lines of their own."""
    objects = {int(number): body for number, body in _OBJECT.findall(pdf)}
    pages = [body for body in objects.values() if b"/Type/Page/" in body]
    assert pages, "there is no page"
    return "\n".join("".join(_page(objects, page)) for page in pages)


def runs_of(pdf: bytes) -> str:
    """The same with every space and line end taken out, so that a line break hides no word."""
    return re.sub(r"[\s\u200b]", "", words_of(pdf))


def _page(objects: dict[int, bytes], page: bytes) -> Iterator[str]:
    resources = objects[_reference(page, b"/Resources")]
    fonts = {
        name: _letters(_stream(objects[_reference(objects[int(number)], b"/ToUnicode")]))
        for name, number in re.findall(rb"/(f\d+) (\d+) 0 R", resources)
    }
    letters: dict[int, str] = {}
    for found in _SHOWN.finditer(_stream(objects[_reference(page, b"/Contents")])):
        if found[1]:
            letters = fonts[found[1]]
        elif found[2]:
            yield "\n"
        else:
            codes = _codes(found[0])
            yield "".join(
                letters.get(int.from_bytes(codes[at : at + 2]), "") for at in range(0, len(codes), 2)
            )


def _reference(body: bytes, name: bytes) -> int:
    found = re.search(name + rb" (\d+) 0 R", body)
    assert found, name
    return int(found[1])


def _stream(body: bytes) -> bytes:
    found = re.search(rb"stream\r?\n(.*)\r?\nendstream", body, re.DOTALL)
    assert found
    return zlib.decompress(found[1])


def _letters(table: bytes) -> dict[int, str]:
    mapped = b"".join(re.findall(rb"beginbfchar(.*?)endbfchar", table, re.DOTALL))
    pairs = re.findall(rb"<([0-9A-F]{4})> <((?:[0-9A-F]{4})+)>", mapped)
    return {int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in pairs}


def _codes(literal: bytes) -> bytes:
    if literal.startswith(b"<"):
        return bytes.fromhex(literal[1:-1].decode())

    def plain(found: re.Match[bytes]) -> bytes:
        sign = found[1]
        return bytes([int(sign, 8)]) if sign[:1].isdigit() else _SIGNS.get(sign, sign)

    return _ESCAPE.sub(plain, literal[1:-1])
