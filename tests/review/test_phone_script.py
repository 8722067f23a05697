"""The phone script over the whole rulebook: every line has a place for its answer, and answers settle what waits."""

import json
import random
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from app.questionnaire.all_forms import FORMS, WHOLE
from app.questionnaire.answers import STATES, State, is_blank, state_of
from app.questionnaire.countries import Country
from app.questionnaire.form_kinds import FormKind
from app.questionnaire.kinds import Choice, Choices, Day, Group, Measure, Number, Rows, Scale
from app.questionnaire.pages import Question
from app.questionnaire.reading import Reading
from app.review.case.call_questions import NOT_KNOWN, STILL_NOT_KNOWN, call_question, can_be_asked
from app.review.case.flags import StoredFlag
from app.review.case.phone_script import phone_script
from app.review.case.phone_script_view import ORDER, Script, ScriptQuestion
from app.screening.factbook import FACTS
from app.screening.facts import Facts
from app.screening.source_questions import item_answer, item_of, open_places, question_of
from tests.people import ON, WELL, Answers, but, screen

pytestmark = pytest.mark.sqlite_alone("what is said, in which words and language")

PARTS = {kind.part: kind for kind in FormKind}
UNCLEAR = ("the blue ones", "Zolloft", "ketmine", "Foobarol")


def waiting(answers: Answers, part: int | str, jurisdiction: Country = Country.US) -> list[StoredFlag]:
    """What the rulebook could not decide, as it is stored."""
    found = screen(answers, jurisdiction, parts=(part,))
    return [
        StoredFlag(uuid4(), 1, one.rule.slug, one.rule.level, one.rule.card, raised=False, open=True,
               evidence={"because": [], "unknown": list(one.unknown), "ask": one.rule.ask})
        for one in found.undetermined
    ]  # fmt: skip


def script_of(answers: Answers, part: int | str = 1, jurisdiction: Country = Country.US) -> Script:
    return phone_script(waiting(answers, part, jurisdiction), Reading(WHOLE, answers, ON, jurisdiction))


def definite(question: Question, dice: random.Random) -> Any:
    """An answer somebody gives on a call."""
    kind = question.kind
    match kind:
        case Choice(options=options):
            return dice.choice([code for code in options if code not in STATES])
        case Choices(options=options):
            return [dice.choice([code for code in options if code not in STATES])]
        case Number():
            return int(kind.hard[0] + 40)
        case Measure():
            return {"height": {"unit": "cm", "value": 170}, "weight": {"unit": "kg", "value": 70}}[
                question.id
            ]
        case Day():
            return date(1980, 5, 3).isoformat()
        case Scale():
            return [min(kind.instrument.choices(item)) for item in range(1, kind.instrument.item_count + 1)]
        case Rows():
            return dict.fromkeys(kind.rows, next(iter(kind.options)))
        case Group():
            named = {"medicines": {"med_name": "Sertraline 50 mg"}, "allergies": {"allergy_to": "penicillin"}}
            rest = {entry.id: definite(entry, dice) for entry in kind.entries if entry.required}
            return [rest | named.get(question.id, {})]
        case _:
            return "vitamin D" if question.id == "otc_list" else "a word"


def told(place: ScriptQuestion, answers: Answers, dice: random.Random) -> Any:
    """The answer to a question of a script; to an item of a list with what is known of the others."""
    said = definite(place.ask, dice)
    if not place.item:
        return said
    known = answers.get(place.question)
    items = {**known} if isinstance(known, dict) else {}
    return WHOLE.questions[place.question].kind.accept(place.ask, items | {place.item: said}, ON)


