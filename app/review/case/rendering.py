"""The phone script and the history as a case's page draws them: fields are empty but for what was typed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.questionnaire.countries import Country
from app.questionnaire.kinds import Group, Posted, Scale
from app.questionnaire.posted import Problem
from app.review.case.call_questions import GONE, known_values
from app.review.case.history import HistoryEntry
from app.review.case.phone_script_view import Script, ScriptQuestion
from app.web.filters import moment_words
from app.web.question_view import Option, Shown
from app.web.questions import draw

GONE_WORDS = "Wrong, or no longer so: take it off the list"


def history_cells(entry: HistoryEntry) -> tuple[str, str, str]:
    """When, who and what, as the table of the history shows them."""
    of = f" {moment_words(entry.of)}" if entry.of else ""
    times = f" ({entry.times} times)" if entry.times > 1 else ""
    return moment_words(entry.at), entry.who, f"{entry.what}{of}{times}"


def script_fields(
    script: Script,
    jurisdiction: Country,
    typed: Posted,
    problems: Iterable[Problem],
    longer: str | None,
    in_view: Collection[str],
) -> dict[str, Shown]:
    """The fields by place. `longer` is the list that an entry was added to; `in_view`: the follow-ups that are open."""
    wrong = list(problems)
    found = {}
    for name, place in script.places().items():
        mine = [problem for problem in wrong if problem.question == name]
        known = known_values(place)
        more = 1 if name == longer else None
        shown = draw(place.ask, jurisdiction, _counted(place, known, typed), mine, more)
        found[name] = replace(
            _without_known(shown, place, known, typed),
            values=typed,
            hidden=place.condition is not None and name not in in_view,
            show_if_json=place.condition,
        )
    return found


def _counted(place: ScriptQuestion, known: Posted, typed: Posted) -> Posted:
    """What is typed; in a list with the entries that are known, which are counted and keep their numbers."""
    return {**known, **typed} if isinstance(place.ask.kind, Group) else typed


def _without_known(shown: Shown, place: ScriptQuestion, known: Posted, typed: Posted) -> Shown:
    """The field without what is known already: the items of a scale that are answered, the boxes of an entry."""
    kind = place.ask.kind
    if isinstance(kind, Scale) and known:
        return replace(shown, items=[one for one in shown.items if one["field_name"] not in known])
    if isinstance(kind, Group) and known:
        return replace(shown, entries=[_entry(entry, place, typed) for entry in shown.entries])
    return shown


def _entry(entry: Mapping[str, Any], place: ScriptQuestion, typed: Posted) -> Mapping[str, Any]:
    """An entry with its boxes empty; one that is known says what it holds, and can be taken off the list."""
    index = entry["index"]
    boxes: Sequence[Shown] = [replace(box, values=typed) for box in entry["fields"]]
    if index >= len(place.entries):
        return {**entry, "fields": boxes}
    words, clear = place.entries[index]
    title = f"{entry['title']}, until now: {words}"
    name = place.gone_names()[index]
    first = replace(boxes[0], exits=[Option(GONE, GONE_WORDS)])
    touched = any(any(typed.get(one, ())) for box in boxes for one in box.question.form_names())
    touched = touched or any(typed.get(name, ())) or any(box.errors for box in boxes)
    return {
        **entry,
        "title": title,
        "summary": title,
        "folded": clear and not touched,
        "fields": [first, *boxes[1:]],
        "known": True,
    }
