"""Kinds of names and of words beside them that the tables were widened by: what each must do, and what none may do."""

import pytest

from app.screening.typed_names import look_up
from tests.people import HEALTHY, but, raised, screen, takes


def classes(text: str) -> set[str]:
    return {name for medicine in look_up(text).sure for name in medicine.classes}


HARMLESS = {
    "pills of the US": "Natazia | Larin Fe | Heather | Estarylla | Tri-Lo-Marzia | Zafemy | Nikki",
    "pills of the UK": "Levest | Millinette | Maexeni | Hana | Feanolla | TriRegol",
    "pills of Spain and the Americas": "Miranova | Gynera | Ovoplex | Cyclofemina | pildora anticonceptiva | DIU",
    "vaccines": "covid booster | Pfizer vaccine | Arexvy | MMR | vacuna contra la gripe | vacunas | shingles shot",
    "antibiotics": "cotrimoxazole | Trifamox | Vibramicina | Terramicina | Pen VK | amoxidal 500",
    "pain": "Novalgina | Ibupirac | Dioxaflex | Naprux | Calmatel | nimesulida",
    "stomach": "Ultra-levura | Floratil | Senosiax | Pankreoflat | Uvasal | FiberCon | Align | prebiotic",
    "vitamins": "K2 | vit D2 | Becozyme | Videsil | Fersamal | Smartypants | electrolitos",
    "herbs": "kombucha | mullein | gordolobo | te de boldo | tilo | holy basil | spearmint tea | Sedatif PC",
    "skin, eyes and mouth": "Gold Bond | Hipoglos | protector solar | Viscofresh | Golden Eye | toothpaste",
    "shops of the UK": "Disprol | Bisodol | Normacol | Ralgex | Ketovite | Alphosyl | Sylk | Imvaggis",
    "shops of Spain": "Fluocaril | Nasalmer | Heliocare | Letibalm | Acniben | Taponox | Urocran | Benferol",
    "shops of the US": "AmLactin | Certain Dri | T/Gel | Mederma | Xdemvy | Gas relief drops | Sea-Bands | OsmoPrep",
    "shops of Mexico": "Naxen | Tabalon | Ulsen | Plasil | Acimox | Vertisal | Maltofer | Splash tears",
    "shops of Argentina": "Ibumultin | Rodinac | Ulcozol | Perenteryl | Grinsil | Lisovyr | Barex | Rovartal",
    "short for a name": "atorva | omeps | lanso | folic | hcq | mesal | flax | wheat grass | PRP injections | paras",
    "things": "TENS machine | hearing aids | compression socks | contact lenses",
}


@pytest.mark.parametrize("kind", HARMLESS)
def test_a_harmless_name_is_quiet(kind: str) -> None:
    for typed in map(str.strip, HARMLESS[kind].split("|")):
        found = look_up(typed)
        assert found.sure, typed
        assert not found.unclear, typed
        assert classes(typed) == set(), typed


@pytest.mark.parametrize(
    "typed",
    ["CPAP machine", "pre workout", "licorice", "berberine", "Visine", "the pill for sleep", "antihistamine", "Lomotil",
     "Gilenya", "test strips", "Flutox", "Lampit", "Preparation H", "pastilla de dormir", "morning after", "shrooms"],
)  # fmt: skip
def test_what_nobody_has_read_as_harmless_is_still_asked_about(typed: str) -> None:
    assert look_up(typed).unclear


@pytest.mark.parametrize(
    "typed", ["Dexabion", "Dexabion B", "Inzitan", "Cohortan", "Macril crema", "Trazidex"]
)
def test_a_vitamin_or_cream_that_holds_a_steroid_is_a_steroid(typed: str) -> None:
    assert classes(typed) & {"corticosteroid_systemic", "corticosteroid_local"}


SLANG = {
    "benzodiazepine": "alpraz | rivos | clonaz | orfis | rophies | trankimazines",
    "opioid": "oxies | perkies | trammys | fents | oramorf | sub strips | jaco",
    "stimulant": "anfetas | addie | farlopa | merca | la coca | crack | molly | éxtasis | m-cat | vybanse",
    "ketamine": "keta | keta los findes | ketty | donkey dust",
    "nmda_antagonist": "robo | robos",
    "antidepressant": "mirt | fluox | venla | escit | dulox | wellys",
    "antipsychotic": "quets | snoozeberries | olanz",
    "gabapentinoid": "gabs | pregas",
    "z_drug": "zopi | ambis",
    "sedative_other": "ganja | porros | hachis",
    "opioid_antagonist": "naltrex",
    "maoi": "ayawasca | aya tea",
}


