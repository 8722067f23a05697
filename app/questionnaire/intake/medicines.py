"""The medicine list, then the families that it did not name."""

from ..conditions import q
from ..kinds import Choice, Doubt, DoubtedChoice, DoubtedChoices, Group, Text
from ..pages import Page, Question, Step
from ..wording import Message

FAMILIES = (
    *(
        "opioid",
        "opioid_blocker",
        "benzo_sleep",
        "antidepressant",
        "maoi",
        "lithium",
        "lamotrigine",
        "antipsychotic",
    ),
    *(
        "seizure_medicine",
        "gabapentin",
        "stimulant",
        "triptan",
        "heart_bp",
        "blood_thinner",
        "theophylline",
        "steroid",
    ),
    *("glp1", "hiv_fungal", "thyroid"),
)
TAKES_NONE = Message("you take no medicine, but also that you took one on our list in the last month")
LISTED = Message("you take no medicine, but also wrote one in your list")

STEP = Step(
    "medicines",
    "Medicines you take",
    "Your health",
    (
        Page(
            "medicines",
            "Your medicine list",
            (
                Question(
                    "meds_how",
                    "How will you list your medicines?",
                    DoubtedChoice(
                        {
                            "add": "Type them here",
                            "bring": "I'll bring boxes or a list",
                            "none": "I take no medicine",
                        },
                        doubts=(
                            Doubt(("none",), "medicines", (), LISTED),
                            Doubt(("none",), "med_classes", FAMILIES, TAKES_NONE),
                        ),
                    ),
                    missing="Pick how you want to list your medicines",
                    seed="what medications you should avoid during and after the treatment",
                    use="A tired patient may bring boxes. 'Bring' puts a task on the visit list; it is not a gap.",
                    card="medicines",
                ),
                Question(
                    "medicines",
                    "Your medicines",
                    Group(
                        item_name="medicine",
                        most=30,
                        entries=(
                            Question(
                                "med_name",
                                "Medicine name",
                                Text(max_length=120),
                                missing="Enter the name of the medicine",
                                example="ibuprofen",
                            ),
                            Question(
                                "med_strength",
                                "Strength (optional)",
                                Text(max_length=60),
                                help="Such as 50 mg",
                                required=False,
                            ),
                            Question(
                                "med_often",
                                "How often?",
                                Choice(
                                    {
                                        "once": "Once a day",
                                        "twice": "Twice a day",
                                        "three_plus": "3 or more a day",
                                        "as_needed": "When I need it",
                                        "weekly": "Weekly or less",
                                        "not_sure": "Not sure",
                                    }
                                ),
                                missing="Tell us how often you take {}",
                            ),
                            Question("med_for", "What for? (optional)", Text(max_length=80), required=False),
                        ),
                    ),
                    help="Name and how often, or paste a list",
                    show_if=q("meds_how").is_("add"),
                    seed="what medications you should avoid during and after the treatment",
                    use="Medicine reconciliation, interaction check, and the check of medicines against answers. med_for is free text: shown on the card, never read by a rule.",
                ),
            ),
        ),
        Page(
            "med_classes",
            "Other medicines",
            (
                Question(
                    "med_classes",
                    "Any of these in the last month?",
                    DoubtedChoices(
                        {
                            "opioid": "Opioid pain medicine, methadone or Suboxone",
                            "opioid_blocker": "Naltrexone (Vivitrol)",
                            "benzo_sleep": "Xanax, Ativan, Valium or sleep pills",
                            "antidepressant": "Depression or anxiety medicine",
                            "maoi": "Nardil, Parnate or Emsam (MAOIs)",
                            "lithium": "Lithium",
                            "lamotrigine": "Lamotrigine (Lamictal)",
                            "antipsychotic": "Seroquel, Abilify or similar",
                            "seizure_medicine": "Seizure medicine, such as Keppra",
                            "gabapentin": "Gabapentin or Lyrica",
                            "stimulant": "ADHD or diet pills",
                            "triptan": "Migraine pills, such as naratriptan",
                            "heart_bp": "Blood pressure or heart medicine",
                            "blood_thinner": "Blood thinner",
                            "theophylline": "Theophylline",
                            "steroid": "Steroid pills or shots",
                            "glp1": "Ozempic or similar",
                            "hiv_fungal": "HIV or fungus medicine",
                            "thyroid": "Thyroid tablets",
                            "otc": "Herbs, CBD, cold pills or vitamins",
                            "none": "None of these",
                            "not_sure": "Not sure",
                        },
                        doubts=(Doubt(FAMILIES, "meds_how", ("none",), TAKES_NONE),),
                    ),
                    help="Pick all that apply",
                    seed="what medications you should avoid during and after the treatment",
                    use="A safety net: it catches the interactions that matter even when the typed list is patchy. A family that the list names is not asked for again; it is left out of the answer, and never stands for no. Steroids sit here because the article names them. Naratriptan is listed because one article calls ketamine 'Naratriptan': it is a different drug, for migraine.",
                    card="medicines",
                ),
                Question(
                    "otc_list",
                    "Which herbs, CBD, cold pills or vitamins?",
                    Text(max_length=400),
                    show_if=q("med_classes").has("otc"),
                    missing="Tell us which herbs, CBD, cold pills or vitamins",
                    example="vitamin D, fish oil",
                    seed="what medications you should avoid during and after the treatment",
                    use="Own words. Things bought without a prescription are the ones most often missed.",
                ),
            ),
        ),
    ),
)
