"""The versions of its questions that a form went through while it was open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from app.questionnaire.all_forms import Form
from app.review.case.stored import (
    OpenedCase,
)


@dataclass(frozen=True, slots=True)
class MovedOn:
    """That a form was open when its questions changed, and went on in their new version."""

    before: str
    """The version that it was open in."""
    version: str
    """The version that it went on in."""
    at: datetime
    """When it went over, aware."""
    pages: tuple[str, ...]
    """The titles of the pages that the patient was asked to look at again."""

    @property
    def looked_again(self) -> str:
        """What the patient was asked to look at again, in a sentence."""
        if not self.pages:
            return "No page that was filled in had changed."
        return f"The patient was asked to look again at: {'; '.join(self.pages)}."


def moved_on(opened: OpenedCase, form: Form) -> Iterator[MovedOn]:
    """The new versions of its questions that a form went on in, oldest first."""
    for one in opened.document.get("moved", ()):
        found = (form.asks.page(page) for page in one["pages"])
        titles = tuple(page.title for page in found if page is not None)
        yield MovedOn(one["before"], one["version"], datetime.fromisoformat(one["at"]), titles)
