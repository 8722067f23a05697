"""What you want help with, with the details of pain, and what was tried before."""

from ..conditions import q
from ..kinds import Choice, Choices, Text
from ..pages import Page, Question, Step
from .pain import PAIN
from .tried import KETAMINE, TRIED

STEP = Step(
    "reasons",
    "What you want help with",
    "About you",
    (
        Page(
            "reasons",
            "Why you are here",
            (
                Question(
                    "reasons",
                    "What do you want help with?",
                    Choices(
                        {
                            "depression": "Depression or low mood",
                            "anxiety": "Anxiety or worry",
                            "trauma": "Trauma or PTSD",
                            "pain": "Pain",
                            "opioids": "A problem with opioids",
                            "other_substance": "Alcohol or drugs",
                            "ocd": "OCD",
                            "other": "Something else",
                            "not_sure": "Not sure",
                        }
                    ),
                    help="Pick all that apply",
                    seed="treatment of depression and anxiety",
                    use="Which pathway, which scales to show, and whether ketamine is a likely fit at all.",
                ),
                Question(
                    "reason_other",
                    "What else do you want help with?",
                    Text(max_length=300),
                    show_if=q("reasons").has("other"),
                    missing="Tell us what else you want help with",
                    example="trouble sleeping",
                    use="In the patient's own words.",
                ),
                *PAIN,
                Question(
                    "reason_duration",
                    "How long has the main problem lasted?",
                    Choice(
                        {
                            "under_3_months": "Under 3 months",
                            "months_3_to_12": "3 to 12 months",
                            "years_1_to_5": "1 to 5 years",
                            "over_5_years": "Over 5 years",
                        }
                    ),
                    missing="Pick how long the main problem has gone on",
                    seed="prescribed to treat chronic pain",
                    use="Long-term or new. New problems may need a work-up or first-line care.",
                    card="fit",
                ),
                Question(
                    "goals",
                    "What do you hope for? (optional)",
                    Text(max_length=500),
                    required=False,
                    seed="make people feel relaxed and relieved from pain",
                    use="The patient's own goal; shown at the top of the review page and in follow-up.",
                ),
                *TRIED,
                *KETAMINE,
            ),
        ),
    ),
)
