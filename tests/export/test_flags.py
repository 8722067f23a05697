"""flags.csv: each flag with its evidence, the patient's own words, and how it was settled."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.access import ROLES, Actor
from app.export.spreadsheet import guarded
from app.models import Case, Flag, Screening, seal, unseal
from app.questionnaire.columns import FLAG
from app.review.case import service as review
from app.screening.cards import CARDS
from app.screening.levels import LEVEL_ORDER, Level
from app.screening.rulebook import RULEBOOK
from app.screening.rules import DEFAULT_RULES
from app.screening.settling import reason
from app.screening.sources import SOURCES
from tests.acts import act
from tests.export.taking import events, rows
from tests.factories import CANARY, CANARY_PHONE, NOW, Factory
from tests.judged import judged, sent, unfinished
from tests.people import HEALTHY, Answers, but
from tests.strategies import UNWELL

CHEMO: Answers = {"chemo_now": "yes", "seizure_ever": "yes", "steroid_allergy": "not_sure"}
"""A marketing article's rule, a label's, answers that disagree, and questions still to ask."""

Row = dict[str, str]


def by_rule(admin: FlaskClient) -> dict[str, Row]:
    found = rows(admin, "flags")
    told = {row["rule"]: row for row in found}
    assert len(told) == len(found)
    return told


def flag_of(session: Session, case: Case, rule: str) -> Flag:
    return session.scalars(
        select(Flag).where(Flag.case_id == case.id, Flag.rule == rule).order_by(Flag.id.desc())
    ).first()  # type: ignore[return-value] # there is one


def settle(make: Factory, session: Session, flag: Flag, code: str, note: str = "") -> Actor:
    """As a clinician does it on the case's page."""
    doctor = Actor("staff", make.user("clinician").id, ROLES["clinician"])
    review.settle(act(session, doctor, NOW), flag.case_id, {flag.id: flag.revision}, code, note)
    return doctor


def test_one_row_for_each_flag_with_everything_its_card_shows(
    admin: FlaskClient, make: Factory, session: Session
) -> None:
    case = sent(make, {"surgery_last": "under_6_weeks", "surgery_areas": ["bones"]})
    session.commit()
    row = by_rule(admin)["surgery-recent"]
    rule = RULEBOOK.by_slug["surgery-recent"]
    assert list(row) == [column.name for column in FLAG]
    assert row == dict.fromkeys(row, "") | {
        "case_id": str(case.id),
        "person_id": str(case.person_id),
        "rule": "surgery-recent",
        "title": rule.title,
        "outcome": "raised",
        "level": rule.level.value,
        "card": "surgery",
        "card_name": CARDS["surgery"],
        "evidence": rule.evidence.value,
        "sources": ";".join(rule.sources),
        "source_kinds": ";".join(SOURCES[key].kind for key in rule.sources),
        "citations": " | ".join(SOURCES[key].citation for key in rule.sources),
        "because": "Your last surgery, even small?: In the last 6 weeks",
        "questions": "surgery_last",
        "changed": "no",
        "settled": "no",
        "rulebook": RULEBOOK.identity,
        "settings": DEFAULT_RULES.identity,
        "judged_on": "2026-03-02",
        "valid_until": "2026-04-13",
        "changes_after": "surgery-recent",
    }


def test_a_label_and_an_article_are_told_apart(admin: FlaskClient, make: Factory, session: Session) -> None:
    sent(make, CHEMO)
    session.commit()
    found = by_rule(admin)
    article, label = found["chemotherapy"], found["seizure-history"]
    assert (article["evidence"], article["sources"]) == ("article", "SEED1;COHEN2018;LOCAL")
    assert article["citations"].startswith("Seed article 001 (marketing page); not a clinical source | Cohen")
    # A rule that rests on a label may name the article too: each source says what it is.
    assert (label["evidence"], label["sources"]) == ("label", "KETALAR_UK;SPCG;SEED1")
    assert label["source_kinds"] == "label;guideline;article"
    names = [column.name for column in FLAG]
    at = names.index("evidence")
    assert names[at : at + 4] == ["evidence", "sources", "source_kinds", "citations"]
    for row in found.values():
        keys, kinds = row["sources"].split(";"), row["source_kinds"].split(";")
        assert [SOURCES[key].kind for key in keys] == kinds
        assert row["evidence"] == RULEBOOK.by_slug[row["rule"]].evidence


def test_a_conflict_tells_both_sides_in_the_patients_words(
    admin: FlaskClient, make: Factory, session: Session
) -> None:
    sent(make, {"medicines": [{"med_name": f"Capecitabine {CANARY}", "med_often": "twice"}]})
    session.commit()
    row = by_rule(admin)["contradiction-cancer-medicine"]
    assert (row["level"], row["outcome"]) == ("conflict", "raised")
    assert row["questions"] == "medicines;chemo_now;cancer_now"
    typed, chemo, cancer = row["because"].split(" | ")
    assert typed.endswith(f": Capecitabine {CANARY}")
    assert chemo == "Chemotherapy now: No"
    assert cancer.endswith(": No")


