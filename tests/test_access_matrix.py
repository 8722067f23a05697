"""Who may open what: one line for every route and method, asked over HTTP as every kind of person.

A route that is not in the table fails, and so does a line that is no route. 200 and the like are statuses; a text
is where the browser is sent. SIGN_IN stands for the sign-in page that comes back afterwards.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app.models import AuditEvent, Base, Case, Correction, Flag, Invitation, User, unseal
from app.screening.workflow import Status
from app.web.guards import OTHERS, Guard, guard_of
from tests.browsing import as_patient, as_staff, case_field, cookie_contents, token
from tests.factories import CANARY, CANARY_PHONE, NOW, Factory

ALONE = pytest.mark.sqlite_alone("who is let in: the first of these tests asks every view on both")

ACTORS = (
    "anonymous",
    "patient",
    "other patient",
    "clinician",
    "admin",
    "disabled staff",
    "patient, away",
    "other patient, away",
    "tablet, away",
)
NO_FORM = {"anonymous", "clinician", "admin", "disabled staff"}
AWAY = [actor for actor in ACTORS if actor.endswith("away")]
SIGN_IN = "/account/login"
START = "/"

HANDED_BACK = "/tablet/over"
CLOSED = 403
"""A page that was sent by a browser that holds no form comes back with what was typed."""

Cell = int | str
Cells = tuple[Cell, ...]
"""What each of ACTORS gets, in their order."""


def everyone(cell: Cell, *, tablet: Cell | None = None) -> Cells:
    return (*(cell,) * 8, cell if tablet is None else tablet)


def patients(
    *,
    filling_in: Cell,
    sent: Cell = "/intake/confirmation",
    kept: Cell = START,
    kept_sent: Cell = START,
    tablet: Cell = HANDED_BACK,
) -> Cells:
    """Whoever has a form open, the other patient's being sent already; the others go to the start.

    `kept`, `kept_sent`: what these two get for what they post to a form they left.
    """
    return (START, filling_in, sent, START, START, START, kept, kept_sent, tablet)


def posted(*, filling_in: Cell, **others: Cell) -> Cells:
    """The same for what is posted: it is given back to those who hold no form."""
    cells = patients(filling_in=filling_in, **others)
    return tuple(CLOSED if actor in NO_FORM else cell for actor, cell in zip(ACTORS, cells, strict=True))


def staff(*, clinician: Cell, admin: Cell) -> Cells:
    """Whoever is signed in, by role; the others go to the sign-in page."""
    return (*(SIGN_IN,) * 3, clinician, admin, *(SIGN_IN,) * 4)


def by_staff(*events: str) -> dict[str, tuple[str, ...]]:
    """These are left behind by whoever is signed in."""
    return {"clinician": events, "admin": events}


@dataclass(frozen=True)
class Line:
    """What each actor gets; what is sent, and the parts of the path; and, by actor, the audit events it leaves."""

    cells: Cells
    fields: Mapping[str, str] = field(default_factory=dict)
    path: Mapping[str, str] = field(default_factory=dict)
    leaves: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


LINK = {"token": "a-link-that-nobody-was-sent"}
PAGE = {"page_id": "right_now"}
HELP = {"interruption": "harm_others"}
FETCH = {"X-Foreroom-Fetch": "1"}
ALSO = {"page_id": ("right_now", "you", "reasons", "sign"), "interruption": ("harm_others", "number_check")}
"""Further pages, each of which shows something of the person."""
SHOWN = {"patient": ("interruption.shown",)}
LOOKED = {"patient": ("intake.viewed",)}
BACK = {"tablet, away": ("tablet.handed_back",)}
VIEWED = {"clinician": ("case.viewed",)}
CASE = {"case_id": "{world.sent.id}"}
CORRECTION = CASE | {"correction_id": "{world.correction.id}"}
SITTING = CASE | {"treatment_id": "0190c0de-0000-7000-8000-000000000000"}
INVITED = {"invitation_id": "{world.invitation.id}"}
INVITATIONS, SENT_AGAIN = "/clinic/invitations", "invitation.sent_again"

TABLE: dict[tuple[str, str], Line] = {
    # Files, health and the door
    ("static", "GET"): Line(everyone(200), path={"filename": "foreroom.css"}),
    ("health.live", "GET"): Line(everyone(200)),
    ("health.ready", "GET"): Line(everyone(200)),
    ("health.alerts", "GET"): Line(everyone(200)),
    ("security.login", "GET"): Line((200, 200, 200, "/account/", "/account/", *(200,) * 4)),
    ("security.login", "POST"): Line((422, 422, 422, "/account/", "/account/", *(422,) * 4)),
    ("account.home", "GET"): Line(staff(clinician="/review/", admin="/export/")),
    ("account.sign_out", "POST"): Line(everyone(SIGN_IN), leaves=by_staff("staff.signed_out")),
    # A patient fills in their own form, and has no way to name another
    ("intake.start", "GET"): Line(everyone(200, tablet=HANDED_BACK)),
    ("intake.begin", "POST"): Line(everyone(422)),
    ("intake.invitation", "GET"): Line(everyone(200), path=LINK),
    ("intake.open_invitation", "POST"): Line(everyone(422), path=LINK),
    ("intake.take_up_earlier", "POST"): Line(everyone(START)),
    ("intake.ask_to_leave", "GET"): Line(
        patients(filling_in=200, sent=200),
        leaves={"patient": ("intake.viewed",), "other patient": ("intake.viewed",)},
    ),
    ("intake.leave", "POST"): Line((START, 200, 200, START, START, START, 200, 200, HANDED_BACK)),
    ("intake.set_aside", "POST"): Line(everyone(START, tablet=HANDED_BACK)),
    ("intake.switch_language", "POST"): Line(everyone(START)),
    ("keeping.leave_quickly", "POST"): Line(everyone("/closed")),
    ("keeping.closed", "GET"): Line(everyone(200)),
    ("notices.read", "GET"): Line(everyone(200), path={"notice_id": "key-facts"}),
    ("intake.tasks", "GET"): Line(patients(filling_in=200), leaves=LOOKED),
    ("intake.page", "GET"): Line(patients(filling_in=200), path=PAGE, leaves=LOOKED),
    # The first has told us something that calls for help at once, however little else is on the page.
    ("intake.save", "POST"): Line(
        posted(filling_in="/intake/help/harm_others", kept_sent=CLOSED),
        path=PAGE,
        leaves={"patient": ("alert.raised",)},
    ),
    ("keeping.save_quietly", "POST"): Line(
        posted(filling_in=200, kept=200, kept_sent=CLOSED, tablet=200),
        path=PAGE,
        leaves={"patient": ("alert.raised",)},
    ),
    ("keeping.stay", "POST"): Line(posted(filling_in=200, sent=200)),
    ("intake.saved", "GET"): Line(patients(filling_in=200), leaves=LOOKED),
    ("intake.confirmation", "GET"): Line(
        patients(filling_in="/intake/", sent=200), leaves={"other patient": ("intake.viewed",)}
    ),
    ("intake.begin_next", "POST"): Line(
        posted(filling_in="/intake/", sent="/intake/"), leaves={"other patient": ("intake.started",)}
    ),
    ("intake.help_page", "GET"): Line(patients(filling_in=200), path=HELP, leaves=SHOWN),
    ("intake.leave_help", "POST"): Line(posted(filling_in=303, kept_sent=CLOSED), path=HELP),
    # and has rights over it: over one that was sent, and over a draft
    ("rights.copy", "GET"): Line(
        patients(filling_in="/intake/", sent=200), leaves={"other patient": ("copy.viewed",)}
    ),
    ("rights.copy_pdf", "POST"): Line(
        posted(filling_in="/intake/", sent=200), leaves={"other patient": ("copy.downloaded",)}
    ),
    ("rights.copy_json", "POST"): Line(
        posted(filling_in="/intake/", sent=200), leaves={"other patient": ("copy.downloaded",)}
    ),
    ("rights.openings", "GET"): Line(
        patients(filling_in="/intake/", sent=200), leaves={"other patient": ("openings.viewed",)}
    ),
    ("rights.correction", "GET"): Line(
        patients(filling_in="/intake/", sent=200), leaves={"other patient": ("corrections.viewed",)}
    ),
    ("rights.ask_correction", "POST"): Line(
        posted(filling_in="/intake/", sent="/intake/correction", kept=CLOSED),
        fields={"correction": "It was in May"},
        leaves={"other patient": ("correction.asked",)},
    ),
    ("rights.withdraw", "GET"): Line(patients(filling_in=200), leaves=LOOKED),
    ("rights.withdraw_now", "POST"): Line(
        posted(filling_in=200, kept=CLOSED, tablet=CLOSED),  # the first has withdrawn it
        leaves={"patient": ("intake.withdrawn",)},
    ),
    # On a tablet that staff handed over, which none of these is
    ("tablet.start", "GET"): Line(everyone(START, tablet=HANDED_BACK)),
    ("tablet.open_form", "POST"): Line(everyone(START, tablet=HANDED_BACK)),
    ("tablet.hand_back", "POST"): Line(everyone(HANDED_BACK), leaves=BACK),
    # What it says is true of a browser that holds nothing, and of a tablet that is handed back by this.
    ("tablet.over", "GET"): Line(
        (200, START, START, START, START, 200, START, START, 200),
        leaves=BACK,
    ),
    # A link that was mailed asks for a code; the link itself is above
    ("invited.code", "GET"): Line(everyone("/i/a-link-that-nobody-was-sent"), path=LINK),
    ("invited.claim", "POST"): Line(
        everyone("/i/a-link-that-nobody-was-sent"), path=LINK, fields={"code": "123456"}
    ),
    ("invited.mail_way_in", "POST"): Line(everyone("/")),
    ("invited.mail_link", "POST"): Line(
        posted(filling_in="/intake/saved"),
        leaves={"patient": ("invitation.created", "invitation.sent_again")},
    ),
    ("mailbox.home", "GET"): Line(everyone(200)),
    # Clinicians record treatment sessions
    ("treatments.home", "GET"): Line(
        staff(clinician=200, admin=403), path=CASE, leaves={"clinician": ("treatments.viewed",)}
    ),
    ("treatments.record", "POST"): Line(staff(clinician=404, admin=403), path=CASE),
    ("treatments.remove", "POST"): Line(staff(clinician=404, admin=403), path=SITTING),
    # Clinicians and admins invite
    ("clinic.invitations", "GET"): Line(
        staff(clinician=200, admin=200), leaves=by_staff("invitations.viewed")
    ),
    ("clinic.new", "GET"): Line(staff(clinician=200, admin=200)),
    ("clinic.invite", "POST"): Line(staff(clinician=422, admin=422)),
    ("clinic.send", "POST"): Line(
        staff(clinician=INVITATIONS, admin=INVITATIONS), path=INVITED, leaves={"clinician": (SENT_AGAIN,)}
    ),
    ("clinic.cancel", "POST"): Line(
        staff(clinician=INVITATIONS, admin=INVITATIONS),
        path=INVITED,
        leaves={"clinician": ("invitation.cancelled",)},
    ),
    ("clinic.unpause", "POST"): Line(
        staff(clinician=INVITATIONS, admin=INVITATIONS),
        path=INVITED,
        leaves={"clinician": ("invitation.unpaused",)},
    ),
    ("clinic.unpause_form", "POST"): Line(
        staff(clinician="/clinic/invitations", admin="/clinic/invitations"),
        path={"case_id": "{world.draft.id}"},
    ),
    ("clinic.hand_over", "POST"): Line(
        staff(clinician="/tablet/", admin="/tablet/"),
        path={"invitation_id": "{world.open_invitation.id}"},
        leaves=by_staff("tablet.handed_over", "staff.signed_out"),
    ),
    ("clinic.start_on_tablet", "POST"): Line(
        staff(clinician="/tablet/", admin="/tablet/"),
        leaves=by_staff("tablet.handed_over", "staff.signed_out"),
    ),
    # Clinicians review
    ("review.home", "GET"): Line(staff(clinician=200, admin=403), leaves={"clinician": ("queue.viewed",)}),
    ("review.case", "GET"): Line(staff(clinician=200, admin=403), path=CASE, leaves=VIEWED),
    ("review.take", "POST"): Line(
        staff(clinician="/review/{world.sent.id}", admin=403),
        path=CASE,
        leaves={"clinician": ("case.taken",)},
    ),
    ("review.record_call", "POST"): Line(
        staff(clinician="/review/{world.sent.id}#calls", admin=403),
        path=CASE,
        fields={
            "attempt": "01234567-89ab-7def-8123-456789abcdef",
            "outcome": "no_answer",
            "whom": "patient",
        },
        leaves={"clinician": ("contact.tried",)},
    ),
    ("review.settle", "POST"): Line(
        staff(clinician=422, admin=403),
        path=CASE,
        fields={"flag": "{world.flag.id}", "seen": "1"},
        leaves=VIEWED,
    ),
    ("review.decide", "POST"): Line(
        staff(clinician=422, admin=403), path=CASE, fields={"seen": "1"}, leaves=VIEWED
    ),
    ("corrections.answer", "POST"): Line(
        staff(clinician="/review/{world.sent.id}", admin=403),
        path=CORRECTION,
        leaves={"clinician": ("correction.answered",)},
    ),
    ("review.write_down", "POST"): Line(
        staff(clinician=422, admin=403), path=CASE, fields={"seen": "1"}, leaves=VIEWED
    ),
    # Admins take the records out
    ("export.home", "GET"): Line(staff(clinician=403, admin=200)),
    ("export.cases", "POST"): Line(
        staff(clinician=403, admin=200), fields={"reason": "care"}, leaves={"admin": ("export.downloaded",)}
    ),
    ("export.ready", "POST"): Line(
        staff(clinician=403, admin=200), fields={"reason": "care"}, leaves={"admin": ("export.downloaded",)}
    ),
    ("export.check_ins", "POST"): Line(
        staff(clinician=403, admin=200), fields={"reason": "care"}, leaves={"admin": ("export.downloaded",)}
    ),
    ("export.flags", "POST"): Line(
        staff(clinician=403, admin=200), fields={"reason": "care"}, leaves={"admin": ("export.downloaded",)}
    ),
    ("export.dictionary", "GET"): Line(
        staff(clinician=403, admin=200), leaves={"admin": ("export.dictionary",)}
    ),
    ("export.dictionary", "POST"): Line(
        staff(clinician=403, admin=200), leaves={"admin": ("export.dictionary",)}
    ),
}

# Those whose form checks the token itself, to show what was typed once more; they save nothing all the same.
OWN_TOKEN_CHECK = {
    ("intake.begin", "POST"),
    ("intake.open_invitation", "POST"),
    ("intake.save", "POST"),
    ("tablet.open_form", "POST"),
    ("rights.ask_correction", "POST"),
}


def left(client: FlaskClient, ago: timedelta, *seen: str) -> FlaskClient:
    """A browser whose form nobody touched for so long."""
    moment = int((datetime.now(UTC) - ago).timestamp())
    with client.session_transaction() as cookie:
        cookie.update(dict.fromkeys(seen or ("case_seen",), moment))
    return client


@dataclass(frozen=True)
class World:
    """One clinic: someone filling in a form, two who sent theirs, and staff."""

    app: Flask
    session: Session
    draft: Case
    others: Case
    sent: Case
    flag: Flag
    correction: Correction
    invitation: Invitation
    open_invitation: Invitation
    clinician: User
    admin: User
    disabled: User

    def browser(self, actor: str) -> FlaskClient:
        client = self.app.test_client()
        match actor:
            case "patient":
                return as_patient(client, self.draft)
            case "other patient":
                return as_patient(client, self.others)
            case "patient, away":
                return left(as_patient(client, self.draft), timedelta(minutes=31))
            case "other patient, away":
                return left(as_patient(client, self.others), timedelta(minutes=31))
            case "tablet, away":
                return left(as_patient(client, self.draft), timedelta(minutes=6), "tablet", "case_seen")
            case "clinician":
                return as_staff(client, self.clinician)
            case "admin":
                return as_staff(client, self.admin)
            case "disabled staff":
                return as_staff(client, self.disabled)
        return client

    def ask(
        self,
        key: tuple[str, str],
        client: FlaskClient,
        fields: Mapping[str, str] | None = None,
        method: str = "",
        headers: Mapping[str, str] | None = None,
        **elsewhere: str,
    ) -> TestResponse:
        endpoint, method = key[0], method or key[1]
        line = TABLE[key]
        parts = {name: value.format(world=self) for name, value in {**line.path, **elsewhere}.items()}
        path = self.app.url_map.bind("localhost").build(endpoint, parts, method=method)
        if method in ("GET", "HEAD"):
            return client.open(path, method=method, headers=headers, buffered=True)
        given = {name: value.format(world=self) for name, value in line.fields.items()}
        sent = {"csrf_token": token(client)} | given if fields is None else fields
        # Of those who hold a form: a page that names none has its own tests.
        sent = case_field(client) | dict(sent)
        return client.open(path, method=method, data=sent, headers=headers, buffered=True)

    def rest(self) -> None:
        """Let so much time pass that nobody has tried anything too often."""
        for limiter in self.app.extensions["limiter"]:
            limiter.reset()

    def stored(self, *, but: str = "") -> dict[str, list[Any]]:
        """Everything in the database, table by table."""
        self.session.expire_all()
        tables = [table for table in Base.metadata.sorted_tables if table.name != but]
        return {table.name: sorted(map(repr, self.session.execute(select(table)).all())) for table in tables}

    def words_of(self, case: Case) -> set[str]:
        """What only this person's pages, and those of staff, may show."""
        identity = unseal(self.session, case.person, "sealed_identity")
        return {identity[name] for name in ("first_name", "last_name", "preferred_name", "phone", "email")}

    def events(self) -> list[str]:
        self.session.expire_all()
        return list(self.session.scalars(select(AuditEvent.event).order_by(AuditEvent.seq)))


