"""Two commits measured by turns, three rounds: what the second takes for each thing that the first takes.

.venv/bin/python benchmarks/compare.py main HEAD                          # a whole health check
.venv/bin/python benchmarks/compare.py v1 v2 --only page --only queue     # other subjects

Each commit is checked out into a temporary folder and measured with the benchmarks it brings, which need
`run.py --into`. Both run under the Python and the packages of the one who asks.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from math import exp, log
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).parent.parent
KEPT = {"BENCH_KEPT": str(ROOT / "benchmarks" / "kept")}
"""Where the large databases are kept between runs, for both commits."""
ROUNDS = 3
Rounds = list[dict[tuple[str, str], dict[str, Any]]]
"""The figures of each round, by subject and name."""


@contextmanager
def checked_out(commit: str, folder: Path) -> Iterator[Path]:
    """The files of a commit, with the translations made, gone afterwards. Raises CalledProcessError for no commit."""
    subprocess.run(["git", "worktree", "add", "--quiet", "--detach", folder, commit], cwd=ROOT, check=True)
    try:
        for texts in folder.glob("app/translations/*/LC_MESSAGES/messages.po"):
            compiler = [str(Path(sys.executable).parent / "pybabel"), "--quiet", "compile"]
            files = ["--input-file", str(texts), "--output-file", str(texts.with_suffix(".mo"))]
            subprocess.run([*compiler, *files], check=True)
        yield folder
    finally:
        subprocess.run(["git", "worktree", "remove", "--force", folder], cwd=ROOT, check=True)


def measured(tree: Path, wanted: Sequence[str], out: Path) -> dict[tuple[str, str], dict[str, Any]]:
    """The figures of one run of the benchmarks of a tree. Ends the program when it fails."""
    out.unlink(missing_ok=True)
    words = [word for name in wanted for word in ("--only", name)]
    command = [sys.executable, "benchmarks/run.py", *words, "--into", str(out)]
    ended = subprocess.run(command, cwd=tree, stdout=subprocess.DEVNULL, env=KEPT | os.environ, check=False)
    if ended.returncode:
        sys.exit(
            f"The {tree.name} commit cannot be measured: {' '.join(command[1:])} ended with {ended.returncode}."
        )
    figures = json.loads(out.read_text("utf-8"))["figures"]
    return {(each["subject"], each["name"]): each for each in figures}


def compared(first: Rounds, second: Rounds) -> Iterator[str]:
    """A line for each figure that both have, and one for each subject."""
    ratios: dict[str, list[float]] = defaultdict(list)
    for key, told in first[0].items():
        if not all(key in each for each in (*first, *second)):
            continue
        one, other = (median(each[key]["measured"] for each in rounds) for rounds in (first, second))
        if not one or not other:
            continue
        ratio, subject = other / one, told["subject"]
        ratios[subject].append(1 / ratio if told["unit"].endswith("/s") else ratio)
        spread = [each[key]["measured"] / one for each in first]
        yield (
            f"{told['name']:64.64} {one:10.4g} {other:10.4g} {told['unit']:8} x {ratio:.2f}"
            f"   (the first alone: {min(spread):.2f} to {max(spread):.2f})"
        )
    yield ""
    for subject, found in ratios.items():
        mean = exp(sum(map(log, found)) / len(found))
        yield f"{subject}: the second costs {mean:.2f} of the first (mean of {len(found)} ratios, rates turned over)"
    cals = [sorted(each["cal"] for one in rounds for each in one.values()) for rounds in (first, second)]
    yield "cal " + " and ".join(f"{each[0]:.1f} to {each[-1]:.1f}" for each in cals)


def main() -> None:
    """Measure both, and print how the second compares."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("first", metavar="A")
    parser.add_argument("second", metavar="B")
    parser.add_argument("--only", action="append", help="a subject of run.py (default: health-check)")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    chosen = parser.parse_args()
    wanted = chosen.only or ["health-check"]
    # Asked to end, it must take its folders away too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with (
        tempfile.TemporaryDirectory(prefix="foreroom-compare-") as folder,
        checked_out(chosen.first, Path(folder, "first")) as one,
        checked_out(chosen.second, Path(folder, "second")) as other,
    ):
        # The server of PostgreSQL may be another user, who must be able to enter.
        Path(folder).chmod(0o755)
        found: dict[Path, Rounds] = {one: [], other: []}
        for number in range(chosen.rounds):
            # Neither is always the one that comes first.
            for tree in (one, other) if number % 2 == 0 else (other, one):
                found[tree].append(measured(tree, wanted, Path(folder, "found.jsonl")))
                print(f"round {number + 1} of {chosen.rounds}: {tree.name}", file=sys.stderr)
    print(*compared(found[one], found[other]), sep="\n")


if __name__ == "__main__":
    main()
