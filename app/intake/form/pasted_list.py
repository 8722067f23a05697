"""A whole list typed or pasted into the box of one medicine: it becomes rows, which the patient checks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.questionnaire.kinds import Group
from app.questionnaire.pages import Page
from app.questionnaire.wording import Message
from app.screening.split_lists import ListedMedicine, split_list

LIST, NAME = "medicines", "med_name"
COLUMNS = (NAME, "med_strength", "med_often", "med_for")
MADE = Message("We made {count} rows of your list. Look at each one, and add what is missing")
FULL = Message(
    "This page holds {most} medicines, and your list has more. All that had no room is in the last box. Keep one "
    "there, and tell us of the others when we talk"
)
Typed = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class SplitPage:
    """A posted page in which a list was split into rows."""

    posted: dict[str, list[str]]
    """What was posted, with the rows in it."""
    told: str
    """What the page says of it."""


def split_page(page: Page, posted: Typed) -> SplitPage | None:
    """The page with its lists in rows; None where no box of it holds a list."""
    kind = next((one.kind for one in page.questions if one.id == LIST), None)
    if not isinstance(kind, Group):
        return None
    filled = [row for index in range(kind.most) if (row := _row(kind, index, posted))]
    rows: list[dict[str, list[str]]] = []
    split, full = 0, False
    for place, row in enumerate(filled):
        listed = split_list(row.get(NAME, [""])[0])
        if len(listed) < 2:
            rows.append(row)
            continue
        split += len(listed)
        room = kind.most - len(rows) - len(filled[place + 1 :])
        full = full or len(listed) > room
        rows += _rows(row, listed, room)
    if not split:
        return None
    rest = {name: [*texts] for name, texts in posted.items() if not name.startswith(f"{LIST}-")}
    named = {
        f"{LIST}-{index}-{column}": texts for index, row in enumerate(rows) for column, texts in row.items()
    }
    told = Message(FULL, most=kind.most) if full else Message(MADE, count=split)
    return SplitPage(rest | named, told)


def _row(kind: Group, index: int, posted: Typed) -> dict[str, list[str]]:
    """What was typed in one entry, by column; the columns left empty apart."""
    typed = {entry.id: [*posted.get(f"{LIST}-{index}-{entry.id}", ())] for entry in kind.entries}
    return {column: texts for column, texts in typed.items() if any(map(str.strip, texts))}


def _rows(
    row: dict[str, list[str]], listed: Sequence[ListedMedicine], room: int
) -> list[dict[str, list[str]]]:
    """The rows of a list that was typed into one. What has no room stands in the last, so that nothing is lost."""
    first, *others = (_as_row(each) for each in listed[:room])
    if row.keys() & first.keys() != {NAME}:
        # Both a box of its own and the list say it: the box stands, and the list's words stay in the name.
        first = {NAME: [listed[0].typed]}
    rows = [row | first, *others]
    if len(listed) > room:
        rows[-1][NAME] = ["; ".join(each.typed for each in listed[room - 1 :])]
    return rows


def _as_row(listed: ListedMedicine) -> dict[str, list[str]]:
    told = (listed.name, listed.strength, listed.often, listed.reason)
    return {column: [text] for column, text in zip(COLUMNS, told, strict=True) if text}
