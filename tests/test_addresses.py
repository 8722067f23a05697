"""One check of an email address for every door that one comes in by: what a mail server is given, and nothing else."""

from collections.abc import Callable

import pytest

from app.commands import staff
from app.invitations.service import can_be_mailed
from app.questionnaire.kinds import InvalidAnswer
from config import ConfigError, Settings
from tests.questionnaire.forms import read

CLINIC = {"FOREROOM_DEMO": "1", "FOREROOM_SMTP_HOST": "mail.clinic.test"}
GOOD = ["desk@clinic.test", "on.call+night@mail.clinic.test", "o'hara_1@clinic-2.test", "x@1clinic.test"]
READ_AS = {"desk＠clinic．test": "desk@clinic.test", "desk@bücher.test": "desk@xn--bcher-kva.test"}
BAD = [
    "desk",
    "desk@clinic",
    "desk@localhost",
    "desk@mail.localhost",
    "desk@clinic.invalid",
    "de..sk@clinic.test",
    ".desk@clinic.test",
    "desk.@clinic.test",
    "desk@-clinic.test",
    "desk@clinic-.test",
    "desk@clinic..test",
    "desk@clinic.test.",
    "desk@clinic.test, nurse@clinic.test",
    "desk@clinic.test;nurse@clinic.test",
    "desk@clinic.test\r\nBcc: nurse@clinic.test",
    "Desk <desk@clinic.test>",
    "desk@@clinic.test",
    "de sk@clinic.test",
    "désk@clinic.test",
    "desk@clin_ic.test",
    "desk@10.0.0.1",
    "desk@[10.0.0.1]",
    "desk@clinic.1",
    f"{'d' * 65}@clinic.test",
    f"desk@{'c' * 64}.test",
    f"desk@{'clinic.' * 40}test",
]


def setting(name: str) -> Callable[[str], str]:
    def take(typed: str) -> str:
        given = {"FOREROOM_SMTP_FROM": "forms@clinic.test"} | {name: typed}
        found = Settings.from_env(CLINIC | given)
        assert found.clinic
        assert found.mail
        return found.clinic.on_call if name == "FOREROOM_ON_CALL" else found.mail.sender

    return take


DOORS: dict[str, Callable[[str], str]] = {
    "on call": setting("FOREROOM_ON_CALL"),
    "sender": setting("FOREROOM_SMTP_FROM"),
    "patient": lambda typed: str(read("email", {"email": typed})),
    "staff": staff.read_address,
}
at_every_door = pytest.mark.parametrize("door", DOORS)


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path_factory.mktemp("here"))


@at_every_door
def test_what_a_mail_server_takes_is_taken_at_every_door(door: str) -> None:
    for typed, as_read in ({good: good for good in GOOD} | READ_AS).items():
        assert DOORS[door](typed) == as_read
        assert can_be_mailed(as_read)


@at_every_door
def test_what_no_mail_server_takes_is_refused_at_every_door_in_words(door: str) -> None:
    for typed in BAD:
        assert not can_be_mailed(typed)
        with pytest.raises((ConfigError, InvalidAnswer, ValueError)) as refused:
            DOORS[door](typed)
        assert len(str(refused.value)) > 20, "in words"


@pytest.mark.parametrize("name", ["FOREROOM_ON_CALL", "FOREROOM_SMTP_FROM"])
def test_a_setting_says_which_it_is_and_how_to_mend_it(name: str) -> None:
    with pytest.raises(ConfigError, match=rf"^{name} must be .* address .*, like [a-z-]+@clinic\.test"):
        setting(name)("desk@clinic")
