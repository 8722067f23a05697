"""A line of the queue: what of a case a list may show, read from its sealed summary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple, cast
from uuid import UUID

from sqlalchemy.orm import Session

from app.core import damage
from app.models import Queue, ring, short_id
from app.models.sealing import KeyRing
from app.questionnaire.all_forms import FORMS
from app.questionnaire.answers import STATES
from app.questionnaire.form_kinds import FormKind
from app.questionnaire.kinds import age_on
from app.review.queue.queries import FoundRow
from app.review.words import OUTCOME_WORDS
from app.screening.cards import list_names
from app.screening.case_summary import RANK_MARK
from app.screening.workflow import Status

NAMED_CARDS = 3
# The patient's reasons in words that passers-by may read.
WANTS: Mapping[str, str] = {
    "depression": "Low mood",
    "anxiety": "Anxiety",
    "trauma": "Trauma",
    "pain": "Pain",
    "opioids": "Substances",
    "other_substance": "Substances",
    "ocd": "OCD",
    "other": "Something else",
    "not_sure": "Not sure yet",
}
NO_NAME = "No name yet"


@dataclass(frozen=True, slots=True)
class QueueLine:
    """One case in the list. No field holds sex, an answer about suicide, or the name of a drug."""

    id: UUID
    """The case's id."""
    level: str
    """The mark of its level, "unknown" for one that waits for an answer; for none "unsent" of a form that was not sent,
    which only its urgent answers are judged of, else "".
    """
    name: str
    """The first name and the surname's first letter; the short id of the case where that cannot be read."""
    age: int | None
    """In years; None when not known."""
    same_name: bool
    """Whether somebody else on the page has the same whole name."""
    unfinished: bool
    """Whether the form was not sent yet."""
    form: str
    """The name of the form; "" for a health check."""
    why: tuple[str, ...]
    """Names of the strongest raised cards, at most NAMED_CARDS."""
    more: int
    """How many raised cards there are besides."""
    not_known: tuple[str, ...]
    """Names of the cards with an urgent or stop rule that waits for an answer, at most NAMED_CARDS."""
    more_not_known: int
    """How many of those there are besides."""
    wants: tuple[str, ...]
    """The patient's reasons, in words that passers-by may read."""
    to_ask: int
    """Lines of the phone script."""
    since: datetime
    """When the wait began; on other tabs, when it was decided or begun."""
    outcome: str | None
    """The decision in words; None while there is none."""
    owner_id: UUID | None
    """The id of the clinician who took the case; None when nobody has."""
    owner: str | None
    """The owner's name."""
    can_take: bool
    """Whether the reader may take the case."""
    broken: bool
    """Whether its summary cannot be read."""

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why it is in the list, in lines. What is not known stands first where it is what ranks the case."""
        raised = _named(self.why, self.more)
        waits = self.not_known and f"Not known: {_named(self.not_known, self.more_not_known)}"
        lines = (waits, raised) if self.level == "unknown" else (raised, waits)
        return tuple(line for line in lines if line)


def _named(names: Sequence[str], more: int) -> str:
    """Names in one line, with the number of those that are not named."""
    return "; ".join(names) + (f" +{more}" if names and more else "")


class ReadSummary(NamedTuple):
    """The sealed summary of a case, opened for the list."""

    name: str
    whole_name: str = ""
    """Case-folded, to find two people of one name; "" when not known."""
    age: int | None = None
    cards: Sequence[str] = ()
    """Names of the raised cards, strongest first."""
    not_known: Sequence[str] = ()
    """Names of the cards that wait for an answer, strongest first."""
    wants: tuple[str, ...] = ()
    broken: bool = False
    """Whether it cannot be read; the name is then made of the case's id."""


