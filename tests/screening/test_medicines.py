"""Names as people type them. What is not understood is said to be unclear; it is never guessed, never passed over."""

import pytest

from app.screening.factbook import FACTS
from app.screening.medicine_forms import by_form
from app.screening.medicines import (
    EVERY_KIND,
    MEDICINES,
    Medicine,
    combinations,
    harmless_names,
    normalise,
)
from app.screening.name_pieces import pieces, says_none
from app.screening.name_words import (
    ALLERGY_WORDS,
    FILLER_WORDS,
    FORM_WORDS,
    LOCAL_FORMS,
    NONE_WORDS,
    NOT_STOPPED,
    STOP_PHRASES,
)
from app.screening.spellings import words_of
from app.screening.typed_names import NameField, look_up

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
            assert by_form([medicine], words_of(name), [])[0] in found.sure, typed
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


@pytest.mark.parametrize("typed", ["50mg", "50", "mg", "", " ", "?!", "💊", "tablet once a day", "for"])
def test_no_name_at_all_is_unclear(typed: str) -> None:
    found = look_up(typed)
    assert (found.sure, found.possible) == ((), ())
    assert found.unclear


def test_a_list_in_one_text_is_cut_into_its_names() -> None:
    assert pieces("vitamin C, Zolloft; kelp/zinc + N/A\nnone, 500 mg daily, \U0001f48a") == (
        *("vitamin C", "Zolloft", "kelp", "zinc"),
    )
    assert pieces("5htp, 500mg, 10") == ("5htp",)  # a name that begins with a number is no number


@pytest.mark.parametrize(
    ("typed", "none"),
    [
        ("NKDA", True),
        ("N/A", True),
        ("None.", True),
        ("No known allergies", True),
        ("nothing, none", True),
        ("NING\u00daNA conocida", True),
        ("\uff2e\uff0f\uff21", True),
        ("no, ketmine", False),
        ("none yet", False),
        ("no latex", False),
        ("?", False),
        ("", False),
    ],
)
def test_a_list_says_there_is_none_only_by_words_that_say_nothing_else(typed: str, none: bool) -> None:
    assert says_none(typed) is none


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("hydrocortisone 1% cream", "local"),
        ("prednisolone eye drops", "local"),
        ("hydrocortisone topical for my skin", "local"),
        ("prednisolone", "systemic"),
        ("hydrocortisone tablets for skin cream rash", "systemic"),  # after "for" stands the reason
        ("prednisone and Zoloft drops", "systemic"),  # the form is that of the next name
    ],
)
def test_a_steroid_put_on_skin_eyes_nose_or_lungs_is_a_local_one(typed: str, kind: str) -> None:
    steroids = {name for name in classes(look_up(typed).sure) if name.startswith("corticosteroid")}
    assert steroids == {f"corticosteroid_{kind}"}


@pytest.mark.parametrize("typed", ["Zoloft, lorazepm", "Zoloft lorazepm", "lorazepm and my Zoloft"])
def test_a_word_left_over_is_compared_too(typed: str) -> None:
    found = look_up(typed)
    assert sure(typed) == {"sertraline"}
    assert possible(typed) == {"lorazepam"}
    assert found.unclear


def test_a_harmless_name_is_known_and_nothing_is_near_to_it() -> None:
    assert look_up("Keflex 500 mg").understood
    assert not look_up("turmeric").possible
    assert look_up("cephalexine").possible == ()
    assert look_up("latex", NameField.ALLERGIES).understood
    assert not look_up("latex").understood  # a substance is no medicine
    assert not look_up("latex", NameField.SHOP).understood


def test_letters_that_cannot_be_read_leave_a_name_unclear() -> None:
    assert look_up("Zoloft \u043a\u0435\u0442\u0430\u043c\u0438\u043d").unclear
    assert look_up("levothyroxine 50 \u00b5g").understood  # a micro sign
    assert look_up("St John\u02bcs wort").understood  # an apostrophe of another keyboard


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


def test_no_word_of_doubt_or_of_another_medicine_is_passed_over() -> None:
    assert not (FORM_WORDS | FILLER_WORDS) & set("pm d plus cold sinus duo or no not off stopped".split())
    names = {normalise(name) for medicine in MEDICINES for name in medicine.names}
    assert not names & (FORM_WORDS | FILLER_WORDS | ALLERGY_WORDS | LOCAL_FORMS)
    every = names | {
        normalise(n) for some in harmless_names().values() for other in some for n in other.names
    }
    assert not every & (FORM_WORDS | FILLER_WORDS | NONE_WORDS | STOP_PHRASES | NOT_STOPPED)
    assert all(set(name.split()) - FORM_WORDS - FILLER_WORDS for name in every), (
        "a piece of these is passed over"
    )


def test_every_word_beside_a_name_is_normalised() -> None:
    words = FORM_WORDS | FILLER_WORDS | ALLERGY_WORDS | LOCAL_FORMS | NONE_WORDS | STOP_PHRASES | NOT_STOPPED
    assert all(normalise(word) == word for word in words)


def test_no_harmless_name_is_that_of_a_medicine() -> None:
    names = {normalise(name) for medicine in MEDICINES for name in medicine.names}
    others = [normalise(n) for some in harmless_names().values() for other in some for n in {*other.names}]
    assert not names & set(others)
    assert len(others) == len(set(others))
    assert set(harmless_names()) == EVERY_KIND


@pytest.mark.parametrize(
    ("typed", "generics"),
    [
        ("Contrave", {"naltrexone", "bupropion"}),
        ("Symbyax 6/25 mg", {"olanzapine", "fluoxetine"}),
        ("Mysimba and Zoloft", {"naltrexone", "bupropion", "sertraline"}),
    ],
)
def test_a_name_of_several_medicines_is_all_of_them(typed: str, generics: set[str]) -> None:
    assert sure(typed) == generics
    assert look_up(typed).understood


def test_every_combination_is_of_medicines_of_the_table() -> None:
    for name, medicines in combinations().items():
        assert len(medicines) > 1, name
        assert set(medicines) <= set(MEDICINES), name
