"""What a database says of itself: what it is for, and which keys belong to it."""

from sqlalchemy import CheckConstraint, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, words
from app.models.sealing import FINGERPRINT_BYTES

CLINIC, DEMO = "clinic", "demo"
INSTALLATIONS = (DEMO, CLINIC)


class Installation(Base):
    """The one row that says whether this is a clinic's database, or one of invented people: a demonstration or a test.

    Written by a migration, from then on the same.
    """

    __tablename__ = "installation"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(words(INSTALLATIONS, "installation_known"))


class KeyFingerprint(Base):
    """A key that sealed something here, or chained the audit log: enough to know it again by, and nothing more."""

    __tablename__ = "key_fingerprint"

    key: Mapped[str] = mapped_column(String(32), primary_key=True)
    """"sealing 1", with the number of the key, or "audit"."""
    fingerprint: Mapped[bytes] = mapped_column(LargeBinary(FINGERPRINT_BYTES))
