"""The answers from a call: stored beside the form that was signed, and the case judged again with them; with what was
asked and is still not known.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm.attributes import flag_modified

from app.core import audit
from app.core.act import Act
from app.models import Amendment, Case, Decision, Queue, answers_of, seal, unseal
from app.questionnaire import kinds
from app.questionnaire.all_forms import FORMS, WHOLE
from app.questionnaire.answers import Answer, State, is_blank, state_of
from app.questionnaire.kinds import Group, Posted
from app.questionnaire.posted import Problem, read_page, read_question
from app.questionnaire.reading import Reading
from app.records import judging, summary
from app.review.case.call_questions import GONE, NOT_KNOWN, every_call_question, was_posted, with_known
from app.review.case.flags import StoredFlag
from app.review.case.phone_script import phone_script
from app.review.case.phone_script_view import Script, ScriptQuestion
from app.review.case.service import TO_REVIEW, CaseNotFound, StaleVersion, end_decision, lock_case
from app.review.case.stored import IN_THE_WAY, latest_screening, read_flags, readable
from app.screening.settling import MUST_SETTLE
from app.screening.source_questions import TOGETHER, item_answer, items_of
from app.screening.workflow import Status, move

NOTHING = "Pick an answer for at least one question"
WHOLE_READING = "Write down the whole new reading: both numbers, and when it was"
EMPTIED = (
    "This takes the last {item} off the list, and an empty list does not say that there is none. Type what belongs on "
    "it. If there is none, leave the list as it is, and say so in a note"
)
GONE_AND_NOT_KNOWN = "Take the {item} off the list, or pick “Asked: still not known”, not both"


class QuestionNotOpen(Exception):
    """A question that is not asked on the script of this case, as one that has a definite answer."""

    def __init__(self, label: str) -> None:
        super().__init__(label)
        self.label = label


class AnswersRefused(ValueError):
    """What was sent cannot be taken. `problems` hold the reasons and how to mend them."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(problems)
        self.problems = problems


class FollowUpsOpened(Exception):
    """What was sent brings up questions that were not in view. Nothing was written: they belong to the same call."""

    def __init__(self, opened: tuple[str, ...]) -> None:
        super().__init__(opened)
        self.opened = opened


@dataclass(frozen=True, slots=True)
class CallAnswers:
    """The answers from one call, read."""

    answers: dict[str, Answer]
    """By question."""
    replaced: dict[str, str | None]
    """The state of each answer before; None for one that was left empty."""
    asked: list[str]
    """The questions that were asked and are still not known."""


def write_down(act: Act, case_id: UUID, seen: int, posted: Posted) -> None:
    """Store what came of a call as an amendment, and judge the case with its answers.

    They are read as of the day the form was sent, as all its answers are: "in the last 6 weeks" counts back from there.
    No stop or urgent flag goes by it: one that these answers raise no more stays until it is settled. One that is new
    brings the case back to review, and ends the decision that stands. What was asked and is still not known is no
    answer: it changes nothing but that it was asked.

    `seen` is the revision of the case on the page, `posted` the form values by name.

    Raises CaseNotFound, also for a form that is not sent; StaleVersion when the case has another revision;
    QuestionNotOpen; AnswersRefused; FollowUpsOpened.
    """
    case = lock_case(act, case_id)
    if case.revision != seen:
        raise StaleVersion
    screening = latest_screening(act.session, case)
    if case.status is Status.DRAFT or screening is None or act.actor.id is None:
        raise CaseNotFound
    if not readable(act.session, case):
        raise AnswersRefused((Problem("", f"{IN_THE_WAY}, so nothing can be written down beside it", "ask"),))
    due = unseal(act.session, case, "sealed_answers").get("due", ())
    before = Reading(WHOLE, answers_of(act.session, case), screening.on_date, case.jurisdiction, due)
    flags = list(read_flags(act.session, screening))
    call = read_call(phone_script(flags, before), before, posted)
    amendment = Amendment(case_id=case.id, made_by=act.actor.id, made_at=act.now)
    told = {"answers": call.answers, "replaced": call.replaced, "asked": call.asked}
    seal(act.session, amendment, "sealed_answers", told)
    act.session.add(amendment)
    case.updated_at = act.now
    flag_modified(case, "updated_at")  # the revision must count on, even within one moment: see StaleVersion
    ended = _judge_again(act, case, flags, before, call) if call.answers else []
    act.session.flush()
    if call.answers:
        audit.record(
            act, "answers.told", case_id=case.id, questions=len(call.answers), version=case.answers_version
        )
    if call.asked:
        audit.record(act, "answers.unknown", case_id=case.id, questions=len(call.asked))
    for decision in ended:
        audit.record(act, "decision.ended", case_id=case.id, decision=decision.id)


def _judge_again(
    act: Act, case: Case, flags: Iterable[StoredFlag], before: Reading, call: CallAnswers
) -> list[Decision]:
    """Judge the case with the answers of a call. Returns the decisions that this ends."""
    case.answers_version += 1
    reading = before.with_answers({**before.answers, **call.answers})
    asked = judging.judge(
        judging.submitted(reading.kept(), before.on, case.jurisdiction, FORMS[case.kind].part, before.due),
        act.terms.rules,
    )
    case_summary = judging.store_screening(act, case, asked, interim=False, keep=MUST_SETTLE)
    summary.seal_summary(act.session, case, reading.answers, case_summary)
    act.session.flush()
    new = _in_the_way(read_flags(act.session, latest_screening(act.session, case))) - _in_the_way(flags)
    return _back_to_review(act, case) if new else []


