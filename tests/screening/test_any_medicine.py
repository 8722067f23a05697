"""Names of medicines as anybody might type them: misspelled, in any letters, several in a line."""

import string

from hypothesis import assume, given
from hypothesis import strategies as st

from app.screening.medicines import MEDICINES, Medicine, normalise
from app.screening.name_pieces import says_none
from app.screening.name_words import NONE_WORDS
from app.screening.typed_names import NameField, look_up
from tests.screening.test_medicines import classes
from tests.strategies import steady

EDITS = st.lists(
    st.tuples(st.sampled_from("icds"), st.integers(0, 11), st.sampled_from(string.ascii_lowercase)),
    max_size=3,
)


def mistyped(name: str, edits: list[tuple[str, int, str]]) -> str:
    letters = list(name)
    for edit, place, letter in edits:
        place = min(place, len(letters) - 1)
        if edit == "i":
            letters.insert(place, letter)
        elif edit == "c":
            letters[place] = letter
        elif edit == "d":
            del letters[place]
        elif place:
            letters[place - 1], letters[place] = letters[place], letters[place - 1]
    return "".join(letters)


@steady
@given(edits=EDITS)
def test_naratriptan_is_never_ketamine_however_it_is_typed(edits: list[tuple[str, int, str]]) -> None:
    """An article calls ketamine by this name. It is a migraine medicine."""
    found = look_up(mistyped("naratriptan", edits))
    assert "ketamine" not in classes(found.sure + found.possible)


@steady
@given(medicine=st.sampled_from(MEDICINES), edits=EDITS.filter(bool))
def test_a_mistyped_name_is_understood_or_unclear(
    medicine: Medicine, edits: list[tuple[str, int, str]]
) -> None:
    found = look_up(mistyped(medicine.generic, edits))
    assert found.sure or found.unclear


@steady
@given(text=st.text(max_size=60))
def test_any_text_is_read_the_same_in_any_letters(text: str) -> None:
    found = look_up(text)
    assert found.sure or found.unclear
    assert not (found.sure and found.possible)
    assert normalise(normalise(text)) == normalise(text)
    again = look_up(normalise(text))
    assert (again.sure, again.possible, again.past) == (found.sure, found.possible, found.past)


@steady
@given(
    one=st.sampled_from(MEDICINES),
    other=st.sampled_from(MEDICINES),
    joint=st.sampled_from([" and ", ", ", "/", " for x "]),
)
def test_two_names_in_one_line_are_both_found(one: Medicine, other: Medicine, joint: str) -> None:
    for first in one.names[:2]:
        found = look_up(f"{first}{joint}{other.generic} 10mg")
        joined = f"{normalise(first)} {normalise(joint)} {normalise(other.generic)}"
        assume(not any(joined in normalise(name) for medicine in MEDICINES for name in medicine.names))
        assert {one, other} <= set(found.sure)


@steady
@given(
    medicine=st.sampled_from([one for one in MEDICINES if one.classes]),
    edits=EDITS,
    box=st.sampled_from(NameField),
)
def test_no_name_that_is_not_understood_passes_for_none_in_any_box(
    medicine: Medicine, edits: list[tuple[str, int, str]], box: NameField
) -> None:
    """However it is mistyped, it is known, or there is something to ask."""
    typed = mistyped(medicine.generic, edits)
    assume(normalise(typed) not in NONE_WORDS)
    found = look_up(typed, box)
    assert found.sure or not found.understood
    assert not says_none(typed)
