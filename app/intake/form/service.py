"""Changing a form: saving a page, leaving a step to voice, sending it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum

from app.core import audit
from app.core.act import Act
from app.intake import asked_families
from app.intake.draft import Draft
from app.intake.form import timing
from app.intake.form.signing import signature_of
from app.intake.help import calls
from app.intake.help.interruptions import NUMBER_CHECK, alert_on_call, queue_help
from app.intake.progress import Progress
from app.intake.store import AlreadySent, draft_to_change, store_draft
from app.models import Case, Queue, seal
from app.questionnaire.answers import Answer, Answers, State
from app.questionnaire.kinds import Posted, Signature, single_value
from app.questionnaire.pages import Page, Question, Step
from app.questionnaire.posted import PageRead, Problem, TypedValues
from app.questionnaire.reading import is_open
from app.questionnaire.versions import changed_since, history
from app.questionnaire.wording import Message
from app.records import judging, summary
from app.records.identity import IDENTITY, store_identity
from app.screening.workflow import Status, move

NOT_OUR_NAME = Message("This is not the name we have. Is it right? Change it, or send again to keep it")

CHANGED = Message("We changed this page while you had it open. Read it again, then send it")


class PageConflict(Exception):
    """Another window saved this page since it was opened."""

    def __init__(self, newest: Draft, typed: Answers, unread: frozenset[str] = frozenset()) -> None:
        super().__init__("Another window saved this page.")
        self.newest = newest
        """The draft as the other window left it."""
        self.typed = typed
        """All answers, with those of this window in."""
        self.unread = unread
        """Ids of this window's questions with something that could not be taken."""


class SaveMode(Enum):
    """What the patient does with a page that is saved."""

    GO_ON = "goes on from it"
    STAY = "does not go on from it now, so its time runs on"
    QUIET = "still fills it in; it sent itself"


@dataclass(frozen=True, slots=True)
class SaveResult:
    """The result of saving a page."""

    read: PageRead
    """How the posted page was read."""
    version: int
    """The answers version that the page is saved at now."""
    interruption: str | None
    """Id of the help page to go to next; None when none is due."""
    next_page: Page
    """Where Continue leads otherwise."""
    draft: Draft
    """The draft as it is stored now."""


