"""flask demo: what it makes, what it tells, and where it refuses."""

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

from tests.commands.test_screen import ROOT
from tests.waiting import LONGEST_WAIT, started


def environment(instance: Path, **more: str) -> dict[str, str]:
    plain = {name: value for name, value in os.environ.items() if not name.startswith("FOREROOM_")}
    return plain | {"FOREROOM_INSTANCE": str(instance)} | more


def run(instance: Path, *args: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "flask", *args],
        cwd=ROOT,
        env=environment(instance, **more),
        capture_output=True,
        text=True,
        timeout=LONGEST_WAIT,
    )


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def test_it_makes_a_clinic_and_serves_it(tmp_path: Path) -> None:
    port = free_port()
    more = {"FOREROOM_DEMO": "1", "PYTHONUNBUFFERED": "1"}
    with started(
        [sys.executable, "-m", "flask", "demo", "--port", str(port)],
        ROOT,
        env=environment(tmp_path, **more),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as running:
        try:
            assert running.stdout is not None
            told = ""
            while "Ctrl+C" not in told:
                line = running.stdout.readline().decode()
                assert line, told
                told += line
            assert f"http://localhost:{port}\n" in told
            assert re.search(rf"invitation http://localhost:{port}/i/[\w-]{{43}}\n", told)
            assert len(set(re.findall(r"password (\S{16})", told))) == 2
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/live", timeout=10) as answer:
                assert answer.status == 200
            taken = run(tmp_path, "demo", "--port", str(port), **more)
            assert taken.returncode == 1
            assert "cannot be used" in taken.stderr
        finally:
            running.send_signal(signal.SIGINT)
    assert running.returncode == 0
    users = run(tmp_path, "user", "list", **more)
    assert [line.split("  ")[2] for line in users.stdout.splitlines()] == ["admin", "clinician"]
    assert run(tmp_path, "audit", "verify", **more).returncode == 0


def test_it_refuses_to_run_in_production(tmp_path: Path) -> None:
    told = run(tmp_path / "new", "demo", FOREROOM_DEMO="1", FOREROOM_ENV="production")
    assert told.returncode != 0
    assert told.stderr.splitlines() == [
        "Foreroom cannot start. FOREROOM_DEMO=1 cannot go with FOREROOM_ENV=production:"
        " a demonstration is not a clinic."
    ]
    assert not (tmp_path / "new").exists()


def test_it_is_never_what_a_clinic_gets(tmp_path: Path) -> None:
    told = run(tmp_path, "demo", FOREROOM_BASE_URL="http://localhost:8000")
    assert told.returncode == 1
    assert "FOREROOM_DEMO=1" in told.stderr
    assert not list(tmp_path.glob("*.sqlite*"))
