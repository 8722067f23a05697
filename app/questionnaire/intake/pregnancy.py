"""Pregnancy and breastfeeding, by sex on the birth record."""

from ..conditions import q
from ..kinds import Choice, yes_no
from ..pages import Page, Question, Step

STEP = Step(
    "pregnancy",
    "Pregnancy and breastfeeding",
    "Private questions",
    (
        Page(
            "pregnancy",
            "Pregnancy and breastfeeding",
            (
                Question(
                    "pregnancy_status",
                    "Could you be pregnant?",
                    Choice(
                        {
                            "not_possible": "No, not possible",
                            "no": "No",
                            "trying": "Not now, but trying",
                            "maybe": "Maybe",
                            "yes": "Yes, I am pregnant",
                            "rather_not": "Rather not say",
                        }
                    ),
                    show_if=q("sex_at_birth").in_("female", "intersex", "tell_clinician"),
                    missing="Pick if you could be pregnant",
                    seed="history of your physical and mental health before deciding on your treatment plan",
                    use="Treatment is not given in pregnancy as a rule. Test before each session if unsure.",
                    card="pregnancy",
                ),
                Question(
                    "breastfeeding",
                    "Are you breastfeeding or chestfeeding?",
                    yes_no(),
                    show_if=q("sex_at_birth").in_("female", "intersex", "tell_clinician"),
                    seed="history of your physical and mental health before deciding on your treatment plan",
                    use="Hold, or plan a gap.",
                    card="pregnancy",
                ),
            ),
        ),
    ),
    private=True,
)
