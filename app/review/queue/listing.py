"""The queue: who is next, and why. One query over one index for the rows, whatever their number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple, TypeAlias, cast
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select, tuple_
from sqlalchemy.orm import Session

from app.core import audit, damage
from app.core.access import Actor, cases_for
from app.core.act import Act
from app.models import Case, Decision, Person, Queue, User, ring, short_id
from app.questionnaire.answers import STATES
from app.questionnaire.form_kinds import FormKind
from app.questionnaire.kinds import age_on
from app.questionnaire.whole import FORMS
from app.review.case.calls import RecordedCall, calls_about
from app.screening.cards import list_names
from app.screening.standing import RANK_MARK
from app.screening.workflow import Outcome, Status

PAGE = 50
COUNTED = 100
"""Counts stop here: "99+" says enough, and costs the same with a million cases."""
NAMED_CARDS = 3
NAMED_URGENT = 3

TABS: Mapping[Queue, str] = {
    Queue.TO_REVIEW: "To review",
    Queue.WAITING: "Waiting",
    Queue.DECIDED: "Decided",
    Queue.UNFINISHED: "Not finished",
}
OUTCOME_WORDS: Mapping[Outcome, str] = {
    Outcome.SUITABLE: "Suitable to book",
    Outcome.SUITABLE_WITH_CONDITIONS: "Suitable with conditions",
    Outcome.NOT_SUITABLE_NOW: "Not suitable now",
}
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

_Found: TypeAlias = "Row[*tuple[Any, ...]]"
_Query: TypeAlias = "Select[*tuple[Any, ...]]"


@dataclass(frozen=True, slots=True)
class QueueLine:
    """One case in the list. Nothing here says sex, what was said about suicide, or the name of a drug.

    `level` is a mark of a level, or "unknown"; `form` is what it is called unless it is a health check; `why` are card
    names, `more` how many there are besides; `not_known` and `more_not_known` the same of what waits for an answer and
    may be grave; `since` is what the wait is counted from; `broken`, that this cannot be read, so that `name` is the
    case's.
    """

    id: UUID
    level: str
    name: str
    age: int | None
    same_name: bool
    unfinished: bool
    form: str
    why: tuple[str, ...]
    more: int
    not_known: tuple[str, ...]
    more_not_known: int
    wants: tuple[str, ...]
    to_ask: int
    since: datetime
    outcome: str | None
    owner_id: UUID | None
    owner: str | None
    can_take: bool
    broken: bool


class _Summary(NamedTuple):
    """What the list shows of somebody, read."""

    name: str
    whole_name: str = ""
    age: int | None = None
    cards: Sequence[str] = ()
    not_known: Sequence[str] = ()
    wants: tuple[str, ...] = ()
    broken: bool = False


@dataclass(frozen=True, slots=True)
class TabCount:
    """A tab with how many cases are in it, "99+" for more than that."""

    queue: Queue
    name: str
    count: str


@dataclass(frozen=True, slots=True)
class UrgentCase:
    """An urgent case, for the strip above the list."""

    id: UUID
    name: str
    since: datetime | None
    broken: bool


@dataclass(frozen=True, slots=True)
class QueuePage:
    """One page of one tab, what cannot be read on top. `next_after` is where the next page begins, None on the last."""

    queue: Queue
    tabs: tuple[TabCount, ...]
    urgent: tuple[UrgentCase, ...]
    urgent_count: str
    lines: tuple[QueueLine, ...]
    next_after: UUID | None
    first: bool
    rang: Mapping[UUID, RecordedCall]
    """The newest call about each case that somebody was rung about."""
    newest: UUID | None
    """The urgent case that came last, where it is not among those that wait longest."""

    @property
    def more_urgent(self) -> str:
        """How many urgent cases the strip does not name; "" for none."""
        if not self.urgent_count.isdecimal():
            return self.urgent_count
        more = int(self.urgent_count) - len(self.urgent)
        return str(more) if more > 0 else ""


def read_queue(act: Act, queue: Queue, after: UUID | None) -> QueuePage:
    """Read one page and write down who saw whom. `after` is the last case of the page before."""
    found = act.session.execute(query_of(act, queue, after)).all()
    every = (
        cases_for(act.actor)
        .with_only_columns(Case.id, Case.waiting_since, Case.sealed_summary)
        .where(Case.queue == Queue.TO_REVIEW, Case.level_rank == 0)
    )
    urgent = act.session.execute(every.order_by(Case.waiting_since, Case.id).limit(NAMED_URGENT)).all()
    latest = act.session.execute(every.order_by(Case.waiting_since.desc(), Case.id.desc()).limit(1)).all()
    newest = [row for row in latest if row not in urgent]
    counts, urgent_count = _counts(act)
    lines = sorted(_lines(act.session, found[:PAGE], act.today, queue), key=lambda line: not line.broken)
    named = [(row, _known(act.session, row, act.today)) for row in (*urgent, *newest)]
    told = [UrgentCase(row.id, known.name, row.waiting_since, known.broken) for row, known in named]
    strip = [*sorted(told[: len(urgent)], key=lambda one: not one.broken), *told[len(urgent) :]]
    seen = dict.fromkeys([line.id for line in lines] + [one.id for one in strip])
    audit.record(act, "queue.viewed", queue=queue.value, cases=list(seen))
    return QueuePage(
        queue=queue,
        tabs=tuple(TabCount(tab, name, counts[tab]) for tab, name in TABS.items()),
        urgent=tuple(strip),
        urgent_count=urgent_count,
        lines=tuple(lines),
        next_after=found[PAGE - 1].id if len(found) > PAGE else None,
        first=after is None,
        rang={case_id: calls[0] for case_id, calls in calls_about(act.session, seen).items()},
        newest=newest[0].id if newest else None,
    )


def _columns(actor: Actor) -> _Query:
    """What a line needs, without the answers: they are a hundred times as large."""
    return (
        cases_for(actor)
        .with_only_columns(
            Case.id, Case.kind, Case.person_id, Case.status, Case.level_rank, Case.waiting_since, Case.started_at,
            Case.to_ask_count, Case.decision_outcome, Case.owner_id, Case.sealed_summary, User.name.label("owner"),
        )
        .outerjoin(User, User.id == Case.owner_id)
        .limit(PAGE + 1)
    )  # fmt: skip


def query_of(act: Act, queue: Queue, after: UUID | None) -> _Query:
    """The query for one page of a tab, from the case `after` on: one row more than a page, which tells of a next."""
    match queue:
        case Queue.DECIDED:
            return _decided(act, after)
        case Queue.UNFINISHED:
            return _unfinished(act, after)
        case _:
            return _waiting(act, queue, after)


def _unfinished(act: Act, after: UUID | None) -> _Query:
    """Every form that was not sent, those that alert and wait for review too: strongest first, then longest begun."""
    # Its lines may have no summary yet; who the person is was perhaps told by an invitation.
    query = (
        _columns(act.actor)
        .join(Person, Person.id == Case.person_id)
        .add_columns(Person.sealed_identity)
        .where(Case.status == Status.DRAFT)
        .order_by(Case.level_rank, Case.id)
    )
    if after is None:
        return query
    rank = act.session.scalar(cases_for(act.actor).with_only_columns(Case.level_rank).where(Case.id == after))
    return query if rank is None else query.where(tuple_(Case.level_rank, Case.id) > tuple_(rank, after))


def _waiting(act: Act, queue: Queue, after: UUID | None) -> _Query:
    """Strongest first, then longest waiting: the order of the index, so any page costs the same."""
    order = (Case.level_rank, Case.waiting_since, Case.id)
    query = _columns(act.actor).where(Case.queue == queue).order_by(*order)
    if after is None:
        return query
    place = act.session.execute(
        cases_for(act.actor).with_only_columns(Case.level_rank, Case.waiting_since).where(Case.id == after)
    ).first()
    return query.where(_beyond(place, after)) if place else query


def _beyond(place: _Found, after: UUID) -> ColumnElement[bool]:
    """What comes after a case in the order of the index. Forms that are not sent wait for nobody: no time there."""
    if place.waiting_since is not None:
        return tuple_(Case.level_rank, Case.waiting_since, Case.id) > tuple_(
            place.level_rank, place.waiting_since, after
        )
    return or_(
        Case.level_rank > place.level_rank,
        and_(Case.level_rank == place.level_rank, Case.waiting_since.is_(None), Case.id > after),
    )


def _decided(act: Act, after: UUID | None) -> _Query:
    """Newest decision first: ids are made in the order of time, so their own index gives it."""
    query = (
        _columns(act.actor)
        .join(Decision, and_(Decision.case_id == Case.id, Decision.invalidated_at.is_(None)))
        .add_columns(Decision.made_at)
        .order_by(Decision.id.desc())
    )
    if after is None:
        return query
    place = act.session.scalar(
        select(Decision.id).where(Decision.case_id == after, Decision.invalidated_at.is_(None))
    )
    return query.where(Decision.id < place) if place else query


def _in_tab(queue: Queue) -> ColumnElement[bool]:
    return Case.status == Status.DRAFT if queue is Queue.UNFINISHED else Case.queue == queue


def _counts(act: Act) -> tuple[dict[Queue, str], str]:
    """How many cases each tab holds, and how many are urgent, in one statement."""

    def counted(*where: ColumnElement[bool]) -> Any:
        some = cases_for(act.actor).with_only_columns(Case.id).where(*where).limit(COUNTED).subquery()
        return select(func.count()).select_from(some).scalar_subquery()

    row = act.session.execute(
        select(
            *(counted(_in_tab(tab)) for tab in TABS),
            counted(Case.queue == Queue.TO_REVIEW, Case.level_rank == 0),
        )
    ).one()
    words = [f"{COUNTED - 1}+" if count >= COUNTED else str(count) for count in row]
    return dict(zip(TABS, words[:-1], strict=True)), words[-1]


def _lines(session: Session, found: Sequence[_Found], today: date, queue: Queue) -> Iterator[QueueLine]:
    known = [_known(session, row, today) for row in found]
    # Two forms of one person are no two people of one name.
    people = {(one.whole_name, row.person_id) for row, one in zip(found, known, strict=True)}
    called = Counter(name for name, _ in people)
    for row, one in zip(found, known, strict=True):
        yield QueueLine(
            id=row.id,
            level=RANK_MARK.get(row.level_rank, ""),
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


def _since(row: _Found, queue: Queue) -> datetime:
    """What the time on a line is counted from: the decision, the beginning of the form, or of the wait."""
    if queue is Queue.DECIDED:
        return cast(datetime, row.made_at)
    return cast(
        datetime, row.started_at if queue is Queue.UNFINISHED else row.waiting_since or row.started_at
    )


def _known(session: Session, row: _Found, today: date) -> _Summary:
    """What the list may show of a case; its short name alone when that cannot be read."""
    try:
        summary = _summary(session, row)
        return _Summary(
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
        return _Summary(f"Case {short_id(row.id)}", broken=True)


def _summary(session: Session, row: _Found) -> dict[str, Any]:
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
