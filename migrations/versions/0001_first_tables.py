"""The first tables.

The audit log takes new rows only, and a decision stays as it was made: the database itself refuses the rest.
"""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision: str = "0001"
down_revision: str | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

WORDS: Any = {"native_enum": False, "create_constraint": True, "length": 32}
KEPT = {
    # table: the columns that stay as they were written; "" means all
    "audit_event": "",
    # Not the note, which is sealed again when a key is changed, nor the time a later decision ended this one.
    "decision": "OF id, case_id, outcome, made_by, made_at",
}


def upgrade() -> None:
    op.create_table(
        "audit_event",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("event", sa.String(length=64), nullable=False),
        sa.Column(
            "actor_kind",
            sa.Enum("patient", "staff", "system", "anonymous", name="actor_kind_known", **WORDS),
            nullable=False,
        ),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("prev", sa.LargeBinary(length=32), nullable=False),
        sa.Column("mac", sa.LargeBinary(length=32), nullable=False),
        sa.CheckConstraint("seq > 0", name=op.f("ck_audit_event_seq_counts_from_one")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit_event")),
    )
    op.create_index(op.f("ix_audit_event_case_id"), "audit_event", ["case_id"])

    op.create_table(
        "person",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sealed_identity", sa.LargeBinary(), nullable=False),
        sa.Column("blind_surname", sa.LargeBinary(length=3), nullable=True),
        sa.Column("blind_email", sa.LargeBinary(length=3), nullable=True),
        sa.Column("blind_phone", sa.LargeBinary(length=3), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    op.create_index(op.f("ix_person_blind_email"), "person", ["blind_email"])
    op.create_index(op.f("ix_person_blind_phone"), "person", ["blind_phone"])
    op.create_index(op.f("ix_person_blind_surname"), "person", ["blind_surname"])

    op.create_table(
        "role",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Enum("clinician", "admin", name="name_known", **WORDS), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role")),
        sa.UniqueConstraint("name", name=op.f("uq_role_name")),
    )
    op.create_table(
        "user",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(length=255), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("password", sa.String(length=255), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("fs_uniquifier", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_login_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("current_login_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_login_ip", sa.String(length=64), nullable=True),
        sa.Column("current_login_ip", sa.String(length=64), nullable=True),
        sa.Column("login_count", sa.Integer(), nullable=True),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_user_email_lower_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user")),
        sa.UniqueConstraint("email", name=op.f("uq_user_email")),
        sa.UniqueConstraint("fs_uniquifier", name=op.f("uq_user_fs_uniquifier")),
    )
    op.create_table(
        "case",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Enum("intake", name="kind_known", **WORDS), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "submitted",
                "in_review",
                "waiting_on_patient",
                "waiting_until",
                "decided",
                "reopened",
                name="status_known",
                **WORDS,
            ),
            nullable=False,
        ),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("questionnaire_version", sa.String(length=64), nullable=False),
        sa.Column("jurisdiction", sa.Enum("US", "UK", name="jurisdiction_known", **WORDS), nullable=False),
        sa.Column("sealed_answers", sa.LargeBinary(), nullable=False),
        sa.Column("answers_version", sa.Integer(), nullable=False),
        sa.Column("sealed_summary", sa.LargeBinary(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sealed_signature", sa.LargeBinary(), nullable=True),
        sa.Column("signature_hash", sa.String(length=64), nullable=True),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column(
            "queue",
            sa.Enum("to_review", "waiting", "decided", "unfinished", name="queue_known", **WORDS),
            nullable=True,
        ),
        sa.Column("level_rank", sa.Integer(), nullable=False),
        sa.Column("waiting_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("open_stop_count", sa.Integer(), nullable=False),
        sa.Column("to_ask_count", sa.Integer(), nullable=False),
        sa.Column(
            "decision_outcome",
            sa.Enum(
                "suitable",
                "suitable_with_conditions",
                "not_suitable_now",
                name="decision_outcome_known",
                **WORDS,
            ),
            nullable=True,
        ),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(status = 'draft') = (submitted_at IS NULL)", name=op.f("ck_case_submitted_unless_draft")
        ),
        sa.CheckConstraint(
            "status <> 'decided' OR decision_outcome IS NOT NULL", name=op.f("ck_case_decided_has_outcome")
        ),
        sa.CheckConstraint(
            "(sealed_signature IS NULL) = (signature_hash IS NULL)", name=op.f("ck_case_signature_whole")
        ),
        sa.CheckConstraint("answers_version >= 0", name=op.f("ck_case_answers_version_counts_up")),
        sa.CheckConstraint("level_rank BETWEEN 0 AND 3", name=op.f("ck_case_level_rank_known")),
        sa.CheckConstraint(
            "open_stop_count >= 0 AND to_ask_count >= 0", name=op.f("ck_case_counts_not_negative")
        ),
        sa.CheckConstraint(
            "submitted_at IS NULL OR signature_hash IS NOT NULL", name=op.f("ck_case_submitted_is_signed")
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["user.id"], name=op.f("fk_case_owner_id_user")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_case_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case")),
        sa.UniqueConstraint("submission_id", name=op.f("uq_case_submission_id")),
    )
    op.create_index(op.f("ix_case_person_id"), "case", ["person_id"])
    op.create_index("ix_case_queue", "case", ["queue", "level_rank", "waiting_since", "id"])

    op.create_table(
        "roles_users",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("role_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["role_id"], ["role.id"], name=op.f("fk_roles_users_role_id_role")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_roles_users_user_id_user")),
        sa.PrimaryKeyConstraint("user_id", "role_id", name=op.f("pk_roles_users")),
    )
    op.create_index(op.f("ix_roles_users_role_id"), "roles_users", ["role_id"])

    op.create_table(
        "decision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "suitable", "suitable_with_conditions", "not_suitable_now", name="outcome_known", **WORDS
            ),
            nullable=False,
        ),
        sa.Column("sealed_note", sa.LargeBinary(), nullable=True),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("invalidated_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("invalidated_at >= made_at", name=op.f("ck_decision_invalidated_later")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_decision_case_id_case")),
        sa.ForeignKeyConstraint(["made_by"], ["user.id"], name=op.f("fk_decision_made_by_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
    )
    op.create_index(op.f("ix_decision_case_id"), "decision", ["case_id"])

    op.create_table(
        "invitation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("misses", sa.Integer(), nullable=False),
        sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("expires_at > created_at", name=op.f("ck_invitation_expires_later")),
        sa.CheckConstraint("misses >= 0", name=op.f("ck_invitation_misses_counted")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_invitation_case_id_case")),
        sa.ForeignKeyConstraint(["created_by"], ["user.id"], name=op.f("fk_invitation_created_by_user")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_invitation_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitation_token_hash")),
    )
    op.create_index(op.f("ix_invitation_case_id"), "invitation", ["case_id"])
    op.create_index(op.f("ix_invitation_person_id"), "invitation", ["person_id"])

    op.create_table(
        "screening",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("answers_version", sa.Integer(), nullable=False),
        sa.Column("rulebook", sa.String(length=128), nullable=False),
        sa.Column("settings_hash", sa.String(length=64), nullable=False),
        sa.Column("evaluated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("interim", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_screening_case_id_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_screening")),
    )
    op.create_index(op.f("ix_screening_case_id"), "screening", ["case_id"])

    op.create_table(
        "flag",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("screening_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("rule", sa.String(length=64), nullable=False),
        sa.Column(
            "level",
            sa.Enum("urgent", "stop", "review", "conflict", "note", name="level_known", **WORDS),
            nullable=False,
        ),
        sa.Column("card", sa.String(length=64), nullable=False),
        sa.Column(
            "outcome", sa.Enum("raised", "undetermined", name="outcome_known", **WORDS), nullable=False
        ),
        sa.Column("sealed_evidence", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.Enum("open", "settled", name="state_known", **WORDS), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by", sa.Uuid(), nullable=True),
        sa.Column("settled_reason", sa.String(length=64), nullable=True),
        sa.Column("sealed_note", sa.LargeBinary(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'settled') = (settled_at IS NOT NULL)", name=op.f("ck_flag_settled_has_time")
        ),
        sa.CheckConstraint(
            "(state = 'settled') = (settled_by IS NOT NULL)", name=op.f("ck_flag_settled_has_person")
        ),
        sa.CheckConstraint(
            "(state = 'settled') = (settled_reason IS NOT NULL)", name=op.f("ck_flag_settled_has_reason")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_flag_case_id_case")),
        sa.ForeignKeyConstraint(
            ["screening_id"], ["screening.id"], name=op.f("fk_flag_screening_id_screening")
        ),
        sa.ForeignKeyConstraint(["settled_by"], ["user.id"], name=op.f("fk_flag_settled_by_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_flag")),
    )
    op.create_index(op.f("ix_flag_case_id"), "flag", ["case_id"])
    op.create_index(op.f("ix_flag_screening_id"), "flag", ["screening_id"])

    refuse_changes()


def downgrade() -> None:
    for table in (
        *("flag", "screening", "invitation", "decision", "roles_users"),
        *("case", "user", "role", "person", "audit_event"),
    ):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_change()")


def refuse_changes() -> None:
    """Have the database refuse to change or delete what must stay."""
    if op.get_bind().dialect.name == "sqlite":
        for table, columns in KEPT.items():
            for act in (f"UPDATE {columns}", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {table}_refuses_{act.split()[0].lower()} BEFORE {act} ON {table}"
                    f" BEGIN SELECT RAISE(ABORT, '{table} is kept as it was written'); END"
                )
        return
    op.execute(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is kept as it was written', TG_TABLE_NAME; END $$"
    )
    for table, columns in KEPT.items():
        op.execute(
            f"CREATE TRIGGER {table}_refuses_change BEFORE UPDATE {columns} OR DELETE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_refuses_truncate BEFORE TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
