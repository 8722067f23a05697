"""A database says whose it is and which keys are its own. Others are turned away before they read or write."""

import base64
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.util import CommandError
from flask import Flask
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from app import create_app
from app.core import audit
from app.core.access import SYSTEM
from app.core.installation import ExpectedInstallation, WrongDatabase, WrongKeys, check_installation
from app.models.sealing import KeyRing
from app.web.extensions import db
from config import ConfigError, Settings
from tests import databases
from tests.acts import act
from tests.commands.test_demo import free_port
from tests.commands.test_screen import ROOT
from tests.conftest import KEYS, make_settings
from tests.factories import CANARY, NOW, Factory
from tests.waiting import in_threads

ONE, TWO, AUDIT, OTHER = (bytes([n]) * 32 for n in range(1, 5))
OURS = ExpectedInstallation("clinic", KeyRing({1: ONE}, 1), AUDIT)


@pytest.fixture
def clinic(database_kind: str, run_id: str, template: Callable[..., str], tmp_path: Path) -> Iterator[Engine]:
    clinics = template(database_kind, "clinic")
    with (
        databases.new_database(database_kind, tmp_path, run_id, clinics) as url,
        databases.engine_for(url) as engine,
    ):
        yield engine


def fill(engine: Engine, ours: ExpectedInstallation = OURS, people: int = 3) -> None:
    """Records, as they are kept with these keys."""
    with Session(engine, info={"ring": ours.ring, "audit_key": ours.audit_key}) as session:
        make = Factory(session)
        for _ in range(people):
            make.case()
            audit.record(act(session, SYSTEM, NOW), "queue.viewed", queue="to_review", cases=0)
        session.commit()


def start(engine: Engine, ours: ExpectedInstallation) -> bool:
    with engine.begin() as connection:
        return check_installation(connection, ours)


def everything(engine: Engine) -> list[object]:
    with engine.connect() as connection:
        return [
            connection.execute(text(f'select * from "{name}"')).all()
            for name in ("person", "case", "audit_event", "key_fingerprint", "installation")
        ]


OTHERS = {
    "another sealing key": (replace(OURS, ring=KeyRing({1: OTHER}, 1)), "Key 1 is not the one"),
    "another audit key": (replace(OURS, audit_key=OTHER), "The audit key is not the one"),
    "the old key gone": (replace(OURS, ring=KeyRing({2: TWO}, 2)), "sealed with key 1, which is not among"),
    "a demonstration's": (replace(OURS, kind="demo"), "This database is a clinic's"),
}


@pytest.mark.parametrize("which", OTHERS)
def test_others_are_turned_away_and_nothing_is_written(clinic: Engine, which: str) -> None:
    assert not start(clinic, OURS)
    fill(clinic)
    before = everything(clinic)
    theirs, words = OTHERS[which]
    with pytest.raises(WrongDatabase, match=words):
        start(clinic, theirs)
    assert everything(clinic) == before
    assert start(clinic, OURS)


def test_a_key_is_added_while_the_old_one_is_kept(clinic: Engine) -> None:
    start(clinic, OURS)
    fill(clinic)
    rotated = replace(OURS, ring=KeyRing({2: TWO, 1: ONE}, 2))
    assert not start(clinic, rotated)
    assert start(clinic, rotated)
    with pytest.raises(WrongKeys, match="sealed with key 2, which is not among"):
        start(clinic, OURS)


@pytest.mark.parametrize("which", ["another sealing key", "another audit key", "the old key gone"])
def test_a_database_from_before_takes_only_the_keys_that_open_it(clinic: Engine, which: str) -> None:
    fill(clinic)
    with pytest.raises(WrongKeys, match="Put back the keys"):
        start(clinic, OTHERS[which][0])
    assert not start(clinic, OURS)
    assert start(clinic, OURS)


def test_what_other_keys_wrote_since_does_not_make_it_theirs(clinic: Engine) -> None:
    fill(clinic, people=6)
    intruder = ExpectedInstallation("clinic", KeyRing({1: OTHER}, 1), OTHER)
    fill(clinic, intruder, people=1)
    with pytest.raises(WrongKeys):
        start(clinic, intruder)
    start(clinic, OURS)


