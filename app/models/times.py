"""How long pages and whole forms took: counts and sums over everyone, and nobody's row."""

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, words
from app.questionnaire.form_kinds import FormKind


class PageTime(Base):
    """What one page took those who finished it; or how many whole forms took so many minutes, under WHOLE for a page.

    Added up when a form is sent. It says nothing of who met the page, nor when.
    """

    __tablename__ = "page_time"
    __table_args__ = (
        CheckConstraint("count > 0 AND seconds >= 0", name="counted"),
        CheckConstraint("minutes = 0 OR page = ''", name="minutes_of_whole_forms"),
    )

    kind: Mapped[FormKind] = mapped_column(words(FormKind, "kind_known"), primary_key=True)
    page: Mapped[str] = mapped_column(String(64), primary_key=True)
    minutes: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    count: Mapped[int] = mapped_column()
    seconds: Mapped[float] = mapped_column()


WHOLE = ""
"""The page of a whole form."""
