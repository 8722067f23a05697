"""The database keeps the rules, whoever writes to it: each constraint is broken once here."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Date,
    Double,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    String,
    UniqueConstraint,
    Uuid,
    column,
    insert,
    select,
    table,
)
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.core import audit
from app.core.access import Actor
from app.models import Base, Case, Delivery, MailKind, Queue, UtcDateTime
from app.questionnaire.countries import Country
from app.questionnaire.form_kinds import FormKind
from app.screening.levels import Level
from app.screening.workflow import Outcome, Status
from tests.acts import act
from tests.factories import NOW, Factory

TYPES: dict[type, Any] = {
    bool: Boolean(),
    int: Integer(),
    str: String(),
    float: Double(),
    dict: JSON(),
    date: Date(),
    Status: String(),
    FormKind: String(),
    Country: String(),
    Level: String(),
    Outcome: String(),
    Queue: String(),
    Delivery: String(),
    MailKind: String(),
    bytes: LargeBinary(),
    UUID: Uuid(),
    datetime: UtcDateTime(),
}
NOBODY = uuid4()
THE_SAME = object()
THE_FIRST = object()
SOMEONE, A_CASE = object(), object()

# Constraint: what makes of a sound row one that breaks it, and breaks nothing else.
BREAKS: dict[str, dict[str, Any]] = {
    "ck_audit_event_actor_kind_known": {"actor_kind": "robot"},
    "ck_audit_event_seq_counts_from_one": {"seq": 0},
    "ck_case_answers_version_counts_up": {"answers_version": -1},
    "ck_case_counts_not_negative": {"to_ask_count": -1},
    "ck_case_decided_has_outcome": {"status": "decided"},
    "ck_case_decision_outcome_known": {"decision_outcome": "perhaps"},
    "ck_case_jurisdiction_known": {"jurisdiction": "FR"},
    "ck_case_follows_an_intake": {"kind": "ready"},
    "ck_case_kind_known": {"kind": "diary", "follows_id": THE_FIRST},
    "ck_case_level_rank_known": {"level_rank": 5},
    "ck_case_queue_known": {"queue": "elsewhere"},
    "ck_case_signature_whole": {"sealed_signature": None},
    "ck_case_status_known": {"status": "asleep"},
    "ck_case_submitted_is_signed": {"sealed_signature": None, "signature_hash": None},
    "ck_case_submitted_unless_draft": {"status": "draft"},
    "ck_correction_answered_by_someone": {"answered_at": NOW},
    "ck_correction_answered_later": {"answered_at": NOW - timedelta(seconds=1), "answered_by": SOMEONE},
    "ck_decision_invalidated_later": {"invalidated_at": NOW - timedelta(seconds=1)},
    "ck_decision_outcome_known": {"outcome": "perhaps"},
    "ck_flag_level_known": {"level": "dreadful"},
    "ck_flag_outcome_known": {"outcome": "clear"},
    "ck_flag_settled_has_person": {"state": "settled", "settled_at": NOW, "settled_reason": "ecg-seen"},
    "ck_flag_settled_has_reason": {"state": "settled", "settled_at": NOW, "settled_by": SOMEONE},
    "ck_flag_settled_has_time": {"state": "settled", "settled_by": SOMEONE, "settled_reason": "ecg-seen"},
    "ck_flag_state_known": {"state": "hidden"},
    "ck_invitation_expires_later": {"expires_at": NOW},
    "ck_invitation_misses_counted": {"misses": -1},
    "ck_invitation_codes_have_an_address": {"needs_code": True},
    "ck_mail_claimed_has_time": {"state": "claimed"},
    "ck_mail_code_mail_has_code": {"kind": "code"},
    "ck_mail_ended_has_time": {"ended_at": NOW},
    "ck_mail_alert_has_case": {"case_id": A_CASE},
    "ck_mail_all_else_has_invitation": {"invitation_id": None},
    "ck_mail_kind_known": {"kind": "parcel", "code_id": None},
    "ck_mail_state_known": {"state": "lost"},
    "ck_mail_tries_counted": {"tries": -1},
    "ck_mail_trouble_ends_it": {"trouble": "text"},
    "ck_mail_trouble_known": {"state": "failed", "ended_at": NOW, "trouble": "bad luck"},
    "ck_page_time_counted": {"count": 0},
    "ck_page_time_kind_known": {"kind": "diary"},
    "ck_page_time_minutes_of_whole_forms": {"minutes": 3},
    "ck_sign_in_code_code_whole": {"expires_at": NOW},
    "ck_sign_in_code_tries_counted": {"tries": -1},
    "ck_sign_in_code_used_was_made": {"used_at": NOW},
    "ck_rulebook_signature_name_given": {"name": ""},
    "ck_rulebook_signature_role_given": {"role": ""},
    "ck_role_name_known": {"name": "owner"},
    "ck_user_email_lower_case": {"email": "Sam@example.test"},
    "ck_case_door_misses_counted": {"misses": -1},
    "fk_case_door_case_id_case": {"case_id": NOBODY},
    "fk_amendment_case_id_case": {"case_id": NOBODY},
    "fk_amendment_made_by_user": {"made_by": NOBODY},
    "fk_contact_attempt_case_id_case": {"case_id": NOBODY},
    "fk_contact_attempt_made_by_user": {"made_by": NOBODY},
    "fk_case_follows_id_case": {"kind": "ready", "follows_id": NOBODY},
    "fk_case_owner_id_user": {"owner_id": NOBODY},
    "fk_case_person_id_person": {"person_id": NOBODY},
    "fk_correction_answered_by_user": {"answered_by": NOBODY, "answered_at": NOW},
    "fk_correction_case_id_case": {"case_id": NOBODY},
    "fk_decision_case_id_case": {"case_id": NOBODY},
    "fk_decision_made_by_user": {"made_by": NOBODY},
    "fk_flag_case_id_case": {"case_id": NOBODY},
    "fk_flag_screening_id_screening": {"screening_id": NOBODY},
    "fk_flag_settled_by_user": {
        "settled_by": NOBODY,
        "settled_at": NOW,
        "settled_reason": "x",
        "state": "settled",
    },
    "fk_invitation_case_id_case": {"case_id": NOBODY},
    "fk_invitation_created_by_user": {"created_by": NOBODY},
    "fk_invitation_person_id_person": {"person_id": NOBODY},
    "fk_invitation_treatment_id_treatment": {"treatment_id": NOBODY},
    "fk_mail_case_id_case": {"kind": "alert", "invitation_id": None, "case_id": NOBODY},
    "ck_installation_installation_known": {"kind": "other"},
    "ck_installation_one_row": {"id": 2},
    "fk_mail_code_id_sign_in_code": {"kind": "code", "code_id": NOBODY},
    "fk_mail_invitation_id_invitation": {"invitation_id": NOBODY},
    "fk_sign_in_code_invitation_id_invitation": {"invitation_id": NOBODY},
    "fk_roles_users_role_id_role": {"role_id": NOBODY},
    "fk_roles_users_user_id_user": {"user_id": NOBODY},
    "fk_screening_case_id_case": {"case_id": NOBODY},
    "fk_treatment_case_id_case": {"case_id": NOBODY},
    "fk_treatment_recorded_by_user": {"recorded_by": NOBODY},
    "uq_case_submission_id": {"submission_id": THE_SAME},
    "uq_invitation_token_hash": {"token_hash": THE_SAME},
    "uq_role_name": {"name": THE_SAME},
    "uq_user_email": {"email": THE_SAME},
    "uq_user_fs_uniquifier": {"fs_uniquifier": THE_SAME},
}


def sound_row(make: Factory, name: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """A row that is in the table `name`, and one that could be put beside it."""
    made: dict[str, Callable[[], Any]] = {
        "audit_event": lambda: audit.record(
            act(make.session, Actor("system", None, frozenset()), NOW), "case.viewed"
        ),
        "amendment": make.amendment,
        "case": make.case,
        "contact_attempt": make.contact_attempt,
        "correction": make.correction,
        "decision": make.decision,
        "flag": make.flag,
        "invitation": make.invitation,
        "mail": make.mail,
        "installation": lambda: None,  # its migration wrote it
        "key_fingerprint": make.another_key,
        "case_door": make.case_door,
        "page_time": make.page_time,
        "person": make.person,
        "role": lambda: make.role("clinician"),
        "roles_users": make.user,
        "rulebook_signature": make.rulebook_signature,
        "screening": make.screening,
        "sign_in_code": make.sign_in_code,
        "treatment": make.treatment,
        "user": make.user,
    }
    made[name]()
    newest = select(Base.metadata.tables[name])
    if name == "key_fingerprint":
        newest = newest.where(newest.selected_columns.key == "sealing 200")
    there = dict(make.session.execute(newest).mappings().one())
    if name == "installation":
        return there, dict(there)
    fresh: dict[str, Callable[[], Any]] = {
        "id": uuid4,
        "seq": lambda: there["seq"] + 1,
        "submission_id": uuid4,
        "token_hash": lambda: uuid4().bytes,
        "fs_uniquifier": lambda: uuid4().hex,
        "email": lambda: f"{uuid4().hex}@example.test",
        "name": lambda: "admin",
        "user_id": lambda: make.user("admin").id,
        "page": lambda: "another",
        "key": lambda: "sealing 201",
        "on_date": lambda: there["on_date"] + timedelta(days=1),
    }
    if name == "case_door":
        fresh["case_id"] = lambda: make.case().id
    return there, there | {key: fresh[key]() for key in fresh.keys() & there.keys()}


def put(session: Session, name: str, row: dict[str, Any]) -> None:
    """Insert without the models, as a script or another program might."""
    row = {key: value for key, value in row.items() if value is not None}
    columns = [column(key, TYPES[type(value)]) for key, value in row.items()]
    with session.begin_nested():
        session.execute(insert(table(name, *columns)).values(row))


@pytest.mark.parametrize("name", sorted(Base.metadata.tables.keys() - {"installation"}))
def test_a_sound_row_is_taken(make: Factory, session: Session, name: str) -> None:
    _, row = sound_row(make, name)
    put(session, name, row)


@pytest.mark.parametrize("constraint", sorted(BREAKS))
def test_a_row_that_breaks_a_constraint_is_refused(make: Factory, session: Session, constraint: str) -> None:
    name = table_of(constraint)
    there, row = sound_row(make, name)
    for key, value in BREAKS[constraint].items():
        if value is SOMEONE:
            value = make.user().id
        elif value is A_CASE:
            value = make.case().id
        elif value is THE_FIRST:
            value = there["id"]
        row[key] = there[key] if value is THE_SAME else value
    with pytest.raises(IntegrityError) as caught:
        put(session, name, row)
    if session.get_bind().dialect.name == "postgresql" or constraint.startswith("ck_"):
        assert constraint in str(caught.value)
    elif constraint.startswith("uq_"):
        assert f"UNIQUE constraint failed: {name}.{constraint.removeprefix(f'uq_{name}_')}" in str(
            caught.value
        )
    else:
        assert "FOREIGN KEY constraint failed" in str(caught.value)


def test_a_health_check_is_followed_by_one_form_for_getting_ready_and_by_many_check_ins(
    make: Factory,
) -> None:
    first = make.case()
    for kind in ("ready", "checkin", "checkin"):
        make.case(kind=kind, follows_id=first.id)
    with pytest.raises(IntegrityError), make.session.begin_nested():
        make.case(kind="ready", follows_id=first.id)


def test_a_day_has_one_session_but_for_those_taken_back(make: Factory) -> None:
    first = make.treatment()
    first.removed_at = NOW
    again = make.treatment(make.session.get_one(Case, first.case_id))
    with pytest.raises(IntegrityError), make.session.begin_nested():
        make.treatment(make.session.get_one(Case, again.case_id))


def test_every_constraint_is_broken_once() -> None:
    assert set(BREAKS) == {name for names in constraints().values() for name in names}


def constraints() -> dict[str, set[str]]:
    """The names of every table's constraints but its primary key, as the database knows them."""
    spell = DefaultDialect().identifier_preparer.format_constraint
    kinds = (CheckConstraint, UniqueConstraint, ForeignKeyConstraint)
    return {
        name: {str(spell(each)) for each in declared.constraints if isinstance(each, kinds)}
        for name, declared in Base.metadata.tables.items()
    }


def table_of(constraint: str) -> str:
    return next(name for name, names in constraints().items() if constraint in names)