def test_what_could_not_be_decided_has_its_sentence_to_ask(
    admin: FlaskClient, make: Factory, session: Session
) -> None:
    sent(make, CHEMO)
    session.commit()
    found = by_rule(admin)
    row = found["steroid-allergy"]
    assert (row["outcome"], row["settled"], row["because"], row["questions"]) == (
        "undetermined",
        "no",
        "",
        "",
    )
    assert row["ask"] == RULEBOOK.by_slug["steroid-allergy"].ask
    assert row["unknown"] == "allergy.steroid"
    assert found["chemotherapy"]["ask"] == found["chemotherapy"]["unknown"] == ""


@pytest.mark.parametrize("answers", [CHEMO, UNWELL, dict.fromkeys(HEALTHY)])
def test_flags_come_in_the_order_they_are_told(
    admin: FlaskClient, make: Factory, session: Session, answers: Answers
) -> None:
    case = sent(make, answers)
    session.commit()
    found = rows(admin, "flags")
    places = [
        (row["outcome"] == "undetermined", LEVEL_ORDER[Level(row["level"])], row["rule"]) for row in found
    ]
    assert places == sorted(places)
    assert len(found) == len(session.scalars(select(Flag.id).where(Flag.case_id == case.id)).all()) > 5


def test_a_settled_flag_says_why_by_whom_and_when(
    admin: FlaskClient, make: Factory, session: Session
) -> None:
    case = sent(make, CHEMO)
    flag = flag_of(session, case, "chemotherapy")
    settle(make, session, flag, "wait", "At first")
    doctor = settle(make, session, flag, "mistake", f"=1+1 {CANARY}")
    session.commit()
    row = by_rule(admin)["chemotherapy"]
    chosen = reason("chemotherapy", "cancer", "mistake")
    assert chosen
    assert {name: text for name, text in row.items() if name.startswith("settled")} == {
        "settled": "yes",
        "settled_reason": "mistake",
        "settled_reason_words": chosen.words,
        "settled_by": str(doctor.id),
        "settled_at": NOW.isoformat(),
        "settled_note": f"'=1+1 {CANARY}",
    }
    assert by_rule(admin)["seizure-history"]["settled"] == "no"


def test_a_flag_that_is_open_again_tells_no_settlement(
    admin: FlaskClient, make: Factory, session: Session
) -> None:
    flag = make.flag()
    seal(
        session, flag, "sealed_note", [{"by": "x", "name": "x", "at": "x", "reason": "x", "note": "Long ago"}]
    )
    session.commit()
    (row,) = rows(admin, "flags")
    assert {text for name, text in row.items() if name.startswith("settled")} == {"no", ""}


def test_a_reason_that_is_on_no_list_any_more_keeps_its_code(
    admin: FlaskClient, make: Factory, session: Session
) -> None:
    make.flag(state="settled", settled_at=NOW, settled_by=make.user().id, settled_reason="of_old")
    session.commit()
    (row,) = rows(admin, "flags")
    assert (row["settled_reason"], row["settled_reason_words"], row["settled_note"]) == (
        "of_old",
        "of_old",
        "",
    )


def test_an_answer_changed_after_its_alert_is_told_as_changed(
    admin: FlaskClient, make: Factory, session: Session
) -> None:
    case = unfinished(make, {"harm_others": "yes"}, alerts=("harm-to-others",))
    judged(session, case, but(HEALTHY, {"opioid_ever": None}))
    session.commit()
    found = by_rule(admin)
    assert found["harm-to-others"]["changed"] == "yes"
    assert found["harm-to-others"]["because"].endswith(": Yes")
    assert {row["changed"] for rule, row in found.items() if rule != "harm-to-others"} == {"no"}


def test_an_alert_of_an_unfinished_form_is_in_the_file(
    admin: FlaskClient, make: Factory, session: Session
) -> None:
    unfinished(make, {"harm_others": "yes"}, alerts=("harm-to-others",))
    session.commit()
    row = by_rule(admin)["harm-to-others"]
    assert (row["judged_on"], row["valid_until"], row["changes_after"]) == ("2026-03-02", "", "")


@pytest.mark.parametrize(("now", "changed"), [("no", "yes"), ("yes", "no")])
def test_an_alert_of_an_unfinished_form_whose_answer_was_changed_is_told_so(
    admin: FlaskClient, make: Factory, session: Session, now: str, changed: str
) -> None:
    case = unfinished(make, {"harm_others": "yes"}, alerts=("harm-to-others",))
    document = unseal(session, case, "sealed_answers")
    document["answers"]["harm_others"] = now
    seal(session, case, "sealed_answers", document)
    session.commit()
    assert by_rule(admin)["harm-to-others"]["changed"] == changed


