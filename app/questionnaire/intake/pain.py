"""Pain: what is asked of whoever wants help with it, right under that."""

from ..conditions import q
from ..kinds import Choice, Choices, Text, yes_no_not_sure
from ..pages import Question

PAIN = (
    Question(
        "pain_sites",
        "Where is your pain?",
        Choices(
            {
                "headache": "Head or face",
                "back": "Back",
                "spine": "Spine",
                "after_surgery": "After surgery",
                "injury": "From an injury",
                "nerve": "Nerve pain (burning, shooting)",
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
        "New with your headache in the last month: sudden and very bad, worse lying down, throwing up, or blurred sight?",
        yes_no_not_sure(),
        show_if=q("pain_sites").has("headache"),
        seed="severe pain, especially in the spinal cord and brain",
        use="Possible raised pressure in the head or a bleed: needs a doctor before anything else.",
        card="head",
    ),
    Question(
        "back_warning",
        "New numbness between your legs, or new trouble holding pee or poop?",
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
                "rather_not": "Rather not say",
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
)
