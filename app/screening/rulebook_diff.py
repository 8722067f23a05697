"""What changed between two rulebooks, in words: read before a new one is signed.

Both are as `rulebook_json` writes them, so that one may be a file from years ago.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

Document = Mapping[str, Any]

_WORDS = {
    "title": "Called",
    "level": "Level",
    "trigger_words": "Raised when",
    "stage": "Runs with part",
    "jurisdiction": "Runs in",
    "evidence": "Evidence",
    "card": "Card",
    "wakes_words": "Wakes whoever is on call",
    "rationale": "Why",
    "action": "What to do",
    "ask": "When it cannot be told, ask",
    "named_by_article": "Named by the article",
    "article_says": "The article says",
}
"""What each part of a rule is called, in the order that it is told in."""

UNCHANGED = "The two are the same, rule by rule and fact by fact."


def differences(before: Document, after: Document) -> list[str]:
    """Lines of Markdown: new rules, rules that are gone, what changed in the others, then facts and sources."""
    rules, new_rules = _by(before["rules"], "slug"), _by(after["rules"], "slug")
    facts, new_facts = _by(before["facts"], "key"), _by(after["facts"], "key")
    lines = [
        *_section("New rules", (_whole(new_rules[one]) for one in new_rules if one not in rules)),
        *_section("Rules that are gone", (_headed(rules[one]) for one in rules if one not in new_rules)),
        *_section(
            "Changed rules",
            (_changed(rules[one], new_rules[one]) for one in new_rules if one in rules),
        ),
        *_section("Changed facts", _facts(facts, new_facts, new_rules.values())),
        *_section("Sources", _sources(before["sources"], after["sources"])),
    ]
    return [f"# From rulebook {before['rulebook']} to {after['rulebook']}", *(lines or ["", UNCHANGED])]


def _by(declared: Iterable[Document], key: str) -> dict[str, Document]:
    return {one[key]: one for one in declared}


def _section(heading: str, parts: Iterable[list[str]]) -> list[str]:
    told = [line for part in parts for line in part]
    return ["", f"## {heading}", *told] if told else []


def _headed(rule: Document) -> list[str]:
    return ["", f"### {rule['title']}", f"`{rule['slug']}` · {rule['level']}"]


def _whole(rule: Document) -> list[str]:
    limits = [f"- Limit *{name}*: {_limit(one)}" for name, one in rule.get("parameters", {}).items()]
    return [
        *_headed(rule),
        *(
            f"- {word}: {_said(rule[part])}"
            for part, word in _WORDS.items()
            if part in rule and part != "title"
        ),
        *limits,
        f"- Sources: {', '.join(rule['sources'])}",
    ]


def _changed(before: Document, after: Document) -> list[str]:
    lines = [
        *(line for part, word in _WORDS.items() for line in _was(word, before.get(part), after.get(part))),
        *_limits(before.get("parameters", {}), after.get("parameters", {})),
        *_was("To settle it", _settled_by(before), _settled_by(after)),
        *_was("Sources", ", ".join(before["sources"]), ", ".join(after["sources"])),
    ]
    return [*_headed(after), *lines] if lines else []


def _was(word: str, before: object, after: object) -> list[str]:
    return [] if before == after else [f"- {word}: {_said(after)}", f"  - before: {_said(before)}"]


def _said(value: object) -> str:
    match value:
        case None:
            return "nothing"
        case bool():
            return "yes" if value else "no"
    return str(value)


def _limit(one: Document) -> str:
    return f"{one['default']:g} {one['unit']}, from {one['low']:g} to {one['high']:g}"


def _limits(before: Mapping[str, Document], after: Mapping[str, Document]) -> Iterator[str]:
    for name in dict.fromkeys((*before, *after)):
        told = [_limit(one[name]) if name in one else None for one in (before, after)]
        yield from _was(f"Limit *{name}*", *told)


def _settled_by(rule: Document) -> str:
    reasons = (
        one["words"] if one["clears"] else f"{one['words']} (still not suitable)"
        for one in rule.get("settled_by", ())
    )
    return "; ".join(reasons)


def _facts(
    before: Mapping[str, Document], after: Mapping[str, Document], rules: Iterable[Document]
) -> Iterator[list[str]]:
    readers = _readers(rules)
    for key in dict.fromkeys((*before, *after)):
        told = ["; ".join(one[key]["words"]) if key in one else None for one in (before, after)]
        lines = _was("Worked out", *told)
        if lines:
            yield ["", f"### `{key}`", *lines, f"- Read by: {', '.join(readers.get(key, ())) or 'no rule'}"]


def _readers(rules: Iterable[Document]) -> dict[str, list[str]]:
    """The rules that name each fact."""
    found: dict[str, list[str]] = {}
    for rule in rules:
        for key in dict.fromkeys(_facts_named(rule["trigger"])):
            found.setdefault(key, []).append(f"`{rule['slug']}`")
    return found


def _facts_named(condition: object) -> Iterator[str]:
    if isinstance(condition, Mapping):
        if "fact" in condition:
            yield condition["fact"]
        condition = list(condition.values())
    if isinstance(condition, list):
        for part in condition:
            yield from _facts_named(part)


def _sources(before: Mapping[str, Document], after: Mapping[str, Document]) -> Iterator[list[str]]:
    for key in dict.fromkeys((*before, *after)):
        told = [
            f"{one[key]['citation']} (read: {one[key]['seen']})" if key in one else None
            for one in (before, after)
        ]
        yield _was(f"`{key}`", *told)
