"""The rulebook on two printed pages, for whoever signs it: each rule with its level, limits and sources.

A source is named by a number, and the list of them stands at the end: most rules name several, some of them 50 times.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from .cards import CARDS
from .fact_kinds import Mentioned
from .levels import Level
from .logic import FactIs
from .rules import Parameter, Rule, Rulebook
from .settling import MUST_SETTLE

LOCAL_ALONE = ("LOCAL",)
MARKS = {"LOCAL": "own", "SEED0": "article 0", "SEED1": "article 1"}
"""What stands for a source that is no work."""
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


def source_marks(rulebook: Rulebook) -> dict[str, str]:
    """What stands for each work in the summary: a number, the works that most rules cite first, and a word for none."""
    cited = Counter(key for rule in rulebook.rules for key in _named(rule))
    works = sorted(cited.keys() - MARKS.keys(), key=lambda key: (-cited[key], key))
    return {key: str(number) for number, key in enumerate(works, 1)} | MARKS


def summary_lines(rulebook: Rulebook) -> Iterator[str]:
    """The summary. A rule with no source named rests on this project's own judgement alone."""
    marks = source_marks(rulebook)
    for level in Level:
        rules = [rule for rule in rulebook.rules if rule.level is level]
        means = f"{level.means[0].upper()}{level.means[1:]}."
        yield from ("", f"### {level.word}: {len(rules)} rules. {means}", "")
        yield from _by_subject(rules, rulebook, marks) if level in BY_SUBJECT else _one_by_one(rules, marks)
    listed = (f"{mark} {key}" for key, mark in marks.items() if key not in MARKS)
    yield from ("", f"### {SOURCES_LISTED}", "", "; ".join(listed) + ".")


def _one_by_one(rules: Sequence[Rule], marks: Mapping[str, str]) -> Iterator[str]:
    yield from ("| Rule | Limits | Sources |", "|---|---|---|")
    for rule in rules:
        mark = " †" if rule.named_by_article else ""
        where = f" ({rule.jurisdiction} only)" if rule.jurisdiction else ""
        yield f"| {_link(rule)}{where}{mark} | {'; '.join(_limits(rule))} | {_sources(rule, marks)} |"


def _by_subject(rules: Sequence[Rule], rulebook: Rulebook, marks: Mapping[str, str]) -> Iterator[str]:
    """One paragraph for all subjects: with a line of its own for each the summary takes a third page."""
    mentions = [rule for rule in rules if is_mention(rule, rulebook)]
    subjects = []
    for card, name in CARDS.items():
        told = [_told(rule, marks) for rule in rules if rule.card == card and rule not in mentions]
        if told:
            subjects.append(f"**{name}:** {'; '.join(told)}.")
    if mentions:
        told_of = f"[Words about {len(mentions)} subjects](#{anchor(MENTIONS)})"
        subjects.append(f"**Free text:** {told_of}.")
    yield "\n".join(subjects)


MENTIONS = "Words in a free text"
"""The heading of the rules that read free text."""


SOURCES_LISTED = "Sources by their numbers"
"""The heading of the list of works that the summary names by numbers."""


def _told(rule: Rule, marks: Mapping[str, str]) -> str:
    where = [f"{rule.jurisdiction} only"] if rule.jurisdiction else []
    details = "; ".join((*where, *_limits(rule), *filter(None, [_sources(rule, marks)])))
    return f"{_link(rule)} ({details})" if details else _link(rule)


def _link(rule: Rule) -> str:
    return f"[{rule.title}](#{anchor(rule.title)})"


def _limits(rule: Rule) -> list[str]:
    return [limit_words(limit) for limit in rule.parameters.values()]


def _sources(rule: Rule, marks: Mapping[str, str]) -> str:
    return ", ".join(marks[key] for key in _named(rule))


def _named(rule: Rule) -> tuple[str, ...]:
    """The works that the summary names for a rule: all that it cites, but for those that are none."""
    named = rule.level in MUST_SETTLE
    return tuple(key for key in rule.sources if named or rule.sources != LOCAL_ALONE)
