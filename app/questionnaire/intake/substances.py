"""Opioids, alcohol, tobacco and other drugs. Asked without blame."""

from ..conditions import any_of, q
from ..instruments import AUDITC
from ..kinds import Choice, Choices, Scale, Text, yes_no_not_sure_skip
from ..pages import Page, Question, Step

STEP = Step(
    "substances",
    "Opioids, alcohol and other drugs",
    "Private questions",
    (
        Page(
            "opioids",
            "Opioid medicines and drugs",
            (
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
                    "When did you last take an opioid?",
                    Choice(
                        {
                            "today": "Today or yesterday",
                            "week": "In the last week",
                            "month": "In the last month",
                            "year": "In the last year",
                            "older": "More than a year ago",
                            "rather_not": "I'd rather not say here",
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
                    "Have opioids ever been hard to control or to stop?",
                    yes_no_not_sure_skip(),
                    help="This is common, and it can be treated",
                    show_if=q("opioid_ever").is_("yes"),
                    seed="many people start misusing opioids until they become addicted to them",
                    use="Screen for opioid use disorder.",
                    card="opioids",
                ),
            ),
        ),
        Page(
            "opioids_more",
            "How you took opioids",
            (
                Question(
                    "opioid_which",
                    "Which opioids have you taken in the last year?",
                    Choices(
                        {
                            "codeine_tramadol": "Codeine or tramadol",
                            "oxy_hydro": "Oxycodone or hydrocodone",
                            "morphine": "Morphine",
                            "fentanyl": "Fentanyl, patch or street",
                            "heroin": "Heroin",
                            "methadone": "Methadone",
                            "buprenorphine": "Buprenorphine or Suboxone",
                            "other": "Another one",
                            "not_sure": "I'm not sure",
                            "rather_not": "I'd rather not say here",
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
                    "How did you get the opioids?",
                    Choices(
                        {
                            "prescribed": "Prescribed for me",
                            "given": "From family or a friend",
                            "bought": "Bought without a prescription",
                            "other": "Another way",
                            "rather_not": "I'd rather not say here",
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
                    "What did you take opioids for?",
                    Choices(
                        {
                            "headache": "Headache",
                            "back": "Back pain",
                            "surgery": "Pain after surgery",
                            "injury": "Pain from an injury",
                            "other_pain": "Other pain",
                            "cope": "To cope or feel better",
                            "withdrawal": "To stop feeling sick without them",
                            "rather_not": "I'd rather not say here",
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
                    "On a usual day, how much of an opioid do you take? (optional)",
                    Text(max_length=200),
                    help="For example, 2 pills of 10 mg, 3 times",
                    required=False,
                    show_if=q("opioid_last").in_("today", "week", "month"),
                    seed="overdose and excessive dosage",
                    use="Rough daily dose; staff work out the equivalent.",
                ),
            ),
        ),
        Page(
            "opioids_help",
            "Opioids and staying in control",
            (
                Question(
                    "opioid_signs",
                    "Which of these have happened to you with opioids?",
                    Choices(
                        {
                            "more": "I needed more to get the same effect",
                            "longer": "I took more, or for longer, than I meant to",
                            "sick": "I felt ill when I stopped",
                            "cut_down": "I tried to cut down and could not",
                            "craving": "I had strong cravings",
                            "life": "It hurt my work, home life or friendships",
                            "risk": "I used when it was not safe, such as driving",
                            "none": "None of these",
                            "rather_not": "I'd rather not say here",
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
                    "Are you in treatment for opioid use?",
                    Choice(
                        {
                            "no": "No",
                            "past": "Not now, but I was before",
                            "buprenorphine": "Yes, with buprenorphine or Suboxone",
                            "methadone": "Yes, with methadone",
                            "naltrexone": "Yes, with naltrexone or Vivitrol",
                            "other": "Yes, another kind",
                            "rather_not": "I'd rather not say here",
                        }
                    ),
                    show_if=any_of(q("opioid_control").in_("yes", "not_sure"), q("reasons").has("opioids")),
                    missing="Pick if you are in treatment for opioid use",
                    seed="opioid addiction, like any other addiction, can be treated",
                    use="Keep that treatment going; speak with that team.",
                    card="opioids",
                ),
            ),
        ),
        Page(
            "alcohol_drugs",
            "Alcohol, tobacco and other drugs",
            (
                Question(
                    "alcohol_any",
                    "Do you drink alcohol?",
                    Choice(
                        {
                            "yes": "Yes",
                            "past": "Not now, but I used to",
                            "no": "No, never",
                            "rather_not": "I'd rather not say here",
                        }
                    ),
                    missing="Pick if you drink alcohol",
                    seed="like any other addiction",
                    use="Opens AUDIT-C. Alcohol plus ketamine slows breathing.",
                    card="substances",
                ),
                Question(
                    "drugs_used",
                    "In the last year, have you used any of these?",
                    Choices(
                        {
                            "tobacco": "Cigarettes or vapes",
                            "cannabis": "Cannabis or weed",
                            "cocaine": "Cocaine or crack",
                            "meth": "Meth or speed",
                            "mdma": "MDMA or ecstasy",
                            "psychedelic": "Mushrooms or LSD",
                            "pills": "Pills not prescribed for me",
                            "inhalants": "Gas, glue or poppers",
                            "nitrous": "Laughing gas (nitrous oxide)",
                            "other": "Something else",
                            "none": "None of these",
                            "rather_not": "I'd rather not say here",
                        }
                    ),
                    help="We ask to keep you safe. Pick all that apply",
                    seed="help reduce the risks of abuse",
                    use="Stimulants add heart risk; cannabis and psychedelics add psychosis risk; misuse risk overall.",
                    card="substances",
                ),
            ),
        ),
        Page(
            "alcohol",
            "Alcohol",
            (
                Question(
                    "scale_auditc",
                    "Alcohol questionnaire (AUDIT-C)",
                    Scale(AUDITC),
                    show_if=q("alcohol_any").is_("yes"),
                    seed="like any other addiction",
                    use="Risky drinking screen. The US or the UK wording of instruments.yaml is used, by the clinic's jurisdiction, and stored with the answers.",
                ),
            ),
        ),
        Page(
            "alcohol_drugs_more",
            "A little more about that",
            (
                Question(
                    "alcohol_withdrawal",
                    "When you stop drinking, do you get shakes, sweats or seizures?",
                    yes_no_not_sure_skip(),
                    show_if=any_of(q("scale_auditc_score").gte(4), q("alcohol_any").is_("past")),
                    seed="tremors, convulsions",
                    use="Withdrawal seizures; do not tell this person to stop suddenly.",
                    card="substances",
                ),
                Question(
                    "drugs_often",
                    "How often do you use the drug you use most?",
                    Choice(
                        {
                            "once": "Once or twice in the year",
                            "monthly": "Most months",
                            "weekly": "Most weeks",
                            "daily": "Most days",
                            "rather_not": "I'd rather not say here",
                        }
                    ),
                    show_if=q("drugs_used").has(
                        "cannabis",
                        "cocaine",
                        "meth",
                        "mdma",
                        "psychedelic",
                        "pills",
                        "inhalants",
                        "nitrous",
                        "other",
                    ),
                    missing="Pick how often",
                    seed="help reduce the risks of abuse",
                    use="Pattern of use.",
                    card="substances",
                ),
                Question(
                    "overdose_ever",
                    "Have you ever had an overdose?",
                    yes_no_not_sure_skip(),
                    help="By accident or not, from any drug",
                    show_if=any_of(
                        q("opioid_ever").is_("yes"),
                        q("drugs_used").has(
                            "cocaine", "meth", "mdma", "psychedelic", "pills", "inhalants", "nitrous", "other"
                        ),
                        q("reasons").has("opioids", "other_substance"),
                    ),
                    seed="people dying from an overdose and excessive dosage",
                    use="Overdose risk. Offer naloxone.",
                    card="opioids",
                ),
                Question(
                    "substance_help",
                    "Would you like help to cut down or stop?",
                    Choice({"yes": "Yes", "maybe": "Maybe. I'd like to talk", "no": "No, thank you"}),
                    show_if=any_of(
                        q("opioid_control").is_("yes"),
                        q("drugs_often").in_("weekly", "daily"),
                        q("reasons").has("opioids", "other_substance"),
                        q("alcohol_withdrawal").is_("yes"),
                    ),
                    missing="Pick if you would like help to cut down or stop",
                    seed="opioid addiction, like any other addiction, can be treated",
                    use="Readiness; referral even if ketamine is not right.",
                ),
            ),
        ),
    ),
    private=True,
)
