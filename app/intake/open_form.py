"""The form that an act is about: its case, and its draft, unsealed once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from app.core.act import Act
from app.intake.draft import Draft
from app.intake.progress import Progress
from app.intake.store import read_draft
from app.models import Case


@dataclass(frozen=True)
class OpenForm:
    """The form that an act is about. The views of a patient's pages take it first: see `gate.of_form`."""

    act: Act
    """The patient's act. Its session holds the case."""
    case: Case
    """The case that holds it."""
    stored: Draft | None = None
    """The draft as it is stored, where it was unsealed or changed already in this transaction."""

    @cached_property
    def draft(self) -> Draft:
        """The draft as it was when it was first asked for. It is unsealed then, and once. Raises SealBroken."""
        return read_draft(self.act.session, self.case) if self.stored is None else self.stored

    @cached_property
    def progress(self) -> Progress:
        """How far the draft has come. Raises SealBroken."""
        return Progress.of(self.draft, self.act.today, self.case.jurisdiction)

    @property
    def sent_at(self) -> datetime:
        """When the form was sent. Raises ValueError for one that was not."""
        if self.case.submitted_at is None:
            raise ValueError("The form was not sent.")
        return self.case.submitted_at

    def with_draft(self, draft: Draft) -> OpenForm:
        """The same form after its draft was changed and stored."""
        return OpenForm(self.act, self.case, draft)

    def with_act(self, act: Act) -> OpenForm:
        """The same form under another act, such as one in another language."""
        return OpenForm(act, self.case, self.draft)
