"""Names as people type them. What is not understood is said to be unclear; it is never guessed, never passed over."""

import string

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.screening.factbook import FACTS
from app.screening.medicines import (
    FILLER_WORDS,
    FORM_WORDS,
    MEDICINES,
    Lookup,
    Medicine,
    look_up,
    normalise,
)
from tests.strategies import steady

BY_GENERIC = {medicine.generic: medicine for medicine in MEDICINES}
ONLY_A_KIND = [medicine for medicine in MEDICINES if medicine.only_a_kind]


def sure(text: str) -> set[str]:
    return {medicine.generic for medicine in look_up(text).sure}


def possible(text: str) -> set[str]:
    return {medicine.generic for medicine in look_up(text).possible}


def classes(found: tuple[Medicine, ...]) -> set[str]:
    return {name for medicine in found for name in medicine.classes}


@pytest.mark.parametrize("medicine", MEDICINES, ids=lambda medicine: medicine.generic)
def test_every_name_of_the_table_finds_its_medicine(medicine: Medicine) -> None:
    for name in medicine.names:
        for typed in (name, name.upper(), f"  {name}, 50 mg ", f"{name} 20mg twice a day"):
            found = look_up(typed)
            assert medicine in found.sure, typed
            assert found.possible == ()
            assert found.unclear is medicine.only_a_kind, typed


def test_no_medicine_is_in_the_table_twice() -> None:
    assert len(BY_GENERIC) == len(MEDICINES)
    names = [name for medicine in MEDICINES for name in {normalise(name) for name in medicine.names}]
    assert len(names) == len(set(names))


def test_what_explains_a_medicine_is_a_fact_of_yes_or_no() -> None:
    for key in {key for medicine in MEDICINES for key in medicine.implies}:
        assert FACTS[key].kind == "yes/no", key


@pytest.mark.parametrize(
    ("typed", "generics"),
    [
        ("Zoloft", {"sertraline"}),
        ("ZOLOFT 50MG", {"sertraline"}),
        ("zoloft 50mg tablets once a day", {"sertraline"}),
        ("Zólöft", {"sertraline"}),
        ("sumatripan", {"sumatriptan"}),  # a misspelling that the table knows
        ("gabapentine 300", {"gabapentin"}),
        ("Keppra/Xanax", {"levetiracetam", "alprazolam"}),
        ("Keppra and Xanax, also my Ozempic", {"levetiracetam", "alprazolam", "semaglutide"}),
        ("Keppra,Keppra", {"levetiracetam"}),
        ("Theo-24", {"theophylline"}),
        ("St. John's Wort", {"St John's wort"}),
        ("timolol", {"timolol eye drops"}),
        ("Xanax for panic and Keppra for fits", {"alprazolam", "levetiracetam"}),
    ],
)
def test_a_name_is_found_whatever_stands_around_it(typed: str, generics: set[str]) -> None:
    assert sure(typed) == generics
    assert not look_up(typed).unclear


@pytest.mark.parametrize(
    ("typed", "generic"),
    [
        ("Tylenol PM", "paracetamol with diphenhydramine"),
        ("levodopa with carbidopa", "levodopa with carbidopa"),
        ("co-careldopa", "levodopa with carbidopa"),
        ("fluticasone with salmeterol", "fluticasone with salmeterol"),
    ],
)
def test_the_longest_name_wins_and_its_words_are_not_read_again(typed: str, generic: str) -> None:
    assert sure(typed) == {generic}
    assert not look_up(typed).unclear


@pytest.mark.parametrize(
    "typed",
    [
        "Zoloft plus blue ones",
        "Zoloft PM",
        "Zoloft or Prozac",
        "not Zoloft",
        "stopped Zoloft",
        "off Zoloft since May",
        "Zoloft?? cold and sinus",
        "Zoloft for sleep Prozac maybe",
        "Zoloft Zolloft",
    ],
)
def test_words_left_over_leave_the_name_sure_and_unclear_too(typed: str) -> None:
    assert "sertraline" in sure(typed)
    assert look_up(typed).unclear


@pytest.mark.parametrize(
    "typed",
    [
        "Zoloft for my very low mood",
        "Zoloft for low mood and sleepless nights 100mg",
        "for depression Zoloft",
        "I take one Zoloft every night before bed",
        "Zoloft (prescription, generic brand) 50 mg extended release tablets",
    ],
)
def test_reasons_doses_and_forms_are_no_other_medicine(typed: str) -> None:
    assert sure(typed) == {"sertraline"}
    assert not look_up(typed).unclear


