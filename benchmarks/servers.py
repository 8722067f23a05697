"""Starting the measured server in a child process, and the product in this one to prepare what it serves."""

import base64
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha512
from pathlib import Path

from flask import Flask

from app import create_app
from app.core import signatures
from app.web.act import system_act
from app.web.extensions import db
from app.web.settings import current_settings
from benchmarks.databases import ROOT, Database
from benchmarks.machine import cpu_seconds
from config import Settings

COOKIE = "__Host-foreroom"
"""What the session's cookie is called in production."""


def _key(name: str, size: int) -> str:
    return base64.b64encode(sha512(f"benchmark {name}".encode()).digest()[:size]).decode()


# The same in every run: what was sealed in a database that is kept is opened in the next. They seal invented people.
_KEYS = {
    "KEYS": f"1:{_key('sealing', 32)}",
    "AUDIT_KEY": _key("audit", 32),
    "SECRET_KEY": _key("cookies", 48),
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
    """The product in this process, on the same database and with the same keys, inside its app context. Its rulebook is
    signed: without, no clinic's form is switched on.
    """
    app = create_app(Settings.from_env(variables(database, scratch)))
    with app.app_context():
        with db.sessionmaker.begin() as session:
            if not signatures.is_signed(session, current_settings().rules):
                signatures.sign(system_act(session), "Ada Okafor", "medical director")
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
    environment = environment_of(database, scratch)
    with product(database, scratch):
        pass  # what a server needs is there
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


def environment_of(database: Database, scratch: Path) -> Mapping[str, str]:
    """The whole environment of a server's process. It keeps what Python compiled, as a clinic's does."""
    left_out = ("FOREROOM_", "PYTHONDONTWRITEBYTECODE")
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(left_out)}
    return inherited | variables(database, scratch)


def _port(child: subprocess.Popen[bytes]) -> int:
    assert child.stdout is not None
    line = child.stdout.readline()
    if not line:
        raise RuntimeError(f"The server ended at once with {child.wait()}: see server.log.")
    return int(line)
