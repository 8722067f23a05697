"""Why a mail ended without being sent."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision: str = "0010"
down_revision: str | None = "0009"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

WORDS: Any = {"native_enum": False, "create_constraint": True, "length": 32}
TROUBLES = ("missing", "sealed", "address", "text", "refused", "unreached", "late")


def upgrade() -> None:
    with op.batch_alter_table("mail") as batch:
        batch.add_column(
            sa.Column("trouble", sa.Enum(*TROUBLES, name="trouble_known", **WORDS), nullable=True)
        )
        batch.create_check_constraint(op.f("ck_mail_trouble_ends_it"), "trouble IS NULL OR state = 'failed'")


def downgrade() -> None:
    with op.batch_alter_table("mail") as batch:
        batch.drop_constraint(op.f("ck_mail_trouble_ends_it"), type_="check")
        batch.drop_constraint(op.f("ck_mail_trouble_known"), type_="check")
        batch.drop_column("trouble")
