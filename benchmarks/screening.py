"""flask screen: cases a second through the command itself, and where the time of a case goes."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median
from time import perf_counter, process_time, sleep
from typing import TYPE_CHECKING, Any

import orjson

from app.questionnaire.all_forms import WHOLE
from app.screening.case_text import read_text
from app.screening.cases import read_case, screening_document
from app.screening.evaluation import evaluate
from app.screening.rulebook import RULEBOOK
from app.screening.validity import validity
from benchmarks.databases import ROOT
from benchmarks.report import Figure, Mark
from benchmarks.servers import product

if TYPE_CHECKING:
    from benchmarks.bench import Bench

ON = "2026-03-02"
WRITTEN = b"in their own words"


def measure(bench: Bench) -> None:
    """The command with many cases less the command with one; then its steps, in this process."""
    count = 2_000 if bench.quick else 20_000
    with bench.databases.new("sqlite") as database, product(database, bench.scratch) as app:
        people = [kept.answers for kept in bench.people(app)]
    # Each person once in a line of its own, over and over: every line is read, judged and told anew.
    lines = [_case(number, people[number % len(people)]) for number in range(1_000)]
    one, few, many = (_screened(bench.scratch, lines, times) for times in (1, count // 10, count))
    parse = _rate(lambda: [orjson.dumps(orjson.loads(line)) for line in lines], len(lines))
    rate = (count - 1) / max(1e-9, many.cpu - one.cpu)
    note = f"{count:,} cases, start {one.seconds:.2f} s"
    bench.add(
        Figure(
            "flask screen, a CPU second", rate, "cases/s", parse, "orjson loads + dumps", Mark(3_000), note
        )
    )
    grown = many.peak_mib - few.peak_mib
    note = f"peak {many.peak_mib:.0f} MiB, ten times as many cases as {few.peak_mib:.0f}"
    bench.add(Figure("flask screen, memory growth", grown, "MiB", mark=Mark(10), note=note))
    _steps(bench, [line.decode() for line in lines])


def _steps(bench: Bench, texts: list[str]) -> None:
    texts = texts[: 100 if bench.quick else 1_000]
    sent = [read_text(text) for text in texts]
    received = [read_case(one, WHOLE, RULEBOOK) for one in sent]
    judged = [evaluate(RULEBOOK, one.submitted, one.settings) for one in received]
    every = list(zip(judged, received, strict=True))
    valid = [validity(RULEBOOK, case.submitted, case.settings, one) for one, case in every]
    steps: dict[str, Callable[[int], object]] = {
        "strict JSON": lambda n: read_text(texts[n]),
        "checking the answers": lambda n: read_case(sent[n], WHOLE, RULEBOOK),
        "facts, rules and why": lambda n: evaluate(RULEBOOK, received[n].submitted, received[n].settings),
        "until when": lambda n: validity(RULEBOOK, received[n].submitted, received[n].settings, judged[n]),
        "the answer": lambda n: orjson.dumps(screening_document(judged[n], received[n], valid[n])),
    }
    parse = _median_ms(lambda n: json.loads(texts[n]), len(texts))
    ceilings = {
        "facts, rules and why": ("rules compiled to Python", _compiled(len(RULEBOOK.rules), len(texts)))
    }
    taken = {name: _median_ms(act, len(texts)) for name, act in steps.items()}
    for name, ms in taken.items():
        ceiling_name, ceiling = ceilings.get(name, ("json.loads of the same", parse))
        share = f"median, {100 * ms / sum(taken.values()):.0f}% of a case"
        mark = Mark(0.2) if name == "facts, rules and why" else None
        bench.add(Figure(f"flask screen, {name}", ms, "ms", ceiling, ceiling_name, mark, share))


def _case(number: int, answers: dict[str, Any]) -> bytes:
    told = answers | {"goals": WRITTEN.decode()}
    case = {"id": number, "submitted_on": ON, "jurisdiction": "US", "parts": [1], "answers": told}
    return orjson.dumps(case)


@dataclass(frozen=True)
class Run:
    """What a run of the command took."""

    seconds: float
    """By the clock."""
    cpu: float
    peak_mib: float


def _screened(scratch: Path, lines: list[bytes], count: int) -> Run:
    """The command on so many cases, the lines over and over. Raises RuntimeError when it does not answer each."""
    file, answers = scratch / "cases.ndjson", scratch / "answers.ndjson"
    with file.open("wb") as out:
        for number in range(count):
            # No two people write the same: what is remembered of a text must not look like memory that stays flat.
            line = lines[number % len(lines)]
            out.write(line.replace(WRITTEN, f"{number} would like to sleep, ".encode() * 12) + b"\n")
    command = [str(Path(sys.executable).parent / "flask"), "screen", str(file)]
    began, used = perf_counter(), _children_cpu()
    with answers.open("wb") as out:
        running = subprocess.Popen(command, cwd=ROOT, stdout=out)
        peak = 0.0
        while running.poll() is None:
            # What getrusage says of a child counts this process too, of which it was a copy.
            peak = max(peak, _peak_mib(running.pid))
            sleep(0.02)
    taken, cpu = perf_counter() - began, _children_cpu() - used
    with answers.open("rb") as told_lines:
        answered = sum(1 for _ in told_lines)
    if running.returncode or answered != count:
        raise RuntimeError(f"flask screen ended with {running.returncode}, {answered} of {count} answered")
    return Run(taken, cpu, peak)


def _children_cpu() -> float:
    """CPU seconds of the children of this process that have ended."""
    told = getrusage(RUSAGE_CHILDREN)
    return told.ru_utime + told.ru_stime


def _peak_mib(pid: int) -> float:
    """The most memory a process has had so far; 0 when it is just ending."""
    try:
        told = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
    except OSError:
        return 0.0
    return int(told["VmHWM"].split()[0]) / 1024 if "VmHWM" in told else 0.0


def _compiled(rules: int, records: int) -> float:
    """Milliseconds for as many rules of two comparisons, written out as Python, on one record of texts."""
    body = "\n".join(
        f"    if r['q{n}'] == 'yes' and r['q{n + 1}'] != 'no': raised.append({n})" for n in range(rules)
    )
    made: dict[str, Any] = {}
    exec(f"def judge(r):\n    raised = []\n{body}\n    return raised", made)
    record = {f"q{number}": "no" for number in range(rules + 1)}
    return _median_ms(lambda _: made["judge"](record), records)


def _median_ms(act: Callable[[int], object], count: int) -> float:
    """Median milliseconds of what is done for each of `count` cases, once to warm up and once to measure."""
    times: list[float] = []
    for _ in range(2):
        times.clear()
        for number in range(count):
            began = perf_counter()
            act(number)
            times.append(perf_counter() - began)
    return median(times) * 1000


def _rate(act: Callable[[], object], count: int) -> float:
    """How many of `count` things a second of CPU does."""
    act()
    began = process_time()
    act()
    return count / (process_time() - began)
