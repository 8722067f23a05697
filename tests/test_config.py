"""Settings that would be unsafe are refused at the start, in plain words, without repeating a secret."""

import base64
import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from config import NAMES, ConfigError, Settings
from tests.waiting import in_threads

ROOT = Path(__file__).parent.parent
KEY_1, KEY_2, KEY_3, KEY_4 = (base64.b64encode(os.urandom(32)).decode() for _ in range(4))
KEYS = {"KEYS": f"2:{KEY_2},1:{KEY_1}", "AUDIT_KEY": KEY_3, "SECRET_KEY": KEY_4}
CLINIC = {
    "CLINIC_NAME": "Oak Street Clinic",
    "CLINIC_PHONE": "555 010 0100",
    "OPENING_HOURS": "mon-fri 09:00-18:00",
    "ON_CALL": "on-call@clinic.test",
    "TIMEZONE": "America/New_York",
}
SMTP = {"SMTP_HOST": "mail.clinic.test", "SMTP_FROM": "forms@clinic.test"}
SWITCHED_ON = CLINIC | SMTP | {"CRISIS_NUMBERS": "US 2026-11-20"}


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def settings(**given: str) -> Settings:
    named = given if "DEMO" in given else {"ENV": "production"} | given
    return Settings.from_env({f"FOREROOM_{name}": value for name, value in named.items()} | {"PATH": "/bin"})


def test_where_nobody_has_named_a_clinic_it_is_the_demonstration(tmp_path: Path) -> None:
    found = Settings.from_env({"PATH": "/bin"})
    assert found.demo
    assert found.database_url == f"sqlite:///{tmp_path}/instance/demo/foreroom.sqlite"
    assert found.kind == "demo"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BASE_URL", "https://intake.clinic.test"),
        ("CLINIC_NAME", "Oak Street Clinic"),
        ("TRUSTED_HOSTS", "any.test"),
        ("JURISDICTION", "UK"),
        ("DATABASE_URL", "sqlite:///clinic.sqlite"),
        ("INSTANCE", "clinic"),
        ("DEMO", "0"),
    ],
)
def test_whatever_is_set_alone_means_a_clinic(name: str, value: str) -> None:
    found = Settings.from_env({f"FOREROOM_{name}": value})
    assert found.env == "production"
    assert found.kind == "clinic"
    assert found.mailbox is None


def test_a_production_with_nothing_else_set_has_its_form_switched_off(tmp_path: Path) -> None:
    found = settings()
    assert found.env == "production"
    assert found.secure_cookies
    assert not found.demo
    assert found.clinic is None
    assert found.database_url == f"sqlite:///{tmp_path}/instance/foreroom.sqlite"
    assert found.jurisdiction == "US"
    assert found.minimum_age == 18
    assert found.trusted_hosts == ("localhost",)


def test_an_empty_variable_is_as_good_as_none() -> None:
    assert settings(JURISDICTION="", DEMO=" ").jurisdiction == "US"


def test_keys_are_made_once_for_their_owner_only(tmp_path: Path) -> None:
    first = settings()
    file = tmp_path / "instance" / "keys.json"
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700
    assert settings() == first
    assert [path.name for path in file.parent.iterdir()] == ["keys.json"]
    every = [*first.sealing_keys.values(), first.audit_key, first.secret_key]
    assert len(set(every)) == 3
    assert {len(key) for key in every} == {32}


def test_processes_that_start_together_agree_on_the_keys() -> None:
    found = in_threads(lambda _: settings().audit_key, range(64), 16)
    assert len(set(found)) == 1


def test_keys_are_not_made_up_beside_a_database_that_needs_lost_ones(tmp_path: Path) -> None:
    settings()
    with closing(sqlite3.connect(tmp_path / "instance" / "foreroom.sqlite")) as database, database:
        database.execute('create table "user" (email text)')
        database.execute("insert into \"user\" values ('clara@clinic.test')")
    assert settings().newest_key == 1
    (tmp_path / "instance" / "keys.json").unlink()
    with pytest.raises(ConfigError, match="Put the keys back"):
        settings()
    assert not (tmp_path / "instance" / "keys.json").exists()


