"""What people and jobs ask of the database, once each: a patient's way, a clinician's, an admin's, and a job's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID, uuid4

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app.intake.draft import Draft
from app.intake.form.forms import form_values
from app.invitations import codes
from app.jobs import sending
from app.mail import outbox
from app.models import Case, Flag, Queue, SignInCode, Treatment, User, seal, unseal
from app.questionnaire.all_forms import WHOLE
from app.questionnaire.intake import INTAKE
from app.questionnaire.pages import Page
from app.screening.workflow import Outcome, Status
from app.web.extensions import db
from app.web.rates import RATE_LIMITER
from tests.acts import act
from tests.browsing import as_patient, as_staff, case_field, cookie_contents, staff, token
from tests.cost.recorder import Recorder
from tests.factories import NOW, Factory
from tests.intake.patient import birth_date, read_notices
from tests.judged import sent
from tests.people import HEALTHY, Answers, but

TOKEN, MAILED = "t" * 43, "m" * 43
Fields = Mapping[str, object]
ENGLISH = {"language": "en"}
IN_TREATMENT = {"chemo_now": "yes", "chemo_last": "this_month", "cancer_team_knows": "no"}
UNSIGNED = but(HEALTHY, {"agree_screen": None, "sign_name": None}) | IN_TREATMENT
"""Somebody who has answered everything, with a flag that must be settled, and has signed nothing."""


class Walk:
    """Goes through an app whose clock stands at NOW, and notes what each act asks of the database."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.recorder = Recorder()
        with app.app_context():
            self.records = db.sessionmaker
            self.recorder.listen(db.engine)
        with self.session() as session:
            session.connection()  # the first session asks whose database it is
        with self.session() as session:
            make = Factory(session)
            self.clinician = staff(app, make, session, "clinician").id
        with self.session() as session:
            self.admin = staff(app, Factory(session), session, "admin").id

    @contextmanager
    def session(self) -> Iterator[Session]:
        """A session that is committed; what it asks is nobody's act."""
        with self.records(expire_on_commit=False) as session:
            yield session
            session.commit()

    def open(self, act: str, client: FlaskClient, path: str, status: int = 200) -> TestResponse:
        """Open a page."""
        with self.recorder.noting(act):
            response = client.get(path)
        assert response.status_code == status, (act, response.status_code, response.headers.get("Location"))
        return response

    def send(
        self, act: str, client: FlaskClient, path: str, fields: Fields | None = None, status: int = 303
    ) -> TestResponse:
        """Send a form with its token and the mark of its case."""
        given = {"csrf_token": token(client)} | case_field(client) | dict(fields or {})
        with self.recorder.noting(act):
            response = client.post(path, data=given, buffered=True)
        assert response.status_code == status, (act, response.status_code, response.headers.get("Location"))
        return response

    def save(self, act: str, client: FlaskClient, page: str, answers: Answers) -> TestResponse:
        """Save a page of the form that this browser holds, as it was opened last."""
        with self.session() as session:
            case = session.get_one(Case, UUID(str(cookie_contents(client)["case"])))
            version = Draft.from_json(unseal(session, case, "sealed_answers")).saved.get(page, 0)
        return self.send(
            act, client, f"/intake/{page}", {"version": str(version), **form_values(page_of(page), answers)}
        )

    def patient(self) -> FlaskClient:
        """The browser of somebody who has answered everything and signed nothing, one of whose pages was timed."""
        with self.session() as session:
            case = Factory(session).case(status=Status.DRAFT, queue="unfinished", sealed_summary=None)
            saved = {page.id: 1 for page in INTAKE.pages if page.id != "sign"}
            seal(
                session,
                case,
                "sealed_answers",
                Draft(
                    dict(UNSIGNED), saved=saved, notices=read_notices(), page_seconds={"head": 20.0}
                ).as_json(),
            )
            session.flush()
            return as_patient(self.app.test_client(), case)

    def desk(self) -> FlaskClient:
        """A clinician's browser."""
        with self.session() as session:
            return as_staff(self.app.test_client(), session.get_one(User, self.clinician))

    def admins(self) -> FlaskClient:
        """An admin's browser."""
        with self.session() as session:
            return as_staff(self.app.test_client(), session.get_one(User, self.admin))

    def rest(self) -> None:
        """Let so much time pass that nobody has tried anything too often."""
        self.app.extensions[RATE_LIMITER].storage.reset()


def page_of(name: str) -> Page:
    """A page of questions by its id."""
    found = WHOLE.page(name)
    assert found is not None
    return found


