"""The rulebook on paper, for the medical director who answers for it: a summary, and every rule with its condition in
words.

Written from the rules and facts themselves, as docs/rulebook.md, so that it cannot fall behind them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..questionnaire.pages import Questionnaire
from .cards import CARDS
from .fact_words import fact_words, rule_words
from .facts import Fact
from .levels import Evidence, Level
from .rulebook_summary import MENTIONS, anchor, is_mention, limit_words, summary_lines
from .rules import CLINICIAN, Rule, Rulebook
from .settling import MUST_SETTLE, Reason, reasons_for
from .sources import SOURCES, Source, was_read
from .validity import LONGEST

_BEFORE_SIGNING = """\
Made from the declarations in `app/screening` by `flask docs`. Do not edit it: edit the rule.

Whoever answers for these rules at a clinic reads the summary, whatever of the detail they want behind it, and then what
`flask rulebook sign` prints: the clinic's own limits, and what changed since the clinic's last signature, which no
document that all clinics have can know. Until it is signed no form is switched on there. `flask rulebook diff FILE`
tells what changed since any `rulebook.json`.
"""

_SUMMARY = """\
Each limit is what a clinic has that sets none. A number alone is a source, listed at the end; *own* is this project's
own judgement, and so is a rule with none named; *article 0* and *1* are the two marketing articles. † An article alone
supports it: a clinic that sets nothing has it as review, and it is stop where `article_exclusions_level` says so, and
in the demonstration.
"""

_HOW_TO_READ = """\
Made from the declarations in `app/screening` by `flask docs`. Do not edit it: edit the rule.

A rule flags something for a clinician. No rule decides, refuses, doses, or tells anyone to stop a medicine. Rules read
facts, and the part on facts says how each fact comes out of the answers. A fact is yes, no or unknown:
"not sure", "rather not", "ask me" and an empty answer are unknown, and so is whatever is asked only after one of
these. What an earlier answer ruled out is no. A condition with "and" is no as soon as one part is no; one with "or" is
yes as soon as one part is yes; otherwise one unknown part leaves the whole unknown. A rule whose condition is yes is
raised. One whose condition is unknown puts its question on the to-ask list: unknown is never no.

The level of a rule says where the case stands in the queue. Whether it wakes whoever is on call is said apart: a rule
without that line waits in the queue, at its place, until the clinic is open.

