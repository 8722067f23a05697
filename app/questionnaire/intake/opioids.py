"""Opioids: whether, how and how well in control. Asked without blame."""

from ..conditions import any_of, q
from ..kinds import Choice, Choices, Text, yes_no_not_sure_skip
from ..pages import Question

OPIOIDS = (
    Question(
        "opioid_ever",
        "Have you ever taken opioids?",
        yes_no_not_sure_skip(),
        help="Such as codeine, tramadol, OxyContin, morphine, heroin, methadone or Suboxone",
        seed="Opioids are medications taken to treat severe pain",
        use="Opens the opioid pathway from article one.",
    ),
    Question(
        "opioid_last",
        "Your last opioid?",
        Choice(
            {
                "today": "Today or yesterday",
                "week": "In the last week",
                "month": "In the last month",
                "year": "In the last year",
                "older": "Over a year ago",
                "rather_not": "Rather not say",
            }
        ),
        show_if=q("opioid_ever").is_("yes"),
        missing="Pick when you last took one",
        seed="Opioids are medications taken to treat severe pain",
        use="Current use adds breathing risk; withdrawal timing.",
        card="opioids",
    ),
    Question(
        "opioid_control",
        "Opioids ever hard to control or stop?",
        yes_no_not_sure_skip(),
        help="This is common and treatable",
        show_if=q("opioid_ever").is_("yes"),
        seed="many people start misusing opioids until they become addicted to them",
        use="Screen for opioid use disorder.",
        card="opioids",
    ),
    Question(
        "opioid_which",
        "Which opioids in the last year?",
        Choices(
            {
                "codeine_tramadol": "Codeine or tramadol",
                "oxy_hydro": "Oxycodone or hydrocodone",
                "morphine": "Morphine",
                "fentanyl": "Fentanyl",
                "heroin": "Heroin",
                "methadone": "Methadone",
                "buprenorphine": "Buprenorphine or Suboxone",
                "other": "Another one",
                "not_sure": "Not sure",
                "rather_not": "Rather not say",
            }
        ),
        help="Pick all that apply",
        show_if=q("opioid_last").in_("today", "week", "month", "year"),
        seed="sometimes called narcotics",
        use="Strength and half-life; long-acting ones change the plan.",
        card="opioids",
    ),
    Question(
        "opioid_source",
        "How did you get opioids?",
        Choices(
            {
                "prescribed": "Prescribed for me",
                "given": "Family or friend",
                "bought": "Bought without a prescription",
                "other": "Another way",
                "rather_not": "Rather not say",
            }
        ),
        help="Pick all that apply",
        show_if=q("opioid_last").in_("today", "week", "month", "year"),
        seed="they must be prescribed by a doctor",
        use="Prescribed or not; contact the prescriber.",
        card="opioids",
    ),
    Question(
        "opioid_reason",
        "Opioids for what?",
        Choices(
            {
                "headache": "Headache",
                "back": "Back pain",
                "surgery": "Surgery",
                "injury": "Injury",
                "other_pain": "Other pain",
                "cope": "To cope",
                "withdrawal": "Sick without them",
                "rather_not": "Rather not say",
            }
        ),
        help="Pick all that apply",
        show_if=any_of(
            q("opioid_last").in_("today", "week", "month", "year"),
            q("opioid_control").in_("yes", "not_sure"),
        ),
        seed="Opioids can treat chronic levels of headaches and backaches",
        use="Maps to the uses article one lists, and shows when use has moved past pain.",
        card="opioids",
    ),
    Question(
        "opioid_amount",
        "Opioids on a usual day (optional)",
        Text(max_length=200),
        help="Such as 2 pills of 10 mg",
        required=False,
        show_if=q("opioid_last").in_("today", "week", "month"),
        seed="overdose and excessive dosage",
        use="Rough daily dose; staff work out the equivalent.",
    ),
    Question(
        "opioid_signs",
        "What happened with opioids?",
        Choices(
            {
                "more": "Needed more and more",
                "longer": "Took more or longer than meant",
                "sick": "Felt ill when I stopped",
                "cut_down": "Could not cut down",
                "craving": "Strong cravings",
                "life": "Hurt work, home or friendships",
                "risk": "Used when not safe",
                "none": "None of these",
                "rather_not": "Rather not say",
            }
        ),
        help="Pick all that apply",
        show_if=q("opioid_control").in_("yes", "not_sure"),
        seed="your mind and body believe that they are essential",
        use="Prompts for a full assessment by a clinician. Not a score.",
        card="opioids",
    ),
    Question(
        "opioid_treatment",
        "In treatment for opioid use?",
        Choice(
            {
                "no": "No",
                "past": "Not now, but before",
                "buprenorphine": "Yes, buprenorphine or Suboxone",
                "methadone": "Yes, methadone",
                "naltrexone": "Yes, naltrexone or Vivitrol",
                "other": "Yes, another kind",
                "rather_not": "Rather not say",
            }
        ),
        show_if=any_of(q("opioid_control").in_("yes", "not_sure"), q("reasons").has("opioids")),
        missing="Pick if you are in treatment for opioid use",
        seed="opioid addiction, like any other addiction, can be treated",
        use="Keep that treatment going; speak with that team.",
        card="opioids",
    ),
)
