"""A case moves by one table, and by no other way."""

import pytest

from app.screening.workflow import MOVES, MoveRefused, Status, move

S = Status
ALLOWED = {
    (S.DRAFT, S.SUBMITTED),
    (S.SUBMITTED, S.IN_REVIEW),
    (S.IN_REVIEW, S.WAITING_ON_PATIENT),
    (S.IN_REVIEW, S.WAITING_UNTIL),
    (S.IN_REVIEW, S.DECIDED),
    (S.WAITING_ON_PATIENT, S.IN_REVIEW),
    (S.WAITING_UNTIL, S.IN_REVIEW),
    (S.DECIDED, S.REOPENED),
    (S.REOPENED, S.IN_REVIEW),
}


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("to", Status)
def test_only_the_moves_of_the_table_are_made(status: Status, to: Status) -> None:
    if (status, to) in ALLOWED:
        assert move(status, to) is to
    else:
        with pytest.raises(MoveRefused, match="cannot become"):
            move(status, to)


def test_every_status_is_in_the_table_and_can_be_left() -> None:
    assert set(MOVES) == set(Status)
    assert all(MOVES.values())
