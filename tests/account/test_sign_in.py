"""Staff come and go: who gets in, what nobody can learn by trying, and when a session ends."""

import re

import pytest
from argon2 import PasswordHasher, extract_parameters
from flask import Flask
from flask.testing import FlaskClient
from flask_security import forms, hash_password
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app.account.sign_in import MISSES_PER_ACCOUNT
from app.models import User
from tests.account.looks import OUT, events, is_in
from tests.browsing import PASSWORD, SIGN_IN, post, sign_in, staff, token
from tests.factories import Factory

pytestmark = pytest.mark.sqlite_alone("who is let in, and what is shown to whom")


def without_what_changes(response: TestResponse) -> tuple[int, str, list[tuple[str, str]]]:
    body = re.sub(r'name="csrf_token" value="[^"]*"', "", response.text)
    headers = [(name, value) for name, value in response.headers if name not in ("Set-Cookie",)]
    cookies = [("Set-Cookie", value.partition("=")[0]) for value in response.headers.getlist("Set-Cookie")]
    return response.status_code, body, sorted(headers + cookies)


@pytest.mark.parametrize(
    ("roles", "desk"),
    [(("clinician",), "/review/"), (("admin",), "/export/"), (("clinician", "admin"), "/review/")],
)
def test_signing_in_leads_to_the_desk_of_ones_role(
    app: Flask, client: FlaskClient, make: Factory, session: Session, roles: tuple[str, ...], desk: str
) -> None:
    user = staff(app, make, session, *roles)
    response = sign_in(client, user)
    assert (response.status_code, response.headers["Location"]) == (303, "/account/")
    home = client.get("/account/")
    assert (home.status_code, home.headers["Location"]) == (303, desk)
    session.refresh(user)
    assert user.last_login_at is not None
    assert events(session) == ["staff.signed_in"]


def test_the_address_may_be_typed_in_any_case(client: FlaskClient, clinician: User) -> None:
    assert post(client, SIGN_IN, email=f" {clinician.email.upper()}", password=PASSWORD).status_code == 303


def test_someone_without_a_role_gets_in_but_nowhere_on(
    app: Flask, client: FlaskClient, make: Factory, session: Session
) -> None:
    user = staff(app, make, session)
    user.roles.clear()
    session.commit()
    sign_in(client, user)
    assert client.get("/account/").status_code == 403


def test_every_refusal_is_the_same(app: Flask, client: FlaskClient, make: Factory, session: Session) -> None:
    known = staff(app, make, session)
    disabled = staff(app, make, session, active=False)
    no_password = make.user(password=None)
    session.commit()
    tries = {
        "wrong": (known.email, "not the password at all"),
        "unknown": ("nobody@example.test", PASSWORD),
        "disabled": (disabled.email, PASSWORD),
        "without a password": (no_password.email, PASSWORD),
        "too long": (known.email, "x" * 257),
        "empty": (known.email, ""),
    }
    seen = set()
    for email, password in tries.values():
        response = post(client, SIGN_IN, email=email, password=password)
        assert response.status_code == 422
        assert not is_in(client)
        status, body, headers = without_what_changes(response)
        # The page gives back the address as it was typed, and nothing else of it.
        length = [(name, value) for name, value in headers if name != "Content-Length"]
        seen.add((status, body.replace(email, "EMAIL"), tuple(length)))
    assert len(seen) == 1
    assert events(session) == []


@pytest.mark.parametrize("email", ["known", "unknown"])
def test_trying_an_unknown_address_costs_as_much_as_a_known_one(
    client: FlaskClient, clinician: User, monkeypatch: pytest.MonkeyPatch, email: str
) -> None:
    hashed: list[str] = []
    checked: list[str] = []
    real_hash, real_check = hash_password, User.verify_and_update_password

    def hashing(password: str) -> str:
        hashed.append(password)
        return str(real_hash(password))

    def checking(user: User, password: str) -> bool:
        checked.append(password)
        return bool(real_check(user, password))

    monkeypatch.setattr(forms, "hash_password", hashing)
    monkeypatch.setattr(User, "verify_and_update_password", checking)
    address = clinician.email if email == "known" else "nobody@example.test"
    post(client, SIGN_IN, email=address, password="some password or other")
    assert len(hashed) + len(checked) == 1


def test_a_password_beyond_any_typing_is_refused_before_it_is_hashed(
    client: FlaskClient, clinician: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_args: object) -> bool:
        raise AssertionError("a hash was spent on it")

    monkeypatch.setattr(forms, "hash_password", never)
    monkeypatch.setattr(User, "verify_and_update_password", never)
    for email in (clinician.email, "nobody@example.test"):
        assert post(client, SIGN_IN, email=email, password="x" * 257).status_code == 422


