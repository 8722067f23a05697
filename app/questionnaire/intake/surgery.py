"""Surgery and anesthetics, ever."""

from ..conditions import any_of, q
from ..kinds import Choice, Choices, Text, yes_no_not_sure
from ..pages import Question

SURGERY = (
    Question(
        "surgery_major",
        "Brain, eye or heart surgery, ever",
        yes_no_not_sure(),
        seed="who have had surgery",
        use="These three carry their own cautions, however long ago.",
        card="surgery",
    ),
    Question(
        "surgery_last",
        "Your last surgery, even small?",
        Choice(
            {
                "never": "Never",
                "under_6_weeks": "In the last 6 weeks",
                "weeks_6_to_months_6": "6 weeks to 6 months ago",
                "months_6_to_12": "6 to 12 months ago",
                "over_1_year": "Over a year ago",
                "not_sure": "Not sure",
            }
        ),
        missing="Pick when your last surgery was",
        seed="who have had surgery",
        use="The article counts any past surgery against treatment. We record it and let a clinician weigh how recent and where it was.",
        card="surgery",
    ),
    Question(
        "surgery_areas",
        "Where was the surgery?",
        Choices(
            {
                "brain": "Brain or head",
                "eye": "Eye",
                "heart": "Heart or blood vessels",
                "lung": "Lung or chest",
                "spine": "Spine or neck",
                "stomach": "Stomach or bowel",
                "bones": "Bones or joints",
                "womb": "Womb or C-section",
                "other": "Somewhere else",
                "not_sure": "Not sure",
            }
        ),
        help="Pick all that apply",
        show_if=any_of(
            q("surgery_last").in_("under_6_weeks", "weeks_6_to_months_6", "months_6_to_12", "not_sure"),
            q("surgery_major").in_("yes", "not_sure"),
        ),
        seed="who have had surgery",
        use="Brain, eye and heart surgery carry their own cautions.",
        card="surgery",
    ),
    Question(
        "surgery_notes",
        "More about the surgery (optional)",
        Text(max_length=400),
        required=False,
        show_if=q("surgery_last").in_("under_6_weeks", "weeks_6_to_months_6", "months_6_to_12"),
        seed="who have had surgery",
        use="Own words, under the surgery flag.",
    ),
    Question(
        "surgery_planned",
        "Surgery planned",
        yes_no_not_sure(),
        seed="who have had surgery",
        use="Timing with the surgical team.",
        card="surgery",
    ),
    Question(
        "anesthetic_problem",
        "Any other problem with an anesthetic, ever",
        yes_no_not_sure(),
        seed="allergic reaction to the anesthesia that is used",
        use="Airway, waking and fever problems.",
        card="anesthetic",
    ),
    Question(
        "anesthetic_problem_what",
        "What happened with the anesthetic?",
        Choices(
            {
                "rash_swelling": "Rash or swelling",
                "breathing": "Trouble breathing",
                "tube": "Breathing tube trouble",
                "fever": "High fever or stiff muscles",
                "heart": "Heart or pressure trouble",
                "wake_slow": "Slow to wake",
                "wake_confused": "Woke scared or confused",
                "awake": "Awake during surgery",
                "sick": "Sick afterward",
                "other": "Something else",
                "not_sure": "Not sure",
            }
        ),
        help="Pick all that apply",
        show_if=any_of(q("anesthetic_allergy").is_("yes"), q("anesthetic_problem").is_("yes")),
        seed="allergic reaction to the anesthesia that is used",
        use="Which problem, so the anesthesia lead can weigh it.",
        card="anesthetic",
    ),
    Question(
        "anesthetic_notes",
        "Which anesthetic, when? (optional)",
        Text(max_length=300),
        required=False,
        show_if=any_of(q("anesthetic_allergy").is_("yes"), q("anesthetic_problem").is_("yes")),
        seed="Patients who are allergic to anesthesia",
        use="Helps trace old records.",
    ),
)
