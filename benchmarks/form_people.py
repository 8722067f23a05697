"""The four people of ux.md section 12: invented, and what each answers. Which of it is asked, the form decides.

Section 12 names what they have and how many questions and pages they meet, no answers. These were picked to fit its
words and its number of questions. C needs nearly every page for that: ketamine before, dark thoughts and diabetes are
not section 12's.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.questionnaire.answers import Answer
from app.questionnaire.intake import INTAKE
from app.questionnaire.kinds import Choice
from app.questionnaire.pages import Questionnaire

Answers = dict[str, Answer]


@dataclass(frozen=True)
class Someone:
    """One of the four, their answers, and what section 12 says of them. `target` are the minutes they shall take."""

    name: str
    answers: Answers
    said_questions: int
    said_pages: int
    target: float
    words_before: int
    """The words on their way in version 1.4, counted as `words_on_the_way` counts them."""


def no_to_all(form: Questionnaire) -> Answers:
    """A No to every yes-or-no question that stands in a line or is asked of everyone, those of tomorrow too.

    What a No to the others rules out is left out.
    """
    asked = {
        question.id: question
        for page in form.pages
        for question in page.questions
        if isinstance(question.kind, Choice) and {"yes", "no"} <= question.kind.options.keys()
        if question.show_if is None or page.is_line(question)
    }
    return {
        name: "no"
        for name, question in asked.items()
        if question.show_if is None or not (set(question.show_if.names()) & asked.keys()) - {"fam_known"}
    }


WELL: Answers = no_to_all(INTAKE) | {
    "verify_dob": "1985-03-27",
    "language": "en",
    "urgent_now": ["none"],
    "filled_by": "self",
    "privacy_ok": True,
    "first_name": "Robin",
    "last_name": "Ashdown",
    "dob": "1985-03-27",
    "phone": "555 010 0199",
    "email": "robin@example.com",
    "sex_at_birth": "female",
    "gender": "woman",
    "ec_name": "Kit Ashdown",
    "ec_phone": "555 010 0198",
    "height": {"unit": "ft_in", "feet": 5, "inches": 6},
    "weight": {"unit": "lb", "value": 145},
    "reasons": ["depression"],
    "reason_duration": "years_1_to_5",
    "goals": "Get back to the garden",
    "tried_list": ["antidepressant", "talking"],
    "antidepressant_count": "2",
    "ketamine_before": ["none"],
    "surgery_last": "never",
    "fam_known": "yes",
    "med_classes": ["antidepressant"],
    "meds_how": "add",
    "medicines": [{"med_name": "Sertraline 50 mg", "med_often": "once"}],
    "scale_phq9": [2, 2, 1, 2, 1, 1, 1, 0, 0],
    "suicide_thoughts": "no",
    "mh_list": ["depression"],
    "alcohol_any": "yes",
    "drugs_used": ["none"],
    "scale_auditc": [1, 0, 0],
    "pregnancy_status": "no",
    "breastfeeding": "no",
    "agree_screen": True,
    "sign_name": "Robin Ashdown",
}
"""What the four have in common until one of them says otherwise."""


def _listed(*names: str) -> list[Answer]:
    return [{"med_name": name, "med_often": "once"} for name in names]


def _allergic(*names: str) -> list[Answer]:
    return [
        {"allergy_to": name, "allergy_reaction": ["rash"], "allergy_when": "older", "allergy_hospital": "no"}
        for name in names
    ]


PEOPLE = (
    Someone(
        "A. Depression, one medicine",
        WELL | {"sex_at_birth": "male", "gender": "man"},
        said_questions=78,
        said_pages=27,
        target=9.5,
        words_before=2549,
    ),
    Someone(
        "M. Depression and anxiety, 2 medicines, 1 allergy",
        WELL
        | {
            "reasons": ["depression", "anxiety"],
            "mh_list": ["depression", "anxiety"],
            "med_classes": ["antidepressant", "otc"],
            "otc_list": "Vitamin D",
            "medicines": _listed("Sertraline 100 mg", "Buspirone 10 mg"),
            "allergy_any": "yes",
            "allergies": _allergic("Penicillin"),
        },
        said_questions=82,
        said_pages=28,
        target=10.5,
        words_before=2735,
    ),
    Someone(
        "B. Depression, back pain, headache, 3 medicines, high blood pressure",
        WELL
        | {
            "bp_known": "yes",
            "bp_top": 138,
            "bp_bottom": 86,
            "bp_when": "month",
            "reasons": ["depression", "pain"],
            "pain_sites": ["headache", "back"],
            "headache_changed": "no",
            "back_warning": "no",
            "tried_list": ["antidepressant", "pain_medicine", "physio"],
            "high_bp": "yes",
            "high_bp_control": "yes",
            "med_classes": ["antidepressant", "triptan", "heart_bp", "otc"],
            "otc_list": "Vitamin D",
            "medicines": _listed("Sertraline 100 mg", "Sumatriptan 50 mg", "Lisinopril 10 mg"),
            "opioid_ever": "yes",
            "opioid_last": "older",
            "opioid_control": "no",
            "overdose_ever": "no",
        },
        said_questions=90,
        said_pages=32,
        target=13.3,
        words_before=3024,
    ),
    Someone(
        "C. Pain, opioids, chemotherapy, seizures, 8 medicines, 3 allergies",
        WELL
        | {
            "bp_known": "yes",
            "bp_top": 138,
            "bp_bottom": 86,
            "bp_when": "month",
            "reasons": ["pain", "opioids"],
            "reason_duration": "over_5_years",
            "pain_sites": ["back", "nerve", "headache", "after_surgery"],
            "pain_surgery_what": "Lower back, 2019",
            "headache_changed": "no",
            "back_warning": "no",
            "tried_list": ["antidepressant", "pain_medicine", "injections", "physio", "recovery"],
            "ketamine_before": ["clinic"],
            "ketamine_form": ["drip"],
            "ketamine_last": "older",
            "ketamine_times": "2_to_6",
            "ketamine_helped": "some",
            "ketamine_bad": "yes",
            "ketamine_bad_what": ["nausea"],
            "cancer_now": "yes",
            "chemo_now": "yes",
            "chemo_last": "this_month",
            "chemo_notes": "Breast, by drip",
            "cancer_team_knows": "no",
            "surgery_last": "months_6_to_12",
            "surgery_areas": ["other"],
            "anesthetic_problem": "yes",
            "anesthetic_problem_what": ["sick"],
            "seizure_ever": "yes",
            "seizure_last": "years_1_to_5",
            "seizure_cause": ["epilepsy"],
            "high_bp": "yes",
            "high_bp_control": "yes",
            "lung_any": "yes",
            "lung_list": ["asthma"],
            "sleep_apnea": "yes",
            "sleep_apnea_treated": "most_nights",
            "stomach_any": "yes",
            "stomach_list": ["reflux"],
            "diabetes": "yes",
            "diabetes_type": "type_2",
            "head_injury": "yes",
            "head_injury_when": "older",
            "other_any": "yes",
            "other_list": ["arthritis"],
            "fam_heart_attack": "yes",
            "fam_heart_age": "no",
            "allergy_any": "yes",
            "allergies": _allergic("Penicillin", "Latex", "Codeine"),
            "med_classes": ["opioid", "antidepressant", "seizure_medicine", "gabapentin", "heart_bp", "otc"],
            "otc_list": "Vitamin D",
            "medicines": _listed(
                *("Oxycodone 10 mg", "Duloxetine 60 mg", "Keppra 500 mg", "Gabapentin 300 mg"),
                *("Lisinopril 10 mg", "Metformin 500 mg", "Omeprazole 20 mg", "Capecitabine 500 mg"),
            ),
            "scale_phq9": [2, 3, 2, 3, 1, 2, 1, 0, 1],
            "suicide_thoughts": "sometimes",
            "suicide_today": "no",
            "suicide_plan": "no",
            "callback": "visit",
            "mh_hospital": "yes",
            "mh_hospital_when": "older",
            "mh_list": ["depression", "insomnia"],
            "opioid_ever": "yes",
            "opioid_last": "today",
            "opioid_control": "yes",
            "opioid_which": ["oxy_hydro"],
            "opioid_source": ["prescribed"],
            "opioid_reason": ["back"],
            "opioid_amount": "3 pills of 10 mg",
            "opioid_signs": ["more", "sick"],
            "opioid_treatment": "no",
            "scale_auditc": [2, 1, 1],
            "alcohol_withdrawal": "no",
            "drugs_used": ["cannabis"],
            "drugs_often": "monthly",
            "overdose_ever": "no",
            "substance_help": "maybe",
        },
        said_questions=128,
        said_pages=42,
        target=16.0,
        words_before=4753,
    ),
)
