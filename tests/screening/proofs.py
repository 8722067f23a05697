"""What each rule's table of cases must show. A case is a healthy adult with a few answers changed, who has sent the
rule's part and answered those before it.

Every case that fires is also asked for its evidence: the answers named are ones this person was asked and gave, and
without them there is no flag. A rule of one jurisdiction is silent in the other.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest

from app.questionnaire.all_forms import WHOLE
from app.questionnaire.countries import Country
from app.questionnaire.kinds import Group
from app.screening.evaluation import Raised, ScreeningResult
from app.screening.rulebook import RULEBOOK
from app.screening.rules import ANY_PART, CLINICIAN
from tests.people import WELL, Answers, but, raised, screen, undetermined

Unknown = tuple[Answers, tuple[str, ...]]


@dataclass(frozen=True)
class Cases:
    """A rule's table: answers that raise it, that just miss, and that leave it open, with the facts then unknown."""

    fires: tuple[Answers, ...]
    misses: tuple[Answers, ...]
    unknown: tuple[Unknown, ...]

    def __add__(self, other: "Cases") -> "Cases":
        return Cases(self.fires + other.fires, self.misses + other.misses, self.unknown + other.unknown)


def when(
    *fires: Answers,
    misses: tuple[Answers, ...] | Answers,
    unknown: tuple[Unknown, ...] | Unknown = (),
) -> Cases:
    """Cases; a single one may stand without its brackets."""
    return Cases(
        fires,
        misses if isinstance(misses, tuple) else (misses,),
        (unknown,) if unknown and isinstance(unknown[0], dict) else unknown,
    )


def line(question: str, fact: str, given: Answers | None = None, yes: str = "yes", no: str = "no") -> Cases:
    """A plain question that raises its rule by itself. `given` opens it."""
    asked = given or {}
    return Cases(
        fires=(asked | {question: yes},),
        misses=(asked | {question: no},),
        unknown=tuple(
            (asked | {question: answer}, (fact,)) for answer in ("not_sure", "rather_not", "ask_me", None)
        ),
    )


def tick(question: str, fact: str, *options: str, instead: str, given: Answers | None = None) -> Cases:
    """A tick list: each option raises the rule; another does not, and nor does a list left open settle it."""
    asked = given or {}
    return Cases(
        fires=(
            *(asked | {question: [option]} for option in options),
            asked | {question: [instead, options[0]]},
        ),
        misses=(asked | {question: [instead]},),
        unknown=tuple((asked | {question: answer}, (fact,)) for answer in ("ask_me", None)),
    )


def pick(question: str, fact: str, *options: str, instead: str, given: Answers | None = None) -> Cases:
    """A choice: each of the options raises the rule, another does not."""
    asked = given or {}
    return Cases(
        fires=tuple(asked | {question: option} for option in options),
        misses=(asked | {question: instead},),
        unknown=tuple((asked | {question: answer}, (fact,)) for answer in ("ask_me", None)),
    )


def checks(table: Mapping[str, Cases]) -> list[Any]:
    """One test for each case of the table."""
    found: list[Any] = []
    for slug, cases in table.items():
        rows: list[tuple[Callable[..., None], list[tuple[Any, ...]]]] = [
            (fires, [(answers,) for answers in cases.fires]),
            (misses, [(answers,) for answers in cases.misses]),
            (is_unknown, [*cases.unknown]),
        ]
        for check, given in rows:
            found += [
                pytest.param(partial(check, slug, *one), id=f"{slug}-{check.__name__}-{number}")
                for number, one in enumerate(given)
            ]
    return found


def here(slug: str) -> Country:
    """A jurisdiction the rule runs in."""
    return RULEBOOK.by_slug[slug].jurisdiction or Country.US


def person(slug: str, changes: Answers) -> Answers:
    """A healthy adult's answers by the time the rule's part is sent, with some of them changed."""
    stage = RULEBOOK.by_slug[slug].stage
    return but(WELL[1 if stage == ANY_PART else stage], changes)


def sent(slug: str, answers: Answers, jurisdiction: Country | None = None) -> ScreeningResult:
    """The rule's part, sent with these answers where the rule runs."""
    stage = RULEBOOK.by_slug[slug].stage
    return screen(
        answers, jurisdiction or here(slug), parts=(1 if stage in (CLINICIAN, ANY_PART) else stage,)
    )


def _silent_elsewhere(slug: str, answers: Answers) -> None:
    if RULEBOOK.by_slug[slug].jurisdiction:
        other = sent(slug, answers, Country.UK if here(slug) == Country.US else Country.US)
        assert slug not in {*raised(other), *undetermined(other)}


def fires(slug: str, changes: Answers) -> None:
    answers = person(slug, changes)
    flags = {flag.rule.slug: flag for flag in sent(slug, answers).raised}
    assert slug in flags
    assert flags[slug].level == RULEBOOK.by_slug[slug].level
    _evidence_decides(flags[slug], answers)
    if not RULEBOOK.by_slug[slug].jurisdiction:
        assert slug in raised(sent(slug, answers, Country.UK))
    _silent_elsewhere(slug, answers)


def _evidence_decides(flag: Raised, answers: Answers) -> None:
    """The answers named were given, and blank in their place there would be no flag."""
    assert flag.because
    for one in flag.because:
        given = answers.get(one.question)
        question = WHOLE.questions.get(one.question)  # none where staff entered it
        names = _names(given or []) if question and isinstance(question.kind, Group) else []
        assert one.answer == given or one.answer in names
    if flag.rule.slug != "measures-missing":  # a blank is what raises that one
        without = but(answers, dict.fromkeys((one.question for one in flag.because), None))
        assert flag.rule.slug not in raised(sent(flag.rule.slug, without))


def _names(entries: list[Answers]) -> list[Any]:
    return [entry.get("med_name") or entry.get("allergy_to") for entry in entries]


def misses(slug: str, changes: Answers) -> None:
    screening = sent(slug, person(slug, changes))
    assert slug not in raised(screening)
    assert slug not in undetermined(screening)


def is_unknown(slug: str, changes: Answers, facts: tuple[str, ...]) -> None:
    answers = person(slug, changes)
    screening = sent(slug, answers)
    assert slug not in raised(screening)
    assert undetermined(screening).get(slug) == facts
    _silent_elsewhere(slug, answers)


def named(gate: str, question: str, fact: str, *options: str, instead: str) -> Cases:
    """A kind of an illness: asked after a yes or a not sure to the illness, and ruled out by a no."""
    return tick(question, fact, *options, instead=instead, given={gate: "yes"}) + when(
        {gate: "not_sure", question: [options[0]]},
        misses={gate: "no", question: [options[0]]},
        unknown=({gate: None, question: [options[0]]}, (fact,)),
    )