def test_only_the_newest_screening_counts(admin: FlaskClient, make: Factory, session: Session) -> None:
    case = sent(make, CHEMO)
    make.flag(make.screening(case, rulebook="2-newer"), rule="unstable-heart")
    session.commit()
    (row,) = rows(admin, "flags")
    assert (row["rule"], row["rulebook"]) == ("unstable-heart", "2-newer")


def test_a_rule_and_a_question_that_are_gone_still_have_their_row(
    admin: FlaskClient, make: Factory, session: Session
) -> None:
    flag = make.flag(rule="rule-of-old", card="card-of-old")
    told = {
        "because": [{"question": "asked_of_old", "answer": "yes", "words": "Yes"}],
        "unknown": [],
        "ask": None,
    }
    seal(session, flag, "sealed_evidence", told)
    session.commit()
    (row,) = rows(admin, "flags")
    assert (row["rule"], row["title"], row["card_name"]) == ("rule-of-old", "rule-of-old", "card-of-old")
    assert [row[name] for name in ("evidence", "sources", "source_kinds", "citations")] == [""] * 4
    assert (row["because"], row["questions"]) == ("asked_of_old: Yes", "asked_of_old")


def test_evidence_that_cannot_be_opened_is_told_as_that_and_logged(
    admin: FlaskClient, make: Factory, session: Session, capsys: pytest.CaptureFixture[str]
) -> None:
    screening = make.screening()
    moved, shapeless, whole = (make.flag(screening, rule=rule) for rule in ("a", "b", "c"))
    moved.sealed_evidence = whole.sealed_evidence
    seal(session, shapeless, "sealed_evidence", {"because": [{"answer": CANARY}]})
    session.commit()
    found = by_rule(admin)
    for rule in ("a", "b"):
        row = found[rule]
        assert {row[name] for name in ("because", "questions", "unknown", "ask", "changed")} == {"unreadable"}
        assert (row["level"], row["settled"], row["judged_on"]) == ("stop", "no", "2026-03-02")
    assert found["c"]["because"].endswith(f": Yes {CANARY}")
    told = capsys.readouterr().err
    assert str(moved.id) in told
    assert str(shapeless.id) in told
    assert CANARY not in told


def test_a_note_that_cannot_be_opened_is_told_as_that_and_logged(
    admin: FlaskClient, make: Factory, session: Session, capsys: pytest.CaptureFixture[str]
) -> None:
    case = sent(make, CHEMO)
    flag = flag_of(session, case, "chemotherapy")
    settle(make, session, flag, "mistake", CANARY)
    flag.sealed_note = flag.sealed_evidence
    session.commit()
    row = by_rule(admin)["chemotherapy"]
    assert (row["settled"], row["settled_reason"], row["settled_note"]) == ("yes", "mistake", "unreadable")
    assert row["because"]
    assert str(flag.id) in capsys.readouterr().err


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1"])
def test_what_somebody_typed_never_begins_like_a_formula(
    admin: FlaskClient, make: Factory, session: Session, start: str
) -> None:
    flag = make.flag(rule="gone")
    told = {
        "because": [{"question": start, "answer": start, "words": start}],
        "unknown": [start],
        "ask": start,
    }
    seal(session, flag, "sealed_evidence", told)
    session.commit()
    (row,) = rows(admin, "flags")
    assert row["because"] == guarded(f"{start}: {start}")
    assert (row["questions"], row["unknown"], row["ask"]) == (guarded(start),) * 3
    assert all(row[name].startswith("'") for name in ("because", "questions", "unknown", "ask"))


def test_the_file_names_nobody_and_the_log_and_the_audit_hold_no_words(
    admin: FlaskClient, make: Factory, session: Session, capsys: pytest.CaptureFixture[str]
) -> None:
    flag = make.flag()
    session.commit()
    capsys.readouterr()
    (row,) = rows(admin, "flags")
    plain = "\n".join(row.values())
    assert row["because"].endswith(f": Yes {CANARY}")
    identity = unseal(session, session.get_one(Case, flag.case_id).person, "sealed_identity")
    assert not [told for told in identity.values() if told in plain]
    assert CANARY_PHONE not in plain
    assert CANARY not in capsys.readouterr().err
    (event,) = events(session, "export.downloaded")
    assert CANARY not in repr(event.facts)


def test_an_older_screening_without_validity_has_empty_cells(
    admin: FlaskClient, make: Factory, session: Session
) -> None:
    make.flag()
    session.commit()
    assert session.scalars(select(Screening)).one().sealed_validity is None
    (row,) = rows(admin, "flags")
    assert (row["valid_until"], row["changes_after"]) == ("", "")
