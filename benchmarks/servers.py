"""Starting the measured server in a child process, and the product in this one to prepare what it serves."""

import base64
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask

from app import create_app
from app.web.extensions import db
from benchmarks.databases import ROOT, Database
from benchmarks.machine import cpu_seconds
from config import Settings

# One set for the whole run: what is sealed in one database is opened in the next.
_KEYS = {
    "KEYS": "1:" + base64.b64encode(os.urandom(32)).decode(),
    "AUDIT_KEY": base64.b64encode(os.urandom(32)).decode(),
    "SECRET_KEY": base64.b64encode(os.urandom(48)).decode(),
}


def variables(database: Database, scratch: Path) -> dict[str, str]:
    """The environment of a clinic in production."""
    given = _KEYS | {
        "ENV": "production",
        "INSTANCE": str(scratch / "instance"),
        "DATABASE_URL": database.url,
        "TRUSTED_HOSTS": "127.0.0.1",
        "SELF_START": "1",
        "CLINIC_NAME": "Oak Street Clinic",
        "CLINIC_PHONE": "555 010 0100",
        "OPENING_HOURS": "mon-fri 09:00-18:00",
        "ON_CALL": "on-call@clinic.test",
        "TIMEZONE": "America/New_York",
        # Nothing listens there: what an alert would mail is tried, and stays.
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": "9",
        "SMTP_STARTTLS": "0",
        "SMTP_FROM": "forms@clinic.test",
        "CRISIS_NUMBERS": "US 2026-11-20",
    }
    return {f"FOREROOM_{name}": value for name, value in given.items()}


@contextmanager
def product(database: Database, scratch: Path) -> Iterator[Flask]:
    """The product in this process, on the same database and with the same keys, inside its app context."""
    app = create_app(Settings.from_env(variables(database, scratch)))
    with app.app_context():
        yield app
        db.engine.dispose()


@dataclass(frozen=True)
class Server:
    """One or more processes of the product, each on a port."""

    pids: tuple[int, ...]
    ports: tuple[int, ...]
    database: Database

    def cpu(self) -> float:
        """CPU seconds used so far by the servers and the database's own processes."""
        return cpu_seconds(*self.pids) + self.database.cpu()


@contextmanager
def serving(database: Database, scratch: Path, processes: int = 1) -> Iterator[Server]:
    """Servers on free ports of this machine, ended afterwards by their pids. Their log goes to a file, as to a disk."""
    environment = {**_inherited(), **variables(database, scratch)}
    started: list[subprocess.Popen[bytes]] = []
    with (scratch / "server.log").open("ab") as log:
        try:
            for _ in range(processes):
                started.append(
                    subprocess.Popen(
                        [sys.executable, "-m", "benchmarks.serve"],
                        cwd=ROOT,
                        env=environment,
                        stdin=subprocess.PIPE,
                        stdout=subprocess.PIPE,
                        stderr=log,
                    )
                )
            yield Server(tuple(child.pid for child in started), tuple(map(_port, started)), database)
        finally:
            for child in started:
                child.terminate()
            for child in started:
                child.wait(timeout=10)


def _inherited() -> Mapping[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("FOREROOM_")}


def _port(child: subprocess.Popen[bytes]) -> int:
    assert child.stdout is not None
    line = child.stdout.readline()
    if not line:
        raise RuntimeError(f"The server ended at once with {child.wait()}: see server.log.")
    return int(line)