def queue_lines(
    session: Session, found: Sequence[FoundRow], today: date, queue: Queue
) -> Iterator[QueueLine]:
    """The lines of one page of a tab, in the order of its rows."""
    known = [read_summary(session, row, today) for row in found]
    # Two forms of one person are no two people of one name.
    people = {(one.whole_name, row.person_id) for row, one in zip(found, known, strict=True)}
    called = Counter(name for name, _ in people)
    for row, one in zip(found, known, strict=True):
        yield QueueLine(
            id=row.id,
            level=RANK_MARK.get(row.level_rank, "unsent" if row.status is Status.DRAFT else ""),
            name=one.name,
            age=one.age,
            same_name=bool(one.whole_name) and called[one.whole_name] > 1,
            unfinished=row.status is Status.DRAFT,
            form="" if row.kind is FormKind.INTAKE else FORMS[row.kind].name,
            why=tuple(one.cards[:NAMED_CARDS]),
            more=max(0, len(one.cards) - NAMED_CARDS),
            not_known=tuple(one.not_known[:NAMED_CARDS]),
            more_not_known=max(0, len(one.not_known) - NAMED_CARDS),
            wants=one.wants,
            to_ask=row.to_ask_count,
            since=_since(row, queue),
            outcome=OUTCOME_WORDS[row.decision_outcome] if row.decision_outcome else None,
            owner_id=row.owner_id,
            owner=row.owner,
            can_take=queue in (Queue.TO_REVIEW, Queue.WAITING) and row.owner_id is None,
            broken=one.broken,
        )


def _since(row: FoundRow, queue: Queue) -> datetime:
    """What the time on a line is counted from: the decision, the beginning of the form, or of the wait."""
    if queue is Queue.DECIDED:
        return cast(datetime, row.made_at)
    return cast(
        datetime, row.started_at if queue is Queue.UNFINISHED else row.waiting_since or row.started_at
    )


def read_summary(session: Session, row: FoundRow, today: date) -> ReadSummary:
    """What the list may show of a case; its short name alone when that cannot be read."""
    try:
        summary = _summary(session, row)
        return ReadSummary(
            name=short_name(summary),
            whole_name=_whole_name(summary),
            age=age(summary.get("dob"), today),
            cards=list_names(summary.get("cards") or ()),
            not_known=list_names(summary.get("not_known") or ()),
            wants=tuple(dict.fromkeys(WANTS[code] for code in summary.get("wants") or () if code in WANTS)),
        )
    except damage.READ_ERRORS as error:
        place = "person.sealed_identity" if row.sealed_summary is None else "case.sealed_summary"
        damage.log_unreadable(place, row.id, error, row.id)
        return ReadSummary(f"Case {short_id(row.id)}", broken=True)


def unreadable(session: Session, below: Iterable[FoundRow]) -> list[UUID]:
    """The ids of those cases among the rows of `below_query` whose summary cannot be opened."""
    keys = ring(session)
    return [UUID(row.id) for row in below if not _row_opens(keys, row)]


def _row_opens(keys: KeyRing, row: FoundRow) -> bool:
    if row.sealed_summary is not None:
        return _opens(keys, "case.sealed_summary", row.id, row.sealed_summary)
    identity = getattr(row, "sealed_identity", None)
    return identity is None or _opens(keys, "person.sealed_identity", row.person_id, identity)


@lru_cache(maxsize=4096)  # what is below the first page of all four lists
def _opens(keys: KeyRing, place: str, row: UUID | str, sealed: bytes) -> bool:
    """Whether a sealed value opens. The same bytes in the same place always do, or never."""
    try:
        keys.open(place, UUID(str(row)), sealed)
    except damage.READ_ERRORS:
        return False
    return True


def _summary(session: Session, row: FoundRow) -> dict[str, Any]:
    """What the list may show of a case, as it was sealed. Raises SealBroken."""
    if row.sealed_summary is not None:
        return dict(ring(session).open("case.sealed_summary", row.id, row.sealed_summary))
    identity = getattr(row, "sealed_identity", None)
    if identity is None:
        return {}
    known = ring(session).open("person.sealed_identity", row.person_id, identity)
    return {
        "called": known.get("preferred_name") or known.get("first_name"),
        "last_name": known.get("last_name"),
        "dob": known.get("dob"),
    }


def _whole_name(summary: Mapping[str, Any]) -> str:
    return " ".join(name for name in (summary.get("called"), summary.get("last_name")) if name).casefold()


def short_name(summary: Mapping[str, Any]) -> str:
    """What to call someone, and the first letter of the surname: enough to find them by, not to know them by."""
    called, last = summary.get("called"), summary.get("last_name")
    if not called:
        return NO_NAME
    return f"{called} {last[0].upper()}." if last else str(called)


def age(born: object, on: date) -> int | None:
    """Whole years from a stored birth date; None when it was not given."""
    return age_on(date.fromisoformat(born), on) if isinstance(born, str) and born not in STATES else None
