"""What stands around a name, glued to it or wrong in it, and what each of these makes of it."""

import pytest

from app.screening.lists import medicine_names_to_ask
from app.screening.name_pieces import pieces
from app.screening.spellings import one_slip, words_of
from app.screening.typed_names import NameField, look_up
from tests.people import HEALTHY, but, raised, screen, takes


def sure(text: str, box: NameField = NameField.MEDICINES) -> set[str]:
    return {medicine.generic for medicine in look_up(text, box).sure}


def classes(text: str) -> set[str]:
    return {name for medicine in look_up(text).sure for name in medicine.classes}


@pytest.mark.parametrize(
    ("typed", "generic"),
    [
        ("zoloft50mg", "sertraline"),
        ("gabapentin300", "gabapentin"),
        ("wellbutrinxl300", "bupropion"),
        ("effexorXR 75", "venlafaxine"),
        ("seroquels", "quetiapine"),
        ("metformin500mg twice", "metformin"),
    ],
)
def test_a_dose_or_an_ending_glued_to_a_name_leaves_it_sure(typed: str, generic: str) -> None:
    assert sure(typed) == {generic}
    assert not look_up(typed).unclear


@pytest.mark.parametrize("name", ["5htp", "b12", "t3", "7oh", "mixed amfetamine salts", "folfox6"])
def test_a_name_that_holds_a_digit_or_ends_in_s_is_not_parted(name: str) -> None:
    assert words_of(name)[-1] == name.split()[-1] or look_up(name).sure


def test_a_digit_in_the_place_of_a_letter_makes_a_name_near() -> None:
    for typed, generic in (
        ("lexapr0 10mg", "escitalopram"),
        ("pr0zac", "fluoxetine"),
        ("z0loft", "sertraline"),
    ):
        found = look_up(typed)
        assert (found.sure, found.unclear) == ((), True), typed
        assert [medicine.generic for medicine in found.possible] == [generic], typed


@pytest.mark.parametrize(
    ("typed", "generic"),
    [
        ("rasagaline", "rasagiline"),  # a vowel
        ("suboxene", "buprenorphine with naloxone"),
        ("brexpiprazol", "brexpiprazole"),  # the last vowel
        ("zuranolona", "zuranolone"),
        ("dypyridamole", "dipyridamole"),  # y for i
        ("omiprazole 20mg", "omeprazole"),  # harmless ones, too
        ("azothioprine", "azathioprine"),
        ("levotyroxine", "levothyroxine"),  # a silent h
        ("phluoxetine", "fluoxetine"),
        ("paxlovit", "nirmatrelvir with ritonavir"),  # d and t at the end
        ("kwetiapine", "quetiapine"),
        ("venlafacsine", "venlafaxine"),
        ("clobasam", "clobazam"),
        ("metylphenidate", "methylphenidate"),
        ("bortioxetine", "vortioxetine"),  # b and v
    ],
)
def test_one_letter_that_sounds_the_same_is_that_name(typed: str, generic: str) -> None:
    assert sure(typed) == {generic}
    assert look_up(typed).understood


@pytest.mark.parametrize(
    "typed",
    [
        "Zolloft",  # a doubled letter
        "ketaminne",
        "ketoconazolee",
        "lamictall",
        "St Jonhs wort",  # exchanged
        "columbia",  # two letters, and a word
        "levetirasetum",  # two letters
        "Zolaft",  # too short
        "clorazepam",  # two names as near
    ],
)
def test_any_other_slip_is_never_taken_for_the_name(typed: str) -> None:
    assert sure(typed) == set()
    assert look_up(typed).unclear


def test_an_allergy_with_a_slip_is_only_near() -> None:
    assert sure("propofal", NameField.ALLERGIES) == set()
    assert look_up("propofal", NameField.ALLERGIES).possible


def test_no_ordinary_word_is_a_name_with_a_slip() -> None:
    words = "happened correction decision injection promotion original channel regional creation mutation assessed"
    assert [word for word in words.split() if one_slip(word)] == []


@pytest.mark.parametrize(
    "typed",
    [
        "lisinopril 10 mg una vez al día",
        "losartán 50 mg 1 comprimido cada mañana para la presión",
        "atorvastatina por la noche",
        "metformin 1000 mg with breakfast and dinner",
        "sertraline 50mg qd, for anxiety",
        "lisinopril to lower my pressure",
        "omeprazole 20mg gastro resistant caps od before food",
        "etanercept pluma cada semana",
        "paracetamol si me duele",
        "store brand melatonin gummies",
        "ashwagandha powder 1 scoop",
        "chamomile tea 2 cups before bed",
        "butalbital/apap/caffeine",
        "amlodipine + atorvastatin",
        "estradiol patch change twice weekly",
        "lamictal 200 mg (bipolar)",
        "primidone 50mg at night, tremor",
        "losartán, presión",
        "heart: metoprolol 25",
        "gabapentin 300mg 3x/day (nerve pain)",
        "Ozempic weekly since March",
    ],
)
def test_doses_forms_hours_and_reasons_in_both_languages_are_no_other_medicine(typed: str) -> None:
    assert look_up(typed).sure
    assert look_up(typed).understood


