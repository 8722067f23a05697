"""What tests start from: settings, both databases, and an app whose every change is undone after each test."""

import base64
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app import create_app
from app.web.extensions import db
from app.web.rates import RATE_LIMITER
from config import Settings
from tests import databases, locking, statements
from tests.factories import Factory

# Failures inside shared checks say which answer was off.
pytest.register_assert_rewrite("tests.people", "tests.screening.proofs", "tests.judged")

# Each time other examples, and more of them: see tests.strategies.examples.
hypothesis.settings.register_profile("long", derandomize=False)

UNASKED = pytest.StashKey[list[str]]()

# One set for the whole run: what one app sealed in a database, the next opens.
KEYS = {
    "KEYS": "1:" + base64.b64encode(os.urandom(32)).decode(),
    "AUDIT_KEY": base64.b64encode(os.urandom(32)).decode(),
    "SECRET_KEY": base64.b64encode(os.urandom(48)).decode(),
}


def pytest_configure(config: pytest.Config) -> None:
    """Say what the marker means, and note what the product asks of its databases."""
    config.addinivalue_line(
        "markers",
        f"{statements.MARKER}(why): the words and pages of this test come out alike from any database."
        " Every query of the product is asked of PostgreSQL by another test, which is checked.",
    )
    statements.listen()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the browser's tests, half of them at each end that two workers begin from.

    A long one that came last would leave the other worker nothing to do.
    """
    long = [item for item in items if "e2e" in item.path.parts]
    short = [item for item in items if "e2e" not in item.path.parts]
    here, there = long[: len(long) // 2], long[len(long) // 2 :]
    middle = max(0, len(items) // 2 - len(here))
    items[:] = [*here, *short[:middle], *there, *short[middle:]]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run what reaches a database on each kind, and on SQLite alone what is marked so."""
    marker = metafunc.definition.get_closest_marker(statements.MARKER)
    if marker is not None and (refused := statements.refusal(marker, metafunc.fixturenames)):
        raise pytest.UsageError(f"{metafunc.definition.nodeid}: {refused}")
    picked = any("database_kind" in each.args[0] for each in metafunc.definition.iter_markers("parametrize"))
    if "database_kind" in metafunc.fixturenames and not picked:
        kinds = databases.KINDS[:1] if marker is not None else databases.KINDS
        metafunc.parametrize("database_kind", kinds, indirect=True, scope="session")


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Gather what the workers noted."""
    for kind, told in getattr(node, "workeroutput", {}).get("asked", {}).items():
        statements.asked[kind].update(told)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand over what was noted; after a run of all tests that went well, fail it if only SQLite was asked something."""
    config = session.config
    if hasattr(config, "workeroutput"):
        config.workeroutput["asked"] = {kind: sorted(told) for kind, told in statements.asked.items()}
        return
    fewer = ("keyword", "markexpr", "deselect", "collectonly", "lf", "stepwise")
    all_of_them = config.args_source is config.ArgsSource.TESTPATHS and not any(
        config.getoption(option, None) for option in fewer
    )
    unasked = statements.unasked(statements.asked) if all_of_them and not session.testsfailed else []
    if unasked:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        config.stash[UNASKED] = unasked


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Tell which queries no test asks of PostgreSQL."""
    if unasked := config.stash.get(UNASKED, []):
        terminalreporter.section("asked of SQLite alone", red=True)
        terminalreporter.write_line(
            f"Take {statements.MARKER} away from a test that asks one of these, or write one that runs on both:"
        )
        for each in unasked:
            terminalreporter.write_line(f"  {each}")


@pytest.fixture(scope="session", autouse=True)
def compiled_templates(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Every app of this worker finds the templates that one of them compiled."""
    kept = FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Flask, "jinja_options", {**Flask.jinja_options, "bytecode_cache": kept})
        yield


@pytest.fixture(scope="session")
def run_id(request: pytest.FixtureRequest) -> str:
    """A name for this run, the same in all its workers."""
    found = getattr(request.config, "workerinput", {}).get("testrunuid")
    return str(found or f"alone-{os.getpid()}")


@pytest.fixture(scope="session")
def database_kind(request: pytest.FixtureRequest) -> str:
    """The kind of database of this test, which pytest_generate_tests gives it."""
    return str(request.param)