def everything(walk: Walk) -> None:
    """Every act there is a walk for."""
    for part in (fill_in, be_in_danger, come_by_link, review, treat, take_out, invite, jobs):
        walk.rest()
        part(walk)


def fill_in(walk: Walk) -> None:
    """A patient begins a form, opens and saves pages, sends it, and looks at what they sent."""
    client = walk.app.test_client()
    walk.open("start page opened", client, "/")
    walk.send("form started", client, "/", ENGLISH | birth_date(HEALTHY["dob"]))
    walk.open("task list opened", client, "/intake/")
    client = walk.patient()
    walk.open("page opened", client, "/intake/head")
    walk.save("page saved", client, "head", UNSIGNED)
    walk.save("page of the person saved", client, "you", UNSIGNED)
    quietly = {"version": "0", **form_values(page_of("head"), UNSIGNED)}
    walk.send("page saved by itself", client, "/intake/head/draft", quietly, 200)
    walk.send("birth date given again", client, "/", ENGLISH | birth_date(HEALTHY["dob"]))
    walk.open("check page opened", client, "/intake/sign")
    walk.open("saved for later opened", client, "/intake/saved")
    walk.send("link mailed", client, "/intake/saved")
    walk.send("form sent", client, "/intake/sign", {"agree_screen": "yes", "sign_name": "Robin Ashdown"})
    walk.open("confirmation opened", client, "/intake/confirmation")
    walk.open("copy opened", client, "/intake/copy")
    walk.open("openings opened", client, "/intake/opened")
    walk.open("corrections opened", client, "/intake/correction")
    walk.send("correction asked for", client, "/intake/correction", {"correction": "It was in May"})
    walk.send("getting ready begun", client, "/intake/next")


def be_in_danger(walk: Walk) -> None:
    """A patient tells of danger, reads the help page, goes on from it, and withdraws the form."""
    client = walk.patient()
    saved = walk.save(
        "page of danger saved", client, "right_now", but(UNSIGNED, {"urgent_now": ["end_life"]})
    )
    help_page = saved.headers["Location"].partition("?")[0]
    walk.open("help page opened", client, help_page)
    walk.send("help page left", client, help_page, {"answer": "carry_on"})
    walk.open("withdrawal opened", client, "/intake/withdraw")
    walk.send("form withdrawn", client, "/intake/withdraw", status=200)


def come_by_link(walk: Walk) -> None:
    """Somebody opens a link that asks for no code, and another one that does."""
    client, born = walk.app.test_client(), birth_date("1985-03-27")
    with walk.session() as session:
        Factory(session).invitation(token=TOKEN)
        Factory(session).mailed_invitation(MAILED)
    walk.open("link opened", client, f"/i/{TOKEN}")
    walk.send("birth date of a link given", client, f"/i/{TOKEN}", ENGLISH | born)
    client = walk.app.test_client()
    walk.send("code asked for", client, f"/i/{MAILED}", ENGLISH | born)
    walk.open("code page opened", client, f"/i/{MAILED}/code")
    walk.send("wrong code given", client, f"/i/{MAILED}/code", {"code": "123456"}, 422)
    with walk.app.app_context(), walk.session() as session:
        newest = select(SignInCode).order_by(SignInCode.id.desc()).limit(1)
        digits = codes.new_digits(act(session), session.scalars(newest).one())
    walk.send("code given", client, f"/i/{MAILED}/code", {"code": digits})


def review(walk: Walk) -> None:
    """A clinician looks through the queue, and takes, settles, asks about, and decides a case."""
    desk = walk.desk()
    with walk.session() as session:
        make = Factory(session)
        case = sent(make, {"chemo_now": "yes", "chemo_last": "this_month"})
        make.correction(case)
        make.amendment(case)
        make.contact_attempt(case)
        path = f"/review/{case.id}"
        wait = sent(make, {"seizure_ever": "not_sure"})
        correction = make.correction(wait)
        make.decision(make.case(status=Status.DECIDED))
        make.case(status=Status.WAITING_ON_PATIENT, queue=Queue.WAITING)
        make.case(status=Status.DRAFT, queue=Queue.UNFINISHED)
    for tab in Queue:
        walk.open(f"queue opened, {tab.value}", desk, f"/review/?tab={tab.value}")
        walk.open(
            f"queue opened, {tab.value}, next page",
            desk,
            f"/review/?tab={tab.value}&after={_last(walk, tab)}",
        )
    walk.open("case opened", desk, path)
    walk.send("case taken", desk, f"{path}/take", {"owner": ""})
    call = {"attempt": uuid4(), "outcome": "no_answer", "whom": "patient"}
    walk.send("call written down", desk, f"{path}/calls", call)
    with walk.session() as session:
        flags = select(Flag).where(
            Flag.case_id == case.id, Flag.outcome == "raised", Flag.level.in_(("urgent", "stop"))
        )
        given = [{"flag": flag.id, "seen": flag.revision} for flag in session.scalars(flags)]
    for one in given:
        walk.send("flag settled", desk, f"{path}/settle", {"reason": "mistake", **one})
    decision = {"seen": _revision(walk, case.id), "outcome": "not_suitable_now", "note": "Spoke"}
    walk.send("case decided", desk, f"{path}/decision", decision)
    walk.open("decided case opened", desk, path)
    told = {"seen": _revision(walk, wait.id), "seizure_ever": "no"}
    walk.send("answers of a call written down", desk, f"/review/{wait.id}/answers", told)
    walk.send("correction answered", desk, f"/review/{wait.id}/corrections/{correction.id}")