@pytest.fixture
def world(app: Flask, session: Session, make: Factory) -> Iterator[World]:
    sent, person = make.case(), make.person()
    told: dict[str, Any] = {
        name: str(words) for name, words in unseal(session, person, "sealed_identity").items()
    }
    told |= {"harm_others": "yes", "goals": f"A walk with {CANARY}", "reasons": ["pain"]}
    made = World(
        app,
        session,
        draft=make.case(person, status=Status.DRAFT, answers=told),
        others=make.case(),
        sent=sent,
        flag=make.flag(make.screening(sent)),
        correction=make.correction(sent),
        invitation=make.mailed_invitation("a-token", paused_at=NOW),
        open_invitation=make.invitation(expires_at=datetime.now(UTC) + timedelta(days=1)),
        clinician=make.user("clinician"),
        admin=make.user("admin"),
        disabled=make.user("clinician", "admin", active=False),
    )
    session.commit()
    yield made
    made.rest()


def routes(app: Flask) -> set[tuple[str, str]]:
    # HEAD is answered by whatever answers GET.
    return {
        (rule.endpoint, method)
        for rule in app.url_map.iter_rules()
        for method in rule.methods or ()
        if method != "HEAD"
    }


def lines(wanted: Callable[[tuple[str, str]], bool] = lambda _: True) -> pytest.MarkDecorator:
    """Run the test for each line of the table that is wanted."""
    return pytest.mark.parametrize("key", [key for key in TABLE if wanted(key)], ids=" ".join)


