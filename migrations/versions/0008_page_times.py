"""How long pages and whole forms took, as counts and sums."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision: str = "0008"
down_revision: str | None = "0007"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

WORDS: Any = {"native_enum": False, "create_constraint": True, "length": 32}


def upgrade() -> None:
    op.create_table(
        "page_time",
        sa.Column("kind", sa.Enum("intake", "ready", "checkin", name="kind_known", **WORDS), nullable=False),
        sa.Column("page", sa.String(length=64), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Double(), nullable=False),
        sa.CheckConstraint("count > 0 AND seconds >= 0", name=op.f("ck_page_time_counted")),
        sa.CheckConstraint("minutes = 0 OR page = ''", name=op.f("ck_page_time_minutes_of_whole_forms")),
        sa.PrimaryKeyConstraint("kind", "page", "minutes", name=op.f("pk_page_time")),
    )


def downgrade() -> None:
    op.drop_table("page_time")
