"""How long pages and whole forms took: counts and sums over everyone, no row of one person."""

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, choice_type
from app.questionnaire.form_kinds import FormKind


class PageTime(Base):
    """The time of one page, summed over everyone who finished it; or how many whole forms took a number of minutes.

    Added up when a form is sent. It holds nothing of who met the page, nor when.
    """

    __tablename__ = "page_time"
    __table_args__ = (
        CheckConstraint("count > 0 AND seconds >= 0", name="counted"),
        CheckConstraint("minutes = 0 OR page = ''", name="minutes_of_whole_forms"),
    )

    kind: Mapped[FormKind] = mapped_column(choice_type(FormKind, "kind_known"), primary_key=True)
    page: Mapped[str] = mapped_column(String(64), primary_key=True)
    """The id of the page, or WHOLE_FORM."""
    minutes: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """Whole minutes that a form took; 0 for a page."""
    count: Mapped[int] = mapped_column()
    """How many people or forms are counted here."""
    seconds: Mapped[float] = mapped_column()
    """Their time together."""


WHOLE_FORM = ""
"""The page of a whole form."""