def changes(key: tuple[str, str]) -> bool:
    """Whether the line is one of those that are meant to change something."""
    return key[1] != "GET"


def closed(key: tuple[str, str]) -> bool:
    """Whether only staff get in."""
    return TABLE[key].cells[0] == SIGN_IN and key[0] != "account.sign_out"


@ALONE
def test_every_route_is_in_the_table_and_every_line_is_a_route(app: Flask) -> None:
    assert routes(app) == TABLE.keys()


@ALONE
def test_what_the_door_lets_through_unasked_is_a_route(app: Flask) -> None:
    assert OTHERS.keys() <= {endpoint for endpoint, _ in routes(app)}


def check(world: World, key: tuple[str, str], actor: str, client: FlaskClient | None = None) -> TestResponse:
    client = client or world.browser(actor)
    expected = TABLE[key].cells[ACTORS.index(actor)]
    response = world.ask(key, client)
    if isinstance(expected, int):
        assert response.status_code == expected, (
            key,
            actor,
            response.status_code,
            response.headers.get("Location"),
        )
    else:
        assert response.status_code in (302, 303), (key, actor, response.status_code)
        where = response.headers["Location"].format(world=world)
        assert where.partition("?")[0] == expected.format(world=world), (key, actor, where)
    return response


@lines()
def test_each_person_gets_what_the_table_says_and_nothing_more(world: World, key: tuple[str, str]) -> None:
    before = world.events()
    # Before what they do: one of them withdraws the form of another.
    browsers = {actor: world.browser(actor) for actor in ACTORS}
    for actor in ACTORS:
        world.rest()
        response = check(world, key, actor, browsers[actor])
        after = world.events()
        assert after[len(before) :] == list(TABLE[key].leaves.get(actor, ())), actor
        before = after
        assert CANARY not in response.headers.get("Location", "")
        found = re.search("<title>(.*?)</title>", response.data.decode(errors="replace"), re.DOTALL)
        assert CANARY not in (found[1] if found else ""), actor


