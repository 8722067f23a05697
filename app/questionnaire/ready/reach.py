"""Where you live, how to reach you, and help you may need."""

from ..kinds import Choice, Choices, Text, yes_no
from ..pages import Page, Question, Step

STEP = Step(
    "ready_about",
    "Where you live and help you need",
    "Getting ready",
    (
        Page(
            "address",
            "How to reach you",
            (
                Question(
                    "pronouns",
                    "Which pronouns should we use? (optional)",
                    Choices(
                        {
                            "she": "She, her",
                            "he": "He, him",
                            "they": "They, them",
                            "name_only": "Just use my name",
                        }
                    ),
                    required=False,
                    use="Shown beside the name on staff screens. A clinic can turn this question off.",
                ),
                Question(
                    "message_private",
                    "Can our messages to you name the clinic?",
                    Choice({"yes": "Yes", "no": "No, keep them plain"}),
                    help="Until you tell us, we keep them plain",
                    missing="Pick if our messages can name the clinic",
                    use="Keeps people safe who have not told others. Changes the sender line and wording of every message.",
                ),
                Question(
                    "address",
                    "Home address",
                    Text(max_length=300, free=False),
                    help="We only use this for letters, or to send help in an emergency",
                    exit={"rather_not": "I have no steady address now"},
                    missing="Enter your home address, or pick “I have no steady address now”",
                    example="12 Oak Street, Fresno",
                    seed="general information about you",
                    use="Where to send help if someone is in danger. Export: drop; state only in the de-identified file.",
                ),
                Question(
                    "contact_best",
                    "How do you like us to reach you?",
                    Choice({"text_message": "Text message", "call": "Phone call", "email": "Email"}),
                    missing="Pick how you like us to reach you",
                    use="Which way staff and reminders try first.",
                ),
                Question(
                    "ec_relationship",
                    "The person you named for emergencies: who are they to you?",
                    Choice(
                        {
                            "partner": "Husband, wife or partner",
                            "parent": "Parent",
                            "child": "Son or daughter",
                            "other_family": "Other family",
                            "friend": "Friend",
                            "carer": "Carer or support worker",
                            "other": "Someone else",
                        }
                    ),
                    missing="Pick who the person you named is to you",
                    use="So staff know how to open the call.",
                ),
                Question(
                    "ec_share",
                    "What may we tell the person you named for emergencies?",
                    Choice(
                        {
                            "emergency_only": "Only what is needed in an emergency",
                            "visits": "When my visits are, so they can help me get home",
                            "all": "Anything about my treatment",
                        }
                    ),
                    missing="Pick what we may tell the person you named",
                    use="The limit on what staff may say on the phone.",
                ),
            ),
        ),
        Page(
            "support",
            "Help you may need",
            (
                Question(
                    "interpreter",
                    "Do you want an interpreter at your visit?",
                    yes_no(),
                    help="This includes sign language. It is free",
                    use="Booking. Consent talks must not rest on a family member's translation.",
                    card="capacity",
                ),
                Question(
                    "access_needs",
                    "What would make your visit easier? (optional)",
                    Choices(
                        {
                            "wheelchair": "Step-free way in, or space for a wheelchair",
                            "lie_down": "A place to lie down because of pain",
                            "quiet": "A quiet, dim room",
                            "large_print": "Large print or a screen reader file",
                            "hearing": "Help with hearing",
                            "extra_time": "Extra time",
                            "carer": "Someone with me the whole time",
                            "none": "None of these",
                        }
                    ),
                    help="Pick all that apply",
                    required=False,
                    use="Room and time planning on the day.",
                ),
            ),
        ),
    ),
)
