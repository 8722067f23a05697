"""The rest of the body: the details asked after a yes, each right under it."""

from ..conditions import q
from ..kinds import Choice, Choices, Text
from ..pages import Question

LUNGS = (
    Question(
        "lung_list",
        "Which lung problem?",
        Choices(
            {
                "asthma": "Asthma",
                "copd": "COPD or emphysema",
                "scar": "Scarred lungs",
                "oxygen": "Oxygen at home",
                "clot": "Blood clot in lung, ever",
                "other": "Another one",
                "not_sure": "Not sure",
            }
        ),
        help="Pick all that apply",
        show_if=q("lung_any").in_("yes", "not_sure"),
        seed="stomach or lung irritation",
        use="Breathing reserve during sedation.",
        card="breathing",
    ),
)
SLEEP_APNEA = (
    Question(
        "sleep_apnea_treated",
        "CPAP machine at night?",
        Choice({"most_nights": "Yes, most nights", "sometimes": "Sometimes", "no": "No"}),
        show_if=q("sleep_apnea").is_("yes"),
        missing="Pick if you use a breathing machine at night",
        seed="breathing irregularities",
        use="Treated or not; bring the machine on the day.",
        card="breathing",
    ),
)
STOMACH = (
    Question(
        "stomach_list",
        "Which stomach problem?",
        Choices(
            {
                "reflux": "Bad reflux",
                "ulcer": "Ulcer or gut bleeding",
                "slow": "Slow-emptying stomach",
                "bowel": "Crohn's or colitis",
                "vomiting": "Throwing up often",
                "other": "Another one",
                "not_sure": "Not sure",
            }
        ),
        help="Pick all that apply",
        show_if=q("stomach_any").in_("yes", "not_sure"),
        seed="stomach or lung irritation",
        use="Choking risk if sick while drowsy; fasting advice.",
        card="stomach",
    ),
)
LIVER = (
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
                "not_sure": "Not sure",
            }
        ),
        help="Pick all that apply",
        show_if=q("liver").is_("yes"),
        seed="history of your physical and mental health before deciding on your treatment plan",
        use="Severe liver disease is a reason to avoid ketamine; milder kinds need blood tests.",
        card="liver",
    ),
)
THYROID = (
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
                "not_sure": "Not sure",
            }
        ),
        show_if=q("thyroid").is_("yes"),
        missing="Pick what kind of thyroid problem it is",
        seed="history of your physical and mental health before deciding on your treatment plan",
        use="Overactive and not controlled: settle before treatment.",
        card="hormones",
    ),
)
DIABETES = (
    Question(
        "diabetes_type",
        "What kind of diabetes?",
        Choice(
            {
                "type_1": "Type 1",
                "type_2": "Type 2",
                "other": "Another kind",
                "not_sure": "Not sure",
            }
        ),
        show_if=q("diabetes").is_("yes"),
        missing="Pick what kind of diabetes it is",
        seed="history of your physical and mental health before deciding on your treatment plan",
        use="Fasting plan on treatment day.",
        card="hormones",
    ),
)
OTHER_ILLNESS = (
    Question(
        "other_list",
        "Which other illness?",
        Choices(
            {
                "porphyria": "Porphyria",
                "muscle": "Myasthenia or muscle illness",
                "nerve": "Parkinson's, MS, tremor or restless legs",
                "migraine": "Migraine",
                "arthritis": "Rheumatoid arthritis, psoriasis or lupus",
                "clot": "Blood clot, leg or lung",
                "bleeding": "Bleeding problem",
                "sickle": "Sickle cell",
                "dissection": "Torn main artery (aortic dissection)",
                "connective": "Marfan or vascular Ehlers-Danlos",
                "immune": "Weak immune system",
                "adrenal": "Adrenal tumor",
                "falls": "Falls or trouble walking",
                "other": "Another illness",
                "not_sure": "Not sure",
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
)
