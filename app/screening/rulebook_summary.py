"""The rulebook on two or three printed pages, for whoever signs it: each rule with its level, limits and sources."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .cards import CARDS
from .fact_kinds import Mentioned
from .levels import Level
from .logic import FactIs
from .rules import Parameter, Rule, Rulebook
from .settling import MUST_SETTLE

LOCAL_ALONE = ("LOCAL",)
BY_SUBJECT = (Level.REVIEW, Level.CONFLICT, Level.NOTE)
"""Levels that stand in nobody's way: their rules are told by subject, and not in a line each."""


def anchor(heading: str) -> str:
    """What a link within the document names a heading by."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def is_mention(rule: Rule, rulebook: Rulebook) -> bool:
    """Whether a rule is raised by words in a free text alone."""
    match rule.trigger:
        case FactIs(key, _):
            return isinstance(rulebook.facts[key], Mentioned)
    return False


def limit_words(limit: Parameter) -> str:
    """A limit with its unit."""
    return f"{limit.default:g} {limit.unit}"


def summary_lines(rulebook: Rulebook) -> Iterator[str]:
    """The summary. A rule with no source named rests on this project's own judgement alone."""
    for level in Level:
        rules = [rule for rule in rulebook.rules if rule.level is level]
        yield from (
            "",
            f"### {level.word}: {len(rules)} rules",
            "",
            f"{level.means[0].upper()}{level.means[1:]}.",
            "",
        )
        yield from _by_subject(rules, rulebook) if level in BY_SUBJECT else _one_by_one(rules)


def _one_by_one(rules: Sequence[Rule]) -> Iterator[str]:
    yield from ("| Rule | Limits | Sources |", "|---|---|---|")
    for rule in rules:
        mark = " †" if rule.named_by_article else ""
        where = f" ({rule.jurisdiction} only)" if rule.jurisdiction else ""
        yield f"| {_link(rule)}{where}{mark} | {'; '.join(_limits(rule))} | {_sources(rule)} |"


def _by_subject(rules: Sequence[Rule], rulebook: Rulebook) -> Iterator[str]:
    mentions = [rule for rule in rules if is_mention(rule, rulebook)]
    yield from ("| Subject | Rules, with limits and sources |", "|---|---|")
    for card, name in CARDS.items():
        told = [_told(rule) for rule in rules if rule.card == card and rule not in mentions]
        if told:
            yield f"| {name} | {'; '.join(told)} |"
    if mentions:
        told_of = f"[Words about {len(mentions)} subjects, in a box for something else](#{anchor(MENTIONS)})"
        yield f"| Free text | {told_of} |"


MENTIONS = "Words in a free text"
"""The heading of the rules that read free text."""


def _told(rule: Rule) -> str:
    where = [f"{rule.jurisdiction} only"] if rule.jurisdiction else []
    details = [*where, *_limits(rule), *([_sources(rule)] if _sources(rule) else [])]
    return f"{_link(rule)} ({', '.join(details)})" if details else _link(rule)


def _link(rule: Rule) -> str:
    return f"[{rule.title}](#{anchor(rule.title)})"


def _limits(rule: Rule) -> list[str]:
    return [limit_words(limit) for limit in rule.parameters.values()]


def _sources(rule: Rule) -> str:
    """The works that a rule cites, but for those that are none."""
    named = rule.level in MUST_SETTLE
    return ", ".join(key for key in rule.sources if named or rule.sources != LOCAL_ALONE)
