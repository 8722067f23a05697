"""What happens when somebody is invited."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from app.core.act import Act
from app.invitations import service as invitations
from app.models import Invitation


def invite(act: Act, identity: Mapping[str, Any], language: str, id: UUID) -> None:
    """Invite someone by mail. The same form sent twice invites them once: it brings the id along."""
    if act.session.get(Invitation, id) is not None:
        return
    try:
        with act.session.begin_nested():
            made, _ = invitations.invite(act, identity, language=language, id=id)
    except IntegrityError:
        return  # the same form, sent twice at the same moment
    invitations.post_link(act, made)
