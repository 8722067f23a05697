"""Validated scales, word for word, and their scoring. Scores are screens, not diagnoses.

Items are shown exactly as published and never reworded. A blank item gives no total; it never counts as 0.
"""

from collections.abc import Mapping

from .countries import Country
from .instrument import Instrument, ScoreBand, Wording

_FREQUENCY = {0: "Not at all", 1: "Several days", 2: "More than half the days", 3: "Nearly every day"}

PHQ9 = Instrument(
    name="PHQ-9",
    long_name="Patient Health Questionnaire, 9 items",
    forms={
        "any": Wording(
            stem="Over the last 2 weeks, how often have you been bothered by any of the following problems?",
            items=(
                "Little interest or pleasure in doing things",
                "Feeling down, depressed, or hopeless",
                "Trouble falling or staying asleep, or sleeping too much",
                "Feeling tired or having little energy",
                "Poor appetite or overeating",
                "Feeling bad about yourself — or that you are a failure or have let yourself or your family down",
                "Trouble concentrating on things, such as reading the newspaper or watching television",
                "Moving or speaking so slowly that other people could have noticed? Or the opposite — being so "
                "fidgety or restless that you have been moving around a lot more than usual",
                "Thoughts that you would be better off dead or of hurting yourself in some way",
            ),
            responses=(_FREQUENCY,),
        )
    },
    highest=27,
    bands=(
        ScoreBand(0, 4, "minimal"),
        ScoreBand(5, 9, "mild"),
        ScoreBand(10, 14, "moderate"),
        ScoreBand(15, 19, "moderately severe"),
        ScoreBand(20, 27, "severe"),
    ),
    look_back_days=14,
    licence="No permission required to reproduce, translate, display or distribute. Developed by Drs. Robert L. "
    "Spitzer, Janet B.W. Williams, Kurt Kroenke and colleagues, with an educational grant from Pfizer Inc.",
    sources=("PHQ9", "LOINC"),
    loinc={
        "panel": "44249-1",
        "total": "44261-6",
        "1": "44250-9",
        "2": "44255-8",
        "3": "44259-0",
        "4": "44254-1",
        "5": "44251-7",
        "6": "44258-2",
        "7": "44252-5",
        "8": "44253-3",
        "9": "44260-8",
    },
)

_AUDITC_RESPONSES: tuple[Mapping[int, str], ...] = (
    {
        0: "Never",
        1: "Monthly or less",
        2: "2 to 4 times a month",
        3: "2 to 3 times a week",
        4: "4 or more times a week",
    },
    {0: "1 or 2", 1: "3 or 4", 2: "5 or 6", 3: "7 to 9", 4: "10 or more"},
    {0: "Never", 1: "Less than monthly", 2: "Monthly", 3: "Weekly", 4: "Daily or almost daily"},
)

AUDITC = Instrument(
    name="AUDIT-C",
    long_name="Alcohol Use Disorders Identification Test, consumption items",
    forms={
        Country.US: Wording(
            items=(
                "How often do you have a drink containing alcohol?",
                "How many drinks containing alcohol do you have on a typical day when you are drinking?",
                "How often do you have six or more drinks on one occasion?",
            ),
            responses=_AUDITC_RESPONSES,
            help="A drink is 12 oz of beer, 5 oz of wine or 1.5 oz of spirits.",
        ),
        Country.UK: Wording(
            items=(
                "How often do you have a drink containing alcohol?",
                "How many units of alcohol do you drink on a typical day when you are drinking?",
                "How often have you had 6 or more units if female, or 8 or more if male, on a single occasion in the "
                "last year?",
            ),
            responses=_AUDITC_RESPONSES,
            help="Half a pint of ordinary beer or a single measure of spirits is 1 unit. A 175 ml glass of wine is about 2.",
        ),
    },
    highest=12,
    bands=(),
    look_back_days=None,
    licence="World Health Organization AUDIT: free to use for care with acknowledgement; not for sale.",
    sources=("AUDITC", "AUDITC_UK", "LOINC"),
    loinc={"panel": "72109-2", "total": "75626-2", "1": "68518-0", "2": "68519-8", "3": "68520-6"},
    never_item=1,
)