def save_page(
    act: Act, case: Case, page: Page, posted: Posted, version: int, mode: SaveMode = SaveMode.GO_ON
) -> SaveResult:
    """Save a posted page.

    Good answers are kept even when others on the page need mending, so that a sign of danger is never lost with them.
    A page saved quietly raises its alert for danger all the same; it stays to be finished, nothing is asked about it,
    and what opens the form or finds the person waits for Continue.
    Raises PageConflict when another window saved the page since `version`, AlreadySent after the form was sent.
    """
    quiet = mode is SaveMode.QUIET
    draft = draft_to_change(act, case)
    read = draft.read(page, posted, act.today, case.jurisdiction)
    if "dob" in draft.answers and (quiet or "dob" not in read.answers):
        # It opens the form, and the link to it: one emptied by mistake, or half typed, would lock its owner out.
        read.answers["dob"] = draft.answers["dob"]
    # What is hidden now was not looked at: it is kept for a change of mind, as hidden answers are.
    shown = replace(draft, answers=read.answers).reading(act.today, case.jurisdiction).shown_questions(page)
    unread = _without(draft.unread, shown) | dict(read.unread)
    changed_here = unread != draft.unread or _of_page(page, read.answers) != _of_page(page, draft.answers)
    if draft.saved.get(page.id, 0) != version and changed_here:
        lost = {problem.question for problem in read.problems} | set(read.unread)
        raise PageConflict(draft, read.answers, frozenset(lost))
    changed = changed_here or read.answers != draft.answers
    draft.confirmed = [name for name in draft.confirmed if _as_confirmed(draft, read.answers, name)]
    draft.answers, draft.unread = read.answers, unread
    # A list that is being typed names nothing yet; it waits for Continue, and so does what is asked for it.
    if not quiet and page.id != asked_families.PAGE and asked_families.asks_more(draft.answers):
        draft.ask_again(asked_families.PAGE)
    calls.follow_page(draft, page)
    draft.record_notices(page, act.now, case.jurisdiction, act.terms.locale, act.terms.translate)
    done = not quiet and not read.problems and not read.opened
    if done and mode is SaveMode.GO_ON:
        draft.stop_page_clock(page, act.now)
    if changed or (done and page.id not in draft.saved):
        case.answers_version += 1
        # Also of a page still to be mended: an older window must not overwrite what it already holds.
        draft.saved[page.id] = case.answers_version
    first = page.id not in draft.incomplete_pages
    if not quiet or first:
        draft.incomplete_pages = [other for other in draft.incomplete_pages if other != page.id]
        if read.refused or (quiet and changed):
            draft.incomplete_pages.append(page.id)
    if done:
        draft.look_at(page, questions_of(draft, posted))
        _note_by_voice(draft, page)
    if any(question.id in calls.WISHES for question in page.questions) and not calls.is_promised(
        draft, act.now
    ):
        # Asked for anew, and promised for a new time.
        draft.promised_call = None
    alert = queue_help(act, case, draft, read, done)
    next_page = Progress.of(draft, act.today, case.jurisdiction).page_after(page)
    if done and mode is SaveMode.GO_ON:
        draft.start_page_clock(next_page, act.now)
    case.updated_at = act.now
    store_draft(act.session, case, draft)
    if not quiet and set(IDENTITY) & {question.id for question in page.questions}:
        known = {name: draft.answers.get(name) for name in IDENTITY}
        store_identity(act.session, case.person_id, known)
        summary.update_name(act.session, case, draft.merged_answers)
    # Of the quiet ones the first since Continue tells that the page is being changed; the next Continue tells of all.
    if done or (changed and (first or not quiet)):
        event = "intake.saved_quietly" if quiet else "intake.saved"
        audit.record(act, event, case_id=case.id, page=page.id, version=case.answers_version)
    if alert:
        audit.record(act, "alert.raised", case_id=case.id, rules=alert)
    waiting = draft.queued_help[0] if draft.queued_help else None
    if draft.queued_help == [NUMBER_CHECK] and read.problems:
        # Danger comes at once, whatever is to be mended; a likely slip waits until the gaps of its page were told.
        waiting = None
    return SaveResult(read, draft.saved.get(page.id, 0), waiting, next_page, draft)


def questions_of(draft: Draft, posted: Posted) -> str:
    """The version of the questions that a posted page was drawn with; today's where it names none that is known."""
    drawn = single_value("questions", posted)
    return drawn if drawn in history(draft.kind) else draft.form.asks.version


def _as_confirmed(draft: Draft, answers: Answers, name: str) -> bool:
    """Whether an answer is still the one that was said to be right, beside the same other one."""
    kind = draft.form.asks.questions[name].kind
    return all(answers.get(each) == draft.answers.get(each) for each in (name, *kind.beside()))


def _of_page(page: Page, answers: Answers) -> dict[str, Answer]:
    return {question.id: answers.get(question.id) for question in page.questions}


def _without(unread: Mapping[str, TypedValues], questions: Iterable[Question]) -> dict[str, TypedValues]:
    """What could not be read elsewhere than in these questions."""
    here = {question.id for question in questions}
    return {name: typed for name, typed in unread.items() if name not in here}


def _note_by_voice(draft: Draft, page: Page) -> None:
    """Someone else at the keyboard chose to have the private questions asked by voice: mark those steps."""
    if any(question.id == "private_part" for question in page.questions):
        wants = draft.answers.get("private_part") == State.ASK_ME
        for step in draft.form.asks.steps:
            if step.private:
                _mark_step(draft, step) if wants else _unmark_step(draft, step)


def _mark_step(draft: Draft, step: Step) -> None:
    for question in step.questions():
        if is_open(question, draft.answers.get(question.id)):
            draft.answers[question.id] = State.ASK_ME.value


def _unmark_step(draft: Draft, step: Step) -> None:
    for question in step.questions():
        if draft.answers.get(question.id) == State.ASK_ME:
            del draft.answers[question.id]