def _last(walk: Walk, tab: Queue) -> UUID:
    """A case in a tab."""
    with walk.session() as session:
        found = session.scalars(select(Case.id).where(Case.queue == tab).order_by(Case.id).limit(1)).first()
        assert found is not None
        return found


def _revision(walk: Walk, case_id: UUID) -> int:
    with walk.session() as session:
        return session.get_one(Case, case_id).revision


def treat(walk: Walk) -> None:
    """A clinician records a treatment session and takes it back."""
    desk = walk.desk()
    with walk.session() as session:
        case = sent(Factory(session))
        case.status, case.queue, case.decision_outcome = Status.DECIDED, Queue.DECIDED, Outcome.SUITABLE
        path = f"/review/{case.id}/sessions"
    walk.send("session recorded", desk, path, birth_date(NOW.date().isoformat(), "treated"))
    walk.open("sessions opened", desk, path)
    with walk.session() as session:
        treatment = session.scalars(select(Treatment.id).where(Treatment.case_id == case.id)).one()
    walk.send("session taken back", desk, f"{path}/{treatment}/remove")


def take_out(walk: Walk) -> None:
    """An admin takes every file out."""
    desk = walk.admins()
    walk.open("export opened", desk, "/export/")
    for file in ("cases", "ready", "checkin", "flags"):
        walk.send("export taken", desk, f"/export/{file}.csv", {"reason": "care"}, 200)
    walk.open("health asked", desk, "/health/ready")
    walk.open("alerts asked", desk, "/health/alerts")


def invite(walk: Walk) -> None:
    """An admin invites somebody, and sends, cancels and unpauses links."""
    desk = walk.admins()
    with walk.session() as session:
        make = Factory(session)
        first, second = (
            make.mailed_invitation(uuid4().hex),
            make.mailed_invitation(uuid4().hex, paused_at=NOW),
        )
        door = make.case_door(make.case(status=Status.DRAFT)).case_id
        third = make.invitation()
    walk.open("invitations opened", desk, "/clinic/invitations")
    walk.open("invitations opened, next page", desk, f"/clinic/invitations?after={first.id}")
    new: dict[str, object] = {
        "form": uuid4(),
        "name": "Robin",
        "first_name": "Robin",
        "last_name": "Ashdown",
        "email": "robin@example.com",
    }
    walk.open("new invitation opened", desk, "/clinic/invitations/new")
    walk.send("invitation made", desk, "/clinic/invitations/new", new | birth_date("1990-05-03", "dob"))
    walk.send("invitation sent again", desk, f"/clinic/invitations/{first.id}/send")
    walk.send("invitation cancelled", desk, f"/clinic/invitations/{first.id}/cancel")
    walk.send("invitation unpaused", desk, f"/clinic/invitations/{second.id}/unpause")
    walk.send("form unpaused", desk, f"/clinic/forms/{door}/unpause")
    walk.send("tablet handed over", desk, f"/clinic/invitations/{third.id}/tablet")
    walk.open("tablet opened", desk, "/tablet/")
    walk.send("form opened on a tablet", desk, "/tablet/", ENGLISH | birth_date("1985-03-27"))


def jobs(walk: Walk) -> None:
    """A job sends mail, and the chores are done."""
    with walk.session() as session:
        make = Factory(session)
        for days in (31, 32):
            stale = make.case(
                status=Status.DRAFT, queue=Queue.UNFINISHED, updated_at=NOW - timedelta(days=days)
            )
            make.mailed_invitation(uuid4().hex, case_id=stale.id)
        make.mail()
        outbox.post_alert(act(session), make.case().id)
    with walk.recorder.noting("mail sent"):
        sending.deliver_due(walk.app)
    with walk.recorder.noting("chores done"):
        walk.app.extensions["jobs"].do_chores()