GAD7 = Instrument(
    name="GAD-7",
    long_name="Generalized Anxiety Disorder, 7 items",
    forms={
        "any": Wording(
            stem="Over the last 2 weeks, how often have you been bothered by the following problems?",
            items=(
                "Feeling nervous, anxious or on edge",
                "Not being able to stop or control worrying",
                "Worrying too much about different things",
                "Trouble relaxing",
                "Being so restless that it is hard to sit still",
                "Becoming easily annoyed or irritable",
                "Feeling afraid as if something awful might happen",
            ),
            responses=(_FREQUENCY,),
        )
    },
    highest=21,
    bands=(
        ScoreBand(0, 4, "minimal"),
        ScoreBand(5, 9, "mild"),
        ScoreBand(10, 14, "moderate"),
        ScoreBand(15, 21, "severe"),
    ),
    look_back_days=14,
    licence=PHQ9.licence,
    sources=("GAD7", "LOINC"),
    loinc={
        "panel": "69737-5",
        "total": "70274-6",
        "1": "69725-0",
        "2": "68509-9",
        "3": "69733-4",
        "4": "69734-2",
        "5": "69735-9",
        "6": "69689-8",
        "7": "69736-7",
    },
)

_BOTHER = {score: str(score) for score in range(11)}

PEG = Instrument(
    name="PEG",
    long_name="PEG: pain, enjoyment, general activity",
    forms={
        "any": Wording(
            items=(
                "What number best describes your pain on average in the past week?",
                "What number best describes how, during the past week, pain has interfered with your enjoyment of life?",
                "What number best describes how, during the past week, pain has interfered with your general activity?",
            ),
            responses=(
                _BOTHER | {0: "0: No pain", 10: "10: Pain as bad as you can imagine"},
                _BOTHER | {0: "0: Does not interfere", 10: "10: Completely interferes"},
                _BOTHER | {0: "0: Does not interfere", 10: "10: Completely interferes"},
            ),
        )
    },
    highest=10,
    bands=(),
    look_back_days=7,
    licence="Free to use with citation of the authors. Derived from the Brief Pain Inventory; third parties call it public domain.",
    sources=("PEG2009", "LOINC"),
    loinc={"panel": "91148-7", "total": "91147-9", "1": "75893-8", "2": "91145-3", "3": "91146-1"},
    mean=True,
)

PCPTSD5 = Instrument(
    name="PC-PTSD-5",
    long_name="Primary Care PTSD Screen for DSM-5",
    forms={
        "any": Wording(
            stem="Sometimes things happen to people that are unusually or especially frightening, horrible, or traumatic. "
            "For example: a serious accident or fire; a physical or sexual assault or abuse; an earthquake or flood; a war; "
            "seeing someone be killed or seriously injured; having a loved one die through homicide or suicide.",
            stem_after_gate="In the past month, have you...",
            items=(
                "Have you ever experienced this kind of event?",
                "Had nightmares about the event(s) or thought about the event(s) when you did not want to?",
                "Tried hard not to think about the event(s) or went out of your way to avoid situations that reminded you of "
                "the event(s)?",
                "Been constantly on guard, watchful, or easily startled?",
                "Felt numb or detached from people, activities, or your surroundings?",
                "Felt guilty or unable to stop blaming yourself or others for the event(s) or any problems the event(s) may "
                "have caused?",
            ),
            responses=({0: "No", 1: "Yes"},),
        )
    },
    highest=5,
    bands=(),
    look_back_days=31,
    licence="US government work (National Center for PTSD, Department of Veterans Affairs): public domain.",
    sources=("PCPTSD5",),
    gate_item=1,
)

INSTRUMENTS: Mapping[str, Instrument] = {
    instrument.name: instrument for instrument in (PHQ9, AUDITC, GAD7, PEG, PCPTSD5)
}

LOINC_NOTICE = (
    "Contains content from LOINC, copyright Regenstrief Institute, Inc., used under the LOINC licence."
)