@ALONE
@lines()
@pytest.mark.parametrize(
    ("given", "ago"),
    [
        ("token", timedelta(minutes=31)),
        ("token", timedelta(days=20)),
        ("no token", timedelta(minutes=31)),
        ("forged token", timedelta(hours=11)),
    ],
    ids=str,
)
def test_a_form_that_was_left_shows_nothing_whatever_is_asked_and_however(
    world: World, key: tuple[str, str], given: str, ago: timedelta
) -> None:
    """Neither its page, nor one to be mended, nor a script's answer, nor where it is sent. HEAD asks as GET does."""
    marks = world.words_of(world.draft) | world.words_of(world.others) | {CANARY, CANARY_PHONE}
    looked = [event for event in world.events() if event.endswith("viewed")]
    guard, line = guard_of(world.app, key[0]), TABLE[key].path
    paths = [{name: part} for name in line for part in ALSO.get(name, [line[name]])] or [{}]
    methods = ("GET", "HEAD") if key[1] == "GET" else (key[1],)
    for case, seen in ((world.draft, "case_seen"), (world.others, "case_seen"), (world.draft, "tablet")):
        client = left(as_patient(world.app.test_client(), case), ago, seen)
        own = {
            "no token": {},
            "forged token": {"csrf_token": "forged"},
            "token": {"csrf_token": token(client)},
        }
        ways: tuple[tuple[dict[str, str], dict[str, str]], ...] = (
            ({}, own[given]),
            (FETCH, own[given]),
            ({}, own[given] | {"switch_language": "es"}),
            ({}, own[given] | {"submission": ""}),
        )
        for (headers, fields), method, parts in product(ways, methods, paths):
            world.rest()
            response = world.ask(key, client, fields, method, headers, **parts)
            told = response.get_data(as_text=True) + str(response.headers)
            assert not [mark for mark in marks if mark in told], (seen, headers, method, parts)
            if guard and guard.kind == "patient":
                assert response.is_json or response.status_code in (303, 400, 403, 409), (seen, method, parts)
    assert [event for event in world.events() if event.endswith("viewed")] == looked, "nobody looked"


