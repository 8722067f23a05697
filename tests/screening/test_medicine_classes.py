"""Which ingredient has which class, group by group of the ATC index: a few names of each, as patients type them."""

import pytest

from app.screening.medicines import MEDICINES
from app.screening.typed_names import look_up

# A class, and names that have it: generics, US, UK and Spanish brands, slang. One row of the index on a line.
NAMES = {
    "opioid": """
        Opana | oxymorphone | Demerol | pethidine | Dolantina | Adolonta | Targin | Targinact | oxys | percs | norcos
        T3s | co-dydramol | fent | heroin | smack | kratom | tianeptine | opium | Talwin | Nubain | opioids
    """,
    "opioid_agonist_treatment": "bupe | subs | subbies | Buvidal | Metasedin | methadone | Sublocade shot",
    "opioid_antagonist": "Contrave | Lybalvi | Vivitrol shot | Movantik | LDN",
    "benzodiazepine": """
        Lexotan | Lexatin | phenazepam | Halcion | Tranxilium | Rohypnol | Orfidal | lormetazepam | Victan | Librax
        xannies | k-pins | bromazolam | benzos | Rivotril | Tranxene | estazolam | loprazolam | Dalmane | Limbitrol
    """,
    "z_drug": "Imovane | Sonata | Stilnox | zopiclona | zoppies",
    "gabapentinoid": "Lyrica | gabapentina | mirogabalin | gabbies",
    "sedative_other": """
        Skelaxin | butalbital/apap/caffeine | Dormidina | Belsomra | Norflex | metaxalone | Piriton | Periactin
        meprobamate | Seconal | Nembutal | chloral hydrate | Distraneurine | dronabinol | Tylenol PM | NyQuil
        muscle relaxer | relajante muscular | Biodramina | Antivert | Parafon Forte | Phenergan | phenobarbital
    """,
    "maoi": "Xadago | methylene blue | Aurorix | Plurimen | Marplan | ayahuasca | procarbazine | MAOI",
    "antidepressant": """
        Fetzima | lofepramine 70mg | Aremis 50 | Viibryd | Prothiaden | dosulepin | Surmontil | Edronax | Savella
        Motivan | Xeristar | Dumirox | nefazodone | mianserin | Zurzuvae | SSRI | antidepresivo | Vandral | Norpramin
    """,
    "antipsychotic": """
        Cobenfy | Dogmatil | Stelazine | Navane | Fanapt | Nuplazid | Sinogan | Orap | Zeldox | Tiaprizal | Symbyax
    """,
    "antiepileptic": "Banzel | rufinamide | Sabril | Fintepla | Diacomit | felbamate | Gabitril | Cerebyx | Qsymia",
    "mood_stabiliser": "Plenur | lithium | mood stabilizer | Depakine",
    "stimulant": "Desoxyn | Rubifen | addys | Focalin | Elvanse | meth | Azstarys | phentermine | ADHD meds",
    "sympathomimetic": """
        salbutamol | Xopenex | Serevent | Breo | Bricanyl | Trelegy | Symbicort | Alka-Seltzer Plus Cold | bitter orange
        Sudafed | DayQuil | Lemsip | Couldina | Claritin-D | EpiPen | ephedra | yohimbe | Northera | Qelbree | Tenuate
    """,
    "vasoconstrictor": "Methergine | terlipressin | Levophed | Hemicraneal | midodrine",
    "xanthine": "Uniphyllin | slo phyllin | teofilina | Eufilina | dyphylline",
    "airway_agent": "Atrovent | Incruse | Anoro | Fasenra | Daliresp | Esbriet | Combivent | Ventolin",
    "antihypertensive": """
        Micardis | felodipine | lercanidipine | nadolol | eplerenone | methyldopa | Sumial 40 | quinapril | Edarbi
        Zestoretic | Hyzaar | Exforge | Tribenzor | Lotrel | Dyazide | Caduet | torsemide | bumetanide | Tenoretic
        Seguril | Higrotona | HCTZ | bendroflumethiazide | doxazosin | Hytrin | Kerendia | lacidipine | BP tabs
    """,
    "antianginal": "nitro under tongue | Ikorel | isosorbide dinitrate | Vastarel | Cafinitrina | BiDil",
    "antiarrhythmic": "Rytmonorm | Multaq | Tikosyn | quinidine | mexiletine | disopyramide | Apocard",
    "anticoagulant": "acenocumarol | Sintrom | heparin shots | Lixiana | Fragmin | Hibor | Innohep | Arixtra",
    "antiplatelet": "Brilinta | Efient | Adiro | ASA | Pletal | dipyridamole | Duoplavin | baby aspirin",
    "antineoplastic": """
        Sprycel | Revlimid | Venclexta | Lynparza | FOLFOX | Jakafi | Lenvima | Cabometyx | Ibrance | MTX | 5-FU
        Alimta | vincristine | melphalan | Velcade | Darzalex | Tecentriq | Yervoy | Kadcyla | Tagrisso | Calquence
        Lonsurf | etoposide | Temodal | azacitidine | R-CHOP | Phesgo | Zejula | Afinitor | Kymriah | chemo pills
        Avastin | Erbitux | Iclusig | Xalkori | bleomicina | Farmorubicina | Onivyde | Jevtana | Halaven | ABVD
    """,
    "hormonal_anticancer": "Faslodex | Orgovyx | Decapeptyl | Procrin | Nubeqa | Megace | Androcur | Firmagon",
    "corticosteroid_systemic": """
        Dacortin | Celestone | deflazacort | Emflaza | Fortecortin | Florinef | Urbason | pred | cortisone shot | Uceris
    """,
    "corticosteroid_local": """
        Nasacort | Dermovate | Betnovate | Elocon | Lotemax | FML | Alvesco | Synalar | Pred Forte | Anusol HC
        Daivobet | steroid cream | Tobradex | Trelegy | Advair | hydrocortisone cream
    """,
    "thyroid_hormone": "Dexnon | Cynomel | NP Thyroid | levotiroxina | thyroid pill",
    "antithyroid": "PTU | Neo-Tomizol | tiamazol",
    "cyp3a4_inhibitor_strong": "Noxafil | Kaletra | Reyataz | Prezcobix | Genvoya | nefazodone | ceritinib | Paxlovid",
    "cyp3a4_inhibitor_moderate": "grapefruit juice | Luvox | ciprofloxacin | Emend | Multaq | Neoral | zumo de pomelo",
    "cyp2b6_inhibitor": "clopidogrel | thiotepa | orphenadrine",
    "cyp_inducer": "Atripla | efavirenz | Mycobutin | Intelence | Orkambi | Lysodren | Tracleer | Rifater | hiperico",
    "nmda_antagonist": "Nuedexta | Namzaric | Robitussin | dextrometorfano | PCP | Coricidin | Frenadol",
    "dementia_agent": "Leqembi | Kisunla | Namzaric | Exelon patch | Reminyl",
    "antiparkinson": "Duodopa | Madopar | Stalevo | Neupro | Cogentin | Akineton | rasagiline | Apokyn | Artane",
    "antidiabetic": "Amaryl | glyburide | Actos | Janumet | Xigduo | Galvus | Invokana | acarbose | Ozempic",
    "glp1_agonist": "Byetta | Bydureon | Xultophy | compounded semaglutide | tirz | Mounjaro",
    "bladder_agent": "Vesicare | solifenacin | Toviaz | Gemtesa | Sanctura | Pyridium | Uribel",
    "glaucoma_agent": "Travatan | Cosopt | Alphagan | Azopt | Ganfort | Rhopressa | glaucoma drops",
    "liver_agent": "Ocaliva | entecavir | Epclusa | Rezdiffra",
    "alcohol_dependence_agent": "Antabus | Colme | acamprosato",
    "anaesthetic": "EMLA crema | prilocaine | tetracaine | Exparel | Penthrox | Citanest | Ultracain",
    "triptan": "Treximet | Relert | Amignul | Maxalt-MLT",
    "myasthenia_agent": "Vyvgart | Mestinon | Firdapse",
    "seizure_threshold": "Ampyra | mefloquine | Demerol | maprotiline",
}


