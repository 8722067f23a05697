"""Your details: name, birth date, how to reach you, and an emergency contact."""

from ..conditions import q
from ..kinds import Day, Text
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
                    "Name you go by (optional)",
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
                    "Your phone number",
                    Text(max_length=30, form="phone"),
                    exit={"rather_not": "I have no phone"},
                    missing="Enter your phone number, or pick “I have no phone”",
                    seed="general information about you",
                    use="The call-back number when a safety answer needs a same-day call.",
                ),
                Question(
                    "email",
                    "Email address",
                    Text(max_length=254, form="email"),
                    exit={"rather_not": "I have no email"},
                    missing="Enter your email address, or pick “I have no email”",
                    seed="general information about you",
                    use="Return link and follow-up check-ins.",
                ),
                Question(
                    "ec_name",
                    "Emergency contact (an adult)",
                    Text(max_length=120, form="name"),
                    exit={"rather_not": "No one I can name"},
                    missing="Enter the name of an adult to call in an emergency, or pick “No one I can name”",
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
