"""Signatures under the rulebook. What was signed, by whom and when stays as it was written."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0016"
down_revision: str | None = "0015"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "rulebook_signature",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("role", sa.String(length=100), nullable=False),
        sa.Column("rulebook", sa.String(length=128), nullable=False),
        sa.Column("settings_hash", sa.String(length=64), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("length(name) > 0", name=op.f("ck_rulebook_signature_name_given")),
        sa.CheckConstraint("length(role) > 0", name=op.f("ck_rulebook_signature_role_given")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rulebook_signature")),
    )
    op.create_index("ix_rulebook_signature_of", "rulebook_signature", ["rulebook", "settings_hash"])
    if op.get_bind().dialect.name == "sqlite":
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER rulebook_signature_refuses_{act.lower()} BEFORE {act} ON rulebook_signature"
                " BEGIN SELECT RAISE(ABORT, 'rulebook_signature is kept as it was written'); END"
            )
        return
    op.execute(
        "CREATE TRIGGER rulebook_signature_refuses_change BEFORE UPDATE OR DELETE ON rulebook_signature"
        " FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    op.execute(
        "CREATE TRIGGER rulebook_signature_refuses_truncate BEFORE TRUNCATE ON rulebook_signature"
        " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )


def downgrade() -> None:
    op.drop_table("rulebook_signature")
