"""Judging a case again: what was settled stays so while its evidence is the same, and what it counts is a recount."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Case, Flag, Screening, User, seal, unseal
from app.questionnaire.all_forms import WHOLE
from app.questionnaire.countries import Country
from app.questionnaire.reading import Reading
from app.records import judging
from app.records.evidence import evidence_of, is_answer_changed
from app.review.case.recount import recount
from app.review.case.stored import latest_screening
from app.screening.rules import DEFAULT_RULES
from app.screening.settling import MUST_SETTLE
from tests.acts import act
from tests.factories import CANARY, NOW, Factory
from tests.judged import sent, unfinished
from tests.people import HEALTHY, Answers, but

CHEMO: Answers = {"chemo_now": "yes", "chemo_last": "this_month"}
NOTE = [{"by": "1", "name": "Lee", "at": NOW.isoformat(), "reason": "mistake", "note": f"Asked {CANARY}"}]


def flag(session: Session, case: Case, rule: str) -> Flag | None:
    """The flag of a rule in the newest screening."""
    newest = select(Screening.id).where(Screening.case_id == case.id).order_by(Screening.id.desc()).limit(1)
    found = select(Flag).where(Flag.rule == rule, Flag.screening_id == newest.scalar_subquery())
    return session.scalar(found)


def settle(session: Session, user: User, settled: Flag | None) -> None:
    """As a clinician leaves it."""
    assert settled is not None
    seal(session, settled, "sealed_note", NOTE)
    settled.state, settled.settled_at, settled.settled_by = "settled", NOW, user.id
    settled.settled_reason = "mistake"
    session.flush()


def again(session: Session, case: Case, changes: Answers, *, interim: bool = False) -> None:
    """Judge the healthy adult with these changes as the newest answers of a case."""
    rules = ["unwell-right-now"] if interim else None
    asked = judging.judge(
        judging.submitted(but(HEALTHY, changes), NOW.date(), Country.US), DEFAULT_RULES, rules
    )
    case_summary = judging.store_screening(act(session, now=NOW), case, asked, interim=interim)
    summary = unseal(session, case, "sealed_summary") or {}
    seal(session, case, "sealed_summary", summary | {"cards": list(case_summary.cards)})
    session.flush()


def test_a_settled_flag_stays_settled_while_its_evidence_is_the_same(make: Factory, session: Session) -> None:
    case, user = sent(make, CHEMO), make.user()
    settle(session, user, flag(session, case, "chemotherapy"))
    again(session, case, CHEMO | {"goals": "Something else"})
    kept: Any = flag(session, case, "chemotherapy")
    assert (kept.state, kept.settled_by, kept.settled_at, kept.settled_reason) == (
        "settled", user.id, NOW, "mistake"
    )  # fmt: skip
    assert unseal(session, kept, "sealed_note") == NOTE
    assert not recount(session, case)


def test_it_opens_again_when_its_evidence_changed(make: Factory, session: Session) -> None:
    case, user = sent(make, CHEMO), make.user()
    settle(session, user, flag(session, case, "chemotherapy"))
    before = case.open_stop_count
    again(session, case, CHEMO | {"chemo_last": "months_1_to_6"})
    opened: Any = flag(session, case, "chemotherapy")
    assert (opened.state, opened.settled_by, opened.sealed_note) == ("open", None, opened.sealed_note)
    assert unseal(session, opened, "sealed_note") == NOTE
    assert case.open_stop_count == before
    assert not recount(session, case)


def test_a_flag_no_longer_raised_is_gone_from_the_new_screening_and_kept_in_the_old(
    make: Factory, session: Session
) -> None:
    case = sent(make, CHEMO)
    first = flag(session, case, "chemotherapy")
    again(session, case, {})
    assert flag(session, case, "chemotherapy") is None
    assert first is not None
    assert session.get(Flag, first.id) is first
    assert (case.level_rank, case.open_stop_count) == (4, 0)


def test_an_alert_settled_before_the_form_was_sent_stays_settled(make: Factory, session: Session) -> None:
    case, user = unfinished(make, {"urgent_now": ["chest_pain"]}, alerts=("unwell-right-now",)), make.user()
    settle(session, user, flag(session, case, "unwell-right-now"))
    again(session, case, {"urgent_now": ["chest_pain"]})
    kept: Any = flag(session, case, "unwell-right-now")
    assert (kept.state, case.open_stop_count) == ("settled", 0)


def test_an_alert_whose_answer_was_changed_stays_open_until_settled_and_then_stays_settled(
    make: Factory, session: Session
) -> None:
    case, user = unfinished(make, {"urgent_now": ["chest_pain"]}, alerts=("unwell-right-now",)), make.user()
    again(session, case, {})
    changed: Any = flag(session, case, "unwell-right-now")
    assert changed.state == "open"
    assert unseal(session, changed, "sealed_evidence")["changed"]
    settle(session, user, changed)
    again(session, case, {"goals": "Something else"})
    kept: Any = flag(session, case, "unwell-right-now")
    assert kept.state == "settled"
    assert unseal(session, kept, "sealed_evidence")["changed"]
    assert not recount(session, case)


def test_only_a_finished_form_is_said_to_hold(make: Factory, session: Session) -> None:
    case = unfinished(make, {"urgent_now": ["chest_pain"]}, alerts=("unwell-right-now",))
    assert [one.sealed_validity for one in session.scalars(select(Screening))] == [None]
    again(session, case, {})
    newest: Any = latest_screening(session, case)
    assert unseal(session, newest, "sealed_validity") == {"until": "2026-09-01", "changes": []}


def test_what_one_item_of_a_scale_decided_is_told_in_the_words_of_that_item(
    make: Factory, session: Session
) -> None:
    """Both sides of a conflict, as the patient read them: a total would not say what was ticked."""
    case = sent(make, {"scale_phq9": [2, 2, 1, 2, 1, 1, 1, 0, 2], "suicide_thoughts": "no"})
    conflict: Any = flag(session, case, "suicide-answers-disagree")
    because = unseal(session, conflict, "sealed_evidence")["because"]
    assert [one["words"] for one in because] == [
        "9. Thoughts that you would be better off dead or of hurting yourself in some way: More than half the days",
        "No",
    ]
    assert because[0]["answer"][8] == 2
    total: Any = flag(session, sent(make, {"scale_phq9": [3] * 8 + [0]}), "phq9-severe")
    (whole,) = unseal(session, total, "sealed_evidence")["because"]
    assert whole["words"] == "24 of 27, severe"


def test_flags_of_levels_to_be_kept_stay_until_settled(make: Factory, session: Session) -> None:
    case, user = sent(make, CHEMO), make.user()
    asked = judging.judge(judging.submitted(HEALTHY, NOW.date(), Country.US), DEFAULT_RULES)
    judging.store_screening(act(session, now=NOW), case, asked, interim=False, keep=MUST_SETTLE)
    session.flush()
    kept: Any = flag(session, case, "chemotherapy")
    assert (kept.state, case.open_stop_count) == ("open", 1)
    assert unseal(session, kept, "sealed_evidence")["changed"]
    settle(session, user, kept)
    judging.store_screening(act(session, now=NOW), case, asked, interim=False, keep=MUST_SETTLE)
    session.flush()
    again_kept: Any = flag(session, case, "chemotherapy")
    assert (again_kept.state, case.open_stop_count) == ("settled", 0)


def test_a_scale_of_another_length_is_another_answer() -> None:
    """A flag of an earlier version of a scale, or one that was damaged, must not take the page of its case away."""
    reading = Reading(WHOLE, HEALTHY, NOW.date(), Country.US)
    now = HEALTHY["scale_phq9"]
    assert isinstance(now, list)
    for was, changed in ((now, False), (now[:-1], True), ([*now, 0], True)):
        because = [{"question": "scale_phq9", "answer": was, "words": ""}]
        assert is_answer_changed(evidence_of(because), "phq9-self-harm-item", reading) is changed
