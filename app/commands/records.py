"""flask audit: proof that the log is as it was written. flask recount: what the queue shows, counted anew."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from uuid import UUID

import click
from flask.cli import AppGroup, with_appcontext
from sqlalchemy import select

from app.commands.database import transaction
from app.core import audit as log
from app.core import damage
from app.models import Case
from app.review.case.recount import recount as recount_case
from app.web.act import system_act

BROKEN = 1
AT_ONCE = 100


audit = AppGroup("audit", help="The audit log.")


def _head(_context: click.Context, _option: click.Parameter, text: str | None) -> tuple[int, bytes] | None:
    if text is None:
        return None
    number, colon, mac = text.partition(":")
    try:
        if not colon or not number.isascii() or not number.isdecimal():
            raise ValueError
        return int(number), bytes.fromhex(mac)
    except ValueError:
        raise click.BadParameter("must look like 1234:HEXADECIMAL, as this command prints it") from None


@audit.command()
@click.option(
    "--head", callback=_head, help="A head printed earlier and kept elsewhere: finds a cut-off end too."
)
def verify(head: tuple[int, bytes] | None) -> None:
    """Check that no row of the log was changed, removed, added or swapped, and that every record can be read.

    Exits with 1 when one was, or cannot.
    """
    with transaction() as session:
        first_bad = log.verify(session, head)
        last, mac = log.head(session)
    if first_bad is not None:
        click.echo(f"The audit log is not as it was written, from row {first_bad} on.", err=True)
    unread = _report_unreadable()
    if first_bad is not None:
        sys.exit(BROKEN)
    click.echo(f"The audit log is as it was written: {last:,} rows. Its head, to be kept elsewhere:")
    click.echo(f"{last}:{mac.hex()}")
    if unread:
        sys.exit(BROKEN)


@click.command()
@with_appcontext
def recount() -> None:
    """Count the queue's columns anew from the flags, for all cases, and print how many were wrong.

    Exits with 1 when something of a case cannot be read.
    """
    wrong = seen = 0
    for ids in _batches():
        with transaction() as session:
            locked = select(Case).where(Case.id.in_(ids)).order_by(Case.id).with_for_update()
            wrong += sum(recount_case(session, case) for case in session.scalars(locked))
        seen += len(ids)
    with transaction() as session:
        log.record(system_act(session), "cases.recounted", cases=wrong)
    click.echo(f"{seen:,} cases counted, {wrong:,} put right.")
    if _report_unreadable():
        sys.exit(BROKEN)


def _report_unreadable() -> int:
    """Say which sealed values cannot be opened, by their ids. Returns how many."""
    with transaction() as session:
        unread = list(damage.find_damaged(session))
    for one in unread:
        of = f" of case {one.case_id}" if one.case_id and one.case_id != one.row else ""
        click.echo(f"Cannot be read: {one.place} in row {one.row}{of}. A backup may hold it whole.", err=True)
    return len(unread)


def _batches() -> Iterator[list[UUID]]:
    """The ids of all cases, some at once, so that no transaction holds the whole clinic."""
    after: UUID | None = None
    while True:
        page = select(Case.id).order_by(Case.id).limit(AT_ONCE)
        if after is not None:
            page = page.where(Case.id > after)
        with transaction() as session:
            ids = list(session.scalars(page))
        if not ids:
            return
        yield ids
        after = ids[-1]
