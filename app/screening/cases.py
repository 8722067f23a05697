"""One case in the case format: from text to what is judged, and from a screening to what is told.

Plain Python: it opens nothing and knows no line numbers but those inside the text. Answers are checked by the kinds of
their questions, as the web form's are: what one door refuses, the other refuses in the same words.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..questionnaire.answers import Answer
from ..questionnaire.countries import Country
from ..questionnaire.form_kinds import FormKind
from ..questionnaire.kinds import Identity, InvalidAnswer, accept_answer
from ..questionnaire.pages import Question, Questionnaire
from .case_text import CaseRefused, below, shown_name
from .evaluation import ScreeningResult
from .fact_kinds import Entered
from .levels import Level
from .rules import DEFAULT_RULES, ClinicRules, Rulebook, SettingRefused, Submitted
from .validity import Validity

KEYS = ("submitted_on", "jurisdiction", "parts", "answers", "fu_due", "staff", "parameters", "id")
JURISDICTIONS = tuple(Country)
PARTS: tuple[int | str, ...] = tuple(kind.part for kind in FormKind)
DUE = ("phq9", "gad7", "peg")
ARTICLE_LEVEL = "article_exclusions_level"
ARTICLE_LEVELS = (Level.STOP, Level.REVIEW)


@dataclass(frozen=True, slots=True)
class ReceivedCase:
    """A case as it came: what is judged, the clinic's own values, and the sender's id if one was given."""

    submitted: Submitted
    """What is judged."""
    settings: ClinicRules
    """The clinic's own values of rules."""
    id: str | int | float | None = None
    """The sender's id; None when none was given."""


def read_case(
    sent: Any,
    questionnaire: Questionnaire,
    rulebook: Rulebook,
    *,
    on: date | None = None,
    jurisdiction: Country | None = None,
) -> ReceivedCase:
    """Check a case and make it ready to be judged, on the day `on` and in `jurisdiction` rather than those it names.

    Answers judged on a later day than they were given have aged: see Submitted. Judged on an earlier day, they are
    read as if they had been given then. Raises CaseRefused.
    """
    if not isinstance(sent, dict):
        raise CaseRefused("a case must be a JSON object")
    for key in sent:
        if key not in KEYS:
            raise CaseRefused(f"no such key beside the answers; there are {', '.join(KEYS)}", shown_name(key))
    said_on = read_day(sent["submitted_on"], "submitted_on") if sent.get("submitted_on") is not None else None
    day = on or said_on
    if day is None:
        raise CaseRefused("missing: the day the answers were given, as YYYY-MM-DD", "submitted_on")
    answered_on = min(day, said_on or day)
    said_in = _one_of(sent.get("jurisdiction"), JURISDICTIONS, "jurisdiction", Country.US)
    where = Country(jurisdiction or said_in)
    parts = _parts(sent.get("parts"))
    due = tuple(str(name) for name in _listed(sent.get("fu_due"), DUE, "fu_due"))
    staff = _staff(sent.get("staff"), rulebook)
    answers = _answers(sent.get("answers"), questionnaire, answered_on)
    submitted = Submitted(questionnaire, answers, day, where, parts, due, answered_on, staff)
    return ReceivedCase(submitted, read_settings(sent.get("parameters"), rulebook), _id(sent.get("id")))


def read_day(value: object, field: str = "") -> date:
    """A day written YYYY-MM-DD. Raises CaseRefused."""
    try:
        if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise CaseRefused("must be a real day, written YYYY-MM-DD", field)


def screening_document(screening: ScreeningResult, received: ReceivedCase, valid: Validity) -> dict[str, Any]:
    """The screening of a case as one JSON object, with the sender's id when there is one."""
    raised = [
        {
            "slug": flag.rule.slug,
            "level": flag.level.value,
            "because": [{"question": one.question, "answer": one.answer} for one in flag.because],
            "sources": list(flag.rule.sources),
        }
        for flag in screening.raised
    ]
    undetermined = [
        {"slug": line.rule.slug, "unknown": list(line.unknown), "ask": line.rule.ask}
        for line in screening.undetermined
    ]
    known = {} if received.id is None else {"id": received.id}
    return known | {
        "rulebook": screening.rulebook,
        "settings": screening.settings,
        "on": received.submitted.on.isoformat(),
        "valid_until": valid.until.isoformat(),
        "raised": raised,
        "undetermined": undetermined,
    }


def _one_of(value: Any, allowed: tuple[str, ...], field: str, default: str) -> str:
    if value is None:
        return default
    if isinstance(value, str) and value in allowed:
        return value
    raise CaseRefused(f"must be {' or '.join(allowed)}", field)


