"""Expressions over answers that come out as yes, no or unknown.

A truth is True (yes), False (no) or None (unknown), joined by Kleene's rules. An expression is a value: it evaluates
itself, names the questions that decided it, and turns into JSON for the page's own script.

    q("reasons").has("pain")
    any_of(q("heart_attack").is_("yes"), q("heart_list").has("stent"))

What a leaf says when its question does not apply, or holds no definite answer, is the safety of the whole product:
a question ruled out by an earlier "no" is no; one whose gate is unknown is unknown; not sure, rather not, ask me and
blank are unknown. Unknown is never no.
"""

from .leaves import AnswerLeaf, Compare, Field, Has, In, Leaf, NotIn, Retired, Row, Unanswered, q
from .tree import (
    All,
    Either,
    Expression,
    Lead,
    Not,
    all_of,
    any_of,
    lead,
    mapped,
    not_,
    unknown_leaves,
    unknown_names,
    walk,
    worded,
)
from .truth import NONE, OPERATOR_WORDS, NoValue, Truth, any_truth, compare, not_truth

__all__ = ["NONE", "OPERATOR_WORDS", "All", "AnswerLeaf", "Compare", "Either", "Expression", "Field", "Has",
           "In", "Lead", "Leaf", "NoValue", "Not", "NotIn", "Retired", "Row", "Truth", "Unanswered", "all_of",
           "any_of", "any_truth", "compare", "lead", "mapped", "not_", "not_truth", "q", "unknown_leaves",
           "unknown_names", "walk", "worded"]  # fmt: skip
