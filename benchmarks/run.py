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
from time import perf_counter  # noqa: E402

from benchmarks import export, form_time, health_check, page, queue_page, screening, submits  # noqa: E402
from benchmarks.bench import Bench  # noqa: E402
from benchmarks.cal import cal  # noqa: E402
from benchmarks.report import table  # noqa: E402

SUBJECTS: dict[str, Callable[[Bench], None]] = {
    "health-check": health_check.measure,
    "submits": submits.measure,
    "page": page.measure,
    "queue": queue_page.measure,
    "export": export.measure,
    "screening": screening.measure,
    "form": form_time.measure,
}


def _measure(bench: Bench, name: str) -> None:
    """One subject, with the machine's speed read before and after it."""
    began, before = perf_counter(), cal()
    found = len(bench.figures)
    SUBJECTS[name](bench)
    after = cal()
    bench.figures[found:] = [(figure, (before + after) / 2) for figure, _ in bench.figures[found:]]
    print(
        f"{name}: {perf_counter() - began:.0f} s, cal {before:.1f} before, {after:.1f} after", file=sys.stderr
    )


def main() -> int:
    """Measure what was asked for. Returns 1 when a request failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--quick", action="store_true", help="a smoke run: small, and its figures mean little"
    )
    parser.add_argument("--only", choices=SUBJECTS, action="append", help="one subject; may be given again")
    parser.add_argument(
        "--profile", action="store_true", help="print where the time goes of a page opened, saved and sent"
    )
    chosen = parser.parse_args()
    # Asked to end, it must end what it started too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    began, busy = perf_counter(), os.getloadavg()[0]
    with ExitStack() as stack:
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="foreroom-bench-")))
        bench = Bench(scratch, stack, quick=chosen.quick, profile=chosen.profile)
        for name in chosen.only or SUBJECTS:
            _measure(bench, name)
    if not bench.figures:
        return 1
    print(table(bench.figures))
    cals = sorted(each for _, each in bench.figures)
    print(
        f"\ncal {cals[0]:.1f} to {cals[-1]:.1f} ms (marks are for 25 and scaled with it), {os.cpu_count()} CPUs, "
        f"load {busy:.1f} before, {perf_counter() - began:.0f} s"
        + (", BUSY: other work was beside it, use fractions only" if busy > 0.5 else "")
        + (", QUICK: do not quote" if chosen.quick else "")
    )
    return 1 if bench.failures else 0


if __name__ == "__main__":
    sys.exit(main())
