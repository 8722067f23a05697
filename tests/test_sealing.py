"""A stolen value is unreadable, and a value moved or altered does not open."""

import os
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.sealing import BLIND_BYTES, KeyRing, SealBroken

ROW = uuid4()
OLD, NEW = os.urandom(32), os.urandom(32)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@pytest.fixture
def keys() -> KeyRing:
    return KeyRing({1: OLD, 2: NEW}, newest=2)


@given(value=json_values)
def test_what_is_sealed_opens_again(value: Any) -> None:
    keys = KeyRing({1: OLD}, newest=1)
    assert keys.open("case.sealed_answers", ROW, keys.seal("case.sealed_answers", ROW, value)) == value


def test_a_sealed_value_shows_nothing_of_what_it_holds(keys: KeyRing) -> None:
    sealed = keys.seal("case.sealed_answers", ROW, {"answers": {"note": "Zanahoria"}})
    assert b"Zanahoria" not in sealed
    assert b"answers" not in sealed


def test_the_same_value_is_never_sealed_to_the_same_bytes(keys: KeyRing) -> None:
    sealed = {keys.seal("flag.sealed_note", ROW, "no") for _ in range(500)}
    assert len(sealed) == 500
    assert len({value[2:14] for value in sealed}) == 500  # the nonces


def test_the_newest_key_seals_and_an_older_one_still_opens(keys: KeyRing) -> None:
    written_before = KeyRing({1: OLD}, newest=1).seal("person.sealed_identity", ROW, "Anna")
    assert written_before[:2] == b"\x01\x01"
    assert keys.open("person.sealed_identity", ROW, written_before) == "Anna"
    assert keys.seal("person.sealed_identity", ROW, "Anna")[:2] == b"\x01\x02"


def test_the_order_of_keys_in_a_document_does_not_show(keys: KeyRing) -> None:
    sealed = keys.seal("case.sealed_answers", ROW, {"b": 1, "a": 2})
    assert list(keys.open("case.sealed_answers", ROW, sealed)) == ["a", "b"]


@pytest.mark.parametrize(
    ("place", "row"),
    [
        pytest.param("case.sealed_answers", uuid4(), id="another row"),
        pytest.param("case.sealed_summary", ROW, id="another column"),
        pytest.param("flag.sealed_answers", ROW, id="another table"),
    ],
)
def test_a_value_that_was_moved_does_not_open(keys: KeyRing, place: str, row: Any) -> None:
    sealed = keys.seal("case.sealed_answers", ROW, "a clean screening")
    with pytest.raises(SealBroken):
        keys.open(place, row, sealed)


def test_no_single_bit_can_be_changed(keys: KeyRing) -> None:
    sealed = keys.seal("case.sealed_answers", ROW, {"heart_attack": "yes"})
    for place in range(len(sealed) * 8):
        altered = bytearray(sealed)
        altered[place // 8] ^= 1 << place % 8
        with pytest.raises(SealBroken):
            keys.open("case.sealed_answers", ROW, bytes(altered))


def test_no_part_can_be_cut_off(keys: KeyRing) -> None:
    sealed = keys.seal("case.sealed_answers", ROW, {"heart_attack": "yes"})
    for length in range(len(sealed)):
        with pytest.raises(SealBroken):
            keys.open("case.sealed_answers", ROW, sealed[:length])


def test_another_key_of_the_same_number_opens_nothing(keys: KeyRing) -> None:
    sealed = keys.seal("case.sealed_answers", ROW, "x")
    with pytest.raises(SealBroken, match="altered"):
        KeyRing({2: os.urandom(32)}, newest=2).open("case.sealed_answers", ROW, sealed)
    with pytest.raises(SealBroken, match="key 2, which is not in the ring"):
        KeyRing({1: OLD}, newest=1).open("case.sealed_answers", ROW, sealed)


def test_what_went_wrong_is_told_without_what_was_sealed(keys: KeyRing) -> None:
    sealed = keys.seal("case.sealed_answers", ROW, "Zanahoria")
    with pytest.raises(SealBroken) as caught:
        keys.open("case.sealed_answers", uuid4(), sealed)
    assert "Zanahoria" not in str(caught.value)


def test_a_ring_does_not_print_its_keys(keys: KeyRing) -> None:
    assert NEW.hex() not in repr(keys)
    assert repr(NEW) not in repr(keys)


@pytest.mark.parametrize("keys", [{}, {2: NEW}, {0: OLD, 1: NEW}, {1: NEW, 256: OLD}, {1: NEW[:31]}])
def test_a_ring_of_unsound_keys_is_refused(keys: dict[int, bytes]) -> None:
    with pytest.raises(ValueError, match=r"[Kk]ey"):
        KeyRing(keys, newest=1)


def test_a_place_that_is_not_one_column_is_refused(keys: KeyRing) -> None:
    with pytest.raises(ValueError, match=r"table\.column"):
        keys.seal("case.sealed|answers", ROW, "x")


@pytest.mark.parametrize("typed", ["O'Brien", "o brien", "OBRIEN", "  Ｏ’Brien "])
def test_a_name_is_found_however_it_is_typed(keys: KeyRing, typed: str) -> None:
    assert keys.blind("surname", typed) == keys.blind("surname", "O'Brien")


def test_an_accent_is_found_however_it_is_coded(keys: KeyRing) -> None:
    assert keys.blind("surname", "Jose\u0301") == keys.blind("surname", "JOS\u00c9")


def test_a_mark_is_short_keyed_and_for_one_purpose(keys: KeyRing) -> None:
    mark = keys.blind("surname", "Bell")
    assert len(mark) == BLIND_BYTES == 3
    assert mark != keys.blind("email", "Bell")
    assert mark != keys.blind("surname", "Ball")
    assert mark != KeyRing({2: os.urandom(32)}, newest=2).blind("surname", "Bell")


def test_a_search_finds_marks_made_before_a_key_was_changed(keys: KeyRing) -> None:
    before = KeyRing({1: OLD}, newest=1).blind("surname", "Bell")
    assert before != keys.blind("surname", "Bell")
    assert set(keys.blinds("surname", "Bell")) == {before, keys.blind("surname", "Bell")}
