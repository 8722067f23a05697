"""Safety checks: what the two articles name as reasons not to treat, each with what is asked after a yes."""

from ..conditions import any_of, q
from ..kinds import Choice, Choices, Text, yes_no_not_sure
from ..pages import Page, Question, Step

STEP = Step(
    "safety",
    "Safety checks",
    "Your health",
    (
        Page(
            "safety_rows",
            "Safety checks",
            (
                Question(
                    "anesthetic_allergy",
                    "Allergic reaction to an anesthetic, ever",
                    yes_no_not_sure(),
                    help="Medicine that numbs you or puts you to sleep",
                    seed="Patients who are allergic to anesthesia",
                    use="Named by the article as a reason not to treat. Find out which drug and what happened.",
                    card="anesthetic",
                ),
                Question(
                    "steroid_allergy",
                    "Allergic reaction to a steroid medicine, ever",
                    yes_no_not_sure(),
                    help="Such as prednisone",
                    seed="allergic to anesthesia or steroids",
                    use="Named by the article. Also matters because steroids treat allergic emergencies. Gym steroids are a different thing; the help line says which are meant.",
                    card="steroids",
                ),
                Question(
                    "steroid_reaction",
                    "What happened with the steroid?",
                    Choices(
                        {
                            "rash_swelling": "Rash or swelling",
                            "breathing": "Trouble breathing",
                            "passed_out": "Passed out",
                            "mood": "Big mood change",
                            "sugar_pressure": "High blood sugar or blood pressure",
                            "other": "Something else",
                            "not_sure": "Not sure",
                        }
                    ),
                    help="Pick all that apply",
                    show_if=q("steroid_allergy").is_("yes"),
                    seed="allergic to anesthesia or steroids",
                    use="Tells a true allergy from a side effect; a mood change may be drug-induced mania.",
                    card="steroids",
                ),
                Question(
                    "ketamine_allergy",
                    "Allergic reaction to ketamine, ever",
                    yes_no_not_sure(),
                    seed="some drugs have an allergic reaction after they are used",
                    use="A firm reason not to treat until tested.",
                    card="ketamine",
                ),
                Question(
                    "surgery_major",
                    "Brain, eye or heart surgery, ever",
                    yes_no_not_sure(),
                    seed="who have had surgery",
                    use="These three carry their own cautions, however long ago.",
                    card="surgery",
                ),
                Question(
                    "cancer_now",
                    "Cancer or cancer care in the last year",
                    yes_no_not_sure(),
                    seed="are undergoing chemotherapy",
                    use="Opens the cancer questions. Nobody else has to read them.",
                    card="cancer",
                ),
                Question(
                    "chemo_now",
                    "Chemotherapy now",
                    yes_no_not_sure(),
                    help="Cancer medicine, by drip or pills",
                    seed="are undergoing chemotherapy",
                    use="Named by the article as a reason not to treat now. Needs the cancer team's view.",
                    card="cancer",
                ),
                Question(
                    "chemo_last",
                    "Your last chemotherapy?",
                    Choice(
                        {
                            "never": "I have not had it",
                            "this_month": "In the last month",
                            "months_1_to_6": "1 to 6 months ago",
                            "months_6_to_12": "6 to 12 months ago",
                            "over_1_year": "More than a year ago",
                            "not_sure": "Not sure",
                        }
                    ),
                    show_if=any_of(
                        q("cancer_now").in_("yes", "not_sure"), q("chemo_now").in_("yes", "not_sure")
                    ),
                    missing="Pick when your last chemotherapy was",
                    seed="are undergoing chemotherapy",
                    use="How recent; blood counts, heart and nausea risk.",
                    card="cancer",
                ),
                Question(
                    "chemo_notes",
                    "Which cancer and treatments? (optional)",
                    Text(max_length=300),
                    required=False,
                    show_if=any_of(q("cancer_now").is_("yes"), q("chemo_now").is_("yes")),
                    seed="are undergoing chemotherapy",
                    use="For the call to the cancer team.",
                ),
                Question(
                    "cancer_team_knows",
                    "Does your cancer team know you ask about ketamine?",
                    yes_no_not_sure(),
                    show_if=any_of(q("cancer_now").is_("yes"), q("chemo_now").is_("yes")),
                    seed="are undergoing chemotherapy",
                    use="Whether there is a letter, or one is needed.",
                    card="cancer",
                ),
            ),
            lines=True,
        ),
        Page(
            "surgery",
            "Surgery and anesthetics",
            (
                Question(
                    "surgery_last",
                    "Your last surgery, big or small?",
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
                        q("surgery_last").in_(
                            "under_6_weeks", "weeks_6_to_months_6", "months_6_to_12", "not_sure"
                        ),
                        q("surgery_major").in_("yes", "not_sure"),
                    ),
                    seed="who have had surgery",
                    use="Brain, eye and heart surgery carry their own cautions.",
                    card="surgery",
                ),
                Question(
                    "surgery_notes",
                    "Anything to know about the surgery? (optional)",
                    Text(max_length=400),
                    required=False,
                    show_if=q("surgery_last").in_("under_6_weeks", "weeks_6_to_months_6", "months_6_to_12"),
                    seed="who have had surgery",
                    use="Own words, under the surgery flag.",
                ),
                Question(
                    "surgery_planned",
                    "Surgery planned?",
                    yes_no_not_sure(),
                    seed="who have had surgery",
                    use="Timing with the surgical team.",
                    card="surgery",
                ),
                Question(
                    "anesthetic_problem",
                    "Any other problem with an anesthetic, ever?",
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
                            "tube": "Breathing tube hard to put in",
                            "fever": "High fever or stiff muscles",
                            "heart": "Heart or pressure trouble",
                            "wake_slow": "Slow to wake",
                            "wake_confused": "Woke scared or mixed up",
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
                    "Which anesthetic was it, and when? (optional)",
                    Text(max_length=300),
                    required=False,
                    show_if=any_of(q("anesthetic_allergy").is_("yes"), q("anesthetic_problem").is_("yes")),
                    seed="Patients who are allergic to anesthesia",
                    use="Helps trace old records.",
                ),
            ),
        ),
    ),
)
