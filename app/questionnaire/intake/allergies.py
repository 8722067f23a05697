"""Allergies, one at a time."""

from ..conditions import q
from ..kinds import Choice, Choices, Group, Text, yes_no_not_sure
from ..pages import Question

ALLERGIES = (
    Question(
        "allergy_any",
        "Allergic to another medicine, food, latex or tape, ever",
        yes_no_not_sure(),
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
                    "Allergic to what?",
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
                            "not_sure": "Not sure",
                        }
                    ),
                    help="Pick all that apply",
                    missing="Tell us what happens when you have {}",
                ),
                Question(
                    "allergy_when",
                    "Last time?",
                    Choice(
                        {
                            "year": "In the last year",
                            "older": "Longer ago",
                            "child": "As a child",
                            "not_sure": "Not sure",
                        }
                    ),
                    missing="Tell us when {} last made you ill",
                ),
                Question(
                    "allergy_hospital",
                    "Hospital or EpiPen needed?",
                    yes_no_not_sure(),
                    missing="Tell us if you needed a hospital for {}",
                ),
            ),
        ),
        show_if=q("allergy_any").is_("yes"),
        missing="Add at least one allergy, or change your answer to No",
        seed="some drugs have an allergic reaction after they are used",
        use="Substance, reaction, date and severity: enough to tell an allergy from an upset stomach.",
        card="allergies",
    ),
)
