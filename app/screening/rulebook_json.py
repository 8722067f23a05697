"""The rulebook as data, for other programs: docs/rulebook.json, as docs/rulebook.schema.json describes it.

Written from the rules and facts themselves. With it, and docs/questionnaire.json for the answers, any program can judge
a case: tests/screening/test_rulebook_json.py holds one that shares no code with this.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from inspect import getdoc
from types import FunctionType, MappingProxyType
from typing import Any

from ..questionnaire.all_forms import WHOLE
from ..questionnaire.conditions import All, Either, Expression, Lead, Not
from ..questionnaire.form_json import condition_json, plain
from .fact_kinds import (
    Age,
    AnsweredNumber,
    BodyMassIndex,
    Computed,
    Days,
    Entered,
    Mentioned,
    OneOf,
    Recent,
    Score,
    Tri,
)
from .fact_words import fact_words, rule_words
from .facts import Fact
from .levels import Evidence, Level
from .logic import Band, FactCompare, FactHas, FactIs, Param
from .rules import Rule, Rulebook
from .settling import MUST_SETTLE, reasons_for
from .sources import SOURCES

KINDS: Mapping[type[Fact], str] = MappingProxyType(
    {
        Tri: "yes/no",
        Recent: "recent yes/no",
        AnsweredNumber: "number",
        Age: "age",
        BodyMassIndex: "body mass index",
        Score: "score",
        Days: "days",
        OneOf: "one of",
        Entered: "entered by staff",
        Computed: "from lists",
        Mentioned: "mention",
    }
)
"""The word for how a fact is worked out."""


def as_json(rulebook: Rulebook) -> dict[str, Any]:
    """A rulebook. Raises TypeError for a kind of condition, and KeyError for a kind of fact, that has no JSON yet."""
    cited = dict.fromkeys(key for rule in rulebook.rules for key in rule.sources)
    return {
        "$schema": "rulebook.schema.json",
        "rulebook": rulebook.identity,
        "version": rulebook.version,
        "levels": {level.value: level.means for level in Level},
        "evidence": {evidence.value: evidence.means for evidence in Evidence},
        "rules": [_rule(rule) for rule in rulebook.rules],
        "facts": [_fact(fact) for fact in rulebook.facts.values()],
        "sources": {key: plain(SOURCES[key]) for key in cited},
    }


def _rule(rule: Rule) -> dict[str, Any]:
    said = {
        "slug": rule.slug,
        "title": rule.title,
        "level": rule.level.value,
        "card": rule.card,
        "evidence": rule.evidence.value,
        "stage": rule.stage,
        "jurisdiction": rule.jurisdiction and rule.jurisdiction.value,
        "trigger": trigger_json(rule.trigger),
        "trigger_words": rule_words(rule.trigger),
        "parameters": plain(rule.parameters),
        "rationale": rule.rationale,
        "action": rule.action,
        "ask": rule.ask,
        "wakes": trigger_json(rule.wakes) if isinstance(rule.wakes, Expression) else rule.wakes,
        "wakes_words": _wakes_words(rule),
        "settled_by": _reasons(rule),
        "named_by_article": rule.named_by_article,
        "article_says": rule.seed,
        "sources": list(rule.sources),
    }
    return {name: value for name, value in said.items() if value not in (None, {}, [])}


def _wakes_words(rule: Rule) -> str:
    if isinstance(rule.wakes, bool):
        return "yes" if rule.wakes else "no"
    return f"when {rule_words(rule.wakes)}"


def _reasons(rule: Rule) -> list[dict[str, Any]]:
    if rule.level not in MUST_SETTLE:
        return []
    return [plain(reason) for reason in reasons_for(rule.slug, rule.card)]


def trigger_json(condition: Expression) -> dict[str, Any]:
    """A condition over facts, or over facts and answers: the shape of those over answers, with leaves over facts."""
    match condition:
        case All(parts):
            return {"all": [trigger_json(part) for part in parts]}
        case Either(parts):
            return {"any": [trigger_json(part) for part in parts]}
        case Not(part):
            return {"not": trigger_json(part)}
        case Lead(first, or_yes):
            return {"lead": trigger_json(first), "or_yes": trigger_json(or_yes)}
        case FactIs(key, wanted):
            return {"fact": key, "is": wanted}
        case FactHas(key, wanted):
            return {"fact": key, "has": list(wanted)}
        case FactCompare(key, operator, Param(name)):
            return {"fact": key, operator: {"parameter": name}}
        case FactCompare(key, operator, limit):
            return {"fact": key, operator: limit}
    return condition_json(condition)


def _fact(fact: Fact) -> dict[str, Any]:
    said: dict[str, Any] = {
        "key": fact.key,
        "kind": KINDS[type(fact)],
        "moves": fact.moves,
        "words": fact_words(fact, WHOLE),
    }
    for one in fields(fact):
        value = getattr(fact, one.name)
        if one.name in ("key", "why") or value is False or value in (None, "", (), {}):
            continue
        said[one.name] = _value(value)
    return said


def _value(value: object) -> Any:
    match value:
        case Expression():
            return trigger_json(value)
        case Band(low, high):
            return [low, high]
        case Mapping():
            return {key: _value(one) for key, one in value.items()}
        case FunctionType():
            return getdoc(value) or value.__name__.strip("_").replace("_", " ")
    return plain(value)
