"""Before you start: danger now, who is filling in, and the privacy line."""

from ..conditions import q
from ..how_used import HOW_USED
from ..kinds import Choice, Choices, Identity, Statement, Text
from ..pages import Page, Question, Step

STEP = Step(
    "start",
    "Before you start",
    "Start",
    (
        Page(
            "start",
            "Start your health check",
            (
                Question(
                    "verify_dob",
                    "What is your date of birth?",
                    Identity("Date of birth", oldest_years=115),
                    help="So only you can open it",
                    missing="Enter your date of birth",
                    use="Opens the invitation link. Matched to the date the clinic holds, not stored as a new answer; it fills in 'dob' so nobody types it twice.",
                ),
                Question(
                    "language",
                    "Your language",
                    Choice({"en": "English", "es": "Español", "other": "Another language. Please call me"}),
                    missing="Pick the language you want to use",
                    use="Form language, letters and visits. Filled in from the invitation; 'other' puts a call on the admin list.",
                    card="capacity",
                ),
            ),
        ),
        Page(
            "right_now",
            "Are you safe right now?",
            (
                Question(
                    "urgent_now",
                    "Any of these right now?",
                    Choices(
                        {
                            "chest_pain": "Bad chest pain",
                            "breathing": "Hard to breathe",
                            "seizure": "A seizure, or passing out",
                            "overdose": "Too much of a medicine or drug",
                            "weakness": "Sudden weak arm or drooping face",
                            "end_life": "You want to end your life, or have hurt yourself",
                            "none": "None of these",
                        }
                    ),
                    help="We show you who to call",
                    seed="seizures, breathing irregularities, chest pains",
                    use="Turns people in danger away from a form and toward help. Any pick alerts the clinic at once.",
                    card="emergency",
                ),
            ),
        ),
        Page(
            "begin",
            "Before you begin",
            (
                Question(
                    "filled_by",
                    "Who is filling this in?",
                    Choice(
                        {
                            "self": "Me",
                            "self_with_help": "Me, with help",
                            "for_patient": "Someone else",
                        }
                    ),
                    missing="Pick who is filling this in",
                    use="Tells the clinician whose words these are and sets who must sign. When it is not the patient, a line at the top of each page says who 'you' means.",
                    card="capacity",
                ),
                Question(
                    "filler_role",
                    "What is your part?",
                    Choice(
                        {
                            "parent_guardian": "I am the patient's parent or guardian",
                            "legal": "I have the legal right to choose for the patient",
                            "typing": "I am typing what the patient tells me",
                            "staff": "I am clinic staff, typing for the patient",
                        }
                    ),
                    show_if=q("filled_by").is_("for_patient"),
                    missing="Pick what your part is",
                    use="Sets who must sign. A parent or legal decision-maker shows proof at the first visit; a person who is only typing cannot consent.",
                    card="capacity",
                ),
                Question(
                    "helper_name",
                    "What is the helper's name?",
                    Text(max_length=120, form="name"),
                    show_if=q("filled_by").in_("self_with_help", "for_patient"),
                    missing="Enter the helper's name",
                    example="Lee Ashdown",
                    use="Recorded on the signature page and in the audit trail.",
                ),
                Question(
                    "private_part",
                    "How do you want to answer private questions?",
                    Choice(
                        {
                            "alone": "On my own",
                            "with_helper": "With my helper",
                            "ask_me": "Not here. Please ask me by phone or at the clinic",
                        }
                    ),
                    help="They are about mood, safety, alcohol and drugs",
                    show_if=q("filled_by").in_("self_with_help", "for_patient"),
                    missing="Pick how you want to answer the private questions",
                    use="If 'ask me', the private steps are marked ask_me and a call goes on the clinician's to-ask list.",
                    card="capacity",
                ),
                Question(
                    "privacy_ok",
                    "I have read how the clinic uses my answers",
                    Statement(),
                    notice=HOW_USED,
                    use="Record that the privacy notice (with its version number) was shown before any health answer was taken.",
                ),
            ),
        ),
    ),
)