@ALONE
@lines()
def test_nobody_sees_anothers_words(world: World, key: tuple[str, str]) -> None:
    marks = world.words_of(world.draft) | world.words_of(world.sent)
    for actor in ("anonymous", "other patient", "disabled staff", *AWAY):
        page = world.ask(key, world.browser(actor)).data.decode(errors="replace")
        assert not [mark for mark in marks if mark in page], actor


@ALONE
@lines(lambda key: not changes(key))
def test_a_page_that_is_only_looked_at_changes_nothing_but_the_audit(
    world: World, key: tuple[str, str]
) -> None:
    before = world.stored(but="audit_event")
    for actor in ACTORS:
        world.ask(key, world.browser(actor))
        assert world.stored(but="audit_event") == before, actor


@ALONE
@lines(changes)
@pytest.mark.parametrize("given", [{}, {"csrf_token": "forged"}], ids=["no token", "forged token"])
def test_nothing_is_done_without_the_token_of_ones_own_form(
    world: World, key: tuple[str, str], given: dict[str, str]
) -> None:
    before = world.stored(but="audit_event")
    for actor in ACTORS:
        client = world.browser(actor)
        token(client)  # the browser has one; the form does not
        fields = {name: value.format(world=world) for name, value in TABLE[key].fields.items()} | given
        response = world.ask(key, client, fields)
        assert response.status_code in ((422, 403, 303) if key in OWN_TOKEN_CHECK else (400, 403)), actor
        assert world.stored(but="audit_event") == before, actor


