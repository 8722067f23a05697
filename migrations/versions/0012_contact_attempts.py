"""Calls to a patient, and how they went. Who rang, when and about whom stays as it was written."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0012"
down_revision: str | None = "0011"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

# Not what is sealed, which is sealed again when a key is changed.
KEPT = "OF id, case_id, made_by, made_at"


def upgrade() -> None:
    op.create_table(
        "contact_attempt",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sealed_call", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_contact_attempt_case_id_case")),
        sa.ForeignKeyConstraint(["made_by"], ["user.id"], name=op.f("fk_contact_attempt_made_by_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_attempt")),
    )
    op.create_index(op.f("ix_contact_attempt_case_id"), "contact_attempt", ["case_id"])
    if op.get_bind().dialect.name == "sqlite":
        for act in (f"UPDATE {KEPT}", "DELETE"):
            op.execute(
                f"CREATE TRIGGER contact_attempt_refuses_{act.split()[0].lower()} BEFORE {act}"
                " ON contact_attempt BEGIN SELECT RAISE(ABORT, 'contact_attempt is kept as it was written'); END"
            )
        return
    op.execute(
        f"CREATE TRIGGER contact_attempt_refuses_change BEFORE UPDATE {KEPT} OR DELETE ON contact_attempt"
        " FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    op.execute(
        "CREATE TRIGGER contact_attempt_refuses_truncate BEFORE TRUNCATE ON contact_attempt"
        " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )


def downgrade() -> None:
    op.drop_table("contact_attempt")
