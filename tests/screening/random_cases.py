"""Cases drawn from the declarations, as many as one likes: anything that may be stored, and some of what may not."""

from datetime import date, timedelta
from random import Random
from typing import Any

from app.questionnaire.all_forms import WHOLE
from app.questionnaire.answers import STATES
from app.questionnaire.countries import Country
from app.questionnaire.kinds import (
    Choice,
    Choices,
    Day,
    Group,
    Measure,
    Number,
    Rows,
    Scale,
    Statement,
)
from app.questionnaire.pages import Question
from app.screening.fact_kinds import Entered
from app.screening.factbook import plan
from app.screening.levels import Level
from app.screening.medicines import MEDICINES
from app.screening.rulebook import RULEBOOK
from app.screening.rules import ClinicRules, Submitted
from tests.people import ON

STATE = sorted(STATES)
NAMES = [name for medicine in MEDICINES for name in medicine.names]
TEXTS = ("my garden", "NKDA", "water pill", "stopped Zoloft", "Foozle for acne", "never had a seizure",
         "I had a seizure in 2019 and my brother has psychosis", "I want to end my life", "", "ask_me")  # fmt: skip
ODD: tuple[Any, ...] = (
    "",
    [],
    ["yes"],
    {},
    3,
    True,
    ["not_sure", "yes"],
    "no such code",
    [None],
    {"unit": "cm"},
)
"""What no door would take."""


def draw(random: Random, odd: float = 0.0) -> tuple[Submitted, ClinicRules]:
    """A case and a clinic's rules; with `odd`, so many of the answers are of another shape than their question's."""
    share = random.choice((0.2, 0.6, 0.95))
    answers = {
        name: random.choice(ODD) if random.random() < odd else _answer(random, question)
        for name, question in WHOLE.questions.items()
        if random.random() < share
    }
    on = ON + timedelta(random.randrange(400))
    return Submitted(
        WHOLE,
        answers,
        on,
        random.choice(list(Country)),
        tuple(random.sample((1, 2, "followup"), random.randint(1, 3))),
        tuple(random.sample(("phq9", "gad7", "peg"), random.randrange(4))),
        random.choice((None, on, on - timedelta(random.randrange(200)))),
        _staff(random) if random.random() < 0.3 else {},
    ), random.choice(CLINICS)


def _answer(random: Random, question: Question) -> Any:
    options = sorted(getattr(question.kind, "options", ()))
    if random.random() < 0.15:
        return random.choice([state for state in STATE if state not in options] or [None])
    match question.kind:
        case Choice():
            return "yes" if "yes" in options and random.random() < 0.3 else random.choice(options)
        case Choices() as kind:
            if random.random() < 0.2:
                # As when only some items were asked, on a call or beside a list of medicines.
                return {
                    item: random.choice(("yes", "no")) for item in kind.items() if random.random() < 0.8
                } or None
            return random.sample(options, min(len(options), random.randint(1, 4)))
        case Number(hard=(low, high)):
            return random.randint(int(low), int(high))
        case Measure(hard=(low, high), metric=metric):
            return {"unit": metric, "value": random.randint(int(low), int(high))}
        case Day():
            return date.fromordinal(ON.toordinal() - random.randrange(100 * 365)).isoformat()
        case Statement():
            return True
        case Scale(instrument=instrument):
            return [
                random.choice((*instrument.choices(item), None))
                if random.random() < 0.5
                else min(instrument.choices(item))
                for item in range(1, instrument.item_count + 1)
            ]
        case Rows(rows=rows):
            return {row: random.choice((*options, *STATE)) for row in rows if random.random() < 0.7}
        case Group(entries=entries):
            return [
                {entry.id: _answer(random, entry) for entry in entries if random.random() < 0.9}
                for _ in range(random.randint(1, 3))
            ]
    return random.choice(NAMES if random.random() < 0.5 else TEXTS)


def _staff(random: Random) -> dict[str, Any]:
    facts = [fact for fact in plan.FACTS if isinstance(fact, Entered)]
    return {fact.key: _entered(random, fact) for fact in random.sample(facts, random.randint(1, len(facts)))}


def _entered(random: Random, fact: Entered) -> Any:
    if fact.or_none and random.random() < 0.3:
        return "none"
    if fact.banded:
        return random.choice((random.randrange(400), [3, 40], [30, None]))
    return random.randrange(300) if fact.unit else random.choice(fact.values or ("yes", "no"))


def _settings(random: Random) -> ClinicRules:
    own = [rule for rule in RULEBOOK.rules if rule.parameters and random.random() < 0.2]
    return ClinicRules(
        {
            rule.slug: {name: random.choice((it.low, it.high)) for name, it in rule.parameters.items()}
            for rule in own
        },
        random.choice((Level.STOP, Level.REVIEW)),
    )


CLINICS = [_settings(Random(number)) for number in range(8)]
"""A few, for the rules are made ready anew for each."""
