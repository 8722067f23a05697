"""What happens when somebody is invited."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app import inviting
from app.access import Actor
from app.models import Invitation


def invite(
    session: Session, actor: Actor, now: datetime, identity: Mapping[str, Any], language: str, id: UUID
) -> None:
    """Invite someone by mail. The same form sent twice invites them once: it brings the id along."""
    if session.get(Invitation, id) is not None:
        return
    try:
        with session.begin_nested():
            made, _ = inviting.invite(session, actor, now, identity, language=language, id=id)
    except IntegrityError:
        return  # the same form, sent twice at the same moment
    inviting.post_link(session, now, made)
