"""What a medical director signs, the rulebook with the clinic's own limits, and what changed since, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .levels import Level
from .rulebook_diff import Document, differences
from .rulebook_json import as_json
from .rules import ClinicRules, Rule, Rulebook
from .sources import SOURCES, was_read

CLINIC = "clinic"
"""Where the clinic's own limits stand in what is signed, beside the parts of docs/rulebook.json."""


def signing_document(rulebook: Rulebook, settings: ClinicRules) -> dict[str, Any]:
    """A rulebook as docs/rulebook.json has it, with the clinic's own limits."""
    own = {
        "article_exclusions_level": settings.article_exclusions_level.value,
        "parameters": {slug: dict(values) for slug, values in settings.parameters.items()},
    }
    return {**as_json(rulebook), CLINIC: own}


def level_counts(rulebook: Rulebook, settings: ClinicRules) -> dict[Level, int]:
    """How many rules have each level at a clinic."""
    levels = [settings.level_of(rule) for rule in rulebook.rules]
    return {level: levels.count(level) for level in Level}


def unread_sources(rulebook: Rulebook, settings: ClinicRules) -> list[str]:
    """The works that an urgent or stop rule cites and that nobody read whole, each with how much of it was read."""
    cited = (rule.sources for rule in _grave(rulebook, settings))
    works = [SOURCES[key] for key in dict.fromkeys(key for keys in cited for key in keys)]
    return [f"{one.key} ({one.seen})" for one in works if not was_read(one)]


def own_judgement(rulebook: Rulebook, settings: ClinicRules) -> list[str]:
    """The urgent and stop rules that rest on this project's own judgement, at least in part: their slugs."""
    return [rule.slug for rule in _grave(rulebook, settings) if "LOCAL" in rule.sources]


def _grave(rulebook: Rulebook, settings: ClinicRules) -> list[Rule]:
    return [rule for rule in rulebook.rules if settings.level_of(rule) in (Level.URGENT, Level.STOP)]


def own_limits(signed: Document) -> list[str]:
    """The clinic's own limits in a document that is signed, a line each."""
    return list(_own(signed).values())


def changes(before: Document, after: Document) -> list[str]:
    """Lines of Markdown: what changed between two documents that are signed."""
    was, now = _own(before), _own(after)
    lines = differences(before, after)
    own = [
        f"- {now.get(key, was.get(key, ''))}" if key in now else f"- {was[key]}: not any more"
        for key in dict.fromkeys((*was, *now))
        if was.get(key) != now.get(key)
    ]
    if own:
        lines += ["", "## This clinic's own limits", "", *own]
    return lines


def _own(signed: Document) -> dict[str, str]:
    """The clinic's own limits in words, by what each is of."""
    return dict(_own_limits(signed.get(CLINIC, {}), {rule["slug"]: rule for rule in signed["rules"]}))


def _own_limits(own: Mapping[str, Any], rules: Mapping[str, Document]) -> Iterator[tuple[str, str]]:
    if level := own.get("article_exclusions_level"):
        yield "level", f"Rules that a marketing article alone supports: {level}"
    for slug, values in own.get("parameters", {}).items():
        for name, value in values.items():
            limit = rules[slug]["parameters"][name]
            yield (
                f"{slug} {name}",
                (f"*{name}* of `{slug}`: {value:g} {limit['unit']}, and not {limit['default']:g}"),
            )
