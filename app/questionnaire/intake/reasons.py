"""What you want help with, and pain."""

from ..conditions import q
from ..kinds import Choice, Choices, Text, yes_no_not_sure
from ..pages import Page, Question, Step

STEP = Step(
    "reasons",
    "What you want help with",
    "About you",
    (
        Page(
            "reasons",
            "What you want help with",
            (
                Question(
                    "reasons",
                    "What do you want help with?",
                    Choices(
                        {
                            "depression": "Depression or very low mood",
                            "anxiety": "Anxiety or worry",
                            "trauma": "Trauma or PTSD",
                            "pain": "Pain",
                            "opioids": "A problem with opioids",
                            "other_substance": "Alcohol or other drugs",
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
                Question(
                    "reason_duration",
                    "How long has the main problem lasted?",
                    Choice(
                        {
                            "under_3_months": "Less than 3 months",
                            "months_3_to_12": "3 to 12 months",
                            "years_1_to_5": "1 to 5 years",
                            "over_5_years": "More than 5 years",
                        }
                    ),
                    missing="Pick how long the main problem has gone on",
                    seed="prescribed to treat chronic pain",
                    use="Long-term or new. New problems may need a work-up or first-line care.",
                    card="fit",
                ),
                Question(
                    "goals",
                    "If this works, what do you hope to do? (optional)",
                    Text(max_length=500),
                    required=False,
                    seed="make people feel relaxed and relieved from pain",
                    use="The patient's own goal; shown at the top of the review page and in follow-up.",
                ),
            ),
        ),
        Page(
            "pain",
            "Your pain",
            (
                Question(
                    "pain_sites",
                    "Where is your pain?",
                    Choices(
                        {
                            "headache": "Head or face",
                            "back": "Back",
                            "spine": "Spine or spinal cord",
                            "after_surgery": "After surgery",
                            "injury": "From an injury",
                            "nerve": "Burning or shooting nerve pain",
                            "all_over": "All over",
                            "other": "Somewhere else",
                            "not_sure": "Not sure",
                        }
                    ),
                    help="Pick all that apply",
                    show_if=q("reasons").has("pain"),
                    seed="chronic levels of headaches and backaches",
                    use="Matches pain type to evidence; drives the follow-up questions below.",
                ),
                Question(
                    "headache_changed",
                    "Has your headache changed in the last month: sudden and very bad, worse when you lie down, with throwing up, or with blurred sight?",
                    yes_no_not_sure(),
                    show_if=q("pain_sites").has("headache"),
                    seed="severe pain, especially in the spinal cord and brain",
                    use="Possible raised pressure in the head or a bleed: needs a doctor before anything else.",
                    card="head",
                ),
                Question(
                    "back_warning",
                    "Do you have new numbness between your legs, or new trouble holding pee or poop?",
                    yes_no_not_sure(),
                    show_if=q("pain_sites").has("back", "spine"),
                    seed="severe pain, especially in the spinal cord and brain",
                    use="Possible pressure on the spinal nerves: same-day emergency check.",
                    card="emergency",
                ),
                Question(
                    "pain_surgery_what",
                    "Which surgery, and what year?",
                    Text(max_length=200),
                    show_if=q("pain_sites").has("after_surgery"),
                    missing="Tell us what surgery it was, and the year",
                    seed="recovering from surgery or high levels of chronic pain",
                    use="Post-surgical pain history; also links to the surgery safety check.",
                ),
                Question(
                    "pain_injury_cause",
                    "How did the injury happen?",
                    Choice(
                        {
                            "fall": "A fall",
                            "road": "A car, bike or road accident",
                            "work": "At work",
                            "sport": "Sport",
                            "harmed": "Someone hurt me",
                            "other": "Something else",
                            "rather_not": "Rather not say here",
                        }
                    ),
                    show_if=q("pain_sites").has("injury"),
                    missing="Pick how the injury happened",
                    seed="serious injuries due to falls, accidents, and so on",
                    use="Mechanism; prompts a check for head injury and trauma.",
                    card="fit",
                ),
                Question(
                    "pain_other_site",
                    "Where else is your pain?",
                    Text(max_length=150),
                    show_if=q("pain_sites").has("other"),
                    missing="Tell us where else your pain is",
                    example="left elbow",
                    seed="high levels of chronic pain",
                    use="Site in the patient's words.",
                ),
            ),
        ),
    ),
)
