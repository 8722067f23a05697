"""What happens when staff come and go."""

from app.core import audit
from app.core.act import Act
from app.models import User


def signed_in(act: Act, user: User) -> None:
    """Note that `user` proved who they are. Its audit row is the last thing written before the commit."""
    user.last_login_at = act.now
    act.session.flush()
    audit.record(act, "staff.signed_in")


def signed_out(act: Act) -> None:
    """Note that they left by their own choice."""
    audit.record(act, "staff.signed_out")