@pytest.fixture(scope="session")
def template(run_id: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., str]]:
    """A function that gives this worker's database of a kind at the newest migration, which is only ever copied.

    It is a demonstration's, or with "clinic" a clinic's.
    """
    with ExitStack() as stack:

        @cache
        def migrated(kind: str, belongs: str = "demo") -> str:
            folder = tmp_path_factory.mktemp("template")
            url = stack.enter_context(databases.new_database(kind, folder, run_id))
            databases.upgrade(url, kind=belongs)
            return url

        yield migrated


@pytest.fixture(scope="session")
def database_url(
    database_kind: str,
    run_id: str,
    template: Callable[..., str],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    """A database at the newest migration, shared by this worker's tests. What they write must be undone: see app."""
    folder = tmp_path_factory.mktemp("database")
    with databases.new_database(database_kind, folder, run_id, template(database_kind)) as url:
        yield url


@pytest.fixture
def make_database(database_kind: str, run_id: str, tmp_path: Path) -> Iterator[Callable[[], str]]:
    """A function that gives the address of an empty database of this test's own, with no tables yet."""
    with ExitStack() as stack:
        yield lambda: stack.enter_context(databases.new_database(database_kind, tmp_path, run_id))


@pytest.fixture
def own_database(
    database_kind: str, run_id: str, template: Callable[..., str], tmp_path: Path
) -> Iterator[str]:
    """The address of a migrated database of this test's own."""
    with databases.new_database(database_kind, tmp_path, run_id, template(database_kind)) as url:
        yield url


@pytest.fixture
def engine(own_database: str) -> Iterator[Engine]:
    """A migrated database of this test's own, for what an undone transaction cannot show: races, locks, commits."""
    with databases.engine_for(own_database) as made:
        yield made


@pytest.fixture(scope="session")
def settings(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The settings of a clinic on this worker's database, its form switched on."""
    return make_settings(database_url, tmp_path_factory.mktemp("instance"))


def make_settings(database_url: str, instance: Path, **more: str) -> Settings:
    """Settings as the environment would give them; `more` adds variables, without their prefix."""
    variables = KEYS | {
        "ENV": "test",
        "INSTANCE": str(instance),
        "DATABASE_URL": database_url,
        "CLINIC_NAME": "Oak Street Clinic",
        "CLINIC_PHONE": "555 010 0100",
        "OPENING_HOURS": "mon-fri 09:00-18:00",
        "ON_CALL": "on-call@clinic.test",
        "TIMEZONE": "America/New_York",
    }
    return Settings.from_env({f"FOREROOM_{name}": value for name, value in (variables | more).items()})


@pytest.fixture(scope="session")
def assembled_app(settings: Settings) -> Iterator[Flask]:
    """The app, assembled once a worker and database. Tests use `app`."""
    app = create_app(settings)
    app.testing = True
    with app.app_context(), db.sessionmaker.begin() as first:
        first.connection()  # the first session leaves the fingerprints of the keys, for all tests
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def app(assembled_app: Flask) -> Iterator[Flask]:
    """The app, all of whose sessions share one transaction that is rolled back after the test. So is its config.

    A view's commit ends a savepoint only; a real commit between two connections needs `engine`.
    """
    config = dict(assembled_app.config)
    with assembled_app.app_context():
        engine, maker = db.engine, db.sessionmaker
    with engine.connect() as connection:
        transaction, options = connection.begin(), dict(maker.kw)
        maker.configure(bind=connection, join_transaction_mode="create_savepoint")
        assembled_app.extensions[RATE_LIMITER].storage.reset()
        try:
            with locking.in_order(engine):
                yield assembled_app
        finally:
            maker.kw.clear()
            maker.kw.update(options)
            assembled_app.config.clear()
            assembled_app.config.update(config)
            transaction.rollback()


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """A session beside those of the requests. Commit what they are to see; expire what they changed."""
    with app.app_context():
        maker = db.sessionmaker
    with maker() as made:
        yield made


@pytest.fixture
def make(session: Session) -> Factory:
    """Makes invented people and their cases in `session`."""
    return Factory(session)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without a mind of its own."""
    return app.test_client()