def test_a_key_file_that_others_can_read_is_refused(tmp_path: Path) -> None:
    settings()
    (tmp_path / "instance" / "keys.json").chmod(0o640)
    with pytest.raises(ConfigError, match="can be read by others"):
        settings()


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{}",
        json.dumps({"sealing": {}, "audit": KEY_1, "session": KEY_2}),
        json.dumps({"sealing": {"one": KEY_3}, "audit": KEY_1, "session": KEY_2}),
        json.dumps({"sealing": {"0": KEY_3}, "audit": KEY_1, "session": KEY_2}),
        json.dumps({"sealing": {"1": KEY_3}, "audit": KEY_1}),
        json.dumps({"sealing": {"1": "c2hvcnQ="}, "audit": KEY_1, "session": KEY_2}),
        json.dumps({"sealing": {"1": KEY_1}, "audit": KEY_1, "session": KEY_2}),
    ],
)
def test_a_damaged_key_file_is_refused_and_left_alone(tmp_path: Path, content: str) -> None:
    settings()
    file = tmp_path / "instance" / "keys.json"
    file.write_text(content)
    with pytest.raises(ConfigError) as caught:
        settings()
    assert file.read_text() == content
    assert KEY_1 not in str(caught.value)


def test_the_newest_key_of_a_file_is_its_highest(tmp_path: Path) -> None:
    settings()
    file = tmp_path / "instance" / "keys.json"
    file.write_text(json.dumps({"sealing": {"9": KEY_1, "10": KEY_4}, "audit": KEY_2, "session": KEY_3}))
    assert settings().newest_key == 10


def test_keys_can_come_from_the_environment_and_then_no_file_is_made(tmp_path: Path) -> None:
    found = settings(**KEYS)
    assert found.newest_key == 2
    assert dict(found.sealing_keys) == {2: base64.b64decode(KEY_2), 1: base64.b64decode(KEY_1)}
    assert found.audit_key == base64.b64decode(KEY_3)
    assert found.secret_key == KEY_4.encode()
    assert not (tmp_path / "instance").exists()


