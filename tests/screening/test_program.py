"""The programs say what the declarations say: of random people and of every case of the tables, to the byte."""

from collections.abc import Callable
from random import Random, SystemRandom

import hypothesis
import orjson
import pytest

from app.questionnaire.all_forms import FORMS, WHOLE
from app.questionnaire.countries import Country
from app.questionnaire.pages import Questionnaire
from app.questionnaire.program import UNREADABLE
from app.questionnaire.reading import Reading, ReadingOnDemand
from app.screening.cases import ReceivedCase, screening_document
from app.screening.evaluation import ScreeningResult, evaluate, facts_of, judged
from app.screening.facts import Facts
from app.screening.lists import without_none
from app.screening.rulebook import RULEBOOK
from app.screening.rules import ANY_PART, CLINICIAN, DEFAULT_RULES, ClinicRules, Submitted
from app.screening.validity import validity
from tests.people import ON, STAFF_ENTER, but
from tests.screening.proofs import here, person
from tests.screening.random_cases import draw
from tests.screening.test_every_rule import ALL_CASES
from tests.strategies import LONG

MANY = hypothesis.settings.get_current_profile_name() == LONG
CASES, ODD_CASES = (20_000, 5_000) if MANY else (200, 100)
SEED = SystemRandom().randrange(2**32) if MANY else 7
Judge = Callable[[Submitted, ClinicRules], ScreeningResult]


def by_the_tree(case: Submitted, settings: ClinicRules) -> ScreeningResult:
    """What the declarations themselves come to."""
    reading = ReadingOnDemand(WHOLE, without_none(case.answers), case.on, case.jurisdiction, case.due)
    age = max(0, (case.on - case.answered_on).days) if case.answered_on else 0
    facts = Facts(reading, RULEBOOK.facts, age, case.staff, WHOLE.free_texts)
    return judged(RULEBOOK, case, settings, facts)


def by_the_program(case: Submitted, settings: ClinicRules) -> ScreeningResult:
    return evaluate(RULEBOOK, case, settings)


def answer(judge: Judge, case: Submitted, settings: ClinicRules) -> tuple[bytes, list[object]]:
    """What is told of a case, byte by byte, and what each fact came to."""
    screening = judge(case, settings)
    received = ReceivedCase(case, settings)
    line = orjson.dumps(
        screening_document(screening, received, validity(RULEBOOK, case, settings, screening)),
        option=orjson.OPT_NON_STR_KEYS,
    )
    return line, [(type(value), value) for value in map(screening.facts.fact, RULEBOOK.facts)]


def outcome(judge: Judge, case: Submitted, settings: ClinicRules) -> object:
    """The same, or the kind of error that it ends with."""
    try:
        return answer(judge, case, settings)
    except UNREADABLE as error:
        return type(error)


def test_random_cases_are_judged_alike() -> None:
    random = Random(SEED)
    for number in range(CASES):
        case, settings = draw(random)
        assert facts_of(RULEBOOK, case).values is not None, "the program could not read a sound case"
        assert answer(by_the_program, case, settings) == answer(by_the_tree, case, settings), (SEED, number)


def test_answers_of_another_shape_are_judged_alike() -> None:
    random = Random(SEED)
    for number in range(ODD_CASES):
        case, settings = draw(random, odd=0.02)
        assert outcome(by_the_program, case, settings) == outcome(by_the_tree, case, settings), (SEED, number)


@pytest.mark.parametrize("slug", sorted(ALL_CASES))
def test_every_case_of_the_tables_is_judged_alike(slug: str) -> None:
    cases, stage = ALL_CASES[slug], RULEBOOK.by_slug[slug].stage
    for changes in (*cases.fires, *cases.misses, *(changes for changes, _ in cases.unknown)):
        answers = person(slug, changes)
        case = Submitted(
            WHOLE,
            but(answers, dict.fromkeys(("fu_due", *STAFF_ENTER))),
            ON,
            here(slug),
            (1 if stage in (CLINICIAN, ANY_PART) else stage,),
            tuple(answers.get("fu_due", ())),
            staff={key: answers[key] for key in answers if key in STAFF_ENTER},
        )
        assert answer(by_the_program, case, DEFAULT_RULES) == answer(by_the_tree, case, DEFAULT_RULES)


@pytest.mark.parametrize("form", [*(form.asks for form in FORMS.values()), WHOLE], ids=lambda form: form.id)
def test_what_applies_is_read_alike(form: Questionnaire) -> None:
    random = Random(SEED)
    for number in range(CASES // 2):
        case, _ = draw(random, odd=random.choice((0, 0, 0.02)))
        readings = [
            cls(form, case.answers, case.on, Country.US, case.due) for cls in (Reading, ReadingOnDemand)
        ]
        read, walked = ([_applies(reading, name) for name in _names(form)] for reading in readings)
        assert read == walked, (SEED, number)


def _names(form: Questionnaire) -> tuple[str, ...]:
    return (*form.questions, *form.derived)


def _applies(reading: Reading, name: str) -> object:
    try:
        return reading.applies(name)
    except UNREADABLE as error:
        return type(error)


def test_a_reason_that_meets_an_answer_of_another_shape_is_found_alike() -> None:
    """Once in 5,000 such cases the facts pass an answer by, and what decided a flag asks about it."""
    random = Random(1390774847)
    case, settings = [draw(random, odd=0.02) for _ in range(2_114)][-1]
    assert outcome(by_the_program, case, settings) == outcome(by_the_tree, case, settings)