def somebody(dice: random.Random, part: int | str) -> Answers:
    """Somebody who left out a good deal, or was not sure."""
    answers: Answers = dict(WELL[part])
    names = list(FORMS[PARTS[part]].asks.questions)
    for name in dice.sample(names, dice.randint(1, max(2, len(names) // 3))):
        if can_be_asked(WHOLE.questions[name]) and name not in ("first_name", "last_name"):
            given: Any = dice.choice([None, "not_sure", "rather_not", "ask_me", "given"])
            kind = WHOLE.questions[name].kind
            if given == "given":
                given = definite(WHOLE.questions[name], dice)
            elif isinstance(kind, Choices) and given in kind.options:
                given = [given]
            answers[name] = given
    if dice.random() < 0.4:
        answers["meds_how"] = "add"
        answers["medicines"] = [{"med_name": dice.choice(UNCLEAR), "med_often": "once"}]
    if dice.random() < 0.3:
        answers["scale_phq9"] = [2, None, 1, 2, 1, 1, 1, 0, None]
    return but(answers, {})


def cases() -> list[Any]:
    return [pytest.param(part, seed, id=f"{part}-{seed}") for part in PARTS for seed in range(25)]


@pytest.mark.parametrize(("part", "seed"), cases())
def test_every_line_has_a_place_for_its_answer_and_nothing_is_left_out(part: int | str, seed: int) -> None:
    dice = random.Random(seed)
    answers = somebody(dice, part)
    flags = waiting(answers, part)
    script = phone_script(flags, Reading(WHOLE, answers, ON))
    titles = {one.title for ask in script.asks() for one in ask.waits}
    assert len(titles) <= len(flags)
    assert {flag_id for ask in script.asks() for flag_id, _ in ask.flags} == {flag.id for flag in flags}
    places = script.places()
    assert all(place.ask.text.endswith("?") for place in places.values())
    for section in script.sections:
        for ask in section.asks:
            assert ask.fields, ask.key
            assert all(label and name in places for one in (ask, *ask.also) for name, label in one.above)
            assert not any(one.fields or one.also for one in ask.also)


@pytest.mark.parametrize(("part", "seed"), cases())
def test_the_answers_to_a_whole_script_settle_all_that_an_answer_can_settle(
    part: int | str, seed: int
) -> None:
    dice = random.Random(seed)
    answers = somebody(dice, part)
    raised = {one.rule.slug for one in screen(answers, parts=(part,)).raised}
    places = script_of(answers, part).places()
    for place in places.values():
        if Reading(WHOLE, answers, ON).shown(place.question):
            answers[place.question] = told(place, answers, dice)
    reading = Reading(WHOLE, answers, ON)
    facts = Facts(reading, FACTS)
    for flag in waiting(answers, part):
        if flag.rule in raised:  # by an answer that said "ask me", and has another now
            continue
        # What is open still hangs on no question that was not answered: no further answer would settle it.
        for key in flag.unknown:
            for name in open_places(key, facts):
                question = question_of(name)
                if reading.shown(question) and can_be_asked(WHOLE.questions[question]):
                    answer = reading.value(question)
                    known = item_answer(name, answer) if item_of(name) else state_of(answer) is State.ANSWERED
                    assert known, (flag.rule, key, name)


@pytest.mark.parametrize(("part", "seed"), cases())
def test_each_question_stands_once_and_before_what_follows_from_it(part: int | str, seed: int) -> None:
    answers = somebody(random.Random(seed), part)
    script = script_of(answers, part)
    asked = [place.id for ask in script.asks() for place in ask.fields]
    assert len(asked) == len(set(asked))
    seen: set[str] = set()
    for ask in script.asks():
        for place in ask.fields:
            seen.add(place.id)
            for leaf in leaves(json.loads(place.condition or "true")):
                assert leaf["q"] in seen, (place.id, leaf)
    said: set[str] = set()
    for ask in (ask for section in script.sections for ask in section.asks):
        here = [question_of(name) for name, _, _ in ask.in_order()]
        assert {*here} == {place.question for place in ask.fields} | {
            question_of(name) for name, _ in ask.above
        }
        for name in here:
            first = WHOLE.questions[name].show_if
            gates = {gate_of(gate) for gate in first.names()} if first else set()
            assert not gates & ({*here} | {*asked}) - said, (ask.key, name)
            said.add(name)
    names = [section.name for section in script.sections]
    assert len(names) == len(set(names))


def gate_of(name: str) -> str:
    """The question that a name in a condition is about."""
    return WHOLE.derived[name].question if name in WHOLE.derived else name


def leaves(condition: Any) -> list[dict[str, Any]]:
    if not isinstance(condition, dict):
        return []
    parts = (
        condition.get("all") or condition.get("any") or ([condition["not"]] if "not" in condition else None)
    )
    return [leaf for part in parts for leaf in leaves(part)] if parts else [condition]


def test_only_what_opens_a_link_or_is_signed_cannot_be_asked() -> None:
    kinds = {question.kind.name for question in WHOLE.questions.values() if not can_be_asked(question)}
    assert kinds == {"identity", "statement", "signature"}


def test_on_a_call_there_are_definite_answers_and_one_that_says_it_is_still_not_known() -> None:
    for question in WHOLE.questions.values():
        put = call_question(question)
        assert not put.required
        options = getattr(put.kind, "options", None) if put.kind.name in ("choice", "choices") else None
        offered = options if options is not None else put.exit
        assert offered[NOT_KNOWN] == STILL_NOT_KNOWN
        assert not (set(offered) & STATES) - {NOT_KNOWN}
        if options is not None:
            assert set(options) - {NOT_KNOWN} == set(getattr(question.kind, "options")) - STATES  # noqa: B009
    assert ORDER["dob"] < ORDER["meds_how"]


def test_a_reading_that_is_out_of_date_is_told_anew_as_a_whole() -> None:
    """Another day with the old numbers would be a reading that nobody took."""
    script = script_of(but(WELL[1], {"bp_top": 190, "bp_bottom": 125, "bp_when": "month"}))
    (ask,) = script.asks()
    assert ask.key == "pressure_again"
    assert ask.instruction == "Measure the blood pressure again today."
    assert [place.id for place in ask.fields] == ["bp_top", "bp_bottom", "bp_when"]
    assert not any(place.condition for place in ask.fields)


def test_a_reading_that_is_not_known_is_one_line() -> None:
    script = script_of(but(WELL[1], {"bp_known": "no", "bp_top": None, "bp_bottom": None}))
    assert script.count() == 1
    (ask,) = script.asks()
    assert (ask.key, len(ask.waits) > 1) == ("pressure", True)
    assert [place.id for place in ask.fields][:3] == ["bp_known", "bp_top", "bp_bottom"]
    assert ask.fields[0].condition is None
    assert ask.fields[1].condition


def test_three_names_that_nobody_knows_are_one_line_that_reads_them_out() -> None:
    medicines = [{"med_name": name, "med_often": "once"} for name in ("the blue ones", "Foobarol", "Zolloft")]
    script = script_of(but(WELL[1], {"medicines": medicines}))
    (ask,) = script.asks()
    assert ask.key == "medicine_names"
    assert "Not clear yet: “the blue ones”, “Foobarol”, “Zolloft”." in ask.instruction
    assert len(ask.waits) > 3
    assert [place.id for place in ask.fields] == ["medicines"]


def test_a_half_filled_scale_has_its_items() -> None:
    script = script_of(but(WELL[1], {"scale_phq9": [2, None, 1, 2, 1, 1, 1, 0, None]}))
    assert "scale_phq9" in script.places()
    assert not is_blank(script.places()["scale_phq9"].ask.form_names())