BAD: list[tuple[str, dict[str, str]]] = [
    ("no such setting", {"SECRETKEY": "x"}),
    ("an environment nobody knows", {"ENV": "prod"}),
    ("a demonstration in production", {"DEMO": "1", "ENV": "production"}),
    ("a demonstration among tests", {"DEMO": "1", "ENV": "test"}),
    ("a switch that is neither on nor off", {"DEMO": "yes"}),
    ("keys without an audit key", KEYS | {"AUDIT_KEY": ""}),
    ("keys without a cookie key", KEYS | {"SECRET_KEY": ""}),
    ("an audit key without keys", {"AUDIT_KEY": KEY_3}),
    ("a short key", KEYS | {"KEYS": "1:c2hvcnQ="}),
    ("a key that is not base64", KEYS | {"KEYS": "1:" + "*" * 44}),
    ("a key without a number", KEYS | {"KEYS": KEY_1}),
    ("a key whose number does not fit", KEYS | {"KEYS": f"256:{KEY_1}"}),
    ("two keys of one number", KEYS | {"KEYS": f"1:{KEY_1},1:{KEY_2}"}),
    ("a known key", KEYS | {"KEYS": "1:" + base64.b64encode(bytes(32)).decode()}),
    ("equal sealing keys", KEYS | {"KEYS": f"1:{KEY_1},2:{KEY_1}"}),
    ("one key for two purposes", KEYS | {"AUDIT_KEY": KEY_1}),
    ("a short cookie key", {"SECRET_KEY": "k" * 31}),
    ("a regular cookie key", {"SECRET_KEY": "abab" * 16}),
    ("a placeholder for a cookie key", {"SECRET_KEY": "please-change-me-0123456789abcdefghijkl"}),
    ("another database", {"DATABASE_URL": "mysql://root:hunter2@localhost/foreroom"}),
    ("no database at all", {"DATABASE_URL": "hunter2"}),
    ("records in memory", {"DATABASE_URL": "sqlite://"}),
    ("links that can be read on their way", {"BASE_URL": "http://intake.oakstreet.test"}),
    ("links into a folder", {"BASE_URL": "https://oakstreet.test/intake"}),
    ("links to nowhere", {"BASE_URL": "oakstreet.test"}),
    ("another country", {"JURISDICTION": "FR"}),
    ("no age", {"MINIMUM_AGE": "eighteen"}),
    ("an age before birth", {"MINIMUM_AGE": "-1"}),
    ("no telephone", CLINIC | {"CLINIC_PHONE": "ask at the desk"}),
    ("hours that cannot be read", CLINIC | {"OPENING_HOURS": "always"}),
    ("nobody on call", CLINIC | {"ON_CALL": "the nurse"}),
    ("crisis numbers that nobody tried", {"CRISIS_NUMBERS": "US soon"}),
    ("crisis numbers of nowhere", {"CRISIS_NUMBERS": "2026-11-20"}),
    ("a zone that is none", CLINIC | {"TIMEZONE": "New York"}),
    ("a mail server that is not named", {"SMTP_PASSWORD": "hunter2"}),
    ("a mail server without a sender", {"SMTP_HOST": "mail.clinic.test"}),
    ("a sender of two lines", SMTP | {"SMTP_FROM": "a@clinic.test\r\nBcc: b@clinic.test"}),
    ("a sender that is no address", SMTP | {"SMTP_FROM": "Oak Street <a@clinic.test>"}),
    ("a port that is none", SMTP | {"SMTP_PORT": "smtp"}),
    ("a password without a user", SMTP | {"SMTP_PASSWORD": "hunter2"}),
    ("a user without a password", SMTP | {"SMTP_USER": "forms"}),
    ("codes in the clear over a network", SMTP | {"SMTP_STARTTLS": "0"}),
    ("a switch for the name that says neither", {"NAME_IN_MAIL": "perhaps"}),
    ("a switch for the start that says neither", {"SELF_START": "true"}),
    ("a switch for Spanish that says neither", {"SPANISH": "si"}),
    ("a zone from elsewhere on the disk", CLINIC | {"TIMEZONE": "../../etc/passwd"}),
]


@pytest.mark.parametrize("given", [pytest.param(given, id=name) for name, given in BAD])
def test_what_is_unsafe_is_refused_without_repeating_a_secret(given: dict[str, str]) -> None:
    with pytest.raises(ConfigError) as caught:
        settings(**given)
    message = str(caught.value)
    assert len(message) > 20
    secrets = [KEY_1, KEY_2, KEY_3, KEY_4, "hunter2", given.get("SECRET_KEY") or "hunter2"]
    assert not any(secret in message for secret in secrets)


def test_settings_do_not_print_their_secrets() -> None:
    printed = repr(settings(**KEYS, DATABASE_URL="postgresql://clinic:hunter2@localhost/foreroom"))
    assert "hunter2" not in printed
    assert KEY_4 not in printed
    assert repr(base64.b64decode(KEY_1)) not in printed


def test_a_mail_server_is_spoken_to_encrypted_unless_it_is_here() -> None:
    found = settings(**SMTP, SMTP_USER="forms", SMTP_PASSWORD="hunter2").mail
    assert found is not None
    assert (found.port, found.starttls, found.tls) == (587, True, False)
    assert "hunter2" not in repr(found)
    assert "hunter2" not in repr(settings(**SMTP, SMTP_USER="forms", SMTP_PASSWORD="hunter2"))
    wrapped = settings(**SMTP, SMTP_PORT="465", SMTP_STARTTLS="0").mail
    assert wrapped is not None
    assert wrapped.tls
    here = settings(**SMTP | {"SMTP_HOST": "127.0.0.1"}, SMTP_STARTTLS="0").mail
    assert here is not None
    assert not here.starttls


