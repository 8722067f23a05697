"""Treatments tried so far, ketamine among them."""

from ..conditions import all_of, q
from ..kinds import Choice, Choices, Text, yes_no_not_sure, yes_no_not_sure_skip
from ..pages import Question

TRIED = (
    Question(
        "tried_list",
        "What have you tried?",
        Choices(
            {
                "antidepressant": "Depression or anxiety medicine",
                "other_mh_medicine": "Other mental health medicine",
                "talking": "Talking therapy",
                "ect_tms": "ECT or TMS",
                "pain_medicine": "Pain medicine",
                "injections": "Shots or nerve blocks",
                "physio": "Physical therapy",
                "recovery": "Detox, rehab or recovery group",
                "other": "Something else",
                "none": "None of these",
                "not_sure": "Not sure",
            }
        ),
        help="Pick all that apply",
        seed="looking for ways to reduce pain without drugs or surgery",
        use="Has first-line care been tried? Needed for most treatment criteria.",
        card="fit",
    ),
    Question(
        "antidepressant_count",
        "How many depression medicines for 6 weeks or more?",
        Choice(
            {
                "0": "None",
                "1": "1",
                "2": "2",
                "3_plus": "3 or more",
                "not_sure": "Not sure",
            }
        ),
        show_if=all_of(
            q("tried_list").has("antidepressant"),
            q("reasons").has("depression", "anxiety", "trauma", "ocd"),
        ),
        missing="Pick how many medicines for depression you have tried",
        seed="treatment of depression and anxiety",
        use="Two fair trials is the common bar for hard-to-treat depression.",
        card="fit",
    ),
    Question(
        "ketamine_before",
        "Have you ever had ketamine?",
        Choices(
            {
                "clinic": "At a clinic or hospital",
                "home": "Prescribed for home",
                "no_prescription": "Without a prescription",
                "none": "Never",
                "not_sure": "Not sure",
                "rather_not": "Rather not say",
            }
        ),
        help="Pick all that apply",
        seed="it is not legal to sell ketamine without a doctor’s prescription",
        use="Past response, tolerance, misuse risk and bladder risk. Asked without blame.",
        card="ketamine",
    ),
)
KETAMINE = (
    Question(
        "ketamine_form",
        "How did you take ketamine?",
        Choices(
            {
                "drip": "Drip",
                "injection": "Injection",
                "nasal": "Nose spray (Spravato)",
                "tablet": "Tablet or lozenge",
                "liquid": "In a drink",
                "powder": "Snorted powder",
                "not_sure": "Not sure",
            }
        ),
        help="Pick all that apply",
        show_if=q("ketamine_before").has("clinic", "home", "no_prescription"),
        seed="tablets and pills, or it can be dissolved in liquid",
        use="Route and likely dose range before.",
    ),
    Question(
        "ketamine_last",
        "Your last ketamine?",
        Choice(
            {
                "week": "In the last week",
                "month": "In the last month",
                "year": "In the last year",
                "older": "Longer ago",
                "not_sure": "Not sure",
            }
        ),
        show_if=q("ketamine_before").has("clinic", "home", "no_prescription"),
        missing="Pick when you last had it",
        seed="Ketamine has been used medically",
        use="Is it in use now, maybe from two places at once?",
        card="ketamine",
    ),
    Question(
        "ketamine_times",
        "Ketamine, how many times?",
        Choice(
            {
                "once": "Once",
                "2_to_6": "2 to 6",
                "7_to_20": "7 to 20",
                "over_20": "Over 20",
                "not_sure": "Not sure",
            }
        ),
        show_if=q("ketamine_before").has("clinic", "home", "no_prescription"),
        missing="Pick how many times in all",
        seed="overdose and excessive dosage",
        use="Total exposure; many uses raise bladder, liver and dependence concern.",
        card="ketamine",
    ),
    Question(
        "ketamine_helped",
        "Did ketamine help?",
        Choice(
            {
                "lot": "A lot",
                "some": "A bit",
                "no": "No",
                "worse": "Made it worse",
                "not_for_that": "Not taken for that",
            }
        ),
        show_if=q("ketamine_before").has("clinic", "home", "no_prescription"),
        missing="Pick if it helped",
        seed="believed to treat opioid addiction",
        use="Past response.",
        card="ketamine",
    ),
    Question(
        "ketamine_bad",
        "A bad reaction to ketamine?",
        yes_no_not_sure(),
        show_if=q("ketamine_before").has("clinic", "home", "no_prescription"),
        seed="there is some risk of serious side effects that may occur",
        use="A past serious reaction needs a plan or a no.",
        card="ketamine",
    ),
    Question(
        "ketamine_bad_what",
        "What happened with ketamine?",
        Choices(
            {
                "hallucinations": "Upsetting sights or voices",
                "fear": "Strong fear",
                "memory": "Memory loss",
                "seizure": "Seizure or shaking",
                "breathing": "Trouble breathing",
                "chest_pain": "Chest pain or racing heart",
                "passed_out": "Passed out",
                "sweating": "Heavy sweating",
                "nausea": "Sick or threw up",
                "rash": "Rash or swelling",
                "bladder": "Painful pee",
                "liver": "Liver or bile trouble",
                "psychosis_after": "Lost touch with reality for days",
                "other": "Something else",
                "not_sure": "Not sure",
            }
        ),
        help="Pick all that apply",
        show_if=q("ketamine_bad").is_("yes"),
        seed="amnesia, hallucinations, seizures, breathing irregularities, chest pains, sweating, nausea, tremors, convulsions",
        use="Sorts a rough ride from a true danger.",
        card="ketamine",
    ),
    Question(
        "ketamine_bad_notes",
        "More about that reaction (optional)",
        Text(max_length=500),
        required=False,
        show_if=q("ketamine_bad").is_("yes"),
        seed="there is some risk of serious side effects that may occur",
        use="Own words, shown under the flag.",
    ),
    Question(
        "ketamine_control",
        "Have you ever felt a strong pull to use ketamine, or found it hard to stop?",
        yes_no_not_sure_skip(),
        help="Your answer helps us keep you safe",
        show_if=q("ketamine_before").has("home", "no_prescription"),
        seed="help reduce the risks of abuse",
        use="Signs of a ketamine use disorder.",
        card="ketamine",
    ),
)
