"""make bench: measure the product against ceilings of the same run and against its marks, and print one table."""

import sys
from pathlib import Path

# As `python -m` would have it: this folder must not be where modules are looked for.
sys.path[0] = str(Path(__file__).parent.parent)

import argparse  # noqa: E402
import os  # noqa: E402
import signal  # noqa: E402
import tempfile  # noqa: E402
from collections.abc import Callable  # noqa: E402
from contextlib import ExitStack  # noqa: E402
from dataclasses import replace  # noqa: E402
from time import perf_counter  # noqa: E402

from benchmarks import (  # noqa: E402
    case_page,
    export,
    form_time,
    health_check,
    page,
    queue_page,
    screening,
    start,
    submits,
)
from benchmarks.bench import Bench  # noqa: E402
from benchmarks.cal import FAST_MS, cal, interpreter  # noqa: E402
from benchmarks.history import HISTORY, Run, commit_here, keep  # noqa: E402
from benchmarks.report import summary, table  # noqa: E402

SUBJECTS: dict[str, Callable[[Bench], None]] = {
    "health-check": health_check.measure,
    "page": page.measure,
    "submits": submits.measure,
    "queue": queue_page.measure,
    "case": case_page.measure,
    "export": export.measure,
    "screening": screening.measure,
    "start": start.measure,
    "form": form_time.measure,
}


def _measure(bench: Bench, name: str) -> None:
    """One subject, with the machine's speed read before and after it."""
    began, before = perf_counter(), cal()
    found, bench.subject = len(bench.figures), name
    SUBJECTS[name](bench)
    after = cal()
    bench.figures[found:] = [replace(each, cal=(before + after) / 2) for each in bench.figures[found:]]
    print(
        f"{name}: {perf_counter() - began:.0f} s, cal {before:.1f} before, {after:.1f} after", file=sys.stderr
    )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--quick", action="store_true", help="a smoke run: small, and its figures mean little"
    )
    parser.add_argument("--only", choices=SUBJECTS, action="append", help="one subject; may be given again")
    parser.add_argument(
        "--profile", action="store_true", help="print where the time goes of a page opened, saved and sent"
    )
    parser.add_argument(
        "--into",
        type=Path,
        help=f"add what is found to this file (all subjects go to {HISTORY.name} without)",
    )
    return parser.parse_args()


def main() -> int:
    """Measure what was asked for. Returns 1 when a request failed."""
    chosen = _arguments()
    # Asked to end, it must end what it started too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    began, busy, commit = perf_counter(), os.getloadavg()[0], commit_here()
    with ExitStack() as stack:
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="foreroom-bench-")))
        bench = Bench(scratch, stack, quick=chosen.quick, profile=chosen.profile)
        for name in chosen.only or SUBJECTS:
            _measure(bench, name)
    if not bench.figures:
        return 1
    print(table(bench.figures))
    print("", *summary(bench.figures), sep="\n")
    cals = sorted(each.cal for each in bench.figures)
    print(
        f"\ncal {cals[0]:.1f} to {cals[-1]:.1f} ms (marks are for {FAST_MS:.0f} and scaled with it), "
        f"{os.cpu_count()} CPUs, load {busy:.1f} before, {perf_counter() - began:.0f} s, {interpreter()}"
        + (", BUSY: other work was beside it, use fractions only" if busy > 0.5 else "")
        + (", QUICK: do not quote" if chosen.quick else "")
    )
    into = chosen.into or (None if chosen.only or chosen.quick or bench.failures else HISTORY)
    if into:
        keep(Run(commit, bench.figures), into)
    return 1 if bench.failures else 0


if __name__ == "__main__":
    sys.exit(main())
