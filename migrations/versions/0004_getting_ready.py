"""Getting ready: a form that follows a health check, one for each."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

WORDS: Any = {"native_enum": False, "create_constraint": True, "length": 32}


def upgrade() -> None:
    with op.batch_alter_table("case") as table:
        table.add_column(sa.Column("follows_id", sa.Uuid(), nullable=True))
        table.drop_constraint(op.f("ck_case_kind_known"), type_="check")
        table.create_check_constraint(op.f("ck_case_kind_known"), "kind IN ('intake', 'ready')")
        table.create_check_constraint(
            op.f("ck_case_follows_an_intake"), "(kind = 'intake') = (follows_id IS NULL)"
        )
        table.create_foreign_key(op.f("fk_case_follows_id_case"), "case", ["follows_id"], ["id"])
        table.create_unique_constraint(op.f("uq_case_follows_id"), ["follows_id"])


def downgrade() -> None:
    if op.get_bind().execute(sa.text("SELECT count(*) FROM \"case\" WHERE kind <> 'intake'")).scalar():
        raise RuntimeError("Forms for getting ready would be lost. Take them out first.")
    with op.batch_alter_table("case") as table:
        table.drop_constraint(op.f("uq_case_follows_id"), type_="unique")
        table.drop_constraint(op.f("fk_case_follows_id_case"), type_="foreignkey")
        table.drop_constraint(op.f("ck_case_follows_an_intake"), type_="check")
        table.drop_constraint(op.f("ck_case_kind_known"), type_="check")
        table.create_check_constraint(op.f("ck_case_kind_known"), "kind IN ('intake')")
        table.drop_column("follows_id")
