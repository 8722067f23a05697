"""On SQLite all that a line of the queue needs is in the queue's index: in a row it stands behind the answers."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0017"
down_revision: str | None = "0016"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

ORDER = ["queue", "level_rank", "waiting_since", "id"]
LINE = [
    "person_id",
    "sealed_summary",
    "kind",
    "status",
    "started_at",
    "to_ask_count",
    "decision_outcome",
    "owner_id",
]


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.drop_index("ix_case_queue", table_name="case")
        where = sa.text("queue IS NOT NULL")
        op.create_index("ix_case_listed", "case", [*ORDER, *LINE], sqlite_where=where)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.drop_index("ix_case_listed", table_name="case")
        op.create_index("ix_case_queue", "case", ORDER)
