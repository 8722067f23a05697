"""Your head and heart: the details asked after a yes, each right under it."""

from ..conditions import any_of, q
from ..kinds import Choice, Choices, yes_no_not_sure
from ..pages import Question

SEIZURE = (
    Question(
        "seizure_last",
        "Your last seizure?",
        Choice(
            {
                "month": "In the last month",
                "year": "In the last year",
                "years_1_to_5": "1 to 5 years ago",
                "over_5_years": "Over 5 years ago",
                "child": "As a small child",
                "not_sure": "Not sure",
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
                "fever": "Childhood fever",
                "withdrawal": "Stopping alcohol or drugs",
                "medicine": "Medicine or drug",
                "head": "Head injury or brain illness",
                "stress": "Stress, not epilepsy",
                "other": "Something else",
                "not_sure": "Not sure",
            }
        ),
        help="Pick all that apply",
        show_if=q("seizure_ever").is_("yes"),
        seed="seizures, convulsions",
        use="Cause changes the risk.",
        card="seizures",
    ),
)
HEAD_INJURY = (
    Question(
        "head_injury_when",
        "Your last head injury?",
        Choice(
            {
                "under_3_months": "In the last 3 months",
                "year": "3 to 12 months ago",
                "older": "Over a year ago",
                "not_sure": "Not sure",
            }
        ),
        show_if=q("head_injury").is_("yes"),
        missing="Pick when the head injury was",
        seed="serious injuries due to falls, accidents",
        use="Recent injury counts most.",
        card="head",
    ),
)
BLOOD_PRESSURE = (
    Question(
        "high_bp_control",
        "Is your blood pressure under control?",
        Choice(
            {
                "yes": "Yes, mostly normal",
                "no": "No, often high",
                "not_sure": "Not sure",
            }
        ),
        show_if=q("high_bp").is_("yes"),
        missing="Pick if your blood pressure is under control",
        seed="heart attacks",
        use="Uncontrolled pressure is a reason to wait.",
        card="heart",
    ),
)
HEART = (
    Question(
        "heart_list",
        "Which heart problem?",
        Choices(
            {
                "angina": "Angina (heart pain)",
                "failure": "Heart failure or a weak heart",
                "rhythm": "A fast, slow or uneven heartbeat",
                "valve": "A heart valve problem",
                "stent": "A stent or bypass surgery",
                "device": "A pacemaker or other heart device",
                "born": "A heart problem from birth",
                "dissection": "Torn main artery (aortic dissection)",
                "other": "Another heart problem",
                "not_sure": "Not sure",
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
                "not_sure": "Not sure",
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
)
STROKE = (
    Question(
        "stroke_kind",
        "Which kind of stroke or bleed?",
        Choices(
            {
                "clot": "A stroke from a clot",
                "mini": "A mini-stroke (TIA)",
                "bleed": "A bleed in or around the brain",
                "not_sure": "Not sure",
            }
        ),
        help="Pick all that apply",
        show_if=q("stroke").is_("yes"),
        seed="history of your physical and mental health before deciding on your treatment plan",
        use="A bleed is a labelled contraindication; a clot or a mini-stroke is weighed by country.",
        card="vessels",
    ),
)
