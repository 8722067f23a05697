"""flask screen: cases a second through the command itself, and where the time of a case goes."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Any

import orjson

from app.questionnaire.intake import INTAKE
from app.screening.cases import read_case, read_text, told
from app.screening.rulebook import RULEBOOK
from app.screening.rules import evaluate
from benchmarks.databases import ROOT
from benchmarks.report import Figure, Mark
from benchmarks.servers import product

if TYPE_CHECKING:
    from benchmarks.bench import Bench

ON = "2026-03-02"
COMPILED_RULE_MS = 0.005 / 50
"""Of performance.md: fifty rules written out as Python, on one record."""


def measure(bench: Bench) -> None:
    """The command with many cases less the command with one; then its steps, in this process."""
    count = 200 if bench.quick else 3_000
    with bench.databases.new("sqlite") as database, product(database, bench.scratch) as app:
        people = [kept.answers for kept in bench.people(app)]
    lines = [_case(number, people[number % len(people)]) for number in range(count)]
    one, many = (_screened(bench.scratch, lines[:1]), _screened(bench.scratch, lines))
    parse = _rate(lambda: [orjson.dumps(orjson.loads(line)) for line in lines], count)
    rate = (count - 1) / max(1e-9, many - one)
    bench.add(
        Figure("flask screen", rate, "cases/s", parse, "orjson loads + dumps", note=f"start {one:.2f} s")
    )
    _steps(bench, [line.decode() for line in lines])


def _steps(bench: Bench, texts: list[str]) -> None:
    texts = texts[: 100 if bench.quick else 1_000]
    sent = [read_text(text) for text in texts]
    received = [read_case(one, INTAKE, RULEBOOK) for one in sent]
    judged = [evaluate(RULEBOOK, one.submitted, one.settings) for one in received]
    steps: dict[str, Callable[[], object]] = {
        "strict JSON": lambda: [read_text(text) for text in texts],
        "checking the answers": lambda: [read_case(one, INTAKE, RULEBOOK) for one in sent],
        "facts and rules": lambda: [evaluate(RULEBOOK, one.submitted, one.settings) for one in received],
        "the answer": lambda: [
            orjson.dumps(told(one, case)) for one, case in zip(judged, received, strict=True)
        ],
    }
    ceilings = {
        "strict JSON": ("json.loads", _each_ms(lambda: [json.loads(text) for text in texts], len(texts))),
        "facts and rules": ("rules compiled to Python", _compiled(len(RULEBOOK.rules), len(texts))),
    }
    taken = {name: _each_ms(act, len(texts)) for name, act in steps.items()}
    for name, ms in taken.items():
        ceiling_name, ceiling = ceilings.get(name, ("", None))
        share = f"{100 * ms / sum(taken.values()):.0f}% of a case"
        # A rule that keeps its evidence and knows "unknown" is not one comparison: a tenth of the bare rate is asked.
        mark = Mark(0.1, None, "fraction") if name == "facts and rules" else None
        bench.add(Figure(f"flask screen, {name}", ms, "ms", ceiling, ceiling_name, mark, share))


def _case(number: int, answers: dict[str, Any]) -> bytes:
    case = {"id": number, "submitted_on": ON, "jurisdiction": "US", "parts": [1], "answers": answers}
    return orjson.dumps(case)


def _screened(scratch: Path, lines: list[bytes]) -> float:
    """Seconds of the command. Raises RuntimeError when it does not answer every case."""
    file = scratch / "cases.ndjson"
    file.write_bytes(b"\n".join(lines) + b"\n")
    began = perf_counter()
    command = [str(Path(sys.executable).parent / "flask"), "screen", str(file)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    taken = perf_counter() - began
    if done.returncode or done.stdout.count(b"\n") != len(lines):
        raise RuntimeError(f"flask screen ended with {done.returncode}: {done.stderr.decode()[:300]}")
    return taken


def _compiled(rules: int, records: int) -> float:
    """Milliseconds for as many rules of two comparisons, written out as Python, on one record of texts."""
    body = "\n".join(
        f"    if r['q{n}'] == 'yes' and r['q{n + 1}'] != 'no': raised.append({n})" for n in range(rules)
    )
    made: dict[str, Any] = {}
    exec(f"def judge(r):\n    raised = []\n{body}\n    return raised", made)
    record = {f"q{number}": "no" for number in range(rules + 1)}
    return _each_ms(lambda: [made["judge"](record) for _ in range(records)], records)


def _each_ms(act: Callable[[], object], count: int) -> float:
    """CPU milliseconds each of what is done `count` times."""
    act()
    began = process_time()
    act()
    return (process_time() - began) / count * 1000


def _rate(act: Callable[[], object], count: int) -> float:
    return 1000 / _each_ms(act, count)
