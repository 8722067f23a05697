"""What a form asks, as a hash of each page: every question, wording, option, limit and condition of it.

What patients neither read nor are asked by is left out: who uses an answer, and the words quoted for it. A notice
stands by its id and title, for its own version is kept apart (see notices). Names of Python classes are left out too.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from .all_forms import FORMS
from .conditions import Expression, worded
from .dictionary import leaf_words
from .form_kinds import FormKind
from .kinds import Kind
from .notices import Notice
from .pages import Question, Questionnaire
from .versions import WHOLE_FORM, Hashes, differing, history, newest

FOR_STAFF = frozenset({"seed", "use", "card", "also_on"})
"""The parts of a question that its patients do not meet."""
COMMAND = ".venv/bin/flask version"


def hashes(questionnaire: Questionnaire) -> Hashes:
    """Each page of a form, and the form as a whole, to the hash of what it asks."""
    pages = {
        page.id: _hash([step.private, _spelled(page)]) for step in questionnaire.steps for page in step.pages
    }
    return {WHOLE_FORM: _hash(_order(questionnaire))} | pages


def unrecorded(kind: FormKind) -> str | None:
    """What to do about questions that changed under their version; None when they are as the version has them."""
    changed = changed_pages(kind)
    if not changed:
        return None
    pages = ", ".join(page or "the order of its pages, or what is worked out" for page in changed)
    return (
        f"“{kind.word}” is not as version {newest(kind)} has it: {pages}. People have answered that version, so "
        f"the change needs a new one. Run: {COMMAND}"
    )


def changed_pages(kind: FormKind) -> tuple[str, ...]:
    """The pages whose questions are not as their version has them."""
    return differing(history(kind)[newest(kind)], hashes(FORMS[kind].asks))


def _order(questionnaire: Questionnaire) -> Any:
    steps = [
        [step.id, step.name, step.group, [page.id for page in step.pages]] for step in questionnaire.steps
    ]
    derived = {name: [it.question, it.of.__name__] for name, it in questionnaire.derived.items()}
    return [questionnaire.id, steps, derived]


def _hash(spelled: Any) -> str:
    return hashlib.sha256(json.dumps(spelled, ensure_ascii=False).encode()).hexdigest()[:16]


def _spelled(value: Any) -> Any:
    """A declaration as JSON, the same on every machine. Raises TypeError for what cannot be declared."""
    match value:
        case None | bool() | int() | float():
            return value
        case str():
            return str(value)
        case Expression():
            return worded(value, _leaf, negated="not ({0.bare})", led="{0} led, or {1}")
        case Notice():
            return [value.id, value.title]
        case Mapping():
            return [[_spelled(key), _spelled(one)] for key, one in value.items()]
        case tuple() | list():
            return [_spelled(one) for one in value]
    if is_dataclass(value):
        left_out = FOR_STAFF if isinstance(value, Question) else ()
        kind = {"kind": value.name} if isinstance(value, Kind) else {}
        named = ((field.name, getattr(value, field.name)) for field in fields(value))
        return kind | {name: _spelled(one) for name, one in named if name not in left_out}
    if callable(value):
        return value.__name__
    raise TypeError(f"{type(value).__name__} is in no declaration of a question.")


def _leaf(leaf: Expression) -> str:
    compared = {field.name: _spelled(getattr(leaf, field.name)) for field in fields(leaf)}  # type: ignore[arg-type] # every leaf is a dataclass
    return f"{leaf_words(leaf)} {json.dumps(compared, ensure_ascii=False)}"