@ALONE
@lines(changes)
def test_a_token_of_another_browser_does_not_do(world: World, key: tuple[str, str]) -> None:
    foreign = world.app.test_client()
    with foreign.session_transaction() as cookie:
        cookie["csrf_token"] = "b" * 40
    before = world.stored(but="audit_event")
    for actor in ACTORS:
        client = world.browser(actor)
        token(client)
        fields = {name: value.format(world=world) for name, value in TABLE[key].fields.items()}
        response = world.ask(key, client, fields | {"csrf_token": token(foreign)})
        assert response.status_code in ((422, 403, 303) if key in OWN_TOKEN_CHECK else (400, 403)), actor
        assert world.stored(but="audit_event") == before, actor


@ALONE
@lines()
def test_the_cookie_never_holds_more_than_ids_and_times(world: World, key: tuple[str, str]) -> None:
    for actor in ACTORS:
        client = world.browser(actor)
        response = world.ask(key, client)
        for name, value in cookie_contents(client).items():
            is_time = isinstance(value, int | float)
            is_id = isinstance(value, str) and re.fullmatch("[0-9a-f-]{32,128}|a{40}", value)
            assert is_time or is_id or (name, value) in (("fs_cc", "set"), ("_fresh", True)), (
                actor,
                name,
                value,
            )
        for cookie in response.headers.getlist("Set-Cookie"):
            assert cookie.startswith("foreroom=")
            assert "HttpOnly" in cookie
            assert "SameSite=Lax" in cookie
            assert len(cookie) < 4096


