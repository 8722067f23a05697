"""flask screen: cases in a file against the rulebook. It needs no clinic, no database and no keys."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import date

import click
import orjson

from app.commands.case_files import case_texts
from app.questionnaire.all_forms import WHOLE
from app.questionnaire.countries import Country
from app.screening.case_text import CaseRefused, read_text
from app.screening.cases import JURISDICTIONS, read_case, read_day, screening_document
from app.screening.evaluation import evaluate
from app.screening.rulebook import RULEBOOK
from app.screening.validity import validity

BAD_INPUT = 2
NOBODY_LISTENS = 1
MOST_OF_A_MESSAGE = 400


def _day(_context: click.Context, _option: click.Parameter, text: str | None) -> date | None:
    try:
        return None if text is None else read_day(text)
    except CaseRefused as refused:
        raise click.BadParameter(refused.message) from None


@click.command()
@click.argument("file")
@click.option(
    "--on",
    metavar="DATE",
    callback=_day,
    help="The day to judge all cases on, YYYY-MM-DD. What was told has aged by then.",
)
@click.option("--jurisdiction", type=click.Choice(JURISDICTIONS), help="Whose rules to judge all cases by.")
@click.option("--keep-going", is_flag=True, help="Report and count bad cases, and screen the others.")
def screen(file: str, on: date | None, jurisdiction: Country | None, keep_going: bool) -> None:
    """Screen the cases in FILE (- is standard input): one JSON object, or one case a line.

    Writes one line of JSON for each case. A bad case is told on standard error, with its line and field, and ends
    the work with exit code 2.
    """
    read = bad = 0
    try:
        for line, text in _cases(file):
            read += 1
            try:
                if isinstance(text, CaseRefused):
                    raise text
                answer = _screened(text, on, jurisdiction)
            except CaseRefused as refused:
                bad += 1
                _report(f"line {line + refused.line}: {refused}")
                if not keep_going:
                    break
            else:
                _write(answer)
    except BrokenPipeError:
        _stop_quietly()
    if not read:
        _report(f"{file} holds no case")
    if bad and keep_going:
        _report(f"{bad:,} of {read:,} cases refused")
    if bad or not read:
        sys.exit(BAD_INPUT)


def _screened(text: str, on: date | None, jurisdiction: Country | None) -> bytes:
    received = read_case(read_text(text), WHOLE, RULEBOOK, on=on, jurisdiction=jurisdiction)
    screening = evaluate(RULEBOOK, received.submitted, received.settings)
    valid = validity(RULEBOOK, received.submitted, received.settings, screening)
    return orjson.dumps(screening_document(screening, received, valid))


def _cases(file: str) -> Iterator[tuple[int, str | CaseRefused]]:
    """Line and text of each case. A file that cannot be read ends the command with exit code 2."""
    try:
        with nullcontext(sys.stdin.buffer) if file == "-" else open(file, "rb") as stream:
            for piece in case_texts(stream):
                yield piece.line, piece.text
    except (OSError, ValueError) as problem:
        # ValueError: a name with a NUL in it.
        reason = problem.strerror if isinstance(problem, OSError) else problem
        _report(f"cannot read {file}: {reason}")
        sys.exit(BAD_INPUT)


def _write(line: bytes) -> None:
    """A case's answer leaves as soon as it is known: whoever reads us may act on it."""
    out = sys.stdout.buffer
    out.write(line + b"\n")
    out.flush()


def _report(message: str) -> None:
    """A message of one line and a bounded length, whatever was in the file."""
    shown = message if len(message) <= MOST_OF_A_MESSAGE else f"{message[:MOST_OF_A_MESSAGE]} ..."
    safe = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in shown)
    click.echo(safe, err=True)


def _stop_quietly() -> None:
    """Whoever read our answers has had enough. Python must not trip over the closed pipe once more as it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(NOBODY_LISTENS)
