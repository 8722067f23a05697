"""Allergies, one at a time."""

from ..conditions import q
from ..kinds import Choice, Choices, Group, Text, yes_no_not_sure
from ..pages import Page, Question, Step

STEP = Step(
    "allergies",
    "Allergies",
    "Your health",
    (
        Page(
            "allergies",
            "Allergies",
            (
                Question(
                    "allergy_any",
                    "Are you allergic to any other medicine, food, latex or tape?",
                    yes_no_not_sure(),
                    help="You don't need to repeat one you told us about",
                    seed="some drugs have an allergic reaction after they are used",
                    use="Gives the status every record needs: allergies, none known, or not yet known.",
                    card="allergies",
                ),
                Question(
                    "allergies",
                    "Your allergies",
                    Group(
                        item_name="allergy",
                        most=15,
                        entries=(
                            Question(
                                "allergy_to",
                                "What are you allergic to?",
                                Text(max_length=100),
                                missing="Tell us what you are allergic to",
                                example="penicillin",
                            ),
                            Question(
                                "allergy_reaction",
                                "What happens?",
                                Choices(
                                    {
                                        "rash": "Rash or itching",
                                        "swelling": "Swollen face, lips or throat",
                                        "breathing": "Trouble breathing",
                                        "passed_out": "Passed out",
                                        "stomach": "Upset stomach",
                                        "other": "Something else",
                                        "not_sure": "I'm not sure",
                                    }
                                ),
                                help="Pick all that apply",
                                missing="Tell us what happens when you have {}",
                            ),
                            Question(
                                "allergy_when",
                                "When did it last happen?",
                                Choice(
                                    {
                                        "year": "In the last year",
                                        "older": "Longer ago",
                                        "child": "As a child",
                                        "not_sure": "I'm not sure",
                                    }
                                ),
                                missing="Tell us when {} last made you ill",
                            ),
                            Question(
                                "allergy_hospital",
                                "Did you need a hospital or an EpiPen?",
                                yes_no_not_sure(),
                                missing="Tell us if you needed a hospital for {}",
                            ),
                        ),
                    ),
                    help="Add them one at a time",
                    show_if=q("allergy_any").is_("yes"),
                    missing="Add at least one allergy, or change your answer to No",
                    seed="some drugs have an allergic reaction after they are used",
                    use="Substance, reaction, date and severity: enough to tell an allergy from an upset stomach.",
                    card="allergies",
                ),
            ),
        ),
    ),
)
