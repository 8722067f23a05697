"""The clinic's clock, a mailbox of the test's own, and an app on a database that keeps what it commits."""

from tests.intake.conftest import clock, own_app
from tests.invitations.conftest import post_office

__all__ = ["clock", "own_app", "post_office"]
