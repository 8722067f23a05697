"""What patients mention in boxes for something else. A net under the questions: a question to ask, never an accusation.

It reads words and not meaning (see mentions), so it never raises more than a review, and never settles anything.
"""

from ..factbook.mentioned import TOLD
from ..levels import Evidence, Level
from ..logic import fact
from ..rules import ANY_PART, Rule

# Subject of mention_words: what it is called, and the card of the rules it stands beside.
NAMES = {
    "suicide": ("suicide or self-harm", "suicide"),
    "harm-others": ("hurting someone else", "harm_others"),
    "emergency": ("trouble breathing, fainting or sudden weakness", "emergency"),
    "chest-pain": ("chest pain", "heart"),
    "back-warning": ("numbness between the legs, or trouble holding urine or stool", "emergency"),
    "headache-changed": ("a sudden or changed headache", "head"),
    "brain-pressure": ("a brain tumor, or fluid or pressure in the head", "head"),
    "head-injury": ("a head injury", "head"),
    "seizures": ("seizures", "seizures"),
    "under-age": ("being under 18", "capacity"),
    "no-agreement": ("not wanting this", "capacity"),
    "high-blood-pressure": ("high blood pressure", "heart"),
    "adrenal-tumor": ("an adrenal gland tumor", "heart"),
    "heart": ("heart disease", "heart"),
    "aneurysm": ("an aneurysm or AVM", "vessels"),
    "stroke": ("a stroke or brain bleed", "vessels"),
    "psychosis": ("psychosis", "psychosis"),
    "mania": ("mania", "mania"),
    "mental-health-hospital": ("a stay in hospital for mental health", "mental_health"),
    "opioid-misuse": ("opioids", "opioids"),
    "overdose": ("an overdose", "opioids"),
    "alcohol-drugs": ("alcohol or drugs", "substances"),
    "ketamine-use": ("ketamine outside a clinic, or a pull to use it", "ketamine"),
    "theophylline": ("theophylline or aminophylline", "medicines"),
    "ketamine-reaction": ("a bad reaction to ketamine", "ketamine"),
    "anesthetic-allergy": ("a reaction to an anesthetic", "anesthetic"),
    "steroid-allergy": ("a reaction to a steroid", "steroids"),
    "liver": ("liver disease", "liver"),
    "bladder": ("bladder trouble", "bladder"),
    "porphyria": ("porphyria", "other_health"),
    "pregnancy": ("pregnancy or breastfeeding", "pregnancy"),
    "surgery": ("surgery", "surgery"),
    "chemotherapy": ("cancer treatment", "cancer"),
    "unsafe-home": ("not being safe at home", "unsafe_home"),
    "rash": ("a rash or swelling", "allergies"),
    "thyroid": ("a thyroid problem", "hormones"),
    "glaucoma": ("glaucoma or eye pressure", "head"),
    "family-seizures": ("seizures in the family", "seizures"),
    "family-psychosis": ("psychosis in the family", "psychosis"),
    "family-heart": ("heart attacks or sudden death in the family", "heart"),
    "family-anesthetic": ("a reaction to an anesthetic in the family", "anesthetic"),
}

RULES = tuple(
    Rule(
        f"mentioned-{subject}",
        f"Wrote about {name}, in a box for something else",
        Level.REVIEW,
        card,
        Evidence.LOCAL,
        trigger=fact(f"mentioned.{subject.replace('-', '_')}").is_("yes"),
        rationale="The words stand in a free text, and the questions about it were not answered yes. Words are read, "
        "not their meaning: they may be about something else.",
        action="Ask what was meant, and correct the answer if it was meant so.",
        sources=("LOCAL",),
        stage=ANY_PART,
    )
    for subject in TOLD
    for name, card in [NAMES[subject]]
)