def _listed(value: Any, allowed: tuple[int | str, ...], field: str) -> list[int | str]:
    """A list of some of the values allowed; none when missing."""
    if value is None:
        return []
    # In Python true and 1.0 equal 1; in a file they are other values.
    if not isinstance(value, list) or not all(
        isinstance(one, int | str) and not isinstance(one, bool) and one in allowed for one in value
    ):
        raise CaseRefused(f"must be a list of {', '.join(json.dumps(one) for one in allowed)}", field)
    return value


def _parts(value: Any) -> tuple[int | str, ...]:
    parts = tuple(dict.fromkeys(_listed([1] if value is None else value, PARTS, "parts")))
    if not parts:
        # No rule would run, and the answer would look like that of someone well.
        raise CaseRefused("names no part that was sent", "parts")
    return parts


def _id(value: Any) -> str | int | float | None:
    if isinstance(value, bool) or not isinstance(value, str | int | float | None):
        raise CaseRefused("must be text or a number", "id")
    return value


def _answers(value: Any, questionnaire: Questionnaire, on: date) -> dict[str, Answer]:
    """The answers in their stored shape, blanks left out."""
    if value is None:
        raise CaseRefused("missing", "answers")
    if not isinstance(value, dict):
        raise CaseRefused("must be an object of answers by question", "answers")
    answers: dict[str, Answer] = {}
    codes = questionnaire.codes
    for name, answer in value.items():
        if answer.__class__ is str and answer in codes.get(name, ()):
            # As most answers are; what follows would take it, too.
            answers[name] = answer
            continue
        question = questionnaire.questions.get(name)
        if question is None:
            raise CaseRefused(_no_question(name), below("answers", name))
        try:
            accepted = accept_answer(question, answer, on)
        except InvalidAnswer as refusal:
            raise CaseRefused(refusal.message, _field(question, answer, refusal.part)) from None
        # A birth date that opens an invitation is compared and never stored: the answer is dob.
        if accepted is not None and not isinstance(question.kind, Identity):
            answers[name] = accepted
    return answers


def _no_question(name: str) -> str:
    if name == "fu_due":
        return "stands beside the answers, not among them"
    return "no such question"


def _field(question: Question, answer: Answer, part: str) -> str:
    """The path to what was refused: `part` is a form name such as weight-value or medicines-0-med_often."""
    path, here = f"answers.{question.id}", answer
    for piece in part.removeprefix(question.id).split("-")[1:]:
        if isinstance(here, dict) and piece in here:
            path, here = f"{path}.{piece}", here[piece]
        elif isinstance(here, list) and piece.isdecimal() and int(piece) < len(here):
            # Items of a scale count from 1 in form names, and its message says which; entries count from 0.
            if not isinstance(here[int(piece)], dict):
                break
            path, here = f"{path}[{piece}]", here[int(piece)]
    return path


def _staff(value: Any, rulebook: Rulebook) -> dict[str, Any]:
    """What staff entered about the treatment, by fact. A blank is not entered."""
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise CaseRefused("must be an object of what staff entered, by fact", "staff")
    entered = {key: one for key, one in value.items() if one is not None}
    for key, one in entered.items():
        fact = rulebook.facts.get(key)
        if not isinstance(fact, Entered):
            raise CaseRefused("staff enter no such fact", below("staff", key))
        if refusal := fact.refusal(one):
            raise CaseRefused(refusal, below("staff", key))
    return entered


def read_settings(value: Any, rulebook: Rulebook, usual: ClinicRules = DEFAULT_RULES) -> ClinicRules:
    """The clinic's own values: numbers by rule and name, and the level of the exclusions that the article names, which
    is the `usual` one when none is given.

    Raises CaseRefused.
    """
    if value is None:
        return usual
    if not isinstance(value, dict):
        raise CaseRefused("must be an object of a clinic's values by rule", "parameters")
    level = _one_of(
        value.get(ARTICLE_LEVEL),
        ARTICLE_LEVELS,
        f"parameters.{ARTICLE_LEVEL}",
        usual.article_exclusions_level,
    )
    own: dict[str, Mapping[str, float]] = {
        slug: values for slug, values in value.items() if slug != ARTICLE_LEVEL
    }
    for slug, values in own.items():
        field = below("parameters", slug)
        if slug not in rulebook.by_slug:
            raise CaseRefused("no such rule in this release", field)
        if not isinstance(values, dict):
            raise CaseRefused("must be an object of numbers by name", field)
        for name, number in values.items():
            try:
                rulebook.check(ClinicRules({slug: {name: number}}))
            except SettingRefused as refusal:
                raise CaseRefused(str(refusal), below(field, name)) from None
    return ClinicRules(own, Level(level))
