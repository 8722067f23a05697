"""Every page that a patient can see, each with the browser that can open it: seeded, so that none is walked to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.orm import Session

from app.intake.draft import Draft
from app.intake.progress import Progress
from app.models import Case, seal
from app.questionnaire.all_forms import NOTICES
from app.questionnaire.checkin import CHECKIN
from app.questionnaire.countries import Country
from app.questionnaire.intake import INTAKE
from app.questionnaire.interruptions import INTERRUPTIONS
from app.questionnaire.ready import READY
from app.screening.workflow import Status
from tests.e2e.test_journey import PATIENT
from tests.factories import Factory
from tests.intake.patient import read_notices
from tests.people import CHECKED_IN, GOT_READY, HEALTHY, Answers

FAR = datetime(2099, 1, 1, tzinfo=UTC)
FRESH, BY_MAIL, ASKED, PAUSED = (
    "a-link-nobody-used",
    "a-link-by-mail",
    "a-link-of-many-codes",
    "a-paused-link",
)
BORN = {"verify_dob-day": ["3"], "verify_dob-month": ["5"], "verify_dob-year": ["1990"]}
ALL: Answers = {
    **PATIENT,
    # Yes to whatever has further questions, so that every page is asked.
    **dict.fromkeys(
        ("heart_other", "lung_any", "stomach_any", "liver", "kidney", "thyroid", "diabetes"), "yes"
    ),
    **dict.fromkeys(("high_bp", "head_injury", "other_any", "fam_heart_attack", "mh_hospital"), "yes"),
    **dict.fromkeys(("surgery_major", "anesthetic_problem", "ketamine_bad"), "yes"),
    "surgery_last": "months_6_to_12",
    "ketamine_before": ["clinic"],
    "filled_by": "self_with_help",
    "helper_name": "Kit",
    "private_part": "alone",
    "weight": {"unit": "lb", "value": 480},
}
"""With a weight that is asked about once more."""
ELSEWHERE = ("under_age", "followup_emergency")
HELP = [one.id for one in INTERRUPTIONS if one.id not in ELSEWHERE]


@dataclass(frozen=True)
class Stop:
    """A page: whose form, where, what is typed there and pressed before it is looked at, and what must be set so."""

    form: str
    path: str
    typed: Mapping[str, list[str]] = field(default_factory=dict)
    press: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict)


def seed(session: Session) -> dict[str, Case]:
    """A form in each state, by name, and links."""
    make = Factory(session)
    sent = make.case(_person(make), answers=dict(ALL))
    signed = {"name": "Robin Ashdown", "meaning": "The clinic may use my answers", "at": FAR.isoformat()}
    seal(session, sent, "sealed_signature", signed)
    make.correction(sent)
    other = make.case(_person(make))
    after, later = ({"person": case.person, "follows_id": case.id} for case in (sent, other))
    for link in (FRESH, PAUSED):
        make.invitation(_person(make), link, expires_at=FAR, paused_at=FAR if link == PAUSED else None)
    for link in (BY_MAIL, ASKED):
        invitation = make.mailed_invitation(link, person=_person(make), expires_at=FAR)
        for _ in range(5 if link == ASKED else 0):
            make.sign_in_code(invitation, asked_at=datetime.now(UTC))
    young = {"dob": f"{datetime.now(UTC).year - 9}-01-01"}
    due = ["phq9", "gad7", "peg"]
    checkin = {
        "earlier_answers": ALL | GOT_READY,
        "due": due,
        "queued_help": ["followup_emergency"],
        "kind": "checkin",
    }
    return {
        "full": draft_of(make, ALL, INTAKE, {}, queued_help=list(HELP)),
        "begun": draft_of(make, {"dob": HEALTHY["dob"]}, INTAKE, {}, saved={"start": 0}),
        "young": draft_of(make, young, INTAKE, {}),
        "sent": sent,
        "ready": draft_of(make, GOT_READY | ALL, READY, after, earlier_answers=dict(ALL), kind="ready"),
        "readying": draft_of(make, {}, READY, later, earlier_answers=dict(ALL), saved={}, kind="ready"),
        "treated": draft_of(make, CHECKED_IN | ALL, CHECKIN, after, **checkin),
        "checking": draft_of(make, {}, CHECKIN, later, **checkin | {"saved": {}}),
    }  # fmt: skip


def _person(make: Factory) -> Any:
    return make.person(dob=HEALTHY["dob"], first_name="Robin", last_name="Ashdown", phone="555 010 0199")


def draft_of(make: Factory, answers: Answers, form: Any, given: Mapping[str, Any], **draft: Any) -> Case:
    """A form that was not sent; all its pages are saved, if it is not said which."""
    columns = {"person": _person(make), "kind": draft.get("kind", "intake"), **given}
    case = make.case(status=Status.DRAFT, **columns)
    saved = {page.id: 1 for page in form.pages[:-1]}
    held = Draft(dict(answers), **{"saved": saved, "notices": read_notices(), **draft})
    seal(make.session, case, "sealed_answers", held.as_json())
    return case


def stops(found: Mapping[str, Draft], *, mended: bool) -> list[Stop]:
    """Every page. Not `mended`: each page of a form on which something is missing, as it comes back to be mended."""
    pages = [stop for name, draft in found.items() for stop in _asked(name, draft)]
    missing = {stop.path for stop in pages if stop.press}
    return [
        *(stop for stop in pages if (not stop.press if mended else stop.press or stop.path not in missing)),
        *_rest(),
    ]


def walked() -> set[str]:
    """The pages that journeys in English go through by day, on a phone and at a desk, and look at one by one."""
    progress = Progress.of(Draft(dict(PATIENT)), datetime.now(UTC).date(), Country.US)
    asked = [page for page in INTAKE.pages if progress.is_asked(page)]
    return {f"/intake/{page.id}" for page in (*asked, *READY.pages)}


def _asked(form: str, draft: Draft) -> Iterator[Stop]:
    """The pages of a form, as its draft is asked them."""
    progress = Progress.of(draft, datetime.now(UTC).date(), Country.US)
    for page in progress.questionnaire.pages if form not in ("sent", "young") else ():
        if progress.is_asked(page):
            missing = page.id not in draft.saved and form in ("begun", "readying", "checking")
            yield Stop(form, f"/intake/{page.id}", press=FORWARD if missing else "")


def _rest() -> Iterator[Stop]:
    """All other pages."""
    yield Stop("nobody", "/")
    yield Stop("nobody", "/", press="button.nhsuk-button")
    yield Stop("nobody", "/", settings={"self_start": False})
    yield Stop("nobody", "/", settings={"clinic": None})
    yield Stop("nobody", "/no-such-page")
    yield Stop("nobody", "/language")
    yield from (Stop("nobody", f"/read/{notice}") for notice in NOTICES)
    yield Stop("nobody", f"/i/{FRESH}")
    for link in ("no-such-link", PAUSED, BY_MAIL, ASKED):
        yield Stop("nobody", f"/i/{link}", {**BORN, "language": ["{language}"]}, "button.nhsuk-button")
    yield Stop("nobody", f"/i/{BY_MAIL}/code", {"code": ["12"]}, "button.nhsuk-button")
    yield from (Stop("full", f"/intake/{rest}") for rest in ("", "saved", "withdraw"))
    yield from (Stop("full", f"/intake/help/{name}") for name in (*HELP, "number_check"))
    yield Stop("full", "/")
    yield Stop("ready", "/intake/")
    yield Stop("young", "/intake/help/under_age")
    yield Stop("treated", "/intake/help/followup_emergency")
    yield from (Stop("sent", f"/intake/{rest}") for rest in ("confirmation", "copy", "opened", "correction"))
    yield Stop("sent", "/intake/correction", press=FORWARD)
    # What ends a form comes last.
    yield Stop("begun", "/intake/withdraw", press="main button.nhsuk-button--warning")


FORWARD = "main form .fr-buttons button:not(.nhsuk-button--secondary) >> nth=0"
"""Continue, or what sends the page."""
