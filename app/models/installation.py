"""What a database is for, and which keys belong to it."""

from sqlalchemy import CheckConstraint, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, choice_type
from app.models.sealing import FINGERPRINT_BYTES

CLINIC, DEMO = "clinic", "demo"
INSTALLATIONS = (DEMO, CLINIC)


class Installation(Base):
    """The one row for whether this is a clinic's database, or one of invented people: a demonstration or a test.

    Written by a migration, from then on the same.
    """

    __tablename__ = "installation"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(choice_type(INSTALLATIONS, "installation_known"))


class KeyFingerprint(Base):
    """The fingerprint of a key that sealed something here, or chained the audit log."""

    __tablename__ = "key_fingerprint"

    key: Mapped[str] = mapped_column(String(32), primary_key=True)
    """"sealing 1", with the number of the key, or "audit"."""
    fingerprint: Mapped[bytes] = mapped_column(LargeBinary(FINGERPRINT_BYTES))