def test_one_damaged_row_keeps_nobody_out(clinic: Engine) -> None:
    fill(clinic)
    flipped = "update person set sealed_identity = :junk where id = (select id from person order by id desc limit 1)"
    with clinic.begin() as connection:
        connection.execute(text(flipped), {"junk": b"\x01\x07" + bytes(40)})
    assert not start(clinic, OURS)


def test_of_two_that_start_at_once_with_different_keys_one_is_turned_away(clinic: Engine) -> None:
    url = clinic.url.render_as_string(hide_password=False)

    def begin(key: bytes) -> str:
        with databases.engine_for(url) as engine:
            try:
                start(engine, replace(OURS, ring=KeyRing({1: key}, 1)))
                return "in"
            except WrongKeys:
                return "out"

    assert in_threads(begin, [ONE, ONE, ONE, ONE], 4) == ["in"] * 4
    with clinic.begin() as connection:
        connection.execute(text("delete from key_fingerprint"))
    assert sorted(in_threads(begin, [ONE, OTHER], 2)) == ["in", "out"]


@contextmanager
def app_with(engine: Engine, folder: Path, **more: str) -> Iterator[Flask]:
    made = create_app(make_settings(engine.url.render_as_string(hide_password=False), folder, **more))
    yield made
    with made.app_context():
        db.engine.dispose()


def test_the_product_shows_nothing_of_a_database_that_is_not_its_own(clinic: Engine, tmp_path: Path) -> None:
    with app_with(clinic, tmp_path, ENV="production") as ours:
        client, https = ours.test_client(), "https://localhost"
        assert client.get("/health/ready", base_url=https).status_code == 200
        assert client.get("/demo/mailbox", base_url=https).status_code == 404
    (tmp_path / "mailbox").mkdir()
    (tmp_path / "mailbox" / "1.eml").write_text(f"To: a@b.test\nSubject: {CANARY}\n\nText")
    other = base64.b64encode(os.urandom(32)).decode()
    for wrong in ({"ENV": "test"}, {"ENV": "demo"}, {"ENV": "production", "KEYS": f"1:{other}"}):
        with app_with(clinic, tmp_path, **wrong) as theirs:
            client = theirs.test_client()
            for path in ("/health/ready", "/health/alerts", "/demo/mailbox", "/", "/account/login"):
                answer = client.get(path, base_url="https://localhost")
                assert answer.status_code in (503, 404) or path == "/account/login", (wrong, path)
                assert CANARY.encode() not in answer.data
            assert client.get("/health/live", base_url="https://localhost").status_code == 200
            client.post("/start", base_url="https://localhost")
    with clinic.connect() as connection:
        assert connection.execute(text('select count(*) from "case"')).scalar() == 0


def test_ready_notices_keys_that_were_added_elsewhere(clinic: Engine, tmp_path: Path) -> None:
    with app_with(clinic, tmp_path, ENV="production") as running:
        client = running.test_client()
        assert client.get("/health/ready", base_url="https://localhost").status_code == 200
        with clinic.begin() as connection:
            connection.execute(
                text("insert into key_fingerprint (key, fingerprint) values ('sealing 9', :mark)"),
                {"mark": bytes(16)},
            )
        assert client.get("/health/ready", base_url="https://localhost").status_code == 503


DEMO_SETTINGS = {"FOREROOM_DEMO": "1"}
OTHER_KEYS = {"FOREROOM_KEYS": f"1:{base64.b64encode(os.urandom(32)).decode()}"}


