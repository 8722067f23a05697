"""Opioids, alcohol, tobacco and other drugs. Asked without blame."""

from ..conditions import any_of, q
from ..instruments import AUDITC
from ..kinds import Choice, Choices, Scale, yes_no_not_sure_skip
from ..pages import Page, Question, Step
from .opioids import OPIOIDS

STEP = Step(
    "substances",
    "Opioids, alcohol and other drugs",
    "Private questions",
    (
        Page(
            "substances",
            "Opioids, alcohol and other drugs",
            (
                *OPIOIDS,
                Question(
                    "alcohol_any",
                    "Do you drink alcohol?",
                    Choice(
                        {
                            "yes": "Yes",
                            "past": "Not now, but before",
                            "no": "No, never",
                            "rather_not": "Rather not say",
                        }
                    ),
                    missing="Pick if you drink alcohol",
                    seed="like any other addiction",
                    use="Opens AUDIT-C. Alcohol plus ketamine slows breathing.",
                    card="substances",
                ),
                Question(
                    "scale_auditc",
                    "Alcohol questionnaire (AUDIT-C)",
                    Scale(AUDITC),
                    show_if=q("alcohol_any").is_("yes"),
                    seed="like any other addiction",
                    use="Risky drinking screen. The US or the UK wording of instruments.yaml is used, by the clinic's jurisdiction, and stored with the answers.",
                ),
                Question(
                    "alcohol_withdrawal",
                    "When you stop drinking: shakes, sweats or seizures?",
                    yes_no_not_sure_skip(),
                    show_if=any_of(q("scale_auditc_score").gte(4), q("alcohol_any").is_("past")),
                    seed="tremors, convulsions",
                    use="Withdrawal seizures; do not tell this person to stop suddenly.",
                    card="substances",
                ),
                Question(
                    "drugs_used",
                    "Drugs or tobacco in the last year",
                    Choices(
                        {
                            "tobacco": "Cigarettes or vapes",
                            "cannabis": "Cannabis or weed",
                            "cocaine": "Cocaine or crack",
                            "meth": "Meth or speed",
                            "mdma": "MDMA or ecstasy",
                            "psychedelic": "Mushrooms or LSD",
                            "pills": "Pills not prescribed for me",
                            "inhalants": "Gas, glue or poppers",
                            "nitrous": "Laughing gas",
                            "other": "Something else",
                            "none": "None of these",
                            "rather_not": "Rather not say",
                        }
                    ),
                    help="Pick all that apply",
                    seed="help reduce the risks of abuse",
                    use="Stimulants add heart risk; cannabis and psychedelics add psychosis risk; misuse risk overall.",
                    card="substances",
                ),
                Question(
                    "drugs_often",
                    "The drug you use most: how often?",
                    Choice(
                        {
                            "once": "Once or twice",
                            "monthly": "Most months",
                            "weekly": "Most weeks",
                            "daily": "Most days",
                            "rather_not": "Rather not say",
                        }
                    ),
                    show_if=q("drugs_used").has(
                        "cannabis",
                        "cocaine",
                        "meth",
                        "mdma",
                        "psychedelic",
                        "pills",
                        "inhalants",
                        "nitrous",
                        "other",
                    ),
                    missing="Pick how often",
                    seed="help reduce the risks of abuse",
                    use="Pattern of use.",
                    card="substances",
                ),
                Question(
                    "overdose_ever",
                    "An overdose, ever?",
                    yes_no_not_sure_skip(),
                    help="Any drug, even by accident",
                    show_if=any_of(
                        q("opioid_ever").is_("yes"),
                        q("drugs_used").has(
                            "cocaine", "meth", "mdma", "psychedelic", "pills", "inhalants", "nitrous", "other"
                        ),
                        q("reasons").has("opioids", "other_substance"),
                    ),
                    seed="people dying from an overdose and excessive dosage",
                    use="Overdose risk. Offer naloxone.",
                    card="opioids",
                ),
                Question(
                    "substance_help",
                    "Want help to cut down or stop?",
                    Choice({"yes": "Yes", "maybe": "Maybe, let's talk", "no": "No"}),
                    show_if=any_of(
                        q("opioid_control").is_("yes"),
                        q("drugs_often").in_("weekly", "daily"),
                        q("reasons").has("opioids", "other_substance"),
                        q("alcohol_withdrawal").is_("yes"),
                    ),
                    missing="Pick if you would like help to cut down or stop",
                    seed="opioid addiction, like any other addiction, can be treated",
                    use="Readiness; referral even if ketamine is not right.",
                ),
            ),
            lines=True,
        ),
    ),
    private=True,
)
