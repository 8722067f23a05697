"""Invented people for demonstrations, load and benchmarks: never real ones, and every text of theirs says so.

Everything about a person follows from a seed and their number, question by question, so that a question added to the
form changes no other answer. An answer is what the person would pick; the form decides what it asks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from random import Random

from app.demo.medicines import COMPLAINTS, CONFUSED, Complaint, TypedMedicine
from app.demo.particulars import MARKER, details
from app.questionnaire.answers import Answer
from app.questionnaire.countries import Country
from app.questionnaire.kinds import (
    EXCLUSIVE,
    Choice,
    Choices,
    Group,
    Scale,
    Signature,
    Statement,
    Text,
)
from app.questionnaire.pages import Question

SENTENCES = (
    "I would like to sleep through the night",
    "To go back to work, even for a few hours",
    "To play with my grandchildren again",
    "It comes and goes, worse in winter",
    "My doctor knows about it",
    "I don't remember exactly when",
    "To feel like myself",
)


class Tendency(StrEnum):
    """The kind of answers that an invented person tends to give."""

    CLEAN = "clean"
    ORDINARY = "ordinary"
    ILL = "ill"
    UNSURE = "unsure"
    CONFUSED = "confused"
    URGENT = "urgent"


# How often each is met, and how likely its people are to say yes, and to say that they are not sure, to a question.
_MET = {
    Tendency.CLEAN: (30, 0.0, 0.0),
    Tendency.ORDINARY: (36, 0.05, 0.02),
    Tendency.ILL: (12, 0.18, 0.05),
    Tendency.UNSURE: (7, 0.03, 0.35),
    Tendency.CONFUSED: (7, 0.03, 0.03),
    Tendency.URGENT: (8, 0.06, 0.03),
}
_HALF_FINISHED = 0.12

# What would stand out in somebody who has nothing to tell.
_NOTHING: dict[str, Answer] = {
    "pregnancy_status": "no",
    "ketamine_before": ["none"],
    "drugs_used": ["none"],
    "alcohol_any": "no",
    "breastfeeding": "no",
}

# What few people have to say yes to, however ill they are.
_RARE = frozenset(
    (
        *("harm_others", "suicide_attempt", "psychosis_ever", "mania_ever", "mh_hospital", "memory_problem"),
        *("brain_pressure", "aneurysm", "stroke", "chest_pain_recent", "heart_attack", "surgery_major"),
        *(
            "anesthetic_allergy",
            "steroid_allergy",
            "ketamine_allergy",
            "cancer_now",
            "chemo_now",
            "fam_anesthetic",
        ),
    )
)
_LESS = 0.25

# In an emergency, or close to ending their life: one of these, each with what goes with it.
_URGENT: tuple[dict[str, Answer], ...] = (
    {"suicide_thoughts": "often", "suicide_today": "yes", "suicide_plan": "yes", "callback": "today"},
    {"suicide_thoughts": "sometimes", "suicide_attempt": "yes", "suicide_attempt_when": "past_3_months"},
    {"urgent_now": ["chest_pain"], "chest_pain_recent": "yes"},
    {
        "bp_known": "yes",
        "bp_top": 192,
        "bp_bottom": 121,
        "bp_when": "week",
        "high_bp": "yes",
        "high_bp_control": "no",
    },
    {"harm_others": "yes"},
    {"reasons": ["pain"], "pain_sites": ["back"], "back_warning": "yes"},
)


@dataclass(frozen=True)
class InventedPerson:
    """One invented person."""

    seed: int
    """The seed of the whole set of people."""
    number: int
    """Which person of the set it is."""
    on: date
    """The day on which they fill in the form."""
    jurisdiction: Country
    """The country of their clinic."""
    tendency: Tendency
    """The kind of answers they tend to give."""
    stops_after: int | None
    """The number of pages after which they leave the form; None when they send it."""
    fixed: Mapping[str, Answer] = field(repr=False)
    """The answers that belong together, by question id; others are drawn when asked."""
    taken: tuple[TypedMedicine, ...] = field(repr=False)
    """The medicines they take."""

    @classmethod
    def of(cls, seed: int, number: int, on: date, jurisdiction: Country) -> InventedPerson:
        """The person with this number, as they are on a day. `stops_after` is how many pages a form they leave has."""
        draw = Random(f"{seed}:{number}")  # noqa: S311 - invented people need no secrecy, and must come out the same
        tendency = draw.choices(list(_MET), [weight for weight, _, _ in _MET.values()])[0]
        stops_after = draw.randint(2, 24) if draw.random() < _HALF_FINISHED else None
        complaints = _complaints(draw, tendency)
        fixed = details(draw, on, jurisdiction)
        for complaint in complaints:
            _join(fixed, complaint.answers)
        taken = [draw.choice(complaint.medicines) for complaint in complaints if complaint.medicines]
        if tendency is Tendency.CLEAN:
            fixed |= _NOTHING
        if tendency is Tendency.CONFUSED:
            taken.append(draw.choice(CONFUSED))
        if tendency is Tendency.URGENT:
            _join(fixed, draw.choice(_URGENT))
        _list_medicines(draw, fixed, taken)
        fixed["scale_phq9"] = _mood(draw, fixed, tendency)
        return cls(seed, number, on, jurisdiction, tendency, stops_after, fixed, tuple(taken))

    def answer(self, question: Question) -> Answer:
        """What they answer, in the stored shape; None to leave it empty."""
        if question.id in self.fixed:
            return self.fixed[question.id]
        draw = Random(f"{self.seed}:{self.number}:{question.id}")  # noqa: S311 - as above
        if not question.required and draw.random() < 0.6:
            return None
        return self._drawn(question, draw)

    def _drawn(self, question: Question, draw: Random) -> Answer:
        _, yes, unsure = _MET[self.tendency]
        if question.id in _RARE:
            yes *= _LESS
        match question.kind:
            case Choice(options=options) if {"yes", "no"} <= set(options):
                roll = draw.random()
                if roll < yes:
                    return "yes"
                ways_out = [code for code in ("not_sure", "rather_not") if code in options]
                return draw.choice(ways_out) if ways_out and roll < yes + unsure else "no"
            case Choice(options=options):
                return (
                    "no" if "no" in options and draw.random() > yes + unsure else draw.choice(list(options))
                )
            case Choices(options=options):
                return _ticks(draw, options, yes, unsure)
            case Group():
                return self._entries(question.kind, draw)
            case Signature(match=match):
                return " ".join(str(self.fixed[name]) for name in match)
            case Text(max_length=most):
                return f"{MARKER}. {draw.choice(SENTENCES)}"[:most]
            case Statement():
                return True
            case Scale(instrument=instrument):
                items = range(1, instrument.item_count + 1)
                return [draw.choice(sorted(instrument.choices(item))[:3]) for item in items]
        raise TypeError(f"An invented person has no answer to {question.id} yet.")

    def _entries(self, group: Group, draw: Random) -> list[dict[str, Answer]]:
        """The medicines taken, or an entry or two of another group."""
        if group.item_name == "medicine":
            given = [
                {"med_name": taken.typed, "med_for": f"{MARKER}: {taken.reason}"} for taken in self.taken
            ]
        else:
            names = draw.sample(
                ("penicillin", "latex", "peanuts", "ibuprofen", "prednisone", "bee stings"), 2
            )
            given = [{"allergy_to": name} for name in names[: draw.randint(1, 2)]]
        return [
            {
                entry.id: row.get(entry.id) or self._drawn(entry, draw)
                for entry in group.entries
                if entry.required
            }
            | {entry.id: row[entry.id] for entry in group.entries if entry.id in row}
            for row in given
        ]


def _join(fixed: dict[str, Answer], more: Mapping[str, Answer]) -> None:
    """Put answers in; ticks are added to those that are there, and take the place of "none of these"."""
    for name, answer in more.items():
        there = fixed.get(name)
        if isinstance(there, list) and isinstance(answer, list):
            ticked = dict.fromkeys([*there, *answer])
            fixed[name] = [code for code in ticked if code not in EXCLUSIVE] or answer
        else:
            fixed[name] = answer


def _complaints(draw: Random, tendency: Tendency) -> list[Complaint]:
    """What brings them, and what else they have."""
    reasons = [complaint for complaint in COMPLAINTS if complaint.brings]
    if tendency is Tendency.CLEAN:
        reason = draw.choice([complaint for complaint in reasons if "opioid_ever" not in complaint.answers])
        return [Complaint(reason.brings, reason.answers, ())]
    reason = draw.choice(reasons)
    others = [complaint for complaint in COMPLAINTS if complaint is not reason]
    more = {Tendency.UNSURE: 1, Tendency.ILL: 4}.get(tendency, draw.choice((0, 1, 1, 2)))
    return [reason, *draw.sample(others, more)]


def _list_medicines(draw: Random, fixed: dict[str, Answer], taken: list[TypedMedicine]) -> None:
    """The families ticked, and whether the list is typed, brought along, or there is none."""
    families = [taken_one.family for taken_one in taken if taken_one.family]
    if draw.random() < 0.25:
        families.append("otc")
    fixed["med_classes"] = list(dict.fromkeys(families)) or ["none"]
    fixed["meds_how"] = draw.choices(("add", "bring"), (9, 1))[0] if taken else "none"


def _mood(draw: Random, fixed: Mapping[str, Answer], tendency: Tendency) -> list[int]:
    """PHQ-9 items, low in mood when that is why they come; the last item is not zero only beside such thoughts."""
    low = "depression" in fixed.get("reasons", ())
    weights = (2, 3, 3, 3) if low else (6, 3, 1, 0)
    items = draw.choices((0, 1, 2, 3), weights, k=8)
    thoughts = tendency is Tendency.URGENT and fixed.get("suicide_thoughts") != "no"
    return [*items, draw.choice((1, 2, 3)) if thoughts else 0]


def _ticks(draw: Random, options: Mapping[str, str], yes: float, unsure: float) -> list[str]:
    roll = draw.random()
    if "none" in options and roll >= yes + unsure:
        return ["none"]
    alone = [code for code in EXCLUSIVE if code in options and code != "none"]
    if alone and roll < unsure:
        return [draw.choice(alone)]
    several = [code for code in options if code not in EXCLUSIVE]
    return draw.sample(several, 1 if draw.random() < 0.7 else min(2, len(several)))