What was told grows older. Judged on a later day, "in the last 6 weeks" has moved back by the days between, as if
nothing new had happened; what may go on or come again may also be as near as it was. A screening says until when it
holds: until a rule would come out otherwise, and never more than {longest} days after the answers (this project's own
judgement, which a clinic must confirm).
"""


def as_markdown(rulebook: Rulebook, questionnaire: Questionnaire) -> str:
    """The whole of docs/rulebook.md. Raises TypeError for a kind of condition or fact that has no words yet."""
    parts = {
        "Summary": [*_SUMMARY.splitlines(), *summary_lines(rulebook)],
        "How to read the detail": _how_to_read(),
        **{_detail(level): list(_level_lines(level, rulebook)) for level in Level},
        "How flags are settled": list(_settling_lines(rulebook)),
        "Facts": [
            line for fact in rulebook.facts.values() for line in _fact_lines(fact, questionnaire, rulebook)
        ],
        "What the articles say": list(_article_lines(rulebook)),
        "Sources": list(_source_lines(rulebook)),
    }
    contents = [f"- [{heading}](#{anchor(heading)})" for heading in parts]
    lines = [
        "# Rulebook",
        "",
        f"Version {rulebook.identity}.",
        "",
        *_BEFORE_SIGNING.splitlines(),
        "",
        *contents,
    ]
    for heading, told in parts.items():
        lines += ["", f"## {heading}", "", *told]
    return "\n".join(lines) + "\n"


def _detail(level: Level) -> str:
    return f"{level.word} rules"


def _how_to_read() -> list[str]:
    kinds = [f"| {evidence} | {evidence.means} |" for evidence in Evidence]
    return [
        *_HOW_TO_READ.format(longest=LONGEST.days).splitlines(),
        "",
        "| Evidence | Means |",
        "|---|---|",
        *kinds,
    ]


def _level_lines(level: Level, rulebook: Rulebook) -> Iterator[str]:
    rules = [rule for rule in rulebook.rules if rule.level is level]
    alone = [rule for rule in rules if not is_mention(rule, rulebook)]
    settling = _settling_lists(rulebook)
    for rule in alone:
        yield from (f"### {rule.title}", "", *_rule_lines(rule, settling), "")
    if len(alone) < len(rules):
        yield from _mention_lines([rule for rule in rules if rule not in alone])


def _mention_lines(rules: Sequence[Rule]) -> Iterator[str]:
    yield from (f"### {MENTIONS}", "")
    yield from (f"- Why: {why}" for why in dict.fromkeys(rule.rationale for rule in rules))
    yield from (f"- What to do: {what}" for what in dict.fromkeys(rule.action for rule in rules))
    yield from (f"- Sources: {_keys(rule.sources)}" for rule in rules[:1])
    yield ""
    for rule in rules:
        yield f"- {_heading(rule)}. {rule.title}. Raised when {rule_words(rule.trigger)}"
    yield ""


def _heading(rule: Rule) -> str:
    where = "US and UK" if rule.jurisdiction is None else f"{rule.jurisdiction} only"
    return f"`{rule.slug}` · **{rule.level}** · evidence: {rule.evidence} · {where} · card: {rule.card}"


def _rule_lines(rule: Rule, settling: dict[tuple[Reason, ...], str]) -> Iterator[str]:
    yield _heading(rule)
    yield ""
    if rule.stage == CLINICIAN:
        yield "- Runs only once staff have entered something about the treatment"
    yield f"- Raised when {rule_words(rule.trigger)}."
    for name, limit in rule.parameters.items():
        yield f"- A clinic may set *{name}*: {limit_words(limit)}, from {limit.low:g} to {limit.high:g}"
    if rule.named_by_article:
        yield "- Named by the article: review in a clinic that sets nothing"
    yield f"- Why: {rule.rationale}"
    yield f"- What to do: {rule.action}"
    if rule.wakes:
        condition = "" if rule.wakes is True else f", when {rule_words(rule.wakes)}"
        yield f"- Wakes whoever is on call, day or night{condition}"
    if rule.level in MUST_SETTLE:
        name = settling[reasons_for(rule.slug, rule.card)]
        yield f"- To settle it: [{name}](#{anchor(name)})"
    if rule.ask:
        yield f"- When it cannot be told: ask {rule.ask}"
    yield f"- Sources: {_keys(rule.sources)}"


def _keys(sources: Sequence[str]) -> str:
    return ", ".join(f"`{key}`" for key in sources)


def _settling_lists(rulebook: Rulebook) -> dict[tuple[Reason, ...], str]:
    """Each list of reasons that some rule has, with what it is called here: after the card that has it first."""
    made: dict[tuple[Reason, ...], str] = {}
    for rule in rulebook.rules:
        reasons = reasons_for(rule.slug, rule.card)
        if rule.level in MUST_SETTLE and reasons not in made:
            named = f"Reasons for {CARDS[rule.card].lower()}"
            same = sum(name.startswith(named) for name in made.values())
            made[reasons] = f"{named}, {same + 1}" if same else named
    return made


def _settling_lines(rulebook: Rulebook) -> Iterator[str]:
    yield from (
        "Urgent and stop rules are settled with a reason of their list. A reason marked “waits” settles the flag, and",
        "“suitable” stays refused.",
    )
    for reasons, name in _settling_lists(rulebook).items():
        told = (one.words if one.clears else f"waits: {one.words}" for one in reasons)
        yield from ("", f"### {name}", "", f"{'; '.join(told)}.")


def _fact_lines(fact: Fact, questionnaire: Questionnaire, rulebook: Rulebook) -> Iterator[str]:
    yield f"### `{fact.key}`"
    yield ""
    for line in fact_words(fact, questionnaire):
        yield f"- {line}"
    if fact.note:
        yield f"- Note: {fact.note}"
    rules = [rule.slug for rule in rulebook.rules if fact.key in rule.trigger.names()]
    if rules:
        yield f"- Read by: {', '.join(f'`{slug}`' for slug in rules)}"
    yield ""


def _article_lines(rulebook: Rulebook) -> Iterator[str]:
    yield "What two marketing articles say, and the rules that answer it. It is no evidence of anything."
    yield ""
    for words in dict.fromkeys(rule.seed for rule in rulebook.rules if rule.seed):
        rules = (f"`{rule.slug}`" for rule in rulebook.rules if rule.seed == words)
        yield f"- “{words}”: {', '.join(rules)}"


def _source_lines(rulebook: Rulebook) -> Iterator[str]:
    cited = [SOURCES[key] for key in dict.fromkeys(key for rule in rulebook.rules for key in rule.sources)]
    yield from (
        "The parts that are named were read in a public copy, on the day that is named, and compared with the rules",
        "that cite them. Where no day stands, it was read before days were noted.",
    )
    for heading, told in {
        "Read": [source for source in cited if was_read(source)],
        "Read in part, and what is missing": [source for source in cited if source.seen == "part"],
        "Not read in their own text, and why": [
            source for source in cited if not was_read(source) and source.seen != "part"
        ],
        "Looked for, and no rule rests on them": [
            source for source in SOURCES.values() if source.kind == "guideline" and source not in cited
        ],
    }.items():
        yield from ("", f"### {heading}", "", *map(_source_line, told))


def _source_line(source: Source) -> str:
    part = f" Parts: {source.section}." if source.section else ""
    where = f" At <{source.address}>." if source.address else ""
    day = f", {source.read_on}" if source.read_on else ""
    note = f" ({source.seen_note})" if source.seen_note else ""
    return f"- `{source.key}` {source.citation}.{part}{where} Read: {source.seen}{day}{note}"
