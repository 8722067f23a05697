"""What happens when an admin takes records out: it is written down first, then read in batches and written as CSV."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from app.core import audit
from app.core.access import Actor, cases_for
from app.core.act import Act
from app.export import cases, flags
from app.export.reading import Batch
from app.export.spreadsheet import BYTE_ORDER_MARK, PLAIN, Dialect, as_csv
from app.models import Case, read_only
from app.questionnaire import dictionary
from app.questionnaire.form_kinds import FormKind


@dataclass(frozen=True, slots=True)
class ExportFile:
    """One of the files that can be taken out."""

    kind: str
    """Its name, also in the audit log."""
    headings: tuple[str, ...]
    """The headings of its columns, in order."""
    count: Callable[[Session, Actor], int]
    """How many rows the actor may take."""
    read: Callable[[Session, Actor, UUID | None, UUID], Batch | None]
    """The next batch after a case, up to the newest; None when there are no more."""


def _file_of(kind: FormKind) -> ExportFile:
    sheet = cases.SHEETS[kind]
    return ExportFile(kind.file, sheet.headings, sheet.count, sheet.read)


CASES = _file_of(FormKind.INTAKE)
READY = _file_of(FormKind.READY)
CHECK_IN = _file_of(FormKind.CHECK_IN)
FLAGS = ExportFile(dictionary.FLAGS, flags.HEADINGS, flags.count, flags.read)


@dataclass(frozen=True, slots=True)
class Export:
    """One file as it was asked for."""

    file: ExportFile
    """Which file it is."""
    rows: int
    """How many it has."""
    newest: UUID | None
    """The last case that belongs into it, None when there are no cases. Later ones are left out."""


def begin(act: Act, reason: str, file: ExportFile = CASES) -> Export:
    """Count what the actor may take and write down that they take it. `reason` is a code."""
    rows = file.count(act.session, act.actor)
    newest = act.session.scalar(
        cases_for(act.actor).with_only_columns(Case.id).order_by(Case.id.desc()).limit(1)
    )
    audit.record(act, "export.downloaded", kind=file.kind, reason=reason, rows=rows)
    return Export(file, rows, newest)


def stream(
    sessions: Callable[[], Session], actor: Actor, export: Export, dialect: Dialect = PLAIN
) -> Iterator[bytes]:
    """The CSV file, a batch at a time.

    Every batch has a session of its own, which is closed before the batch is sent: a slow reader holds no lock and no
    connection. What cannot be opened is written as "unreadable", and logged.
    """
    heading = as_csv([export.file.headings], dialect)
    yield BYTE_ORDER_MARK + heading if dialect.byte_order_mark else heading
    after: UUID | None = None
    while export.newest is not None and after != export.newest:
        with read_only(), sessions() as session:
            batch = export.file.read(session, actor, after, export.newest)
        if batch is None:
            return
        yield as_csv(batch.rows(), dialect)
        after = batch.last


def dictionary_csv(act: Act) -> bytes:
    """The data dictionary as CSV; that it was taken is written down."""
    audit.record(act, "export.dictionary")
    return as_csv([dictionary.HEADINGS, *dictionary.rows()])
