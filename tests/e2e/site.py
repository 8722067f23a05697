"""The product as it runs: waitress on a free port of this machine, over a SQLite file of its own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Thread

from flask import Flask
from sqlalchemy import make_url
from sqlalchemy.orm import Session
from waitress import wasyncore
from waitress.server import create_server

from app import create_app
from app.jobs import worker
from app.models.sealing import KeyRing
from app.web.extensions import db
from tests import databases
from tests.browsing import staff
from tests.conftest import make_settings
from tests.factories import Factory

THREADS = 4


@dataclass(frozen=True)
class Site:
    """A running clinic: where it is, its app and database file, and the addresses with which staff sign in."""

    url: str
    file: Path
    clinician: str
    admin: str
    app: Flask = field(repr=False)

    @contextmanager
    def records(self) -> Iterator[Session]:
        """A look into its records, kept when the block ends well. Works while Playwright's loop runs."""
        settings = self.app.config["SETTINGS"]
        info = {"ring": KeyRing(settings.sealing_keys, settings.newest_key), "audit_key": settings.audit_key}
        with databases.engine_for(settings.database_url) as engine, Session(engine, info=info) as session:
            yield session
            session.commit()

    def stored(self) -> dict[str, bytes]:
        """Every byte of the database on the disk: the file and its write-ahead log."""
        return {path.name: path.read_bytes() for path in self.file.parent.glob(f"{self.file.name}*")}


@contextmanager
def open_site(folder: Path, template: str) -> Iterator[Site]:
    """Serve until the block ends, from a copy of the database `template`."""
    file = folder / "clinic.sqlite"
    url = f"sqlite:///{file}"
    shutil.copyfile(str(make_url(template).database), file)
    # Open at any hour the tests may run.
    app = create_app(make_settings(url, folder, OPENING_HOURS="mon-sun 00:00-23:59"))
    # Records of tests are of another year: the hour's chores would erase their drafts as left for long.
    app.extensions["jobs"].chores = ()
    clinician, admin = _people(app)
    server = create_server(app, host="127.0.0.1", port=0, threads=THREADS)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    address = f"http://127.0.0.1:{server.effective_port}"  # type: ignore[union-attr]
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], base_url=address)
    try:
        with worker.running(app):
            yield Site(address, file, clinician, admin, app)
    finally:
        # In its own thread, and with what the browser still holds open: it would wait for that.
        server.trigger.pull_trigger(lambda: wasyncore.close_all(server._map))  # type: ignore[union-attr]
        thread.join(timeout=10)
        server.task_dispatcher.shutdown()
        with app.app_context():
            db.engine.dispose()


def _people(app: Flask) -> tuple[str, str]:
    """Staff with tests.browsing.PASSWORD, and a patient whose form was sent earlier and is not urgent."""
    with app.app_context():
        maker = db.sessionmaker
    with maker() as session:
        make = Factory(session)
        make.screening(make.case())
        return staff(app, make, session, "clinician").email, staff(app, make, session, "admin").email
