"""Mood (PHQ-9), thoughts of ending your life, and mental health so far. Asked with notice and a way to do it by voice."""

from ..conditions import any_of, q
from ..instruments import PHQ9
from ..kinds import Choice, Choices, Scale, Text, yes_no_not_sure_skip
from ..pages import Page, Question, Step

STEP = Step(
    "mood",
    "Your mood and mental health",
    "Private questions",
    (
        Page(
            "phq9",
            "Your mood",
            (
                Question(
                    "scale_phq9",
                    "Mood questionnaire (PHQ-9)",
                    Scale(PHQ9),
                    seed="treatment of depression and anxiety",
                    use="Baseline depression score, trend, and item 9. Item 9 is exposed to rules as scale_phq9_item9.",
                    card="suicide",
                ),
            ),
            intro=(
                "The next questions are private: mood, safety, alcohol, drugs.",
                "A clinician reads them. Rather talk? Use the button below.",
            ),
        ),
        Page(
            "suicide",
            "Thoughts of ending your life",
            (
                Question(
                    "suicide_thoughts",
                    "In the last month, have you thought about ending your life?",
                    Choice(
                        {
                            "no": "No",
                            "sometimes": "Yes, now and then",
                            "often": "Yes, often",
                            "rather_not": "Rather not say",
                        }
                    ),
                    help="We ask everyone",
                    missing="Pick an answer about thoughts of ending your life",
                    seed="history of your physical and mental health before deciding on your treatment plan",
                    use="Asked on its own as well as PHQ-9 item 9, because item 9 alone misses many people at risk.",
                    card="suicide",
                ),
                Question(
                    "suicide_attempt",
                    "Have you ever tried to end your life?",
                    yes_no_not_sure_skip(),
                    seed="history of your physical and mental health before deciding on your treatment plan",
                    use="The strongest single sign of later risk.",
                    card="suicide",
                ),
            ),
        ),
        Page(
            "suicide_more",
            "Thank you for telling us",
            (
                Question(
                    "suicide_today",
                    "Are you having these thoughts today?",
                    yes_no_not_sure_skip(),
                    show_if=any_of(
                        q("suicide_thoughts").in_("sometimes", "often"), q("scale_phq9_item9").gte(1)
                    ),
                    seed="history of your physical and mental health before deciding on your treatment plan",
                    use="Decides whether the clinic is alerted now.",
                    card="suicide",
                ),
                Question(
                    "suicide_plan",
                    "Have you thought about how you would do it, or got anything ready?",
                    yes_no_not_sure_skip(),
                    show_if=any_of(
                        q("suicide_thoughts").in_("sometimes", "often"), q("scale_phq9_item9").gte(1)
                    ),
                    seed="history of your physical and mental health before deciding on your treatment plan",
                    use="A plan raises the level. Details are asked by a person, never by this form.",
                    card="suicide",
                ),
                Question(
                    "suicide_attempt_when",
                    "When was the last time you tried?",
                    Choice(
                        {
                            "past_3_months": "In the last 3 months",
                            "year": "3 to 12 months ago",
                            "older": "Over a year ago",
                            "rather_not": "Rather not say",
                        }
                    ),
                    show_if=q("suicide_attempt").is_("yes"),
                    missing="Pick when the last time was",
                    seed="history of your physical and mental health before deciding on your treatment plan",
                    use="Recent attempts count most.",
                    card="suicide",
                ),
                Question(
                    "callback",
                    "Would you like a call from the clinic?",
                    Choice(
                        {
                            "today": "Yes, today if you can",
                            "when_open": "Yes, when you open",
                            "visit": "Let's talk at my visit",
                            "no": "No, thank you",
                        }
                    ),
                    show_if=any_of(
                        q("urgent_now").has("end_life"),
                        q("suicide_thoughts").in_("sometimes", "often"),
                        q("scale_phq9_item9").gte(1),
                        q("suicide_today").is_("yes"),
                        q("suicide_plan").is_("yes"),
                        q("suicide_attempt_when").is_("past_3_months"),
                    ),
                    missing="Pick if you would like a call",
                    use="An easy next step that does not depend on the patient picking up a phone. When a check-in opens a crisis page, the page asks fu_call instead.",
                    card="suicide",
                    also_on=(
                        "crisis_now",
                        "crisis_support",
                    ),
                ),
                Question(
                    "staying_safe",
                    "What or who helps when it gets hard? (optional)",
                    Text(max_length=400),
                    required=False,
                    show_if=any_of(
                        q("suicide_thoughts").in_("sometimes", "often"),
                        q("scale_phq9_item9").gte(1),
                        q("suicide_attempt").is_("yes"),
                    ),
                    use="Starting point for a safety plan.",
                ),
            ),
        ),
        Page(
            "mental_history",
            "Your mental health",
            (
                Question(
                    "mania_ever",
                    "Days of huge energy and little sleep that led to trouble, ever",
                    yes_no_not_sure_skip(),
                    seed="history of your physical and mental health before deciding on your treatment plan",
                    use="Mania, now or before.",
                    card="mania",
                ),
                Question(
                    "mania_when",
                    "When did you last have huge energy and little sleep?",
                    Choice(
                        {
                            "now": "Now, or in the last month",
                            "year": "In the last year",
                            "older": "Over a year ago",
                            "not_sure": "Not sure",
                            "rather_not": "Rather not say",
                        }
                    ),
                    show_if=q("mania_ever").is_("yes"),
                    missing="Pick when you last had days of huge energy and little sleep",
                    seed="history of your physical and mental health before deciding on your treatment plan",
                    use="Mania now is a reason to hold.",
                    card="mania",
                ),
                Question(
                    "mh_hospital",
                    "A hospital stay for mental health, ever",
                    yes_no_not_sure_skip(),
                    seed="history of your physical and mental health before deciding on your treatment plan",
                    use="Severity; ask for the discharge letter.",
                    card="mental_health",
                ),
                Question(
                    "mh_hospital_when",
                    "Your last mental health stay?",
                    Choice(
                        {
                            "past_3_months": "In the last 3 months",
                            "year": "3 to 12 months ago",
                            "older": "Over a year ago",
                            "rather_not": "Rather not say",
                        }
                    ),
                    show_if=q("mh_hospital").is_("yes"),
                    missing="Pick when your last hospital stay was",
                    seed="history of your physical and mental health before deciding on your treatment plan",
                    use="The weeks after a stay are high risk.",
                    card="mental_health",
                ),
                Question(
                    "harm_others",
                    "Feeling you might badly hurt someone else, in the last month",
                    yes_no_not_sure_skip(),
                    use="Staff and public safety; a person follows up.",
                    card="harm_others",
                ),
                Question(
                    "psychosis_ever",
                    "Seeing, hearing or believing things others said were not real, ever",
                    yes_no_not_sure_skip(),
                    seed="psychosis",
                    use="Own psychosis history, asked by what it feels like and not by name.",
                    card="psychosis",
                ),
                Question(
                    "mh_list",
                    "What a doctor or therapist said you have",
                    Choices(
                        {
                            "bipolar": "Bipolar disorder",
                            "psychosis": "Schizophrenia or psychosis",
                            "depression": "Depression",
                            "anxiety": "Anxiety or panic",
                            "ptsd": "PTSD",
                            "ocd": "OCD",
                            "insomnia": "Insomnia",
                            "eating": "Eating disorder",
                            "personality": "Personality disorder",
                            "adhd_autism": "ADHD or autism",
                            "none": "None of these",
                            "not_sure": "Not sure",
                            "rather_not": "Rather not say",
                        }
                    ),
                    help="Pick all that apply",
                    seed="history of your physical and mental health before deciding on your treatment plan",
                    use="Named diagnoses.",
                    card="mental_health",
                ),
                Question(
                    "psychosis_when",
                    "When did you last see, hear or believe those things?",
                    Choice(
                        {
                            "now": "Now, or in the last month",
                            "year": "In the last year",
                            "older": "Over a year ago",
                            "not_sure": "Not sure",
                            "rather_not": "Rather not say",
                        }
                    ),
                    show_if=any_of(q("psychosis_ever").is_("yes"), q("mh_list").has("psychosis")),
                    missing="Pick when you last saw, heard or believed those things",
                    seed="psychosis",
                    use="Active psychosis is a clear reason to hold.",
                    card="psychosis",
                ),
            ),
            lines=True,
        ),
    ),
    private=True,
)
