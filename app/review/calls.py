"""Answers a patient gives on a call: written down beside the form that was signed, and the case judged again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from app import audit, judging
from app.access import Actor
from app.models import Amendment, Case, Decision, Queue, answers_of, seal, unseal
from app.questionnaire import kinds
from app.questionnaire.answers import Answer, State, is_blank, state_of
from app.questionnaire.kinds import Posted
from app.questionnaire.pages import Problem, Question, Reading, read_question
from app.questionnaire.whole import FORMS, WHOLE
from app.review.cards import Frozen
from app.review.opening import IN_THE_WAY, latest_screening, read_flags, readable
from app.review.script import can_be_told, to_ask
from app.review.service import TO_REVIEW, Changed, Gone, end_decision, locked
from app.screening.rules import ClinicRules
from app.screening.settling import MUST_SETTLE
from app.screening.workflow import Status, move

NOTHING = "Pick an answer for at least one question"


class NotOpen(Exception):
    """A question that is not asked on the script of this case, as one that has a definite answer."""

    def __init__(self, label: str) -> None:
        super().__init__(label)
        self.label = label


class Unread(ValueError):
    """What was sent cannot be taken. `problems` say why and how to mend it."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(problems)
        self.problems = problems


def write_down(
    session: Session,
    actor: Actor,
    now: datetime,
    rules: ClinicRules,
    case_id: UUID,
    seen: int,
    posted: Posted,
) -> None:
    """Store answers to the case's phone script as an amendment, and judge the case with them.

    They are read as of the day the form was sent, as all its answers are: "in the last 6 weeks" counts back from there.
    No stop or urgent flag goes by it: one that these answers raise no more stays until it is settled. One that is new
    brings the case back to review, and ends the decision that stands.

    Raises Gone, also for a form that is not sent; Changed when the case is not as `seen` (its revision); NotOpen;
    Unread.
    """
    case = locked(session, actor, case_id)
    if case.revision != seen:
        raise Changed
    screening = latest_screening(session, case)
    if case.status is Status.DRAFT or screening is None or actor.id is None:
        raise Gone
    if not readable(session, case):
        raise Unread((Problem("", f"{IN_THE_WAY}, so nothing can be written down beside it", "ask"),))
    form = FORMS[case.kind]
    before = answers_of(session, case)
    flags = list(read_flags(session, screening))
    on = screening.on_date
    due = unseal(session, case, "sealed_answers").get("due", ())
    script = can_be_told(to_ask(flags, Reading(WHOLE, before, on, case.jurisdiction, due)))
    _refuse_others(script, posted)
    told = _read(script, posted, before, on)
    reading = Reading(WHOLE, before | told, on, case.jurisdiction, due)
    # Two answers of one call may leave no room for a third.
    told = {name: answer for name, answer in told.items() if reading.shown(name)}
    replaced = {name: _state(before.get(name)) for name in told}
    amendment = Amendment(case_id=case.id, made_by=actor.id, made_at=now)
    seal(session, amendment, "sealed_answers", {"answers": told, "replaced": replaced})
    session.add(amendment)
    case.answers_version += 1
    case.updated_at = now
    flag_modified(case, "updated_at")  # the revision must count on, even within one moment: see Changed
    asked = judging.judge(reading.kept(), on, case.jurisdiction, rules, part=form.part, due=due)
    standing = judging.write(session, case, asked, now, interim=False, keep=MUST_SETTLE)
    judging.summarise(session, case, reading.answers, standing.cards)
    session.flush()
    new = _in_the_way(read_flags(session, latest_screening(session, case))) - _in_the_way(flags)
    ended = _back_to_review(session, case, now) if new else []
    session.flush()
    audit.record(
        session,
        actor,
        "answers.told",
        now,
        case_id=case.id,
        questions=len(told),
        version=case.answers_version,
    )
    for decision in ended:
        audit.record(session, actor, "decision.ended", now, case_id=case.id, decision=decision.id)


def _refuse_others(script: Mapping[str, Question], posted: Posted) -> None:
    for question in WHOLE.questions.values():
        if question.id not in script and any(any(posted.get(name, ())) for name in question.form_names()):
            raise NotOpen(question.label)


def _read(
    script: Mapping[str, Question], posted: Posted, before: Mapping[str, Answer], on: date
) -> dict[str, Answer]:
    """The definite answers among what was sent. Raises Unread."""
    told: dict[str, Answer] = {}
    problems = []
    for question in script.values():
        try:
            answer = read_question(question, posted, on)
        except kinds.Refused as refusal:
            problems.append(Problem(question.id, refusal.message, refusal.part))
        else:
            if not is_blank(answer):
                told[question.id] = answer
    problems += _together(told, before)
    if not problems and not told:
        problems.append(Problem("", NOTHING, next(iter(script), "ask")))
    if problems:
        raise Unread(tuple(problems))
    return told


def _together(told: Mapping[str, Answer], before: Mapping[str, Answer]) -> Iterable[Problem]:
    """What does not fit an answer beside it, such as a top number below the bottom one. Said at one told now."""
    pages = {WHOLE.page_of(name).id: name for name in told}
    for name in pages.values():
        for question in WHOLE.page_of(name).questions:
            try:
                question.kind.check_together(question, {**before, **told})
            except kinds.Refused as refusal:
                field = question.id if question.id in told else name
                yield Problem(field, refusal.message, field)


def _state(answer: Answer) -> str | None:
    """How a question stood that had no definite answer; None when it was left empty."""
    state = state_of(answer)
    return None if state is State.BLANK else state.value


def _in_the_way(flags: Iterable[Frozen]) -> set[str]:
    return {flag.rule for flag in flags if flag.raised and flag.open and flag.level in MUST_SETTLE}


def _back_to_review(session: Session, case: Case, now: datetime) -> list[Decision]:
    """Bring a case that nobody would look at back to where somebody does. Returns the decisions that this ends."""
    if case.queue is Queue.TO_REVIEW:
        return []
    for status in TO_REVIEW[case.status]:
        case.status = move(case.status, status)
    case.queue, case.waiting_since, case.decision_outcome = Queue.TO_REVIEW, now, None
    return end_decision(session, case, now)
