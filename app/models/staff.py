"""Who works at the clinic: the tables Flask-Security signs people in with."""

from datetime import datetime

from flask_security import RoleMixin, UserMixin
from sqlalchemy import CheckConstraint, Column, ForeignKey, String, Table, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, Identified, UtcDateTime, choice_type

ROLE_NAMES = ("clinician", "admin")

roles_users = Table(
    "roles_users",
    Base.metadata,
    Column("user_id", Uuid, ForeignKey("user.id"), primary_key=True),
    Column("role_id", Uuid, ForeignKey("role.id"), primary_key=True, index=True),
)


class Role(Identified, Base, RoleMixin):
    """A kind of work. What it permits stands in app/core/access.py, not here."""

    __tablename__ = "role"

    name: Mapped[str] = mapped_column(choice_type(ROLE_NAMES, "name_known"), unique=True)


class User(Identified, Base, UserMixin):
    """A member of staff. Their name is shown beside what they did, so it outlives their sign-in."""

    __tablename__ = "user"
    __table_args__ = (CheckConstraint("email = lower(email)", name="email_lower_case"),)

    email: Mapped[str] = mapped_column(String(255), unique=True)
    name: Mapped[str] = mapped_column(String(100))
    password: Mapped[str | None] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    """What a session names instead of the id: changing it ends every session of this person."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_login_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    current_login_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_login_ip: Mapped[str | None] = mapped_column(String(64))
    current_login_ip: Mapped[str | None] = mapped_column(String(64))
    login_count: Mapped[int | None] = mapped_column(default=0)

    roles: Mapped[list[Role]] = relationship(secondary=roles_users, lazy="selectin")
