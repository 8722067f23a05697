"""Treatment sessions, the check-ins after them, and mail to whoever is on call."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision: str = "0007"
down_revision: str | None = "0006"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

MOMENT = sa.DateTime(timezone=True)
KINDS: Any = "kind IN ('invitation', 'code', 'reminder', 'checkin', 'erased', 'alert')"


def upgrade() -> None:
    op.create_table(
        "treatment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("removed_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_treatment_case_id_case")),
        sa.ForeignKeyConstraint(["recorded_by"], ["user.id"], name=op.f("fk_treatment_recorded_by_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_treatment")),
    )
    op.create_index(op.f("ix_treatment_case_id"), "treatment", ["case_id"])
    # One for each day; one that was entered by mistake is removed, and may be entered again.
    op.create_index(
        "ix_treatment_one_a_day",
        "treatment",
        ["case_id", "on_date"],
        unique=True,
        sqlite_where=sa.text("removed_at IS NULL"),
        postgresql_where=sa.text("removed_at IS NULL"),
    )

    with op.batch_alter_table("case") as batch:
        batch.drop_constraint(op.f("ck_case_kind_known"), type_="check")
        batch.create_check_constraint(op.f("ck_case_kind_known"), "kind IN ('intake', 'ready', 'checkin')")
        batch.drop_constraint(op.f("uq_case_follows_id"), type_="unique")
    op.create_index(op.f("ix_case_follows_id"), "case", ["follows_id"])
    op.create_index(
        "ix_case_one_ready",
        "case",
        ["follows_id"],
        unique=True,
        sqlite_where=sa.text("kind = 'ready'"),
        postgresql_where=sa.text("kind = 'ready'"),
    )

    with op.batch_alter_table("invitation") as batch:
        batch.add_column(sa.Column("treatment_id", sa.Uuid(), nullable=True))
        batch.create_foreign_key(
            op.f("fk_invitation_treatment_id_treatment"), "treatment", ["treatment_id"], ["id"]
        )
        batch.create_index(op.f("ix_invitation_treatment_id"), ["treatment_id"])

    with op.batch_alter_table("mail") as batch:
        batch.alter_column("invitation_id", existing_type=sa.Uuid(), nullable=True)
        batch.add_column(sa.Column("case_id", sa.Uuid(), nullable=True))
        batch.create_foreign_key(op.f("fk_mail_case_id_case"), "case", ["case_id"], ["id"])
        batch.create_index(op.f("ix_mail_case_id"), ["case_id"])
        batch.drop_constraint(op.f("ck_mail_kind_known"), type_="check")
        batch.create_check_constraint(op.f("ck_mail_kind_known"), KINDS)
        batch.create_check_constraint(
            op.f("ck_mail_alert_has_case"), "(kind = 'alert') = (case_id IS NOT NULL)"
        )
        batch.create_check_constraint(
            op.f("ck_mail_all_else_has_invitation"), "(kind = 'alert') = (invitation_id IS NULL)"
        )


def downgrade() -> None:
    connection = op.get_bind()
    forms = connection.execute(sa.text("SELECT count(*) FROM \"case\" WHERE kind = 'checkin'")).scalar()
    if forms or connection.execute(sa.text("SELECT count(*) FROM treatment")).scalar():
        raise RuntimeError("Treatment sessions and check-ins would be lost. Take them out first.")
    # Mail is what is to leave, and when it left: who was written to stands in the audit log too.
    op.execute("DELETE FROM mail WHERE kind NOT IN ('invitation', 'code')")
    with op.batch_alter_table("mail") as batch:
        batch.drop_constraint(op.f("ck_mail_all_else_has_invitation"), type_="check")
        batch.drop_constraint(op.f("ck_mail_alert_has_case"), type_="check")
        batch.drop_constraint(op.f("ck_mail_kind_known"), type_="check")
        batch.create_check_constraint(op.f("ck_mail_kind_known"), "kind IN ('invitation', 'code')")
        batch.drop_index(op.f("ix_mail_case_id"))
        batch.drop_constraint(op.f("fk_mail_case_id_case"), type_="foreignkey")
        batch.drop_column("case_id")
        batch.alter_column("invitation_id", existing_type=sa.Uuid(), nullable=False)
    with op.batch_alter_table("invitation") as batch:
        batch.drop_index(op.f("ix_invitation_treatment_id"))
        batch.drop_constraint(op.f("fk_invitation_treatment_id_treatment"), type_="foreignkey")
        batch.drop_column("treatment_id")
    op.drop_index("ix_case_one_ready", "case")
    op.drop_index(op.f("ix_case_follows_id"), "case")
    with op.batch_alter_table("case") as batch:
        batch.create_unique_constraint(op.f("uq_case_follows_id"), ["follows_id"])
        batch.drop_constraint(op.f("ck_case_kind_known"), type_="check")
        batch.create_check_constraint(op.f("ck_case_kind_known"), "kind IN ('intake', 'ready')")
    op.drop_table("treatment")