@pytest.mark.parametrize(
    "typed",
    ["Zoloft?", "Zoloft or Prozac", "maybe Zoloft", "Zoloft I think", "no sé si Zoloft", "Zoloft plus"],
)
def test_a_doubt_stays_unclear(typed: str) -> None:
    assert look_up(typed).unclear


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("hydrocortisone 1%", "corticosteroid_local"),
        ("crema de hidrocortisona", "corticosteroid_local"),
        ("eye drops prednisolone", "corticosteroid_local"),
        ("dexametasona colirio", "corticosteroid_local"),
        ("prednisolone 5mg tablets", "corticosteroid_systemic"),
        ("triamcinolone shot in my knee", "corticosteroid_systemic"),
        ("triamcinolone 0.1% ointment", "corticosteroid_local"),
        ("budesonide 3mg capsules", "corticosteroid_systemic"),
        ("budesonide inhaler 2 puffs", "corticosteroid_local"),
        ("betamethasone injection", "corticosteroid_systemic"),
        ("Nasacort", "corticosteroid_local"),
        ("Entocort", "corticosteroid_systemic"),
        ("Cortizone-10", "corticosteroid_local"),
        ("Vosol HC", "corticosteroid_local"),
        ("Texacort", "corticosteroid_local"),
        ("Inflamase Forte", "corticosteroid_local"),
        ("Orapred ODT", "corticosteroid_systemic"),
    ],
)
def test_a_steroid_is_what_its_form_makes_it(typed: str, wanted: str) -> None:
    assert classes(typed) & {"corticosteroid_local", "corticosteroid_systemic"} == {wanted}


def test_an_inhaled_steroid_is_a_medicine_of_the_lungs() -> None:
    assert "airway_agent" in classes("Flovent inhaler")
    for brand in (
        "Flovent",
        "Pulmicort",
        "Qvar RediHaler",
        "Clenil Modulite",
        "Arnuity Ellipta",
        "Asmanex",
        "Miflonide",
    ):
        assert {"airway_agent", "corticosteroid_local"} <= classes(brand), brand
    assert "airway_agent" not in classes("Nasonex") | classes("Beconase") | classes("Rhinocort") | classes(
        "fluticasone"
    )
    assert "airway_agent" not in classes("Flonase nasal spray")
    assert "airway_agent" not in classes("Zoloft inhaler")


@pytest.mark.parametrize(
    "typed",
    [
        "ketoconazole 2% shampoo",
        "Nizoral shampoo",
        "champú de ketoconazol",
        "erythromycin eye ointment",
        "Ciloxan eye drops",
    ],
)
def test_what_is_put_on_the_skin_counts_as_no_pill(typed: str) -> None:
    assert look_up(typed).understood
    assert classes(typed) == set()


@pytest.mark.parametrize(
    "typed", ["ketoconazole", "ketoconazole 200 mg tablets for skin fungus", "ciprofloxacin 500"]
)
def test_the_same_as_a_pill_or_without_a_form_counts(typed: str) -> None:
    assert any(name.startswith("cyp3a4") for name in classes(typed))


def test_a_kind_with_its_medicine_beside_it_tells_which() -> None:
    assert look_up("BP med (lisinopril)").understood
    assert look_up("my steroid inhaler: Flovent").understood
    assert not look_up("BP med and Zoloft").understood
    assert not look_up("antidepressant and lisinopril").understood
    assert not look_up("antidepressant, also Zoloft").understood


def test_a_form_belongs_to_the_name_beside_it() -> None:
    assert "corticosteroid_systemic" in classes("prednisone 5 mg, Flonase nasal spray")


def test_what_is_bought_in_a_shop_is_read_word_by_word() -> None:
    assert pieces("melatonin gummies, 2 gummies; a cup of tea") == ("melatonin gummies",)
    assert look_up("magnesium powder 1 scoop at bedtime", NameField.SHOP).understood


@pytest.mark.parametrize(
    ("typed", "harmless"),
    [
        ("omeprazzole 20mg", {"omeprazole"}),  # one letter too many
        ("amoxcillin", {"amoxicillin"}),  # one missing
        ("zzqx", set()),  # under 5 letters nothing is near
        ("garden gnome", set()),
    ],
)
def test_a_name_near_a_harmless_one_is_said_to_be_perhaps_that(typed: str, harmless: set[str]) -> None:
    found = look_up(typed)
    assert {medicine.generic for medicine in found.harmless_near} == harmless
    assert found.sure == ()
    assert found.unclear


def test_what_is_near_a_name_that_matters_is_never_called_harmless() -> None:
    for typed in ("Zolloft", "Keprra", "clorazepam"):
        assert look_up(typed).possible
        assert look_up(typed).harmless_near == ()


def test_a_name_near_a_harmless_one_is_asked_about_and_raises_no_review() -> None:
    for names, slugs, asked in (
        (("omeprazzole",), ["medicine-name-unknown"], ("“omeprazzole” (perhaps omeprazole)",)),
        (("Foozle",), ["medicine-name-unclear"], ("“Foozle”",)),
        (("omeprazzole and Foozle",), ["medicine-name-unclear"], ("“omeprazzole and Foozle”",)),
    ):
        screening = screen(but(HEALTHY, takes(*names)))
        assert [slug for slug in raised(screening) if slug.startswith("medicine-name")] == slugs, names
        assert screening.facts.fact("meds.classes").open
        assert medicine_names_to_ask(screening.facts) == asked
