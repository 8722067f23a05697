"""The body: sex and gender, height, weight and blood pressure, as the patient knows them."""

from ..conditions import q
from ..kinds import Choice, Measure, Number, Text, yes_no
from ..pages import Page, Question, Step
from ..units import HEIGHT_UNITS, WEIGHT_UNITS

USUAL_HEIGHT = (135, 210)

STEP = Step(
    "measures",
    "About your body",
    "About you",
    (
        Page(
            "measures",
            "About your body",
            (
                Question(
                    "sex_at_birth",
                    "Sex on your birth record",
                    Choice(
                        {
                            "female": "Female",
                            "male": "Male",
                            "intersex": "Intersex",
                            "tell_clinician": "Rather tell the clinician",
                        }
                    ),
                    help="For safety checks",
                    missing="Pick the sex on your birth record",
                    seed="your age, height, weight, gender",
                    use="Decides whether the pregnancy page shows; normal ranges for tests. Never used to greet anyone.",
                    card="capacity",
                ),
                Question(
                    "gender",
                    "Your gender (optional)",
                    Choice(
                        {
                            "woman": "Woman",
                            "man": "Man",
                            "non_binary": "Non-binary",
                            "own_words": "Other words",
                            "rather_not": "Rather not say",
                        }
                    ),
                    required=False,
                    seed="your age, height, weight, gender",
                    use="Respectful talk and records. A clinic can turn this question off.",
                ),
                Question(
                    "gender_words",
                    "What words do you use? (optional)",
                    Text(max_length=80, free=False),
                    required=False,
                    show_if=q("gender").is_("own_words"),
                    seed="your age, height, weight, gender",
                    use="As above, in the patient's own words.",
                ),
                Question(
                    "height",
                    "Your height?",
                    Measure(
                        HEIGHT_UNITS,
                        metric="cm",
                        noun="Height",
                        told="you are {} tall",
                        hard=(50, 272),
                        soft_limits=USUAL_HEIGHT,
                    ),
                    exit={"not_sure": "Please measure me"},
                    missing="Enter your height, or pick “Please measure me”",
                    example="5 feet 6 inches, or 168 centimeters",
                    seed="your age, height, weight, gender",
                    use="With weight gives BMI (airway and breathing risk) and lean-weight dosing thoughts. Both the typed value and cm are kept.",
                    card="measures",
                ),
                Question(
                    "weight",
                    "Your weight?",
                    Measure(
                        WEIGHT_UNITS,
                        metric="kg",
                        noun="Weight",
                        told="you weigh {}",
                        hard=(20, 400),
                        soft_limits=(40, 200),
                        pair="height",
                        pair_usual=(12, 70),
                        pair_told="you are {} tall and weigh {}",
                        pair_alone=USUAL_HEIGHT,
                    ),
                    exit={"not_sure": "Please weigh me"},
                    missing="Enter your weight, or pick “Please weigh me”",
                    example="160 pounds, or 72 kilograms",
                    seed="The amount injected is based on the patient’s weight",
                    use="First figure for planning a dose. Always labelled 'told by patient': staff weigh before dosing, and the app never works out a dose. The way out matters to people who find weight hard to talk about.",
                    card="measures",
                ),
                Question(
                    "bp_known",
                    "Do you know your blood pressure from the last 6 months?",
                    yes_no(),
                    seed="medical monitoring devices",
                    use="Ketamine can raise blood pressure for a while, so a starting number matters.",
                ),
                Question(
                    "bp_top",
                    "Top blood pressure number",
                    Number(
                        "mmHg",
                        hard=(50, 300),
                        soft_limits=(85, 179),
                        told="your top blood pressure number is {}",
                        above="bp_bottom",
                    ),
                    help="For example, 120",
                    show_if=q("bp_known").is_("yes"),
                    missing="Enter both numbers, or pick No if you don't know them",
                    seed="medical monitoring devices",
                    use="Systolic pressure. High readings need a repeat before any session.",
                    card="heart",
                ),
                Question(
                    "bp_bottom",
                    "Bottom blood pressure number",
                    Number(
                        "mmHg",
                        hard=(30, 200),
                        soft_limits=(45, 109),
                        told="your bottom blood pressure number is {}",
                    ),
                    help="For example, 80",
                    show_if=q("bp_known").is_("yes"),
                    missing="Enter both numbers, or pick No if you don't know them",
                    seed="medical monitoring devices",
                    use="Diastolic pressure.",
                    card="heart",
                ),
                Question(
                    "bp_when",
                    "When was that reading?",
                    Choice(
                        {
                            "week": "In the last 7 days",
                            "month": "In the last month",
                            "months_1_to_6": "1 to 6 months ago",
                            "not_sure": "Not sure",
                        }
                    ),
                    show_if=q("bp_known").is_("yes"),
                    missing="Pick when that reading was",
                    seed="medical monitoring devices",
                    use="A very high reading of this week needs someone today; an old one needs a new reading. Shown with the two numbers.",
                    card="heart",
                ),
            ),
        ),
    ),
)
