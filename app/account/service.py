"""What happens when staff come and go."""

from datetime import datetime

from sqlalchemy.orm import Session

from app import audit
from app.access import Actor
from app.models import User


def signed_in(session: Session, actor: Actor, user: User, now: datetime) -> None:
    """Note that `user` proved who they are. Its audit row is the last thing written before the commit."""
    user.last_login_at = now
    session.flush()
    audit.record(session, actor, "staff.signed_in", now)


def signed_out(session: Session, actor: Actor, now: datetime) -> None:
    """Note that they left by their own choice."""
    audit.record(session, actor, "staff.signed_out", now)
