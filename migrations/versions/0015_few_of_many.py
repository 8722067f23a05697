"""Indexes for the few rows of a large table that a page or a job looks for."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0015"
down_revision: str | None = "0014"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

FEW = {
    "ix_mail_claimed": ("mail", "claimed_at", "claimed_at IS NOT NULL"),
    "ix_mail_open_alert": ("mail", "id", "kind = 'alert' AND state <> 'sent' AND state <> 'dropped'"),
    "ix_correction_open": ("correction", "id", "answered_at IS NULL"),
}


def upgrade() -> None:
    for name, (table, column, where) in FEW.items():
        op.create_index(name, table, [column], sqlite_where=sa.text(where), postgresql_where=sa.text(where))
    op.create_index("ix_case_door_missed_at", "case_door", ["missed_at"])


def downgrade() -> None:
    op.drop_index("ix_case_door_missed_at", table_name="case_door")
    for name, (table, _, _) in reversed(FEW.items()):
        op.drop_index(name, table_name=table)
