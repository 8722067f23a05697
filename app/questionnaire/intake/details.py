"""Your details: name, birth date, how to reach you, sex and gender, emergency contact."""

from ..conditions import q
from ..kinds import Choice, Day, Text
from ..pages import Page, Question, Step

STEP = Step(
    "details",
    "Your details",
    "About you",
    (
        Page(
            "you",
            "Check your details",
            (
                Question(
                    "first_name",
                    "First name",
                    Text(max_length=80, form="name"),
                    missing="Enter your first name",
                    example="Robin",
                    seed="general information about you",
                    use="Identity.",
                ),
                Question(
                    "last_name",
                    "Last name",
                    Text(max_length=80, form="name"),
                    exit={"rather_not": "I have only one name"},
                    missing="Enter your last name, or pick “I have only one name”",
                    example="Ashdown",
                    seed="general information about you",
                    use="Identity. Same-name warning in the queue.",
                ),
                Question(
                    "preferred_name",
                    "What should we call you? (optional)",
                    Text(max_length=80, form="name"),
                    required=False,
                    use="Shown first on every staff screen so people are greeted the right way.",
                ),
                Question(
                    "dob",
                    "Date of birth",
                    Day("Date of birth", oldest_years=115),
                    missing="Enter your date of birth",
                    seed="your age, height, weight, gender",
                    use="Gives age for dosing, risk and consent rules. Under the clinic's lowest age: form stops kindly.",
                    card="capacity",
                ),
                Question(
                    "phone",
                    "Phone number we should call",
                    Text(max_length=30, form="phone"),
                    exit={"rather_not": "I have no phone"},
                    missing="Enter the phone number we should call, or pick “I have no phone”",
                    seed="general information about you",
                    use="The call-back number when a safety answer needs a same-day call.",
                ),
                Question(
                    "email",
                    "Email address",
                    Text(max_length=254, form="email"),
                    exit={"rather_not": "I don't have an email address"},
                    missing="Enter your email address, or pick “I don't have an email address”",
                    seed="general information about you",
                    use="Return link and follow-up check-ins.",
                ),
            ),
        ),
        Page(
            "sex_gender",
            "Your sex and gender",
            (
                Question(
                    "sex_at_birth",
                    "What sex was put on your birth record?",
                    Choice(
                        {
                            "female": "Female",
                            "male": "Male",
                            "intersex": "Intersex, or my body differs from these two",
                            "tell_clinician": "I'd rather tell the clinician",
                        }
                    ),
                    help="This changes some safety checks, such as pregnancy",
                    missing="Pick what sex was put on your birth record",
                    seed="your age, height, weight, gender",
                    use="Decides whether the pregnancy page shows; normal ranges for tests. Never used to greet anyone.",
                    card="capacity",
                ),
                Question(
                    "gender",
                    "Which words fit your gender best? (optional)",
                    Choice(
                        {
                            "woman": "Woman",
                            "man": "Man",
                            "non_binary": "Non-binary",
                            "own_words": "I use other words",
                            "rather_not": "I'd rather not say",
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
            ),
        ),
        Page(
            "contacts",
            "Someone we can call in an emergency",
            (
                Question(
                    "ec_name",
                    "Name of an adult you trust",
                    Text(max_length=120, form="name"),
                    exit={"rather_not": "I have no one I can name"},
                    missing="Enter the name of an adult you trust, or pick “I have no one I can name”",
                    example="Lee Ashdown",
                    use="Called if the patient is unwell on site, or cannot be reached after a safety alert.",
                    card="home",
                ),
                Question(
                    "ec_phone",
                    "Their phone number",
                    Text(max_length=30, form="phone"),
                    show_if=q("ec_name").not_in("rather_not"),
                    missing="Enter their phone number",
                    use="Emergency call.",
                ),
            ),
        ),
    ),
)
