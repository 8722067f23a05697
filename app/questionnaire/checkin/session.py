"""The check-in: danger first, then what was felt, the day, mood, use and what next."""

from ..conditions import all_of, any_of, q
from ..instruments import GAD7, PEG, PHQ9
from ..kinds import Choice, Choices, Rows, Scale, Text, yes_no, yes_no_not_sure, yes_no_not_sure_skip
from ..pages import Page, Question, Step

EFFECTS = {
    "fu_memory": "Gaps in memory",
    "fu_hallucinations": "Seeing or hearing things",
    "fu_seizure": "A seizure or convulsion that has stopped",
    "fu_breathing": "Breathing trouble that has passed",
    "fu_chest": "Chest pain that has passed",
    "fu_sweating": "Sweating",
    "fu_nausea": "Feeling sick or throwing up",
    "fu_tremor": "Shaking",
    "fu_dizzy": "Dizzy or off balance",
    "fu_anxious": "Fear or panic",
    "fu_stomach": "Stomach pain",
    "fu_lungs": "Cough or wheeze",
    "fu_rash": "Rash or itching",
    "fu_bladder": "Pain when you pee, or going often",
    "fu_headache": "Headache",
}
"""What is asked about after a session, line by line."""

STEP = Step(
    "followup",
    "Check-in after a session",
    "After treatment",
    (
        Page(
            "fu_now",
            "How are you right now?",
            (
                Question(
                    "fu_by",
                    "Who is answering?",
                    Choice({"self": "I am the patient", "helper": "I am with the patient"}),
                    missing="Pick who is answering",
                    use="A helper can report what the patient may not recall.",
                ),
                Question(
                    "fu_urgent",
                    "Is any of this happening now?",
                    Choices(
                        {
                            "chest_pain": "Chest pain",
                            "breathing": "Slow, uneven or hard breathing",
                            "seizure": "A seizure or convulsion",
                            "passed_out": "Passed out, or cannot be woken",
                            "swelling": "Swollen face or throat, or a rash that is spreading",
                            "none": "None of these",
                        }
                    ),
                    seed="breathing irregularities, chest pains, sweating, nausea, tremors, convulsions, coma, and death",
                    use="The article's worst effects. Any pick shows the emergency page and alerts the clinic.",
                    card="emergency",
                ),
            ),
        ),
        Page(
            "fu_effects",
            "What you felt after treatment",
            (
                Question(
                    "fu_effects",
                    "Since your session, have you had any of these?",
                    Rows(
                        EFFECTS,
                        options={"none": "No", "mild": "A little", "medium": "Some", "strong": "A lot"},
                    ),
                    help="Pick one on each line",
                    seed="amnesia, hallucinations, seizures, breathing irregularities, chest pains, sweating, nausea, tremors, convulsions",
                    use="Side effects by name and strength. Trend across sessions; anything strong opens a flag.",
                    card="after_session",
                ),
                Question(
                    "fu_still",
                    "Are any of these still going on?",
                    yes_no_not_sure(),
                    show_if=q("fu_effects").any_row(EFFECTS, "mild", "medium", "strong"),
                    seed="Although the side effects are mild",
                    use="Effects past the first day are unusual.",
                    card="after_session",
                ),
                Question(
                    "fu_effects_notes",
                    "Anything else about how you felt? (optional)",
                    Text(max_length=500),
                    required=False,
                    seed="potential side effects",
                    use="Own words.",
                ),
            ),
        ),
        Page(
            "fu_day",
            "The day of treatment",
            (
                Question(
                    "fu_home",
                    "Did someone take you home?",
                    yes_no(),
                    use="Safety audit of the escort rule.",
                    card="home",
                ),
                Question(
                    "fu_drove",
                    "Did you drive before the next day?",
                    yes_no(),
                    help="We ask to learn, not to blame",
                    use="Repeat the safety talk before the next dose.",
                    card="home",
                ),
            ),
        ),
        Page(
            "fu_mood",
            "Your mood and pain now",
            (
                Question(
                    "fu_change",
                    "Next to before treatment, how are you now?",
                    Choice(
                        {
                            "much_better": "Much better",
                            "bit_better": "A bit better",
                            "same": "About the same",
                            "bit_worse": "A bit worse",
                            "much_worse": "Much worse",
                        }
                    ),
                    missing="Pick how you are now",
                    seed="relaxed and relieved from pain",
                    use="One-glance response.",
                    card="after_session",
                ),
                Question(
                    "fu_suicide",
                    "Since your session, have you thought about ending your life?",
                    Choice(
                        {
                            "no": "No",
                            "since_last": "Yes, but not today",
                            "today": "Yes, today",
                            "rather_not": "Rather not say",
                        }
                    ),
                    help="We ask everyone, every time",
                    missing="Pick an answer about thoughts of ending your life",
                    use="Mood can dip as the effect fades.",
                    card="suicide",
                ),
                Question(
                    "fu_phq9",
                    "Mood questionnaire (PHQ-9)",
                    Scale(PHQ9),
                    show_if=q("fu_due").has("phq9"),
                    seed="treatment of depression and anxiety",
                    use="Trend. Asked once every 2 weeks at most, because that is the time span it covers (fu_due is set by the schedule).",
                ),
                Question(
                    "fu_gad7",
                    "Worry questionnaire (GAD-7)",
                    Scale(GAD7),
                    show_if=q("fu_due").has("gad7"),
                    seed="treatment of depression and anxiety",
                    use="Trend.",
                ),
                Question(
                    "fu_peg",
                    "Pain score (PEG)",
                    Scale(PEG),
                    show_if=all_of(q("fu_due").has("peg"), q("reasons").has("pain")),
                    seed="relieved from pain",
                    use="Trend.",
                ),
            ),
        ),
        Page(
            "fu_use",
            "Medicines, alcohol and drugs since then",
            (
                Question(
                    "fu_meds_changed",
                    "Has any medicine changed since your last visit?",
                    yes_no_not_sure(),
                    seed="what medications you should avoid during and after the treatment",
                    use="Recheck interactions.",
                    card="medicines",
                ),
                Question(
                    "fu_meds_what",
                    "What changed?",
                    Text(max_length=300),
                    show_if=q("fu_meds_changed").is_("yes"),
                    missing="Tell us what changed",
                    seed="what medications you should avoid during and after the treatment",
                    use="Own words.",
                ),
                Question(
                    "fu_opioids",
                    "How is your opioid use now?",
                    Choice(
                        {
                            "none": "I take none",
                            "less": "Less than before",
                            "same": "About the same",
                            "more": "More than before",
                            "rather_not": "Rather not say",
                        }
                    ),
                    show_if=any_of(q("opioid_ever").is_("yes"), q("reasons").has("opioids")),
                    missing="Pick how your opioid use is now",
                    seed="treat opioid addiction",
                    use="The outcome article one cares about.",
                    card="opioids",
                ),
                Question(
                    "fu_other_ketamine",
                    "Have you had any ketamine that did not come from us?",
                    yes_no_not_sure_skip(),
                    seed="help reduce the risks of abuse",
                    use="Doubling up, or early misuse.",
                    card="ketamine",
                ),
                Question(
                    "fu_craving",
                    "Have you felt a strong pull to use ketamine?",
                    yes_no_not_sure_skip(),
                    seed="help reduce the risks of abuse",
                    use="Early sign of dependence.",
                    card="ketamine",
                ),
                Question(
                    "fu_new_health",
                    "Anything new with your health, such as an illness, a fall or a pregnancy? (optional)",
                    Text(max_length=300),
                    required=False,
                    use="New reasons to pause.",
                ),
            ),
        ),
        Page(
            "fu_next",
            "What you want next",
            (
                Question(
                    "fu_want_next",
                    "Do you want another session?",
                    Choice({"yes": "Yes", "not_sure": "I'm not sure. I'd like to talk first", "no": "No"}),
                    missing="Pick if you want another session",
                    use="Ongoing choice, asked each time.",
                ),
                Question(
                    "fu_call",
                    "Would you like a call from us?",
                    yes_no(),
                    seed="speak with your doctor about the potential side effects",
                    use="Easy way to reach a person.",
                    card="after_session",
                ),
            ),
        ),
    ),
)