def ask_by_voice(act: Act, case: Case, step: Step) -> Progress:
    """Leave what is still open in a private step to a talk with staff. Returns the progress after that.

    Raises AlreadySent after the form was sent.
    """
    draft = draft_to_change(act, case)
    _mark_step(draft, step)
    draft.incomplete_pages = [
        page for page in draft.incomplete_pages if draft.form.asks.step_of(page) is not step
    ]
    draft.asked_again = [page for page in draft.asked_again if draft.form.asks.step_of(page) is not step]
    draft.unread = _without(draft.unread, step.questions())
    progress = Progress.of(draft, act.today, case.jurisdiction)
    draft.start_page_clock(progress.page_after(step.pages[-1]), act.now)
    case.answers_version += 1
    case.updated_at = act.now
    store_draft(act.session, case, draft)
    audit.record(act, "intake.saved", case_id=case.id, page=step.id, version=case.answers_version)
    return progress


@dataclass(frozen=True, slots=True)
class SendResult:
    """The result of sending a form. With neither problems nor open pages, it is sent."""

    problems: tuple[Problem, ...] = ()
    """What to mend on the check page."""
    open_pages: tuple[Page, ...] = ()
    """Pages still to do."""


def submit(act: Act, case: Case, posted: Posted, kept_name: str = "") -> SendResult:
    """Sign and send: signature, frozen answers, screening with flags, status and audit in this one transaction.

    Sending the same form again changes nothing. A signed name that is not the one given is asked about once;
    `kept_name` is the one the patient already said is right.
    """
    try:
        draft = draft_to_change(act, case)
    except AlreadySent:
        return SendResult()
    page = draft.form.asks.pages[-1]
    if page.id in changed_since(draft.kind, questions_of(draft, posted)):
        # What is signed is what was read.
        return SendResult((Problem("", CHANGED, "main"),))
    posted = {**posted, "opened": [question.id for question in page.questions]}
    read = draft.read(page, posted, act.today, case.jurisdiction)
    progress = Progress.of(replace(draft, answers=read.answers), act.today, case.jurisdiction)
    open_pages = tuple(progress.open_pages())
    problems = read.problems or _strange_name(read.answers, progress, kept_name)
    if problems or open_pages:
        return SendResult(problems, open_pages)
    told, hidden = progress.reading.kept(), len(list(progress.hidden_questions()))
    draft.answers = draft.own_answers(told)
    draft.saved[page.id] = case.answers_version = case.answers_version + 1
    draft.stop_page_clock(page, act.now)
    times = timing.measured_rows(draft, progress.reading)
    draft.page_seconds, draft.page_clock, draft.unread = {}, None, {}
    case.status = move(case.status, Status.SUBMITTED)
    case.submitted_at = case.updated_at = act.now
    case.queue = Queue.TO_REVIEW
    case.waiting_since = case.waiting_since or act.now
    signature = signature_of(
        case,
        draft,
        draft.reading(act.today, case.jurisdiction),
        act.now,
        act.terms.locale,
        act.terms.translate,
    )
    case.signature_hash = signature["answers_sha256"]
    seal(act.session, case, "sealed_signature", signature)
    asked = judging.judge(
        judging.submitted(told, act.today, case.jurisdiction, draft.form.part, draft.due),
        act.terms.rules,
        reading=draft.readings.of(told, act.today, case.jurisdiction, draft.due),
    )
    alert = alert_on_call(act, case, draft, asked.screening)
    store_draft(act.session, case, draft)
    first = draft.is_flagged is False
    case_summary = judging.store_screening(act, case, asked, interim=False, first=first)
    summary.seal_summary(act.session, case, told, case_summary)
    act.session.flush()
    # Last but the log: whoever sends at the same moment waits for these rows as for its chain, and for no longer.
    timing.add_measured(act.session, times)
    level = asked.screening.level
    audit.record(
        act,
        "intake.submitted",
        case_id=case.id,
        level=level.value if level else None,
        flags=len(asked.screening.raised),
        dropped=hidden,
    )
    if alert:
        audit.record(act, "alert.raised", case_id=case.id, rules=sorted(alert))
    return SendResult()


def _strange_name(answers: Answers, progress: Progress, kept_name: str) -> tuple[Problem, ...]:
    """A signature that is not the name given, unless the patient said it is right."""
    for question in progress.reading.shown_questions(progress.last_page):
        typed = answers.get(question.id)
        if not isinstance(question.kind, Signature) or not isinstance(typed, str) or typed == kept_name:
            continue
        if question.kind.differs(typed, answers):
            return (Problem(question.id, NOT_OUR_NAME, question.id),)
    return ()
