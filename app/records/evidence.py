"""Why a rule came out as it did: the answers that decided a flag, in words, as they are stored with it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from app.questionnaire.all_forms import WHOLE
from app.questionnaire.answers import Answer, is_blank
from app.questionnaire.countries import Country
from app.questionnaire.kinds import Scale, answer_words
from app.questionnaire.reading import Reading
from app.screening.evaluation import Because
from app.screening.fact_kinds import Score
from app.screening.factbook import FACTS
from app.screening.logic import comparisons
from app.screening.rulebook import RULEBOOK
from app.screening.rules import Submitted
from app.screening.source_questions import source_questions


def evidence_of(
    because: list[dict[str, Any]], unknown: Iterable[str] = (), ask: str | None = None
) -> dict[str, Any]:
    """What is sealed with a flag: the answers that decided it, the keys of the facts that are unknown, what to ask."""
    return {"because": because, "unknown": list(unknown), "ask": ask}


def deciding_answer(because: Because, jurisdiction: Country, rule: str) -> dict[str, Any]:
    """{"question", "answer", "words"} of an answer that decided a flag of a rule, its words as the patient saw them.

    Where one item of a scale did, those of that item: a total would not say it.
    """
    question = WHOLE.questions[because.question]
    item = _items(rule).get(because.question)
    if item is not None and isinstance(question.kind, Scale) and isinstance(because.answer, list):
        instrument, score = question.kind.instrument, because.answer[item - 1]
        picked = instrument.choices(item, jurisdiction)[score]
        words = f"{item}. {instrument.wording(jurisdiction).items[item - 1]}: {picked}"
        return {"question": because.question, "answer": because.answer, "words": words}
    own_words = (
        because.answer
        if isinstance(because.answer, str) and question.kind.name in ("group", "text")
        else None
    )
    words = own_words or answer_words(question, because.answer, jurisdiction)
    return {"question": because.question, "answer": because.answer, "words": words}


def is_answer_changed(evidence: Mapping[str, Any], rule: str, reading: Reading) -> bool:
    """Whether an answer that decided a flag of a rule is not among the answers as they are now.

    One whose question is not asked any more is not. One that more was added to, such as another tick, still is.
    """
    return any(not _still_given(one, rule, reading) for one in evidence["because"])


def _still_given(one: Mapping[str, Any], rule: str, reading: Reading) -> bool:
    name, was = one["question"], one.get("answer")
    question = WHOLE.questions.get(name)
    if question is None:
        # Gone from the questionnaire, or set by the schedule: nobody changed it.
        return True
    if not reading.shown(name):
        return False
    now = reading.value(name)
    if isinstance(question.kind, Scale) and isinstance(was, list) and isinstance(now, list):
        if len(was) != len(now):
            return False
        item = _items(rule).get(name)
        pairs = list(zip(was, now, strict=True))
        return all(then in (None, score) for then, score in (pairs[item - 1 : item] if item else pairs))
    return _holds(now, was, within=question.kind.name in ("group", "text"))


def _holds(now: Answer, was: Answer, *, within: bool) -> bool:
    """Whether an answer has in it what it was before. `within`: words taken from a text or an entry count as it."""
    if now == was:
        return True
    match was, now:
        case list(), list():
            return all(part in now for part in was)
        case dict(), dict():
            return all(now.get(row) == value for row, value in was.items() if not is_blank(value))
    return within and isinstance(was, str) and _plain(was) in _plain(json.dumps(now, ensure_ascii=False))


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


@cache
def _items(slug: str) -> dict[str, int]:
    """The items of scales that a rule reads, by question."""
    read = (FACTS[leaf.key] for leaf in comparisons(RULEBOOK.by_slug[slug].trigger))
    return {fact.question: fact.item for fact in read if isinstance(fact, Score) and fact.item is not None}


def unknown_digest(unknown: Iterable[str], case: Submitted) -> str:
    """A short hash of the answers behind unknown facts: it shows whether any of them was answered since."""
    names = sorted({name for key in unknown for name in source_questions(key)})
    state = json.dumps({name: case.answers.get(name) for name in names}, sort_keys=True)
    return hashlib.sha256(state.encode()).hexdigest()[:16]