def test_a_reason_ends_where_the_next_name_begins() -> None:
    assert look_up("Zoloft for mood and Xanax for panic").unclear is False
    assert look_up("Zoloft for mood and Xanax maybe").unclear is True


def test_a_family_is_known_by_its_name() -> None:
    assert {"water pill", "steroid"} <= {name for medicine in ONLY_A_KIND for name in medicine.names}
    assert not BY_GENERIC["sertraline"].only_a_kind


@pytest.mark.parametrize("medicine", ONLY_A_KIND, ids=lambda medicine: medicine.generic)
def test_a_kind_counts_and_its_name_is_still_asked_for(medicine: Medicine) -> None:
    found = look_up(f"my {medicine.names[1]} 10 mg")
    assert medicine in found.sure
    assert found.unclear


@pytest.mark.parametrize(
    ("typed", "generics"),
    [
        ("Zolloft", {"sertraline"}),  # one letter too many
        ("Zolof", {"sertraline"}),  # one missing
        ("Zolaft", {"sertraline"}),  # one changed
        ("Zolotf", {"sertraline"}),  # two changed places
        ("Zzolloft", {"sertraline"}),  # two off in 8 letters
        ("Xana", set()),  # under 5 letters nothing is near
        ("Xanxa 5mg", {"alprazolam"}),  # doses and forms do not count as letters
        ("levetirasetum", {"levetiracetam"}),
        ("St Jonhs wort", {"St John's wort"}),  # of several words
        ("the blue ones", set()),
    ],
)
def test_a_near_name_is_possible_never_sure(typed: str, generics: set[str]) -> None:
    found = look_up(typed)
    assert found.sure == ()
    assert found.unclear
    assert possible(typed) == generics


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("lisin", False),  # 5 letters, far off
        ("Keprra", True),  # 6 letters, 1 off
        ("Kepprraa", True),  # 8 letters, 2 off
        ("Kepprrr", False),  # 7 letters, 2 off
        ("Kepprraaa", False),  # 9 letters, 3 off
    ],
)
def test_how_near_is_near_goes_by_length(typed: str, near: bool) -> None:
    assert ("levetiracetam" in possible(typed)) is near


def test_all_medicines_at_the_smallest_distance_are_possible_and_no_farther_one() -> None:
    assert possible("clorazepam") == {"lorazepam", "clonazepam"}
    assert possible("bopivacaine") == {"bupivacaine", "ropivacaine"}  # mepivacaine is 2 off


@pytest.mark.parametrize(
    "typed", ["Zoloft50mg", "50mg", "50", "mg", "", " ", "?!", "💊", "tablet once a day", "for"]
)
def test_a_glued_dose_or_no_name_at_all_is_unclear(typed: str) -> None:
    found = look_up(typed)
    assert (found.sure, found.possible) == ((), ())
    assert found.unclear


def test_a_free_list_is_read_for_whole_names_only() -> None:
    assert {m.generic for m in look_up("melatonin, Zolloft, some herbs", near=False).sure} == {"melatonin"}
    assert look_up("Zolloft", near=False) == Lookup((), (), unclear=True)
    assert look_up(" ", near=False) == Lookup((), (), unclear=False)


@pytest.mark.parametrize(
    ("typed", "generic"),
    [
        ("ketamine", "ketamine"),
        ("esketamine", "esketamine"),
        ("Spravato", "esketamine"),
        ("ketorolac", "ketorolac"),
        ("Keppra", "levetiracetam"),
        ("ketoconazole", "ketoconazole"),
        ("naratriptan", "naratriptan"),
        ("Naramig", "naratriptan"),
        ("naratripan", "naratriptan"),
    ],
)
def test_names_that_look_alike_are_kept_apart(typed: str, generic: str) -> None:
    assert sure(typed) == {generic}


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
    assert look_up(normalise(text)) == found


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


def test_no_word_of_doubt_or_of_another_medicine_is_passed_over() -> None:
    assert not (FORM_WORDS | FILLER_WORDS) & set("pm d plus cold sinus duo or no not off stopped".split())
    names = {normalise(name) for medicine in MEDICINES for name in medicine.names}
    assert not names & (FORM_WORDS | FILLER_WORDS)
