"""Your doctors, and who may talk with them."""

from ..conditions import q
from ..kinds import Choice, Text, yes_no, yes_no_not_sure
from ..pages import Page, Question, Step

STEP = Step(
    "ready_doctors",
    "Your doctors",
    "Getting ready",
    (
        Page(
            "doctors",
            "Your doctors",
            (
                Question(
                    "gp_have",
                    "Do you have a primary doctor?",
                    yes_no_not_sure(),
                    help="The doctor you see for most things",
                    seed="speak with your doctor about the potential side effects",
                    use="Who to ask for records. No doctor means no outside check on the history.",
                    card="doctors",
                ),
                Question(
                    "gp_name",
                    "Doctor's name or clinic, and town",
                    Text(max_length=200, free=False),
                    help="For example, Dr. Lee, Oak Street Clinic, Fresno",
                    show_if=q("gp_have").is_("yes"),
                    missing="Enter your doctor's name or clinic, and town",
                    seed="speak with your doctor about the potential side effects",
                    use="Records request.",
                ),
                Question(
                    "gp_share",
                    "Can we talk with this doctor about your care?",
                    Choice({"yes": "Yes", "ask_first": "Ask me first", "no": "No"}),
                    help="It helps us check what is safe for you",
                    show_if=q("gp_have").is_("yes"),
                    missing="Pick if we can talk with this doctor",
                    seed="speak with your doctor about the potential side effects",
                    use="Permission to contact. 'No' is allowed and does not block the form.",
                    card="doctors",
                ),
                Question(
                    "mh_clinician",
                    "Do you see anyone for your mental health?",
                    yes_no(),
                    help="Such as a therapist or a psychiatrist",
                    seed="history of your physical and mental health before deciding on your treatment plan",
                    use="Existing care, safety net and who to share with.",
                ),
                Question(
                    "mh_clinician_name",
                    "Their name or clinic (optional)",
                    Text(max_length=200, free=False),
                    required=False,
                    show_if=q("mh_clinician").is_("yes"),
                    seed="history of your physical and mental health before deciding on your treatment plan",
                    use="Shared care, with permission.",
                ),
                Question(
                    "referral",
                    "Who told you about this clinic?",
                    Choice(
                        {
                            "self": "I found it myself",
                            "primary": "My primary doctor",
                            "psychiatrist": "A psychiatrist or therapist",
                            "pain": "A pain or headache doctor",
                            "addiction": "An addiction service",
                            "friend": "A friend or family member",
                            "other": "Someone else",
                        }
                    ),
                    missing="Pick who told you about this clinic",
                    use="Whether a referral letter should exist. Also an admin report.",
                ),
            ),
        ),
    ),
)