@pytest.mark.parametrize("wanted", NAMES)
def test_names_of_a_class_are_known_for_sure(wanted: str) -> None:
    names = [name.strip() for line in NAMES[wanted].strip().splitlines() for name in line.split("|")]
    missed = [
        name for name in names if not any(wanted in medicine.classes for medicine in look_up(name).sure)
    ]
    assert missed == []


def test_every_class_of_the_table_is_tried() -> None:
    rare = {"ketamine", "lamotrigine", "opioid_rescue", "opioid_withdrawal_agent", "porphyria_agent"}
    rare |= {"vial_ingredient", "cns_depressant", "nasal_or_oral_decongestant"}
    assert {name for medicine in MEDICINES for name in medicine.classes} - rare == set(NAMES)


def test_what_slows_the_brain_is_counted_as_such() -> None:
    slow = {"opioid", "benzodiazepine", "z_drug", "gabapentinoid", "sedative_other"}
    kept = [m.generic for m in MEDICINES if slow & set(m.classes) and "cns_depressant" not in m.classes]
    assert kept == []


def test_a_decongestant_is_a_sympathomimetic() -> None:
    only = [m.generic for m in MEDICINES if "nasal_or_oral_decongestant" in m.classes]
    assert [
        name for m in MEDICINES if (name := m.generic) in only and "sympathomimetic" not in m.classes
    ] == []
