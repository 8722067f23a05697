"""The rest of the body: the details asked after a yes."""

from ..conditions import q
from ..kinds import Choice, Choices, Text
from ..pages import Page, Question

BODY_DETAILS = (
    Page(
        "body_more",
        "More about your health",
        (
            Question(
                "lung_list",
                "Which lung problem do you have?",
                Choices(
                    {
                        "asthma": "Asthma",
                        "copd": "COPD or emphysema",
                        "scar": "Scarred lungs",
                        "oxygen": "I use oxygen at home",
                        "clot": "A blood clot in the lung, now or before",
                        "other": "Another lung problem",
                        "not_sure": "I'm not sure",
                    }
                ),
                help="Pick all that apply",
                show_if=q("lung_any").in_("yes", "not_sure"),
                seed="stomach or lung irritation",
                use="Breathing reserve during sedation.",
                card="breathing",
            ),
            Question(
                "sleep_apnea_treated",
                "Do you use a breathing machine (CPAP) at night?",
                Choice({"most_nights": "Yes, most nights", "sometimes": "Sometimes", "no": "No"}),
                show_if=q("sleep_apnea").is_("yes"),
                missing="Pick if you use a breathing machine at night",
                seed="breathing irregularities",
                use="Treated or not; bring the machine on the day.",
                card="breathing",
            ),
            Question(
                "stomach_list",
                "Which stomach problem do you have?",
                Choices(
                    {
                        "reflux": "Bad heartburn or reflux",
                        "ulcer": "A stomach ulcer, or bleeding in the gut",
                        "slow": "A stomach that empties slowly",
                        "bowel": "Crohn's or colitis",
                        "vomiting": "I throw up often",
                        "other": "Another one",
                        "not_sure": "I'm not sure",
                    }
                ),
                help="Pick all that apply",
                show_if=q("stomach_any").in_("yes", "not_sure"),
                seed="stomach or lung irritation",
                use="Choking risk if sick while drowsy; fasting advice.",
                card="stomach",
            ),
            Question(
                "diabetes_type",
                "What kind of diabetes is it?",
                Choice(
                    {
                        "type_1": "Type 1",
                        "type_2": "Type 2",
                        "other": "Another kind",
                        "not_sure": "I'm not sure",
                    }
                ),
                show_if=q("diabetes").is_("yes"),
                missing="Pick what kind of diabetes it is",
                seed="history of your physical and mental health before deciding on your treatment plan",
                use="Fasting plan on treatment day.",
                card="hormones",
            ),
            Question(
                "other_list",
                "Which other illness do you have?",
                Choices(
                    {
                        "porphyria": "Porphyria",
                        "muscle": "Myasthenia or another muscle illness",
                        "nerve": "Parkinson's, MS, a tremor or restless legs",
                        "migraine": "Migraine",
                        "arthritis": "Rheumatoid arthritis, psoriasis or lupus",
                        "clot": "A blood clot in a leg or lung",
                        "bleeding": "A bleeding problem",
                        "sickle": "Sickle cell",
                        "dissection": "A tear in the main artery (aortic dissection)",
                        "connective": "Marfan or vascular Ehlers-Danlos",
                        "immune": "A weak immune system",
                        "adrenal": "An adrenal gland tumor",
                        "falls": "Falls, or trouble walking",
                        "other": "Another illness",
                        "not_sure": "I'm not sure",
                    }
                ),
                help="Pick all that apply",
                show_if=q("other_any").in_("yes", "not_sure"),
                seed="history of your physical and mental health before deciding on your treatment plan",
                use="Rare but important; 'other' opens a text box.",
                card="other_health",
            ),
            Question(
                "other_health_notes",
                "What other illness do you have?",
                Text(max_length=500),
                show_if=q("other_list").has("other"),
                missing="Tell us what other illness you have",
                example="gout",
                seed="history of your physical and mental health before deciding on your treatment plan",
                use="Own words.",
            ),
        ),
    ),
    Page(
        "body_more_2",
        "Liver and thyroid",
        (
            Question(
                "liver_kind",
                "Which liver problem is it?",
                Choices(
                    {
                        "tests": "Blood tests that were not normal",
                        "fatty": "Fatty liver",
                        "hepatitis": "Hepatitis",
                        "cirrhosis": "Cirrhosis, scarring or liver failure",
                        "other": "Another liver problem",
                        "not_sure": "I'm not sure",
                    }
                ),
                help="Pick all that apply",
                show_if=q("liver").is_("yes"),
                seed="history of your physical and mental health before deciding on your treatment plan",
                use="Severe liver disease is a reason to avoid ketamine; milder kinds need blood tests.",
                card="liver",
            ),
            Question(
                "thyroid_kind",
                "What kind of thyroid problem?",
                Choice(
                    {
                        "over_controlled": "Overactive, and my tests are normal now",
                        "over_uncontrolled": "Overactive, and not under control yet",
                        "over_unknown": "Overactive, and I don't know if it is under control",
                        "under": "Underactive",
                        "other": "Another kind",
                        "not_sure": "I'm not sure",
                    }
                ),
                show_if=q("thyroid").is_("yes"),
                missing="Pick what kind of thyroid problem it is",
                seed="history of your physical and mental health before deciding on your treatment plan",
                use="Overactive and not controlled: settle before treatment.",
                card="hormones",
            ),
        ),
    ),
)
