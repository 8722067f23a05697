"""Mail that is to leave: what, for whom and how far it is, and never a word or an address of it."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, and_, literal_column
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Identified, UtcDateTime, choice_type, part_index


class MailKind(StrEnum):
    """What a mail is about."""

    INVITATION = "invitation"
    """A link to a form."""
    CODE = "code"
    """A code that opens a form."""
    REMINDER = "reminder"
    """The link to a form that was not sent yet."""
    CHECK_IN = "checkin"
    """A link to a check-in."""
    ERASED = "erased"
    """That the answers of an unfinished form were deleted."""
    ALERT = "alert"
    """To the person on call; all others go to a patient."""


class Delivery(StrEnum):
    """How far a mail is. The last four are its end."""

    WAITING = "waiting"
    CLAIMED = "claimed"
    HANDING = "handing"
    SENT = "sent"
    FAILED = "failed"
    UNSURE = "unsure"
    DROPPED = "dropped"


class Trouble(StrEnum):
    """Why a mail ended without being sent."""

    MISSING = "missing"
    SEALED = "sealed"
    ADDRESS = "address"
    TEXT = "text"
    REFUSED = "refused"
    UNREACHED = "unreached"
    LATE = "late"


class Mail(Identified, Base):
    """One mail, written in the transaction that calls for it and sent by a job after the commit.

    It is `handing` from just before the server is given its text: a job that dies there leaves `unsure` behind, and no
    patient is written to twice. An alert is tried again instead, until it is sent or its case is taken.
    """

    __tablename__ = "mail"
    __table_args__ = (
        CheckConstraint("tries >= 0", name="tries_counted"),
        CheckConstraint(
            "(state IN ('claimed', 'handing')) = (claimed_at IS NOT NULL)", name="claimed_has_time"
        ),
        CheckConstraint(
            "(state IN ('sent', 'failed', 'unsure', 'dropped')) = (ended_at IS NOT NULL)",
            name="ended_has_time",
        ),
        CheckConstraint("(kind = 'code') = (code_id IS NOT NULL)", name="code_mail_has_code"),
        CheckConstraint("(kind = 'alert') = (case_id IS NOT NULL)", name="alert_has_case"),
        CheckConstraint("(kind = 'alert') = (invitation_id IS NULL)", name="all_else_has_invitation"),
        CheckConstraint("trouble IS NULL OR state = 'failed'", name="trouble_ends_it"),
        Index("ix_mail_due", "state", "due_at"),
        part_index("ix_mail_claimed", "claimed_at", where="claimed_at IS NOT NULL"),
        part_index(
            "ix_mail_open_alert", "id", where="kind = 'alert' AND state <> 'sent' AND state <> 'dropped'"
        ),
    )

    kind: Mapped[MailKind] = mapped_column(choice_type(MailKind, "kind_known"))
    invitation_id: Mapped[UUID | None] = mapped_column(ForeignKey("invitation.id"), index=True)
    case_id: Mapped[UUID | None] = mapped_column(ForeignKey("case.id"), index=True)
    code_id: Mapped[UUID | None] = mapped_column(ForeignKey("sign_in_code.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    give_up_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When it ends unsent, as a code does. Of an alert: when its case was taken while a job held the mail."""
    state: Mapped[Delivery] = mapped_column(choice_type(Delivery, "state_known"), default=Delivery.WAITING)
    tries: Mapped[int] = mapped_column(default=0)
    """How often it was claimed. An older claim is lost."""
    claimed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    trouble: Mapped[Trouble | None] = mapped_column(choice_type(Trouble, "trouble_known"))
    """Why it failed; None for what failed before this was written down."""

    def end(self, state: Delivery, now: datetime, trouble: Trouble | None = None) -> None:
        """Set one of the four states that end a mail, and free it from its claim."""
        self.state, self.claimed_at, self.ended_at, self.trouble = state, None, now, trouble


IS_OPEN_ALERT = and_(
    Mail.kind == literal_column("'alert'"),
    Mail.state != literal_column("'sent'"),
    Mail.state != literal_column("'dropped'"),
)
"""Whether a mail is an alert that was neither sent nor cancelled. In the words of its index, so that it is found."""
