"""What a database is of, a clinic or a demonstration, and the fingerprints of its keys."""

import json
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import context, op
from alembic.util import CommandError

revision: str = "0009"
down_revision: str | None = "0008"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

WORDS: Any = {"native_enum": False, "create_constraint": True, "length": 32}
DEMO_STAFF = "%@demo.example"
UNSURE = (
    "This database holds records that may be of real people, so no demonstration can be made of it. Nothing was "
    "changed. For a clinic's database, take FOREROOM_DEMO and FOREROOM_ENV away. For a new demonstration, name a new "
    "folder in FOREROOM_INSTANCE, or delete the old one (by default instance/demo)."
)
OF_DEMO = (
    "This database was made by the demonstration and holds nothing but its invented people and staff, so it cannot "
    "become a clinic's. Nothing was changed. Name a new database in FOREROOM_DATABASE_URL; to see the "
    "demonstration, set FOREROOM_DEMO=1."
)


def upgrade() -> None:
    kind = context.config.attributes["kind"]
    connection = op.get_bind()
    invented = _invented(connection)
    if kind == "demo" and not invented:
        raise CommandError(UNSURE)
    if kind == "clinic" and invented and _ran(connection):
        raise CommandError(OF_DEMO)
    table = op.create_table(
        "installation",
        sa.Column("id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("kind", sa.Enum("demo", "clinic", name="installation_known", **WORDS), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_installation_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_installation")),
    )
    op.bulk_insert(table, [{"id": 1, "kind": kind}])
    if kind == "demo":
        connection.execute(sa.text("DELETE FROM page_time"))  # no person took these minutes
    op.create_table(
        "key_fingerprint",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(length=16), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_key_fingerprint")),
    )


def downgrade() -> None:
    op.drop_table("key_fingerprint")
    op.drop_table("installation")


def _invented(connection: sa.Connection) -> bool:
    """Whether the demonstration alone made whatever is there: its staff, its people, and no invitation by anyone."""

    def found(query: str, **values: str) -> sa.CursorResult[Any]:
        return connection.execute(sa.text(query), values)

    if found('SELECT 1 FROM "user" WHERE email NOT LIKE :demo LIMIT 1', demo=DEMO_STAFF).first():
        return False
    if found(
        "SELECT 1 FROM audit_event WHERE event = 'invitation.created' AND actor_kind <> 'system' LIMIT 1"
    ).first():
        return False
    begun = found("SELECT facts FROM audit_event WHERE event = 'intake.started'").all()
    facts = (json.loads(row.facts) if isinstance(row.facts, str) else row.facts for row in begun)
    if any(one["via"] != "synth" for one in facts):
        return False
    return _ran(connection) or not found("SELECT 1 FROM person LIMIT 1").first()


def _ran(connection: sa.Connection) -> bool:
    """Whether the demonstration made people here."""
    made = sa.text("SELECT 1 FROM audit_event WHERE event = 'synth.made' LIMIT 1")
    return connection.execute(made).first() is not None
