"""Your blood relatives' health."""

from ..conditions import q
from ..kinds import Choice, Choices, yes_no_not_sure
from ..pages import Page, Question, Step

STEP = Step(
    "family",
    "Your family's health",
    "Your health",
    (
        Page(
            "family",
            "Your blood relatives",
            (
                Question(
                    "fam_known",
                    "Do you know your blood family's health?",
                    Choice({"yes": "Yes, mostly", "some": "Some", "no": "No, or adopted"}),
                    help="Parents, grandparents, brothers, sisters, children",
                    missing="Pick if you know your blood family's health",
                    seed="any family history of psychosis, seizures, convulsions, or heart attacks",
                    use="One tap for people who don't know: each family question is stored as not sure, and it reads as 'unknown', never 'none'.",
                    card="family",
                ),
                Question(
                    "fam_psychosis",
                    "Psychosis or schizophrenia in a relative",
                    yes_no_not_sure(),
                    help="Hearing, seeing or believing what is not real",
                    show_if=q("fam_known").not_in("no"),
                    seed="any family history of psychosis, seizures, convulsions, or heart attacks",
                    use="Named by the article. A close relative raises the risk.",
                    card="psychosis",
                ),
                Question(
                    "fam_psychosis_who",
                    "Who had psychosis or schizophrenia?",
                    Choices(
                        {
                            "parent": "Parent",
                            "sibling": "Brother or sister",
                            "child": "Son or daughter",
                            "other": "Another relative",
                            "not_sure": "Not sure",
                        }
                    ),
                    help="Pick all that apply",
                    show_if=q("fam_psychosis").is_("yes"),
                    seed="any family history of psychosis, seizures, convulsions, or heart attacks",
                    use="First-degree relatives count most.",
                    card="psychosis",
                ),
                Question(
                    "fam_seizures",
                    "Seizures or fits in a relative",
                    yes_no_not_sure(),
                    show_if=q("fam_known").not_in("no"),
                    seed="any family history of psychosis, seizures, convulsions, or heart attacks",
                    use="Named by the article (seizures and convulsions mean the same to patients, so we ask once and store both flags).",
                    card="seizures",
                ),
                Question(
                    "fam_seizures_who",
                    "Who had seizures or fits?",
                    Choices(
                        {
                            "parent": "Parent",
                            "sibling": "Brother or sister",
                            "child": "Son or daughter",
                            "other": "Another relative",
                            "not_sure": "Not sure",
                        }
                    ),
                    help="Pick all that apply",
                    show_if=q("fam_seizures").is_("yes"),
                    seed="any family history of psychosis, seizures, convulsions, or heart attacks",
                    use="Closeness of the link.",
                    card="seizures",
                ),
                Question(
                    "fam_heart_attack",
                    "A heart attack in a relative",
                    yes_no_not_sure(),
                    show_if=q("fam_known").not_in("no"),
                    seed="any family history of psychosis, seizures, convulsions, or heart attacks",
                    use="Named by the article. Early ones matter most.",
                    card="heart",
                ),
                Question(
                    "fam_heart_age",
                    "The heart attack, or sudden death, before 60?",
                    yes_no_not_sure(),
                    show_if=q("fam_heart_attack").is_("yes"),
                    seed="any family history of psychosis, seizures, convulsions, or heart attacks",
                    use="Early heart disease may need an ECG first.",
                    card="heart",
                ),
                Question(
                    "fam_anesthetic",
                    "A dangerous anesthetic reaction in a relative",
                    yes_no_not_sure(),
                    show_if=q("fam_known").not_in("no"),
                    seed="allergic reaction to the anesthesia that is used",
                    use="Inherited anesthetic problems, for the emergency plan.",
                    card="anesthetic",
                ),
            ),
            lines=True,
        ),
    ),
)
