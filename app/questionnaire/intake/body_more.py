"""Your health, head to toe: the details asked after a yes."""

from ..conditions import any_of, q
from ..kinds import Choice, Choices, Text, yes_no_not_sure
from ..pages import Page, Question

MORE_PAGES = (
    Page(
        "head_more",
        "More about your head",
        (
            Question(
                "seizure_last",
                "When was the last seizure?",
                Choice(
                    {
                        "month": "In the last month",
                        "year": "In the last year",
                        "years_1_to_5": "1 to 5 years ago",
                        "over_5_years": "More than 5 years ago",
                        "child": "Only as a small child",
                        "not_sure": "I'm not sure",
                    }
                ),
                show_if=q("seizure_ever").is_("yes"),
                missing="Pick when the last seizure was",
                seed="seizures, convulsions",
                use="Active or long past.",
                card="seizures",
            ),
            Question(
                "seizure_cause",
                "What caused the seizure?",
                Choices(
                    {
                        "epilepsy": "Epilepsy",
                        "fever": "A fever as a child",
                        "withdrawal": "Stopping alcohol or drugs",
                        "medicine": "A medicine or drug",
                        "head": "A head injury or brain illness",
                        "stress": "Stress. Doctors said it was not epilepsy",
                        "other": "Something else",
                        "not_sure": "I'm not sure",
                    }
                ),
                help="Pick all that apply",
                show_if=q("seizure_ever").is_("yes"),
                seed="seizures, convulsions",
                use="Cause changes the risk.",
                card="seizures",
            ),
            Question(
                "head_injury_when",
                "When was the head injury?",
                Choice(
                    {
                        "under_3_months": "In the last 3 months",
                        "year": "3 to 12 months ago",
                        "older": "More than a year ago",
                        "not_sure": "I'm not sure",
                    }
                ),
                show_if=q("head_injury").is_("yes"),
                missing="Pick when the head injury was",
                seed="serious injuries due to falls, accidents",
                use="Recent injury counts most.",
                card="head",
            ),
        ),
    ),
    Page(
        "heart_more",
        "More about your heart",
        (
            Question(
                "high_bp_control",
                "Is your blood pressure under control?",
                Choice(
                    {
                        "yes": "Yes, it is mostly normal now",
                        "no": "No, it is often high",
                        "not_sure": "I'm not sure",
                    }
                ),
                show_if=q("high_bp").is_("yes"),
                missing="Pick if your blood pressure is under control",
                seed="heart attacks",
                use="Uncontrolled pressure is a reason to wait.",
                card="heart",
            ),
            Question(
                "heart_list",
                "Which heart problem do you have?",
                Choices(
                    {
                        "angina": "Angina (heart pain)",
                        "failure": "Heart failure or a weak heart",
                        "rhythm": "A fast, slow or uneven heartbeat",
                        "valve": "A heart valve problem",
                        "stent": "A stent or bypass surgery",
                        "device": "A pacemaker or other heart device",
                        "born": "A heart problem from birth",
                        "dissection": "A tear in the main artery (aortic dissection)",
                        "other": "Another heart problem",
                        "not_sure": "I'm not sure",
                    }
                ),
                help="Pick all that apply",
                show_if=q("heart_other").in_("yes", "not_sure"),
                seed="heart attacks that may be a sign of a more serious illness",
                use="Heart disease list; may need an ECG or a heart doctor's letter.",
                card="heart",
            ),
            Question(
                "heart_event_when",
                "When was your last heart attack, stent or heart operation?",
                Choice(
                    {
                        "under_6_weeks": "In the last 6 weeks",
                        "weeks_6_to_months_6": "6 weeks to 6 months ago",
                        "months_6_to_12": "6 to 12 months ago",
                        "over_1_year": "Over a year ago",
                        "not_sure": "I'm not sure",
                    }
                ),
                show_if=any_of(q("heart_attack").is_("yes"), q("heart_list").has("stent")),
                missing="Pick when your last heart attack, stent or heart operation was",
                seed="heart attacks that may be a sign of a more serious illness",
                use="The first 6 weeks after a heart event are a labelled reason not to treat.",
                card="heart",
            ),
            Question(
                "heart_worse",
                "In the last 3 months, has your heart trouble got worse or put you in the hospital?",
                yes_no_not_sure(),
                show_if=any_of(q("heart_attack").is_("yes"), q("heart_other").is_("yes")),
                seed="heart attacks that may be a sign of a more serious illness",
                use="Steady or not steady: unstable heart disease must be settled first.",
                card="heart",
            ),
            Question(
                "stroke_kind",
                "Which of these did you have?",
                Choices(
                    {
                        "clot": "A stroke from a clot",
                        "mini": "A mini-stroke (TIA)",
                        "bleed": "A bleed in or around the brain",
                        "not_sure": "I'm not sure",
                    }
                ),
                help="Pick all that apply",
                show_if=q("stroke").is_("yes"),
                seed="history of your physical and mental health before deciding on your treatment plan",
                use="A bleed is a labelled contraindication; a clot or a mini-stroke is weighed by country.",
                card="vessels",
            ),
        ),
    ),
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