@pytest.mark.parametrize("password", ["x" * 128, "пароль с пробелом в конце ", "🐎🔋📎 ‘quoted’ passphrase"])
def test_long_and_unusual_passwords_work_exactly_as_typed(
    app: Flask, client: FlaskClient, make: Factory, session: Session, password: str
) -> None:
    user = staff(app, make, session)
    with app.app_context():
        user.password = hash_password(password)
    session.commit()
    assert sign_in(client, user, password.rstrip() + "!").status_code == 422
    assert sign_in(client, user, password).status_code == 303


def test_passwords_are_argon2id_and_older_ones_are_renewed_at_sign_in(
    client: FlaskClient, clinician: User, session: Session
) -> None:
    def strength() -> tuple[str, int, int, int]:
        found = extract_parameters(str(clinician.password))
        return (found.type.name, found.memory_cost, found.time_cost, found.parallelism)

    assert strength() == ("ID", 19_456, 2, 1)
    clinician.password = PasswordHasher(memory_cost=8, time_cost=1, parallelism=1).hash(PASSWORD)
    session.commit()
    assert sign_in(client, clinician).status_code == 303
    session.refresh(clinician)
    assert strength() == ("ID", 19_456, 2, 1)


def test_a_known_weakness_remember_me_is_not_offered(client: FlaskClient, clinician: User) -> None:
    response = sign_in(client, clinician, remember="y")
    names = [value.partition("=")[0] for value in response.headers.getlist("Set-Cookie")]
    assert names == ["foreroom"]
    assert "Expires" not in response.headers["Set-Cookie"]


def test_five_misses_a_minute_are_evaluated_and_then_none(
    client: FlaskClient, clinician: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert MISSES_PER_ACCOUNT == "5 per minute"
    answers = [sign_in(client, clinician, f"wrong password {n}").status_code for n in range(7)]
    assert answers == [422] * 5 + [429] * 2
    refused = sign_in(client, clinician)
    assert refused.status_code == 429
    assert "Wait 1 minute" in refused.text
    assert int(refused.headers["Retry-After"]) > 0
    assert post(client, SIGN_IN, email="other@example.test", password="x" * 20).status_code == 422


def test_signing_in_rightly_is_never_counted(client: FlaskClient, clinician: User) -> None:
    for _ in range(8):
        assert sign_in(client, clinician).status_code == 303
        assert post(client, OUT).status_code == 303


def test_one_address_cannot_try_many_accounts(client: FlaskClient) -> None:
    answers = [
        post(client, SIGN_IN, email=f"someone{n}@example.test", password="x" * 20).status_code
        for n in range(22)
    ]
    assert answers == [422] * 20 + [429] * 2


def test_only_the_real_address_of_the_sender_counts(client: FlaskClient) -> None:
    for n in range(21):
        fields = {"csrf_token": token(client), "email": f"s{n}@example.test", "password": "x" * 20}
        response = client.post(SIGN_IN, data=fields, headers={"X-Forwarded-For": f"203.0.113.{n}"})
        assert response.status_code == (422 if n < 20 else 429)


HOSTILE = [
    prefix + rest
    for prefix in (
        "//", "///", "////", "\\\\", "\\/", "/\\", "http://", "https://", "http:", "http:/", "https:///", "//\\",
        " //", "\t//", "%2f%2f", "/%09/", "/\t/", "\x0b//", "javascript:", "data:text/html,", "/%5c", "/\u2044/",
        "@", "//user@", "/../../", "\u200a//", "/ /", "/.//", "//%0d%0a", ";//",
    )
    for rest in ("evil.test", "evil.test/account/")
]  # fmt: skip


def test_nobody_is_sent_to_another_site(client: FlaskClient, clinician: User) -> None:
    for target in HOSTILE:
        fields = {"csrf_token": token(client), "email": clinician.email, "password": PASSWORD, "next": target}
        response = client.post(SIGN_IN, data=fields, query_string={"next": target})
        if response.status_code != 400:
            assert (response.status_code, response.headers["Location"]) == (303, "/account/"), target
            post(client, OUT)


def test_one_is_taken_back_to_the_page_one_came_for(client: FlaskClient, clinician: User) -> None:
    address = f"{SIGN_IN}?next=/review/0190a6b2-0000-7000-8000-000000000000"
    response = post(client, address, email=clinician.email, password=PASSWORD)
    assert response.headers["Location"] == "/review/0190a6b2-0000-7000-8000-000000000000"


def test_the_page_can_be_filled_in_as_it_is_sent(client: FlaskClient, clinician: User) -> None:
    page = client.get(SIGN_IN).text
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found
    for needed in ('autocomplete="username"', 'autocomplete="current-password"', "<h1"):
        assert needed in page
    fields = {"csrf_token": found[1], "email": clinician.email, "password": PASSWORD}
    assert client.post(SIGN_IN, data=fields).status_code == 303


def test_a_refused_sign_in_says_so_once_and_keeps_the_address(client: FlaskClient, clinician: User) -> None:
    page = sign_in(client, clinician, "not the password").text
    assert page.count("do not go together") == 1
    assert "<title>Error: Sign in" in page
    assert clinician.email in page
    assert "not the password" not in page
