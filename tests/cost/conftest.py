"""An app on a database that keeps what it commits."""

from tests.intake.conftest import own_app

__all__ = ["own_app"]
