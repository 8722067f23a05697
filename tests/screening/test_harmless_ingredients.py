"""The ingredients read as harmless: none is of a class that the rules ask for."""

import re

from app.screening.medicines import MEDICINE_KINDS, MEDICINES, harmless_ingredients, harmless_names, normalise

# What the names of ingredients with one of the classes end in or hold, by the stems of the WHO (INN) and of the USAN.
STEMS = """
azepam azolam barbital barbitone caine tinib ciclib rubicin platin taxel poside mustine sulfan lidomide parib
metinib rafenib olol sartan pril dipine tiazem vastidine triptan setron orphan fentanil fentanyl morphone
codone orphine azocine eridine azine azepine zodone oxetine pramine triptyline ipramine peridol peridone apine
piprazole idone afinil amfetamine amphetamine ephrine edrine frine drine zoline gliptin gliflozin glutide
glitazone formin gli terol tropium asteride sone solone olone phylline zolamide prost darifenacin fenacin
tolterodine begron grel xaban gatran parin coumarol arol lukast giline moclobemide gabalin gabapentin racetam
bamate toin suximide perone thiazide semide tizide lactone nidine dralazine curium curonium flurane ketamine
mantine zolpidem clone plon melteon orexant relix relin lutamide strozole stozole oxifene mab vir conazole
mycin rifa
""".split()
# Those that have such a stem all the same, read one by one. A new one needs a reason of its own here.
EXCEPTIONS = {
    # of GLP-2, for a short bowel
    "glutide": """
    teduglutide
    """,
    # for the immune system or the skin, not against cancer
    "tinib": """
    abrocitinib | baricitinib | deucravacitinib | filgotinib | tofacitinib | upadacitinib
    """,
    # against sickness
    "setron": """
    granisetron | tropisetron | palonosetron | alosetron
    """,
    # for the bowel, and sulfa antibiotics
    "azine": """
    mesalazine | olsalazine | silver sulfadiazine | sulfadiazine | sulfasalazine
    """,
    # against sickness, and stays out of the brain
    "peridone": """
    domperidone
    """,
    # against cough; no opioid effect
    "apine": """
    noscapine
    """,
    # against sickness, and stays out of the brain
    "idone": """
    domperidone
    """,
    # a vitamin D
    "terol": """
    dihydrotachysterol
    """,
    # like finasteride in our table
    "asteride": """
    dutasteride
    """,
    # an antibiotic for the skin
    "sone": """
    dapsone | dapsone gel
    """,
    # a hormone for the menopause
    "olone": """
    tibolone
    """,
    # for the skin
    "toin": """
    allantoin
    """,
    # releases growth hormone
    "relin": """
    tesamorelin
    """,
    # for bones and the menopause
    "oxifene": """
    bazedoxifene | raloxifene
    """,
    # antibodies, none of them against cancer
    "mab": """
    alirocumab | anifrolumab | basiliximab | belimumab | bezlotoxumab | bimekizumab | brodalumab |
    brolucizumab | burosumab | canakinumab | certolizumab pegol | crizanlizumab | denosumab | dupilumab
    | eculizumab | emapalumab | emicizumab | eptinezumab | etrolizumab | evinacumab | evolocumab |
    faricimab | fremanezumab | galcanezumab | golimumab | guselkumab | ibalizumab | inebilizumab |
    infliximab | ixekizumab | lebrikizumab | mirikizumab | natalizumab | nemolizumab | nirsevimab |
    ocrelizumab | omalizumab | palivizumab | ranibizumab | ravulizumab | risankizumab | romosozumab |
    sarilumab | satralizumab | secukinumab | spesolimab | tildrakizumab | tocilizumab | tralokinumab |
    ublituximab | ustekinumab | vedolizumab
    | bamlanivimab | casirivimab | cilgavimab | etesevimab | imdevimab | sotrovimab | tixagevimab | teprotumumab
    """,
    # antivirals that leave CYP3A4 alone
    "vir": """
    abacavir | baloxavir marboxil | bictegravir | cabotegravir | cidofovir | dolutegravir | famciclovir
    | ganciclovir | maribavir | molnupiravir | oseltamivir | penciclovir | peramivir | raltegravir |
    remdesivir | tenofovir | valganciclovir | zanamivir
    """,
    # put on the skin or in the vagina
    "conazole": """
    butoconazole | econazole | efinaconazole | luliconazole | miconazole | oxiconazole | sertaconazole |
    sulconazole | terconazole | tioconazole
    """,
    # antibiotics that leave CYP3A4 alone
    "mycin": """
    daptomycin | fosfomycin | lincomycin | natamycin | neomycin | paromomycin | spiramycin |
    streptomycin | tobramycin
    """,
}


def stems_of(name: str) -> set[str]:
    return {stem for stem in STEMS for word in name.split() if re.search(rf"{stem}(?:e|a|o|um)?$", word)}


def test_no_harmless_ingredient_has_the_stem_of_a_class_but_for_named_ones() -> None:
    found = {
        (stem, medicine.generic)
        for medicine in harmless_ingredients().values()
        for stem in stems_of(normalise(medicine.generic))
    }
    allowed = {(stem, name.strip()) for stem, text in EXCEPTIONS.items() for name in text.split("|")}
    assert found == allowed


def test_the_stems_find_most_ingredients_of_our_table_that_have_a_class() -> None:
    """The guard would be worth nothing if the stems were no stems of our classes."""
    with_class = [medicine.generic for medicine in MEDICINES if medicine.classes]
    assert sum(bool(stems_of(normalise(name))) for name in with_class) > 0.5 * len(with_class)


def test_no_ingredient_read_as_harmless_is_in_another_table() -> None:
    others = {normalise(name) for medicine in MEDICINES for name in medicine.names}
    others |= {normalise(n) for kind in MEDICINE_KINDS for one in harmless_names()[kind] for n in one.names}
    assert sorted(set(harmless_ingredients()) & others) == []