def read_call(script: Script, before: Reading, posted: Posted) -> CallAnswers:
    """What was sent, read against the script. What was left empty was not asked: it is no answer of this call, and
    stays as it was. Raises QuestionNotOpen, AnswersRefused, FollowUpsOpened.
    """
    placed = script.form_names()
    for question in every_call_question():
        if any(any(posted.get(name, ())) for name in question.form_names() if name not in placed):
            raise QuestionNotOpen(question.label)
    page = script.page()
    lists, problems = _read_items(script, before, posted)
    read = read_page(page, with_known(script, posted), before.with_answers({**before.answers, **lists}))
    after = before.with_answers(read.answers)
    shown = {name: place for name, place in script.places().items() if after.shown(place.question)}
    sent = {name: place for name, place in shown.items() if was_posted(place, posted)}
    said = {place.question: read.answers.get(place.question) for place in sent.values()}
    answers = {
        name: answer
        for name, answer in said.items()
        if not is_blank(answer)
        and state_of(answer) is State.ANSWERED
        and (name not in {place.question for place in sent.values() if place.item} or name in lists)
    }
    asked = [name for name, place in sent.items() if _is_not_known(place, posted, said[place.question])]
    problems += [*read.problems, *_together(answers, before, {question.id for question in page.questions})]
    problems += _emptied(shown.values(), posted, answers, {problem.question for problem in problems})
    if not problems and not answers and not asked:
        problems.append(Problem("", NOTHING, next(iter(script.places()), "ask")))
    if problems:
        raise AnswersRefused(tuple(problems))
    opened = [
        name
        for name, place in shown.items()
        if not before.shown(place.question) and name not in sent and name not in posted.get("opened", ())
    ]
    if opened:
        raise FollowUpsOpened(tuple(opened))
    return CallAnswers(answers, {name: _state(before.answers.get(name)) for name in answers}, asked)


def _read_items(script: Script, before: Reading, posted: Posted) -> tuple[dict[str, Answer], list[Problem]]:
    """The lists whose items were answered one by one, with what was known of their other items, by question."""
    told: dict[str, dict[str, str]] = {}
    problems = []
    for place in script.places().values():
        if not place.item:
            continue
        try:
            said = read_question(place.ask, posted, before.on)
        except kinds.InvalidAnswer as refusal:
            problems.append(Problem(place.id, refusal.message, refusal.part))
            continue
        if not is_blank(said) and said != NOT_KNOWN:
            told.setdefault(place.question, {})[place.item] = str(said)
    lists = {}
    for name, items in told.items():
        question = WHOLE.questions[name]
        known = {
            item: said
            for item in items_of(name)
            if (said := item_answer(f"{name}-{item}", before.value(name)))
        }
        lists[name] = question.kind.accept(question, known | items, before.on)
    return lists, problems


def _emptied(
    places: Iterable[ScriptQuestion], posted: Posted, answers: Mapping[str, Answer], refused: Collection[str]
) -> Iterable[Problem]:
    """Entries that are to be taken off a list of which nothing would be left, or which was said to be not known."""
    for place in places:
        gone = [name for name in place.gone_names() if GONE in posted.get(name, ())]
        kind = place.ask.kind
        if gone and isinstance(kind, Group) and place.id not in answers and place.id not in refused:
            both = any(posted.get(place.ask.exit_name, ()))
            words = GONE_AND_NOT_KNOWN if both else EMPTIED
            yield Problem(place.id, words.format(item=kind.item_name), gone[0])


def _is_not_known(place: ScriptQuestion, posted: Posted, answer: Answer) -> bool:
    """Whether it was said that something was asked and is still not known."""
    return NOT_KNOWN in posted.get(place.id, ()) if place.item else state_of(answer) is State.NOT_SURE


def _together(told: Mapping[str, Answer], before: Reading, read: set[str]) -> Iterable[Problem]:
    """What does not fit an answer that is not in the script, such as a top number below the bottom one; and what is
    told anew only in part, such as another day of a reading with the old numbers.
    """
    for whole in TOGETHER.values():
        old = all(state_of(before.value(one)) is State.ANSWERED for one in whole)
        missing = [one for one in whole if one not in told]
        if old and read.issuperset(whole) and 0 < len(missing) < len(whole):
            yield Problem(missing[0], WHOLE_READING, missing[0])
    pages = {WHOLE.page_of(name).id: name for name in told}
    for name in pages.values():
        for question in WHOLE.page_of(name).questions:
            if question.id in read:
                continue
            try:
                question.kind.check_together(question, {**before.answers, **told})
            except kinds.InvalidAnswer as refusal:
                yield Problem(name, refusal.message, name)


def _state(answer: Answer) -> str | None:
    """How a question stood; None when it was left empty."""
    state = state_of(answer)
    return None if state is State.BLANK else state.value


def _in_the_way(flags: Iterable[StoredFlag]) -> set[tuple[str, str]]:
    """What is open in the way of "suitable": each rule that is raised, or with each fact that leaves it undecided. One
    that waited for an answer before is new when it is raised, or waits for another.
    """
    grave = [flag for flag in flags if flag.open and flag.level in MUST_SETTLE]
    return {(flag.rule, fact) for flag in grave for fact in ([""] if flag.raised else flag.unknown)}


def _back_to_review(act: Act, case: Case) -> list[Decision]:
    """Bring a case that is in no list to review back to that list. Returns the decisions that this ends."""
    if case.queue is Queue.TO_REVIEW:
        return []
    for status in TO_REVIEW[case.status]:
        case.status = move(case.status, status)
    case.queue, case.waiting_since, case.decision_outcome = Queue.TO_REVIEW, act.now, None
    return end_decision(act, case)
