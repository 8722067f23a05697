"""Canonical JSON of rules, facts and conditions: the same on every machine, and whatever Python calls their classes.

The identity of a rulebook is a hash of this. The names of fields and functions are in it, those of classes are not: a
class that is renamed makes no other rulebook.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from types import FunctionType, MappingProxyType
from typing import Any

from ..questionnaire.conditions import All, Either, Expression, Lead, Not
from ..questionnaire.conditions.leaves import Compare, Field, Has, In, NotIn, Retired, Row, Unanswered
from .facts import Fact
from .logic import FactCompare, FactHas, FactIs, Param

NODES: Mapping[type[Any], str] = MappingProxyType(
    {
        All: "all",
        Either: "either",
        Not: "not",
        Lead: "lead",
        Retired: "retired",
        In: "in",
        NotIn: "not in",
        Has: "has",
        Unanswered: "unanswered",
        Row: "row",
        Field: "field",
        Compare: "compare",
        FactIs: "fact is",
        FactHas: "fact has",
        FactCompare: "fact compares",
        Param: "parameter",
    }
)
"""The word for each node of a condition. It is in the identity of every rulebook, so it never changes."""


def canonical(declared: object) -> Any:
    """A declaration as JSON. Raises TypeError for what no rule or fact can hold."""
    match declared:
        case None | bool() | int() | float():
            return declared
        case str():
            return str(declared)
        case Mapping():
            return [[canonical(key), canonical(value)] for key, value in declared.items()]
        case tuple() | list():
            return [canonical(one) for one in declared]
    if is_dataclass(declared):
        held = {field.name: canonical(getattr(declared, field.name)) for field in fields(declared)}
        return {"": _kind(declared)} | held
    if isinstance(declared, FunctionType):
        return declared.__name__
    raise TypeError(f"{type(declared).__name__} is in no declaration of a rule or a fact.")


def _kind(declared: Any) -> Any:
    """What tells declarations with the same fields apart; None where nothing else has them."""
    if isinstance(declared, Fact):
        return [declared.kind, declared.moves]
    if isinstance(declared, Expression | Param):
        if type(declared) not in NODES:
            raise TypeError(f"{type(declared).__name__} has no word in NODES.")
        return NODES[type(declared)]
    return None
