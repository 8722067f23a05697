"""Generated people and posted forms. Everything derives from the declarations, so a new question is generated too."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from app.questionnaire.answers import STATES
from app.questionnaire.checkin import CHECKIN
from app.questionnaire.intake import INTAKE
from app.questionnaire.kinds import (
    EXCLUSIVE,
    Choice,
    Choices,
    Day,
    Group,
    Identity,
    Measure,
    Number,
    Rows,
    Scale,
    Statement,
    Text,
    says_something,
)
from app.questionnaire.pages import Page, Question
from app.questionnaire.reading import Reading
from app.questionnaire.ready import READY
from app.screening.medicines import MEDICINES
from tests.people import CHECKED_IN, HEALTHY, ON, Answers, but

# Machines differ and share their cores: no test fails for taking its time.
LONG = "long"
"""The profile of `make test-long`."""


def examples(many: int) -> int:
    """How many examples to draw: `many` under `make test-long`, a quarter of them in every other run."""
    return many if settings.get_current_profile_name() == LONG else many // 4


steady = settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])

ASKED = {
    key: question for key, question in INTAKE.questions.items() if not isinstance(question.kind, Identity)
}

medicine_names = st.one_of(
    st.sampled_from([name for medicine in MEDICINES for name in medicine.names]),
    st.sampled_from(["the blue ones", "water pill", "Zolloft", "Keppra 500mg for fits", "vitamin C"]),
    st.sampled_from(["ketmine", "stopped Zoloft", "NKDA", "Foozle for acne", "kratom, latex", "\U0001f48a"]),
)

_PLAIN_TEXT = st.text("abc XYZ'-é0", min_size=1, max_size=20).filter(says_something).map(str.strip)


def one_of_kind(question: Question) -> st.SearchStrategy[Any]:
    """A definite answer, in the stored shape and inside its limits."""
    kind = question.kind
    match kind:
        case Choice():
            return st.sampled_from(sorted(set(kind.options) - STATES))
        case Choices():
            return _picks(kind)
        case Number():
            return st.integers(*kind.hard)
        case Measure():
            return _measure(kind)
        case Day():
            return st.integers(0, 100 * 365).map(lambda days: (ON - timedelta(days)).isoformat())
        case Statement():
            return st.just(True)
        case Scale():
            scores = [st.sampled_from(sorted(kind.instrument.choices(item))) | st.none()
                      for item in range(1, kind.instrument.item_count + 1)]  # fmt: skip
            return st.tuples(*scores).map(list).filter(lambda given: given != [None] * len(given))
        case Rows():
            choices = st.sampled_from(sorted(kind.options)) | st.sampled_from(sorted(STATES))
            return st.dictionaries(st.sampled_from(sorted(kind.rows)), choices, min_size=1)
        case Group():
            return st.lists(_entry(kind), min_size=1, max_size=4)
        case Text(form="phone"):
            return st.just("555 010 0199")
        case Text(form="email"):
            return st.just("robin@example.com")
        case Text():
            named = question.id in ("otc_list", "med_name", "allergy_to")
            return medicine_names.filter(says_something) if named else _PLAIN_TEXT
    raise AssertionError(f"nothing generates {kind.name}")


def _picks(kind: Choices) -> st.SearchStrategy[list[str]]:
    alone = [[code] for code in kind.options if code in EXCLUSIVE]
    several = st.lists(
        st.sampled_from([code for code in kind.options if code not in EXCLUSIVE]),
        min_size=1,
        max_size=3,
        unique=True,
    )
    return several | st.sampled_from(alone) if alone else several


def _measure(kind: Measure) -> st.SearchStrategy[dict[str, Any]]:
    low, high = kind.hard
    if kind.metric == "cm":
        feet = st.fixed_dictionaries({"feet": st.integers(2, 8), "inches": st.integers(0, 11)})
        return feet.map(lambda parts: {"unit": "ft_in"} | parts) | st.floats(low, high).map(
            lambda value: {"unit": "cm", "value": round(value, 1)}
        )
    stones = st.fixed_dictionaries({"stones": st.integers(4, 60), "pounds": st.integers(0, 13)})
    return st.one_of(
        stones.map(lambda parts: {"unit": "st_lb"} | parts),
        st.integers(45, 880).map(lambda value: {"unit": "lb", "value": value}),
        st.floats(low, high).map(lambda value: {"unit": "kg", "value": round(value, 1)}),
    )


def _entry(kind: Group) -> st.SearchStrategy[Answers]:
    required = {entry.id: one_of_kind(entry) for entry in kind.entries if entry.required}
    optional = {entry.id: one_of_kind(entry) for entry in kind.entries if not entry.required}
    return st.fixed_dictionaries(required, optional=optional)


def answer_to(question: Question) -> st.SearchStrategy[Any]:
    """What may be stored for a question: most often a definite answer, else a state, or nothing."""
    states = sorted(state for state in STATES if state not in getattr(question.kind, "options", ()))
    return st.one_of(one_of_kind(question), one_of_kind(question), st.sampled_from([*states, None]))


def _alarming(question: Question) -> Any:
    options = getattr(question.kind, "options", {})
    if isinstance(question.kind, Rows):
        return dict.fromkeys(question.kind.rows, "strong")
    if isinstance(question.kind, Choices):
        return [code for code in options if code not in EXCLUSIVE]
    return "yes" if "yes" in options else next(iter(options), None)


def _unwell(asked: Mapping[str, Question]) -> Answers:
    picked = {
        key: question for key, question in asked.items() if isinstance(question.kind, (Choice, Choices, Rows))
    }
    return {key: _alarming(question) for key, question in picked.items()}


# Everything is wrong with this one, so that every follow-up question is open.
UNWELL: Answers = HEALTHY | _unwell(ASKED)


def _changes(asked: Mapping[str, Question]) -> st.SearchStrategy[Mapping[str, Any]]:
    return st.lists(
        st.sampled_from(sorted(asked)).flatmap(lambda key: st.tuples(st.just(key), answer_to(asked[key]))),
        max_size=14,
        unique_by=lambda change: change[0],
    ).map(dict)


changes: st.SearchStrategy[Mapping[str, Any]] = _changes(ASKED)

left_over_and_all: st.SearchStrategy[Answers] = st.builds(
    but, st.sampled_from([HEALTHY, UNWELL, {}]), changes
)
"""Anyone's answers, with values left over from answers since changed."""

