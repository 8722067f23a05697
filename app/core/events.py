"""The events of the audit log: the facts that each carries, and its words. One table for the log and its readers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from app.questionnaire.durations import FORM_KEPT, duration_words
from app.questionnaire.wording import Message

# The act says who may do it, so no name is read. Staff who look after people in danger are not named on their page.
CLINICIAN, ADMIN = Message("A clinician"), Message("An administrator")
YOU, SOMEONE = Message("You"), Message("Someone")


@dataclass(frozen=True, slots=True)
class Event:
    """A kind of event."""

    facts: frozenset[str] = frozenset()
    """Exactly the facts it carries: ids, codes and counts, never words of a patient."""
    history: str | None = None
    """What a clinician reads in the history of a case; None for what is not shown there."""
    opening: tuple[str, str] | None = None
    """What the patient reads of who opened their form: the kind of person, and what they did; nothing about health.
    None for what is not shown."""


def _event(*facts: str, history: str | None = None, opening: tuple[str, str] | None = None) -> Event:
    return Event(frozenset(facts), history, opening)


EVENTS: Mapping[str, Event] = MappingProxyType(
    {
        "alert.raised": _event("rules", history="An alert was raised"),
        "answers.told": _event(
            "questions",
            "version",
            history="Wrote down answers from a call",
            opening=(CLINICIAN, Message("Wrote down what you told them on a call")),
        ),
        "answers.unknown": _event("questions", history="Asked on a call: still not known"),
        "case.taken": _event(history="Took the case", opening=(CLINICIAN, Message("Took on your form"))),
        "case.viewed": _event(history="Looked at the case", opening=(CLINICIAN, Message("Opened your form"))),
        "code.asked": _event("invitation"),
        "code.limited": _event("invitation"),
        "code.missed": _event("invitation"),
        "code.used": _event("invitation"),
        "cases.recounted": _event("cases"),
        "contact.tried": _event("attempt", history="Rang"),
        "copy.downloaded": _event("format", opening=(YOU, Message("Downloaded a copy"))),
        "copy.viewed": _event(opening=(YOU, Message("Looked at what you told us"))),
        "correction.answered": _event(
            "correction",
            history="Dealt with a correction",
            opening=(CLINICIAN, Message("Dealt with a correction you asked for")),
        ),
        "correction.asked": _event(
            "correction", history="Asked for a correction", opening=(YOU, Message("Asked for a correction"))
        ),
        "corrections.viewed": _event(),
        "decision.ended": _event("decision", history="Answers from a call ended the decision"),
        "decision.recorded": _event("outcome", history="Decided"),
        "export.dictionary": _event(),
        "export.downloaded": _event(
            "kind", "reason", "rows", opening=(ADMIN, Message("Took out records, and yours was among them"))
        ),
        "flag.settled": _event("flag", "reason", history="Settled a flag"),
        "intake.expired": _event(
            "kept",
            history=f"Deleted the form, which nobody went on with for {duration_words(FORM_KEPT)}. Its answers are "
            "erased, but for the alert and how to reach the patient",
        ),
        "intake.resume_missed": _event(
            opening=(SOMEONE, Message("Typed a date of birth that was not yours"))
        ),
        "intake.resumed": _event(
            history="Came back to the form", opening=(YOU, Message("Opened the form with your date of birth"))
        ),
        "intake.saved": _event("page", "version"),
        "intake.saved_quietly": _event("page", "version"),
        "intake.started": _event("via", history="Started the form", opening=(YOU, Message("Began the form"))),
        "intake.viewed": _event("page"),
        "intake.submitted": _event(
            "dropped", "flags", "level", history="Sent the form", opening=(YOU, Message("Sent the form"))
        ),
        "intake.unpaused": _event(history="Ended the pause of the form"),
        "intake.withdrawn": _event(
            "kept",
            history="Withdrew the form. Its answers are erased, but for the alert and how to reach the patient",
        ),
        "interruption.mistaken": _event("id", history="Said that they picked it by mistake"),
        "interruption.shown": _event("id", history="Saw a help page"),
        "invitation.cancelled": _event("invitation", history="Ended the link to the form"),
        "invitation.created": _event("invitation", history="Made a link to the form"),
        "invitation.missed": _event(opening=(SOMEONE, Message("Typed a date of birth that was not yours"))),
        "invitation.opened": _event(),
        "invitation.paused": _event(
            history="The link to the form was paused after wrong birth dates or codes"
        ),
        "invitation.sent_again": _event("invitation", history="Had the link to the form mailed"),
        "invitation.unpaused": _event("invitation", history="Let the link to the form work again"),
        "invitations.viewed": _event("invitations"),
        "mail.ended": _event("invitation", "kind", "state", "tries", history="Wrote to whoever is on call"),
        "openings.viewed": _event(),
        "pauses.viewed": _event("forms"),
        "queue.viewed": _event("cases", "queue"),
        "rulebook.signed": _event("signature", "version", "rulebook", "settings"),
        "staff.created": _event("role"),
        "staff.signed_in": _event(),
        "staff.signed_out": _event(),
        "synth.made": _event("cases"),
        "tablet.handed_back": _event("because"),
        "tablet.handed_over": _event("invitation"),
        "treatment.recorded": _event(
            "treatment",
            history="Recorded a treatment session",
            opening=(CLINICIAN, Message("Wrote down a treatment session")),
        ),
        "treatment.removed": _event(
            "treatment",
            history="Took back a treatment session",
            opening=(CLINICIAN, Message("Took back a treatment session")),
        ),
        "treatments.viewed": _event(
            history="Looked at the treatment sessions",
            opening=(CLINICIAN, Message("Looked at your treatment sessions")),
        ),
    }
)
"""Every event by its name."""

IN_HISTORY = {name: event.history for name, event in EVENTS.items() if event.history}
"""The words of the history of a case, by event."""
OPENINGS = {name: event.opening for name, event in EVENTS.items() if event.opening}
"""The words of a patient's list of who opened their form, by event."""
