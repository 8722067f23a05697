"""A program of its own: reads what a copy says as JSON from standard input, and writes the PDF to standard output.

It runs apart from the server, with little time and memory and an empty environment, so that no text of a patient's can
stop the clinic's day or reach anything. Run as `python -I typeset.py TEMPLATE`.
"""

import json
import re
import resource
import sys
from pathlib import Path
from typing import Any

import typst

CPU_SECONDS = 10
MEMORY_BYTES = 2**30
# A few rounds: what stands beside a letter that was taken out may then be told on its own.
ROUNDS = 5
UNSHOWN = "\u25a1"
_CANNOT = re.compile(r'the text `"(.*?)"` could not be displayed', re.DOTALL)
_ESCAPED = re.compile(r"\\u\{([0-9a-f]{1,6})\}")


def typeset(template: bytes, copy: dict[str, object]) -> bytes:
    """The PDF. A letter that the fonts do not have becomes a box, and the copy says so. Raises TypstError."""
    for _ in range(ROUNDS):
        try:
            return _compile(template, copy)
        except typst.TypstError as refused:
            missing = {letter for text in _CANNOT.findall(refused.diagnostic) for letter in _plain(text)}
            if not missing:
                raise
            copy = _without(copy, missing)
    return _compile(template, copy)


def _compile(template: bytes, copy: dict[str, object]) -> bytes:
    made = typst.compile(
        template,
        format="pdf",
        pdf_standards=["ua-1"],
        ignore_system_fonts=True,
        sys_inputs={"copy": json.dumps(copy)},
    )
    if not isinstance(made, bytes):
        raise TypeError("A document is made of one file.")
    return made


def _plain(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def _without(copy: dict[str, object], missing: set[str]) -> dict[str, object]:
    boxes = str.maketrans(dict.fromkeys(missing, UNSHOWN))

    def replaced(value: object) -> object:
        match value:
            case str():
                return value.translate(boxes)
            case list():
                return [replaced(one) for one in value]
            case dict():
                return {name: replaced(one) for name, one in value.items()}
        return value

    changed: dict[str, Any] = {name: replaced(one) for name, one in copy.items()}
    note = copy["unshown"]
    closing = changed["closing"]
    return changed | {"closing": closing if note in closing else [note, *closing]}


def main() -> None:
    """Read, typeset, write."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    template = Path(sys.argv[1]).read_bytes()
    sys.stdout.buffer.write(typeset(template, json.load(sys.stdin.buffer)))


if __name__ == "__main__":
    main()