_LATER = {key: question for form in (READY, CHECKIN) for key, question in form.questions.items()}

whole_left_over_and_all: st.SearchStrategy[Answers] = st.builds(
    lambda answers, first, later: but(answers, {**first, **later}),
    st.sampled_from([CHECKED_IN, UNWELL | _unwell(_LATER), {}]),
    changes,
    _changes(_LATER),
)
"""The same over all parts."""

schedules: st.SearchStrategy[tuple[str, ...]] = st.lists(
    st.sampled_from(["phq9", "gad7", "peg"]), unique=True
).map(tuple)
"""Scales due at a check-in."""


def kept(answers: Answers) -> Answers:
    """The answers without those to questions that are not asked of this person."""
    return Reading(INTAKE, answers, ON).kept()


people: st.SearchStrategy[Answers] = left_over_and_all.map(kept)
"""Anyone's answers to the questions they are asked."""

_ODD = """yes no none not_sure ask_me -1 1e9 1,80 1.5.2 nan १२ 29 2 Feb 0000 1985 168 5 11 ft_in st_lb lb""".split()
_ODDER = ["", " ", "\x00", "9" * 400, "\u202eabc", "\ud800", "x" * 2000]
_TYPED = st.text(max_size=12) | st.sampled_from(_ODD + _ODDER)


def posted(page: Page) -> st.SearchStrategy[dict[str, list[str]]]:
    """A posted form of this page as nobody's browser would send it."""
    names = [name for question in page.questions for name in question.form_names()]
    codes = [code for question in page.questions for code in _codes(question)]
    values = st.lists(st.sampled_from(codes) | _TYPED if codes else _TYPED, max_size=3)
    known = st.sampled_from([*names[:60], "opened"])
    return st.dictionaries(known | st.text(max_size=8), values, max_size=25)


def _codes(question: Question) -> list[str]:
    entries = question.kind.entries if isinstance(question.kind, Group) else ()
    found = [*getattr(question.kind, "options", {}), *question.exit]
    return found + [code for entry in entries for code in _codes(entry)]
