"""Answers that a patient gave on a call. Who wrote them down, when and of whom stays as it was written."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

# Not the answers, which are sealed again when a key is changed.
KEPT = "OF id, case_id, made_by, made_at"


def upgrade() -> None:
    op.create_table(
        "amendment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sealed_answers", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_amendment_case_id_case")),
        sa.ForeignKeyConstraint(["made_by"], ["user.id"], name=op.f("fk_amendment_made_by_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_amendment")),
    )
    op.create_index(op.f("ix_amendment_case_id"), "amendment", ["case_id"])
    if op.get_bind().dialect.name == "sqlite":
        for act in (f"UPDATE {KEPT}", "DELETE"):
            op.execute(
                f"CREATE TRIGGER amendment_refuses_{act.split()[0].lower()} BEFORE {act} ON amendment"
                " BEGIN SELECT RAISE(ABORT, 'amendment is kept as it was written'); END"
            )
        return
    op.execute(
        f"CREATE TRIGGER amendment_refuses_change BEFORE UPDATE {KEPT} OR DELETE ON amendment"
        " FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    op.execute(
        "CREATE TRIGGER amendment_refuses_truncate BEFORE TRUNCATE ON amendment"
        " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )


def downgrade() -> None:
    op.drop_table("amendment")
