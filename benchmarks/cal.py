"""How fast this machine is just now: the CPU time of one fixed piece of work of the product's kind.

The marks are for a machine on which it takes 25 ms. A rate is scaled by 25 / cal and a time by cal / 25, so that a
busy or a slow machine moves the mark with the figure. The work is what the product does most: documents of answers are
read with orjson, made into objects of many small classes, looked up, joined into text and written again, over more
memory than a processor keeps close. A loop of integers would not do: it hardly notices the neighbours that slow the
product down. Rough all the same: compare only at similar `cal`.
"""

import platform
import sys
import sysconfig
from dataclasses import dataclass, replace
from time import process_time
from typing import Any

import orjson

FAST_MS = 25.0
DOCUMENTS, QUESTIONS = 180, 60


@dataclass(frozen=True)
class _Answer:
    """One answer, as the product carries it about."""

    question: str
    value: str
    seen: tuple[str, ...]


def cal(times: int = 5) -> float:
    """Milliseconds of CPU for the work: the middle one of several."""
    taken = sorted(_once() for _ in range(times))
    return taken[len(taken) // 2]


def interpreter() -> str:
    """The Python that everything is measured with, and how it was built: an optimised one is a third faster."""
    options = sysconfig.get_config_var("CONFIG_ARGS") or ""
    told = [name for name in ("--enable-optimizations", "--with-lto", "--with-pydebug") if name in options]
    compiler = platform.python_compiler()
    built = ", ".join([name.lstrip("-") for name in told]) or "no optimisation told"
    return f"{sys.implementation.name} {platform.python_version()} ({built}; {compiler})"


def _once() -> float:
    began = process_time()
    for document in _DOCUMENTS:
        _work(document)
    return (process_time() - began) * 1000


def _work(document: bytes) -> bytes:
    """Read one document, look at each of its answers in the ways that the product does, and write it again."""
    read: dict[str, Any] = orjson.loads(document)
    answers = {name: _Answer(name, str(told["value"]), tuple(told["seen"])) for name, told in read.items()}
    shown: dict[str, _Answer] = {}
    for name, answer in answers.items():
        before = answers.get(answer.seen[0])
        if before is not None and before.value != answer.value and name not in shown:
            shown[name] = replace(answer, value=f"{before.value} {answer.value}".strip())
        elif isinstance(answer.value, str) and any(seen in shown for seen in answer.seen):
            shown[name] = answer
    lines = [f"<li>{name}: {answer.value.replace('&', '&amp;')}</li>" for name, answer in shown.items()]
    told = {name: {"value": answer.value, "seen": answer.seen} for name, answer in answers.items()}
    return orjson.dumps({"text": "".join(lines), "answers": told})


def _document(number: int) -> bytes:
    """A document of answers that differs from the others."""
    return orjson.dumps(
        {
            f"question_{number}_{question}": {
                "value": f"answer {number * question % 13}",
                "seen": [f"question_{number}_{(question * 7 + step) % QUESTIONS}" for step in range(3)],
            }
            for question in range(QUESTIONS)
        }
    )


_DOCUMENTS = tuple(map(_document, range(DOCUMENTS)))