def test_a_production_writes_to_nobody_names_nobody_and_starts_nothing_by_default() -> None:
    found = settings()
    assert (found.mail, found.mailbox, found.sends_mail) == (None, None, False)
    assert (found.name_in_mail, found.self_start, found.spanish) == (False, False, False)
    assert settings(SPANISH="1").spanish
    assert settings(SELF_START="1", NAME_IN_MAIL="1", **SMTP).self_start
    assert settings(**SMTP).mailbox is None


def test_a_demonstration_keeps_its_mail_in_a_folder_and_lets_anyone_start(tmp_path: Path) -> None:
    found = settings(DEMO="1")
    assert found.mailbox == tmp_path / "instance" / "demo" / "mailbox"
    assert found.self_start
    assert found.spanish
    assert not found.name_in_mail
    assert not settings(DEMO="1", SELF_START="0").self_start


def test_a_postgresql_address_is_used_with_the_driver_we_have() -> None:
    found = settings(DATABASE_URL="postgres://clinic:hunter2@localhost/foreroom", **KEYS)
    assert found.database_url == "postgresql+psycopg://clinic:hunter2@localhost/foreroom"


def test_a_demonstration_has_a_clinic_and_keeps_away_from_real_records(tmp_path: Path) -> None:
    found = settings(DEMO="1")
    assert found.env == "demo"
    assert found.demo
    assert not found.secure_cookies
    assert found.clinic is not None
    assert found.clinic.name == "Oak Street Clinic"
    assert found.instance != settings().instance
    assert found.database_url == f"sqlite:///{tmp_path}/instance/demo/foreroom.sqlite"
    assert found.audit_key != settings().audit_key


@pytest.mark.parametrize("missing", [*sorted(CLINIC), "SMTP_HOST", "CRISIS_NUMBERS"])
def test_the_form_stays_off_until_everything_about_the_clinic_is_set(missing: str) -> None:
    assert settings(**SWITCHED_ON).clinic is not None
    without = (missing, "SMTP_FROM") if missing == "SMTP_HOST" else (missing,)
    found = settings(**{name: value for name, value in SWITCHED_ON.items() if name not in without})
    assert (found.clinic, found.missing) == (None, (f"FOREROOM_{missing}",))


def test_the_crisis_numbers_that_were_tried_are_those_that_patients_are_shown() -> None:
    assert settings(**SWITCHED_ON | {"CRISIS_NUMBERS": "UK 2026-11-20", "JURISDICTION": "UK"}).clinic
    with pytest.raises(ConfigError, match="is of the UK, and patients are shown those of the US"):
        settings(CRISIS_NUMBERS="UK 2026-11-20")


def test_only_the_hosts_that_are_named_are_trusted() -> None:
    assert settings(TRUSTED_HOSTS="a.test, b.test").trusted_hosts == ("a.test", "b.test")
    assert settings(BASE_URL="https://intake.oakstreet.test").trusted_hosts == ("intake.oakstreet.test",)


def test_settings_cannot_be_changed_later() -> None:
    found: Any = settings()
    with pytest.raises(AttributeError):
        found.env = "demo"
    with pytest.raises(TypeError):
        found.sealing_keys[7] = b""


def test_every_setting_is_read() -> None:
    code = "".join(
        path.read_text() for path in (ROOT / "config.py", *(ROOT / "app" / "settings").glob("*.py"))
    )
    for name in NAMES - {"FOREROOM_" + name for name in CLINIC}:
        assert code.count(f'"{name}"') >= 1, name
