"""Unknown is never no in the queue and at the decision: a rank between stop and review, and conditions."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0011"
down_revision: str | None = "0010"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

case = sa.table("case", *map(sa.column, ("id", "level_rank", "open_stop_count")))
screening = sa.table("screening", *map(sa.column, ("id", "case_id")))
flag = sa.table("flag", *map(sa.column, ("screening_id", "outcome", "level", "state")))


def _flags(outcome: str, *levels: str) -> sa.Select[int]:
    """How many open flags of this kind a case's newest screening has."""
    later = screening.alias()
    return (
        sa.select(sa.func.count())
        .select_from(flag.join(screening, screening.c.id == flag.c.screening_id))
        .where(
            screening.c.case_id == case.c.id,
            ~sa.exists().where(later.c.case_id == screening.c.case_id, later.c.id > screening.c.id),
            flag.c.state == "open",
            flag.c.outcome == outcome,
            flag.c.level.in_(levels),
        )
        .correlate(case)
    )


WAITING = _flags("undetermined", "urgent", "stop").scalar_subquery()
TO_LOOK_AT = _flags("raised", "review", "conflict").scalar_subquery()


def _highest_rank(highest: int) -> None:
    with op.batch_alter_table("case") as table:
        table.drop_constraint(op.f("ck_case_level_rank_known"), type_="check")
        table.create_check_constraint(op.f("ck_case_level_rank_known"), f"level_rank BETWEEN 0 AND {highest}")


def _keep_conditions() -> None:
    """Have the database refuse to change them, as it does with all else of a decision."""
    act = "CREATE TRIGGER decision_refuses_conditions BEFORE UPDATE OF sealed_conditions ON decision"
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"{act} FOR EACH ROW EXECUTE FUNCTION refuse_change()")
    else:
        op.execute(f"{act} BEGIN SELECT RAISE(ABORT, 'decision is kept as it was written'); END")


def upgrade() -> None:
    """Ranks and open stops of stored cases are put right here; card names and to-ask counts by `flask recount`."""
    op.add_column("decision", sa.Column("sealed_conditions", sa.LargeBinary(), nullable=True))
    _keep_conditions()
    _highest_rank(4)
    rank = case.c.level_rank
    op.execute(case.update().where(rank > 1).values(level_rank=rank + 1))
    op.execute(case.update().where(rank > 2, WAITING > 0).values(level_rank=2))
    op.execute(case.update().where(WAITING > 0).values(open_stop_count=case.c.open_stop_count + WAITING))


def downgrade() -> None:
    kept = "SELECT count(*) FROM decision WHERE sealed_conditions IS NOT NULL"
    if op.get_bind().execute(sa.text(kept)).scalar():
        raise RuntimeError("Conditions of decisions would be lost. Take them out first.")
    rank = case.c.level_rank
    op.execute(case.update().where(WAITING > 0).values(open_stop_count=case.c.open_stop_count - WAITING))
    op.execute(case.update().where(rank == 2, TO_LOOK_AT == 0).values(level_rank=4))
    op.execute(case.update().where(rank > 2).values(level_rank=rank - 1))
    _highest_rank(3)
    on_table = " ON decision" if op.get_bind().dialect.name == "postgresql" else ""
    op.execute(f"DROP TRIGGER decision_refuses_conditions{on_table}")
    # Not in a batch: the table's own triggers would go with it.
    op.drop_column("decision", "sealed_conditions")
