"""Safety checks: allergies, and what the two articles name as reasons not to treat, each with what is asked after a yes."""

from ..conditions import any_of, q
from ..kinds import Choice, Choices, Text, yes_no_not_sure
from ..pages import Page, Question, Step
from .allergies import ALLERGIES
from .surgery import SURGERY

STEP = Step(
    "safety",
    "Safety checks",
    "Your health",
    (
        Page(
            "safety_rows",
            "Safety checks",
            (
                Question(
                    "anesthetic_allergy",
                    "Allergic to an anesthetic, ever",
                    yes_no_not_sure(),
                    help="Medicine that numbs or puts you to sleep",
                    seed="Patients who are allergic to anesthesia",
                    use="Named by the article as a reason not to treat. Find out which drug and what happened.",
                    card="anesthetic",
                ),
                Question(
                    "steroid_allergy",
                    "Allergic to a steroid medicine, ever",
                    yes_no_not_sure(),
                    help="Such as prednisone",
                    seed="allergic to anesthesia or steroids",
                    use="Named by the article. Also matters because steroids treat allergic emergencies. Gym steroids are a different thing; the help line says which are meant.",
                    card="steroids",
                ),
                Question(
                    "steroid_reaction",
                    "What happened with the steroid?",
                    Choices(
                        {
                            "rash_swelling": "Rash or swelling",
                            "breathing": "Trouble breathing",
                            "passed_out": "Passed out",
                            "mood": "Big mood change",
                            "sugar_pressure": "High blood sugar or blood pressure",
                            "other": "Something else",
                            "not_sure": "Not sure",
                        }
                    ),
                    help="Pick all that apply",
                    show_if=q("steroid_allergy").is_("yes"),
                    seed="allergic to anesthesia or steroids",
                    use="Tells a true allergy from a side effect; a mood change may be drug-induced mania.",
                    card="steroids",
                ),
                Question(
                    "ketamine_allergy",
                    "Allergic to ketamine, ever",
                    yes_no_not_sure(),
                    seed="some drugs have an allergic reaction after they are used",
                    use="A firm reason not to treat until tested.",
                    card="ketamine",
                ),
                *ALLERGIES,
                Question(
                    "cancer_now",
                    "Cancer or cancer care in the last year",
                    yes_no_not_sure(),
                    seed="are undergoing chemotherapy",
                    use="Opens the cancer questions. Nobody else has to read them.",
                    card="cancer",
                ),
                Question(
                    "chemo_now",
                    "Chemotherapy now",
                    yes_no_not_sure(),
                    help="Cancer medicine, by drip or pills",
                    seed="are undergoing chemotherapy",
                    use="Named by the article as a reason not to treat now. Needs the cancer team's view.",
                    card="cancer",
                ),
                Question(
                    "chemo_last",
                    "Your last chemotherapy?",
                    Choice(
                        {
                            "never": "Never",
                            "this_month": "In the last month",
                            "months_1_to_6": "1 to 6 months ago",
                            "months_6_to_12": "6 to 12 months ago",
                            "over_1_year": "Over a year ago",
                            "not_sure": "Not sure",
                        }
                    ),
                    show_if=any_of(
                        q("cancer_now").in_("yes", "not_sure"), q("chemo_now").in_("yes", "not_sure")
                    ),
                    missing="Pick when your last chemotherapy was",
                    seed="are undergoing chemotherapy",
                    use="How recent; blood counts, heart and nausea risk.",
                    card="cancer",
                ),
                Question(
                    "chemo_notes",
                    "Which cancer and treatments? (optional)",
                    Text(max_length=300),
                    required=False,
                    show_if=any_of(q("cancer_now").is_("yes"), q("chemo_now").is_("yes")),
                    seed="are undergoing chemotherapy",
                    use="For the call to the cancer team.",
                ),
                Question(
                    "cancer_team_knows",
                    "Your cancer team knows you ask about ketamine",
                    yes_no_not_sure(),
                    show_if=any_of(q("cancer_now").is_("yes"), q("chemo_now").is_("yes")),
                    seed="are undergoing chemotherapy",
                    use="Whether there is a letter, or one is needed.",
                    card="cancer",
                ),
                *SURGERY,
            ),
            lines=True,
        ),
    ),
)
