"""Who may open what: one line for every route and method, and what each kind of person gets.

200 and the like are statuses; a text is where the browser is sent. SIGN_IN stands for the sign-in page that comes
back afterwards.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

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