@pytest.mark.parametrize("wanted", SLANG)
def test_the_words_of_patients_name_a_class(wanted: str) -> None:
    for typed in map(str.strip, SLANG[wanted].split("|")):
        assert wanted in classes(typed), typed


@pytest.mark.parametrize(
    "typed", ["ice", "white", "bars", "trip", "speedball", "levo", "hydro", "ami", "blues"]
)
def test_a_word_of_everyday_or_of_two_medicines_is_not_taken(typed: str) -> None:
    assert classes(typed) == set() or look_up(typed).unclear


@pytest.mark.parametrize(
    "typed",
    [
        "fexofenadine 180mg od hayfever",
        "mebendazole (threadworm)",
        "terbinafine cream athletes foot",
        "creatine 5g post workout",
        "losartan c/12h, presion",
        "amoxicillin 500 tid x 10 days sinus infection",
        "valtrex cold sores",
        "zyrtec in allergy season",
        "probiotic 50 billion CFU",
        "anticonceptivos desde hace 5 años",
        "omega 3 que me recomendó el nutriólogo",
        "metformin 500 w/ supper, repeat prescription",
        "lexapro 10 just increased to 20",
        "escitalopram 10 mg (psiquiatra)",
        "propranolol prn stage fright",
        "symbicort 2 puffs am/pm",
        "vyvanse 40mg school days",
        "me recetaron fluoxetina 20",
        "adiro 100 tras el infarto",
        "I've been taking lisinopril for about 5 years",
    ],
)
def test_reasons_people_and_hours_beside_a_name_leave_it_clear(typed: str) -> None:
    assert look_up(typed).understood
    assert look_up(typed).sure


@pytest.mark.parametrize(
    "typed",
    ["Tylenol PM", "Zoloft cold", "Advil sinus", "Claritin D", "metformin plus", "my husband says zoloft",
     "Zoloft and pre workout", "ex citalopram user"],
)  # fmt: skip
def test_a_word_that_may_change_which_medicine_it_is_is_never_passed_over(typed: str) -> None:
    assert look_up(typed).unclear or classes(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "percocet after my surgery in 2020",
        "tomé tramadol en 2019",
        "prozac in my 20s",
        "lexapro a while back",
        "changed from prozac to lexapro",
        "zoloft, didn't help",
        "me retiraron la carbamazepina",
        "probé la paroxetina",
        "trankimazin antes, ahora nada",
    ],
)
def test_a_year_an_age_or_a_change_says_that_it_was_taken(typed: str) -> None:
    found = look_up(typed)
    assert found.past
    assert not found.sure


@pytest.mark.parametrize(
    "typed", ["started Zoloft in 2020", "Zoloft since 2019", "wellbutrin added last month"]
)
def test_what_began_in_a_year_is_taken_now(typed: str) -> None:
    assert look_up(typed).sure
    assert not look_up(typed).past


def test_a_word_of_a_name_is_not_parted_into_another_name() -> None:
    assert [medicine.generic for medicine in look_up("covid booster").sure] == ["covid vaccine"]


@pytest.mark.parametrize("typed", ["acne cream", "heartburn pills", "cold sore cream", "crema para hongos"])
def test_a_kind_named_by_what_no_class_treats_is_only_noted(typed: str) -> None:
    screening = screen(but(HEALTHY, takes(typed)))
    assert [slug for slug in raised(screening) if slug.startswith("medicine-name")] == [
        "medicine-name-unknown"
    ]


@pytest.mark.parametrize(
    ("typed", "flag"),
    [
        ("warfarin, heart attack", "mentioned-heart"),
        ("aspirin stroke", "mentioned-stroke"),
        ("seroquel (hypomania)", "mentioned-mania"),
    ],
)
def test_what_it_is_taken_for_is_still_read_for_dangers(typed: str, flag: str) -> None:
    assert flag in raised(screen(but(HEALTHY, takes(typed))))
