"""What became of an invitation, in the words of the staff list and of the page of treatment sessions."""

from __future__ import annotations

from datetime import datetime

from app.models import Delivery, Invitation, Mail

# The first that holds is the one shown.
CANCELLED, FORM_SENT, PAUSED, EXPIRED = "Cancelled", "Form sent", "Paused", "Expired"
FORM_BEGUN, OPENED = "Form begun", "Opened"
MAIL_WORDS = {
    Delivery.WAITING: "Being sent",
    Delivery.CLAIMED: "Being sent",
    Delivery.HANDING: "Being sent",
    Delivery.SENT: "Email sent",
    Delivery.FAILED: "Email could not be sent",
    Delivery.UNSURE: "Email may not have arrived",
    Delivery.DROPPED: "Email not sent",
}
HANDED_OUT, NO_ADDRESS, NOT_DUE = "Link given by hand", "No email address", "Not due yet"
CLOSED = (CANCELLED, FORM_SENT, PAUSED, EXPIRED)
"""The statuses of a link that opens nothing now."""


def status_of(invitation: Invitation, mail: Mail | None, submitted_at: datetime | None, now: datetime) -> str:
    """The status of an invitation at `now`.

    `mail` is the newest mail that carried its link, `submitted_at` when the form it led to was sent; None for neither.
    """
    if submitted_at:
        return FORM_SENT
    if invitation.cancelled_at:
        return CANCELLED
    if invitation.is_paused(now):
        return PAUSED
    if invitation.expires_at <= now:
        return EXPIRED
    if invitation.case_id:
        return FORM_BEGUN
    if invitation.opened_at:
        return OPENED
    if mail is None:
        return HANDED_OUT if invitation.sealed_link or not invitation.treatment_id else NO_ADDRESS
    return NOT_DUE if mail.state is Delivery.WAITING and mail.due_at > now else MAIL_WORDS[mail.state]
