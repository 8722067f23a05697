"""Treatment day and life at home."""

from ..conditions import q
from ..kinds import Choice, Text, yes_no, yes_no_not_sure
from ..pages import Page, Question, Step

STEP = Step(
    "ready_home",
    "Treatment day and home",
    "Getting ready",
    (
        Page(
            "treatment_day",
            "Plan for treatment day",
            (
                Question(
                    "escort",
                    "Can an adult take you home after each visit?",
                    Choice(
                        {
                            "emergency_contact": "Yes, the person I named for emergencies",
                            "other_person": "Yes, someone else",
                            "not_yet": "Not yet, but I can find someone",
                            "no": "No, I have no one to ask",
                        }
                    ),
                    help="You cannot drive until the next day, after a night's sleep",
                    missing="Pick if an adult can take you home",
                    seed="what medications you should avoid during and after the treatment",
                    use="No escort, no session. 'No' starts a call about other ways, not a refusal.",
                    card="home",
                ),
                Question(
                    "escort_name",
                    "Their name and phone number",
                    Text(max_length=160, free=False),
                    show_if=q("escort").is_("other_person"),
                    missing="Enter their name and phone number",
                    example="Lee Ashdown, 555 010 0199",
                    use="Called when the patient is ready to go.",
                ),
                Question(
                    "adult_stay",
                    "Can an adult be with you for the rest of that day?",
                    Choice({"yes": "Yes", "not_yet": "I can plan it", "no": "No"}),
                    missing="Pick if an adult can be with you that day",
                    seed="temporary analgesia, memory loss, and relaxation",
                    use="People can be dizzy or forgetful for hours.",
                    card="home",
                ),
                Question(
                    "drives",
                    "Do you drive, or work with machines or at heights?",
                    yes_no(),
                    help="We ask so we can plan time off with you",
                    seed="temporary analgesia, memory loss, and relaxation",
                    use="Time off work and driving advice.",
                    card="home",
                ),
                Question(
                    "meds_changed",
                    "Has any medicine been started, stopped or changed in the last month?",
                    yes_no_not_sure(),
                    seed="what medications you should avoid during and after the treatment",
                    use="Unstable doses muddy both safety and results.",
                    card="medicines",
                ),
            ),
        ),
        Page(
            "home",
            "Life at home",
            (
                Question(
                    "lives_with",
                    "Who do you live with?",
                    Choice(
                        {
                            "alone": "I live alone",
                            "partner_family": "Partner or family",
                            "others": "Friends or housemates",
                            "supported": "A care home or supported home",
                            "no_home": "I have no steady home now",
                        }
                    ),
                    missing="Pick who you live with",
                    use="Safety after sessions and in a crisis.",
                    card="home",
                ),
                Question(
                    "caring_for",
                    "Does anyone depend on you for care?",
                    yes_no(),
                    help="Such as children or an older person",
                    use="Someone else must care for them for 24 hours.",
                    card="home",
                ),
                Question(
                    "contraception",
                    "Do you use birth control?",
                    Choice(
                        {
                            "yes": "Yes",
                            "no": "No",
                            "not_needed": "I don't need it",
                            "rather_not": "Rather not say",
                        }
                    ),
                    show_if=q("pregnancy_status").in_("no", "trying", "maybe"),
                    missing="Pick if you use birth control",
                    use="Treatment runs over weeks; plan to avoid pregnancy in that time.",
                    card="pregnancy",
                ),
                Question(
                    "safe_home",
                    "Do you feel safe with the people in your life?",
                    Choice({"yes": "Yes", "no": "No", "rather_not": "Rather not say"}),
                    help="It is left off every copy you can print",
                    show_if=q("filled_by").is_("self"),
                    missing="Pick an answer, or pick “Rather not say”",
                    use="An unsafe escort or home is a risk after sedation. Never shown when a helper is filling in the form, and left off the patient's printed copy.",
                    card="unsafe_home",
                    on_copy=False,
                ),
            ),
        ),
    ),
)