ANSWERED_DIFFERENTLY = {"intake.leave", "tablet.over"}
"""Public views that answer a browser that holds a form otherwise than one that holds none."""


@ALONE
def test_every_guard_is_of_the_kind_that_the_table_says(app: Flask) -> None:
    """A patient's views find nothing without a cookie either, so that asking would not show a guard is gone."""
    for key, line in TABLE.items():
        guard = guard_of(app, key[0])
        assert guard
        of_patients = line.cells[0] != line.cells[1] and key[0] not in ANSWERED_DIFFERENTLY
        assert guard.kind == ("staff" if closed(key) else "patient" if of_patients else "public"), key


@ALONE
@lines(closed)
def test_the_table_notices_when_a_guard_is_gone(
    world: World, key: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(world.app.view_functions[key[0]], "guard", Guard("public", reason="a mutation"))
    with pytest.raises(AssertionError):
        check(world, key, "anonymous")


@ALONE
@lines()
def test_whoever_stayed_away_too_long_is_nobody(world: World, key: tuple[str, str]) -> None:
    moment = int(datetime.now(UTC).timestamp())
    for actor, keys, age in (
        ("clinician", ("staff_seen",), timedelta(minutes=15)),
        ("admin", ("staff_since",), timedelta(hours=8)),
        ("patient", ("case_since", "case_seen"), timedelta(days=30)),
    ):
        client = world.browser(actor)
        with client.session_transaction() as cookie:
            cookie.update(dict.fromkeys(keys, moment - int(age.total_seconds())))
        response = world.ask(key, client)
        expected = TABLE[key].cells[0]
        found = response.headers.get("Location", "").partition("?")[0]
        # A form sent from a page of the session that is over carries its token, which is over too.
        refused = changes(key) and actor != "patient" and response.status_code == 400
        assert refused or expected in (response.status_code, found), actor


@ALONE
@lines(lambda key: TABLE[key].path == CASE)
def test_a_case_that_is_not_there_is_not_found_and_leaves_no_trace(
    world: World, key: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    line = TABLE[key]
    monkeypatch.setitem(TABLE, key, replace(line, path={"case_id": str(uuid4())}))
    before = world.stored()
    assert world.ask(key, world.browser("clinician")).status_code == 404
    assert world.stored() == before
