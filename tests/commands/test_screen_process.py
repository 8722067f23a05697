"""flask screen as a process of its own: what it needs, how it reads and ends, and how much it holds."""

import json
import os
import subprocess
import sys
from pathlib import Path

from app.screening.rulebook import RULEBOOK
from tests.commands.test_screen import ROOT, case
from tests.waiting import LONGEST_WAIT, started


def test_the_installed_command_needs_no_setting_and_leaves_nothing_behind(tmp_path: Path) -> None:
    """It starts without the database's and the server's libraries, so nothing of a clinic can be made by it."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("FOREROOM_")}
    before = {path.name for path in ROOT.iterdir()}
    program = (
        "import sys; sys.argv = ['flask', 'screen', '-']\n"
        "from flask.cli import main\n"
        "try: main()\n"
        "except SystemExit as end:\n"
        "    assert not {'sqlalchemy', 'flask_security', 'config'} & set(sys.modules)\n"
        "    sys.exit(end.code)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=environment,
        input=case(),
        capture_output=True,
        text=True,
        timeout=LONGEST_WAIT,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["rulebook"] == RULEBOOK.identity
    assert {path.name for path in ROOT.iterdir()} - before <= {"__pycache__"}


def test_it_ends_quietly_when_nobody_reads_on(tmp_path: Path) -> None:
    file = tmp_path / "cases.ndjson"
    file.write_text(f"{case()}\n" * 200)
    with started(
        [sys.executable, "-m", "flask", "screen", str(file)],
        ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        assert running.stdout
        assert running.stderr
        assert json.loads(running.stdout.readline())
        running.stdout.close()
        assert running.stderr.read() == b""


def test_an_answer_is_written_before_the_next_case_is_there() -> None:
    with started(
        [sys.executable, "-m", "flask", "screen", "-"],
        ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as running:
        assert running.stdin
        assert running.stdout
        running.stdin.write(f"{case(id=1)}\n".encode())
        running.stdin.flush()
        assert json.loads(running.stdout.readline())["id"] == 1
        running.stdin.close()
        assert running.wait(LONGEST_WAIT) == 0


def test_memory_does_not_grow_with_the_file() -> None:
    """Each case differs, and has an id of 50 kB: a thousand of them kept would be 50 MB."""
    program = (
        "import io, json, resource, sys\n"
        "from app.commands import files_only\n"
        f"case = json.loads({case()!r})\n"
        "class Many(io.RawIOBase):\n"
        "    left, rest = 1500, b''\n"
        "    def readable(self): return True\n"
        "    def readinto(self, into):\n"
        "        if not self.rest and self.left:\n"
        "            self.left -= 1\n"
        "            if self.left == 1000: self.early = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "            case['answers'] = {'goals': f'{self.left}' * 40, 'dob': '1984-05-03'}\n"
        "            case['id'] = f'{self.left:04}' * 12500\n"
        "            self.rest = json.dumps(case).encode() + b'\\n'\n"
        "        taken, self.rest = self.rest[:len(into)], self.rest[len(into):]\n"
        "        into[:len(taken)] = taken\n"
        "        return len(taken)\n"
        "many = Many()\n"
        "sys.stdin = io.TextIOWrapper(io.BufferedReader(many))\n"
        "files_only('screen').cli.commands['screen'].main(['-'], standalone_mode=False)\n"
        "grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - many.early\n"
        "print(many.left, grown, file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        timeout=LONGEST_WAIT,
    )
    left, grown = map(int, done.stderr.split())
    assert left == 0
    assert grown < 10_000  # kB
