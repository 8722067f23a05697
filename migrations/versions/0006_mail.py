"""Invitations by mail: where a link goes, the codes that prove whose it is, and the mail that is to leave."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

WORDS: Any = {"native_enum": False, "create_constraint": True, "length": 32}
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    with op.batch_alter_table("invitation") as batch:
        batch.add_column(sa.Column("sealed_link", sa.LargeBinary(), nullable=True))
        # Links that were handed out before open by the birth date, as they did.
        batch.add_column(sa.Column("needs_code", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch.add_column(sa.Column("code_misses", sa.Integer(), nullable=False, server_default="0"))
        batch.add_column(sa.Column("opened_at", MOMENT, nullable=True))
        batch.add_column(sa.Column("language", sa.String(length=16), nullable=True))
    with op.batch_alter_table("invitation") as batch:
        batch.alter_column("needs_code", server_default=None)
        batch.alter_column("code_misses", server_default=None)
        batch.drop_constraint(op.f("ck_invitation_misses_counted"), type_="check")
        batch.create_check_constraint(
            op.f("ck_invitation_misses_counted"), "misses >= 0 AND code_misses >= 0"
        )
        batch.create_check_constraint(
            op.f("ck_invitation_codes_have_an_address"), "NOT needs_code OR sealed_link IS NOT NULL"
        )
        batch.create_index("ix_invitation_newest", ["created_at", "id"])

    op.create_table(
        "sign_in_code",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("invitation_id", sa.Uuid(), nullable=False),
        sa.Column("browser_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("code_mac", sa.LargeBinary(length=32), nullable=True),
        sa.Column("expires_at", MOMENT, nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("used_at", MOMENT, nullable=True),
        sa.CheckConstraint("tries >= 0", name=op.f("ck_sign_in_code_tries_counted")),
        sa.CheckConstraint(
            "(code_mac IS NULL) = (expires_at IS NULL)", name=op.f("ck_sign_in_code_code_whole")
        ),
        sa.CheckConstraint(
            "used_at IS NULL OR code_mac IS NOT NULL", name=op.f("ck_sign_in_code_used_was_made")
        ),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitation.id"], name=op.f("fk_sign_in_code_invitation_id_invitation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_code")),
    )
    op.create_index(op.f("ix_sign_in_code_invitation_id"), "sign_in_code", ["invitation_id"])

    op.create_table(
        "mail",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Enum("invitation", "code", name="kind_known", **WORDS), nullable=False),
        sa.Column("invitation_id", sa.Uuid(), nullable=False),
        sa.Column("code_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("give_up_at", MOMENT, nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "claimed",
                "handing",
                "sent",
                "failed",
                "unsure",
                "dropped",
                name="state_known",
                **WORDS,
            ),
            nullable=False,
        ),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("claimed_at", MOMENT, nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.CheckConstraint("tries >= 0", name=op.f("ck_mail_tries_counted")),
        sa.CheckConstraint(
            "(state IN ('claimed', 'handing')) = (claimed_at IS NOT NULL)",
            name=op.f("ck_mail_claimed_has_time"),
        ),
        sa.CheckConstraint(
            "(state IN ('sent', 'failed', 'unsure', 'dropped')) = (ended_at IS NOT NULL)",
            name=op.f("ck_mail_ended_has_time"),
        ),
        sa.CheckConstraint(
            "(kind = 'code') = (code_id IS NOT NULL)", name=op.f("ck_mail_code_mail_has_code")
        ),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitation.id"], name=op.f("fk_mail_invitation_id_invitation")
        ),
        sa.ForeignKeyConstraint(["code_id"], ["sign_in_code.id"], name=op.f("fk_mail_code_id_sign_in_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail")),
    )
    op.create_index("ix_mail_due", "mail", ["state", "due_at"])
    op.create_index(op.f("ix_mail_invitation_id"), "mail", ["invitation_id"])


def downgrade() -> None:
    op.drop_table("mail")
    op.drop_table("sign_in_code")
    with op.batch_alter_table("invitation") as batch:
        batch.drop_index("ix_invitation_newest")
        batch.drop_constraint(op.f("ck_invitation_codes_have_an_address"), type_="check")
        batch.drop_constraint(op.f("ck_invitation_misses_counted"), type_="check")
        batch.create_check_constraint(op.f("ck_invitation_misses_counted"), "misses >= 0")
        for name in ("language", "opened_at", "code_misses", "needs_code", "sealed_link"):
            batch.drop_column(name)
