"""Starting scores: pain (PEG), worry (GAD-7), trauma (PC-PTSD-5)."""

from ..conditions import q
from ..instruments import GAD7, PCPTSD5, PEG
from ..kinds import Choices, Scale, yes_no_not_sure_skip
from ..pages import Page, Question, Step

STEP = Step(
    "ready_scores",
    "Your starting scores",
    "Getting ready",
    (
        Page(
            "peg",
            "Your pain",
            (
                Question(
                    "scale_peg",
                    "Pain score (PEG)",
                    Scale(PEG),
                    show_if=q("reasons").has("pain"),
                    seed="high levels of chronic pain",
                    use="Baseline for pain and function, tracked over time.",
                ),
                Question(
                    "pain_named",
                    "Has a doctor named your pain?",
                    Choices(
                        {
                            "migraine": "Migraine",
                            "cluster": "Cluster headache",
                            "crps": "CRPS",
                            "fibromyalgia": "Fibromyalgia",
                            "neuropathy": "Nerve damage",
                            "sciatica": "Sciatica or slipped disc",
                            "spinal_cord": "Spinal cord injury",
                            "arthritis": "Arthritis",
                            "cancer_pain": "Cancer pain",
                            "phantom": "Pain in a missing limb",
                            "other": "Something else",
                            "none": "It has no name yet",
                            "not_sure": "Not sure",
                        }
                    ),
                    help="Pick all that apply",
                    show_if=q("reasons").has("pain"),
                    seed="severe pain, especially in the spinal cord and brain",
                    use="Evidence for ketamine differs a lot by pain type.",
                ),
            ),
        ),
        Page(
            "gad7",
            "Worry in the last 2 weeks",
            (
                Question(
                    "scale_gad7",
                    "Worry questionnaire (GAD-7)",
                    Scale(GAD7),
                    show_if=q("reasons").has(
                        "depression",
                        "anxiety",
                        "trauma",
                        "ocd",
                        "opioids",
                        "other_substance",
                        "other",
                        "not_sure",
                    ),
                    seed="treatment of depression and anxiety",
                    use="Baseline anxiety score and trend.",
                ),
                Question(
                    "dissociation_ever",
                    "Do you often feel cut off from your body or from the world?",
                    yes_no_not_sure_skip(),
                    show_if=q("reasons").has(
                        "depression",
                        "anxiety",
                        "trauma",
                        "ocd",
                        "opioids",
                        "other_substance",
                        "other",
                        "not_sure",
                    ),
                    seed="hallucinations",
                    use="Ketamine causes this on purpose; a high starting level needs more support.",
                    card="mental_health",
                ),
            ),
        ),
        Page(
            "pcptsd5",
            "Hard or frightening events",
            (
                Question(
                    "scale_pcptsd5",
                    "Trauma questionnaire (PC-PTSD-5)",
                    Scale(PCPTSD5),
                    show_if=q("reasons").has(
                        "depression", "anxiety", "trauma", "opioids", "other_substance", "other", "not_sure"
                    ),
                    seed="history of your physical and mental health before deciding on your treatment plan",
                    use="Trauma screen: shapes the setting and the support. Opens with one gate question, so most people answer one.",
                ),
            ),
        ),
    ),
    private=True,
)