@pytest.mark.parametrize(
    ("program", "settings", "words"),
    [
        ("flask user list", DEMO_SETTINGS, "This database is a clinic's"),
        ("flask demo --port PORT", DEMO_SETTINGS, "This database is a clinic's"),
        ("flask synth 1", DEMO_SETTINGS, "This database is a clinic's"),
        (
            "flask invite --first-name A --last-name B --dob 1985-03-27",
            DEMO_SETTINGS,
            "database is a clinic's",
        ),
        ("alembic upgrade head", DEMO_SETTINGS, "This database is a clinic's"),
        ("flask audit verify", OTHER_KEYS, "Put back the keys"),
        ("flask recount", OTHER_KEYS, "Put back the keys"),
        ("flask serve --port PORT", OTHER_KEYS, "Put back the keys"),
        ("alembic upgrade head", OTHER_KEYS, "Put back the keys"),
    ],
)
def test_each_command_refuses_in_words(
    tmp_path: Path,
    run_id: str,
    template: Callable[..., str],
    program: str,
    settings: dict[str, str],
    words: str,
) -> None:
    with (
        databases.new_database("sqlite", tmp_path, run_id, template("sqlite", "clinic")) as url,
        databases.engine_for(url) as clinic,
    ):
        with app_with(clinic, tmp_path, ENV="production") as ours:
            ours.test_client().get("/health/ready", base_url="https://localhost")
        before = everything(clinic)
        given = {f"FOREROOM_{name}": value for name, value in KEYS.items()}
        given |= {"FOREROOM_DATABASE_URL": url, "FOREROOM_INSTANCE": str(tmp_path)} | settings
        plain = {name: value for name, value in os.environ.items() if not name.startswith("FOREROOM_")}
        name, *arguments = program.replace("PORT", str(free_port())).split()
        told = subprocess.run(
            [Path(sys.executable).with_name(name), *arguments],
            cwd=ROOT, env=plain | given, capture_output=True, text=True, timeout=60,
        )  # fmt: skip
        assert told.returncode != 0
        assert words in told.stderr + told.stdout
        assert "Traceback" not in told.stderr
        assert everything(clinic) == before


@pytest.mark.parametrize(
    ("made_by", "kind"),
    [
        ("nobody", "demo"),
        ("the demonstration", "demo"),
        ("a visitor of it", "clinic"),
        ("a clinic", "clinic"),
        ("a clinic on which the demonstration ran", "clinic"),
    ],
)
def test_a_database_from_before_becomes_a_demonstration_only_if_one_made_it(
    make_database: Callable[[], str], made_by: str, kind: str
) -> None:
    url = make_database()
    databases.upgrade(url, "0008", kind="clinic")
    with databases.engine_for(url) as engine:
        with Session(engine, info={"ring": OURS.ring, "audit_key": AUDIT}) as session:
            make = Factory(session)
            if made_by != "nobody":
                person, via = (
                    make.person(),
                    "start" if made_by in ("a visitor of it", "a clinic") else "synth",
                )
                audit.record(act(session, SYSTEM, NOW), "intake.started", via=via)
                make.invitation(person_id=person.id)
                audit.record(act(session, SYSTEM, NOW), "invitation.created", invitation=person.id)
                if made_by != "a clinic":
                    audit.record(act(session, SYSTEM, NOW), "synth.made", cases=1)
                    make.user("clinician", email="clinician@demo.example")
            if "demonstration ran" in made_by:
                make.user("clinician", email="clara@clinic.test")
            session.commit()
        if kind == "clinic":
            with pytest.raises(CommandError, match="may be of real people"):
                databases.upgrade(url, kind="demo")
        elif made_by != "nobody":
            with pytest.raises(CommandError, match="made by the demonstration"):
                databases.upgrade(url, kind="clinic")
        databases.upgrade(url, kind=kind)
        with engine.connect() as connection:
            assert connection.execute(text("select kind from installation")).scalar() == kind


def test_no_key_is_made_for_a_database_that_holds_something(clinic: Engine, tmp_path: Path) -> None:
    given = {
        "FOREROOM_INSTANCE": str(tmp_path),
        "FOREROOM_DATABASE_URL": clinic.url.render_as_string(hide_password=False),
    }
    first = Settings.from_env(given)
    assert Settings.from_env(given) == first
    fill(clinic)
    (tmp_path / "keys.json").rename(tmp_path / "lost")
    with pytest.raises(ConfigError, match="Put the keys back"):
        Settings.from_env(given)
    assert not (tmp_path / "keys.json").exists()


def test_no_key_is_made_while_nobody_can_say_whether_the_database_is_new(tmp_path: Path) -> None:
    nowhere = "postgresql://nobody@127.0.0.1:1/none"
    with pytest.raises(ConfigError, match="Start the database first"):
        Settings.from_env({"FOREROOM_INSTANCE": str(tmp_path), "FOREROOM_DATABASE_URL": nowhere})
    assert not (tmp_path / "keys.json").exists()
