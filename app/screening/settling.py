"""Why a clinician may settle a flag: a short list for each subject, declared once. Plain Python.

A flag must be settled, with a reason from its own list, before anyone is marked suitable. A reason that does not
`clear` says what happens instead of treatment: it settles the flag, and "suitable" stays refused. No reason tells
anyone to stop a medicine: whoever prescribed it decides.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from .rules import Level

MUST_SETTLE = frozenset({Level.URGENT, Level.STOP})
"""Levels that stand in the way of "suitable" until a clinician settles the flag."""

OTHER = "other"


@dataclass(frozen=True, slots=True)
class Reason:
    """One way to settle a flag. `words` are what staff pick; `code` is what is stored. Whoever picked a code said its
    words: a reason that says more, or something else, is a new code. One that `needs_note` says nothing without.
    """

    code: str
    words: str
    clears: bool = True
    needs_note: bool = False


def _agrees(code: str, who: str) -> Reason:
    return Reason(code, f"{who} agrees (who, and the letter's date, in the note)")


def _checked(code: str, found: str) -> Reason:
    return Reason(code, f"Checked by a doctor since: {found} (who and when, in the note)")


def _holds(code: str, words: str) -> Reason:
    return Reason(code, words, clears=False)


MISTAKE = Reason("mistake", "The answer was a mistake, checked with the patient")
FINISHED = Reason("finished", "It is over, checked with the patient")
SPECIALIST = _agrees("specialist_agrees", "A specialist")
PLAN = Reason("plan_written", "The benefit outweighs the risk, and a plan is written")
WAIT = _holds("wait", "Wait, and look again later")
ASK_SPECIALIST = _holds("ask_specialist", "Ask a specialist first")
NOT_GOING_ON = _holds("not_going_on", "Not going on with treatment")
ANOTHER = Reason(OTHER, "Another reason, in the note", needs_note=True)

GENERAL = (FINISHED, MISTAKE, SPECIALIST, PLAN, WAIT, NOT_GOING_ON, ANOTHER)
"""For a card without a list: a flag of a rule that is gone, or was stronger once. No rule of today has it."""

FOR_UNKNOWN = (
    Reason(
        "unknown_accepted",
        "Asked, still not known, accepted because of what the note says",
        needs_note=True,
    ),
    Reason(
        "unknown_ruled_out",
        "Looked into another way: it does not apply (by whom and how, in the note)",
        needs_note=True,
    ),
    _holds("unknown_wait_patient", "Wait: the patient will find out"),
    _holds("unknown_wait_records", "Wait for records, a test or a doctor's word"),
    NOT_GOING_ON,
    ANOTHER,
)
"""For a rule that could not be decided: an answer decides it, and nothing here pretends to be one."""

WAITS_FOR_ANSWER = frozenset({"unknown_wait_patient", "unknown_wait_records"})
"""Those of them with which somebody still looks for the answer: a condition may carry it."""

_SAFE_NOW = Reason("safe_now", "Reached the patient: safe now")
_RISK_ASSESSED = Reason("risk_assessed", "Risk assessed with the patient, and a safety plan is written")
_MENTAL_HEALTH_TEAM = _agrees("mental_health_team_agrees", "The mental health team")
_PSYCHIATRIST = _agrees("psychiatrist_agrees", "Steady now, and the psychiatrist")
_ADDICTION_TEAM = _agrees("addiction_team_agrees", "The addiction team")
_CARDIOLOGIST = _agrees("cardiologist_agrees", "The cardiologist")
_ALLERGY_DOCTOR = _agrees("allergy_doctor_agrees", "The allergy doctor")
_LIVER_SPECIALIST = _agrees("liver_specialist_agrees", "Liver tests are seen, and the liver specialist")
_CHECKED_FIT = _checked("checked_fit", "fit to go on")
_NOT_ALLERGY = Reason("not_allergy", "A side effect, not an allergy, seen in records")
_SOMETHING_ELSE = Reason("something_else", "Records show it was something else")
_LONGER_AGO = Reason("longer_ago", "Longer ago than this rule counts, seen in records")
_READINGS = Reason("readings_below", "Repeat readings are below the limit (readings and dates in the note)")
_PRESSURE_CONTROLLED = Reason(
    "pressure_controlled", "Under control now, and the usual doctor agrees (who and when, in the note)"
)
_SENT_TO_CARE = _holds("sent_to_care", "Sent to emergency or crisis care")
_SENT_TO_EMERGENCY = _holds("sent_to_emergency", "Sent to an emergency department")
_ASK_PSYCHIATRIST = _holds("ask_psychiatrist", "Ask a psychiatrist first")
_ASK_CARDIOLOGIST = _holds("ask_cardiologist", "Ask a cardiologist first")
_ASK_ALLERGY = _holds("ask_allergy_clinic", "Ask an allergy clinic first")
_ASK_LIVER = _holds("ask_liver_specialist", "Ask a liver specialist first")
_REFER_ADDICTION = _holds("refer_addiction", "Refer to addiction care first")
_REACHED_WAIT = _holds("reached_wait", "Reached the patient; treatment waits (until when, in the note)")
_NEXT_WAITS = _holds("next_waits", "The next session waits")
_ENTERED_WRONG = Reason("entered_wrong", "What was entered was a mistake, and is put right")
_SESSION_WAITS = _holds("session_waits", "The session waits")
_ASK_PHARMACIST = _holds("ask_pharmacist", "Ask a pharmacist first")
_REBOOKED = _holds("rebooked", "Rebooked for another day")
_WAIT_PRESSURE = _holds("wait_pressure", "Wait until the pressure is under control")
_WAIT_RECORDS = _holds("wait_records", "Wait for the records")
_WAIT_LIVER = _holds("wait_liver_tests", "Wait for the liver tests")


def _list(*own: Reason) -> tuple[Reason, ...]:
    """A list: its own reasons, then the two that end every list."""
    return (*own, NOT_GOING_ON, ANOTHER)


BY_CARD: Mapping[str, tuple[Reason, ...]] = MappingProxyType(
    {
        "emergency": _list(
            _SAFE_NOW,
            _checked("checked_not_serious", "nothing serious found"),
            MISTAKE,
            _SENT_TO_CARE,
            _REACHED_WAIT,
        ),
        "suicide": _list(_RISK_ASSESSED, _MENTAL_HEALTH_TEAM, MISTAKE, _SENT_TO_CARE, _REACHED_WAIT),
        "harm_others": _list(
            Reason("nobody_in_danger", "Assessed: nobody in danger, no intent and no means"),
            _RISK_ASSESSED,
            _MENTAL_HEALTH_TEAM,
            MISTAKE,
            _SENT_TO_CARE,
            _holds("others_protected", "Local law on protecting others followed (who was told, in the note)"),
        ),
        "seizures": _list(
            Reason("childhood_fever", "Only with fever, as a child"),
            Reason("controlled", "Controlled, and the nerve doctor agrees (the letter's date in the note)"),
            MISTAKE,
            PLAN,
            ASK_SPECIALIST,
        ),
        "psychosis": _list(
            Reason("not_psychosis", "Assessed by a psychiatrist: not psychosis"),
            _PSYCHIATRIST,
            MISTAKE,
            _ASK_PSYCHIATRIST,
            _SENT_TO_CARE,
            _holds("wait_psychosis", "Wait until the psychosis is over"),
        ),
        "mania": _list(
            Reason("not_mania", "Assessed by a psychiatrist: not mania"),
            _PSYCHIATRIST,
            MISTAKE,
            _ASK_PSYCHIATRIST,
            _SENT_TO_CARE,
            _holds("wait_mania", "Wait until the mood is steady"),
        ),
        "cancer": _list(
            Reason("finished", "Treatment is finished"),
            _agrees("specialist_agrees", "The cancer team"),
            MISTAKE,
            _holds("wait", "Wait until treatment ends"),
        ),
        "anesthetic": _list(
            Reason("tested", "Tested: no allergy to what would be used"),
            _NOT_ALLERGY,
            Reason("not_used_here", "The drug is known from records, and is not used here"),
            SPECIALIST,
            MISTAKE,
            ASK_SPECIALIST,
        ),
        "steroids": _list(
            Reason("tested_steroid", "Tested: no allergy to steroids"),
            _NOT_ALLERGY,
            Reason("plan_without_steroid", "An allergy, and the emergency plan does without that steroid"),
            _ALLERGY_DOCTOR,
            MISTAKE,
            _ASK_ALLERGY,
        ),
        "surgery": _list(
            Reason("healed", "Healed, and the surgeon agrees or has let the patient go"),
            SPECIALIST,
            MISTAKE,
            PLAN,
            _holds("ask_surgeon", "Ask the surgeon first"),
            _holds("wait", "Wait until it has healed"),
        ),
        "heart": _list(
            _agrees("ecg_cardiologist_agrees", "The ECG is seen, and the cardiologist"),
            Reason("heart_steady", "Steady: not worse and no hospital stay, seen in records"),
            MISTAKE,
            _ASK_CARDIOLOGIST,
            _holds("wait_heart", "Wait until the heart is steady"),
        ),
        "vessels": _list(
            _SOMETHING_ELSE,
            _agrees("vessel_specialist_agrees", "Date, kind and recovery are known, and the specialist"),
            MISTAKE,
            _holds("ask_vessel_specialist", "Ask a neurologist or stroke doctor first"),
            _WAIT_RECORDS,
        ),
        "head": _list(
            _SOMETHING_ELSE,
            Reason("pressure_treated", "Treated, and the pressure in the head is normal since, by letter"),
            _agrees("head_specialist_agrees", "The neurologist or neurosurgeon"),
            MISTAKE,
            _holds("ask_head_specialist", "Ask a neurologist or neurosurgeon first"),
        ),
        "liver": _list(
            Reason("liver_tests_good", "Liver tests and records show no severe liver disease"),
            _LIVER_SPECIALIST,
            MISTAKE,
            _ASK_LIVER,
            _WAIT_LIVER,
        ),
        "bladder": _list(
            Reason("urine_clear", "The urine test is clear, and urology agrees (dates in the note)"),
            Reason("bladder_other_cause", "Another cause was found and treated, and it is gone"),
            MISTAKE,
            _holds("ask_urologist", "Ask a urologist first"),
            _holds("wait_urine", "Wait for the urine test"),
        ),
        "medicines": _list(
            Reason("prescriber_changed", "The prescriber has changed it (who and when, in the note)"),
            Reason("not_prescribed_now", "No longer prescribed, checked with the prescriber or pharmacy"),
            Reason("other_medicine", "It is another medicine, seen on the label or in records"),
            _agrees("prescriber_agrees", "The prescriber knows of the risk, and"),
            MISTAKE,
            _holds("ask_prescriber", "Ask the prescriber first"),
        ),
        "opioids": _list(
            Reason("opioid_no_misuse", "Fully assessed: taken as prescribed, with no sign of addiction"),
            _agrees("opioid_team_agrees", "Established treatment has begun, and that team"),
            Reason("opioid_plan", "Fully assessed, naloxone is at home, and a plan is written"),
            MISTAKE,
            _REFER_ADDICTION,
            _holds("wait_opioid_treatment", "Wait until treatment for opioid use is steady"),
        ),
        "substances": _list(
            Reason("no_heavy_use", "Assessed: no heavy use and no withdrawal now"),
            _ADDICTION_TEAM,
            Reason("substance_plan", "Help has begun, liver tests are seen, and a plan is written"),
            MISTAKE,
            _REFER_ADDICTION,
            _holds("sent_for_withdrawal", "Sent to medical care for withdrawal"),
        ),
        "pregnancy": _list(
            Reason("test_negative", "A test is negative"),
            Reason("pregnancy_over", "No longer pregnant, checked with the patient"),
            Reason(
                "obstetrician_agrees",
                "The obstetrician and the psychiatrist agree (who and when, in the note)",
            ),
            MISTAKE,
            _holds("ask_obstetrician", "Ask an obstetrician and a psychiatrist first"),
            _holds("wait_birth", "Wait until after the birth"),
        ),
    }
)
"""Lists for those rules of a card that have none of their own."""

_PRESSURE = _list(
    _READINGS,
    _PRESSURE_CONTROLLED,
    _CARDIOLOGIST,
    MISTAKE,
    _holds("ask_usual_doctor", "Ask the usual doctor first"),
    _WAIT_PRESSURE,
)
_SUICIDE_SINCE = _list(_RISK_ASSESSED, _MENTAL_HEALTH_TEAM, MISTAKE, _SENT_TO_CARE, _NEXT_WAITS)

BY_RULE: Mapping[str, tuple[Reason, ...]] = MappingProxyType(
    {
        "spinal-nerve-warning": _list(
            _checked("checked_spine", "no pressure on the spinal nerves"),
            Reason("spine_not_new", "Not new, and looked into before (by whom, in the note)"),
            MISTAKE,
            _SENT_TO_EMERGENCY,
        ),
        "call-wanted-today": _list(
            Reason("called_no_danger", "Called: no danger found, written up"),
            Reason("called_assessed", "Called: risk assessed, and a safety plan is written"),
            MISTAKE,
            _SENT_TO_CARE,
            _REACHED_WAIT,
        ),
        "after-suicidal-thoughts": _SUICIDE_SINCE,
        "after-suicide-risk": _SUICIDE_SINCE,
        "under-minimum-age": _list(
            Reason("age_proved", "Old enough: proof of age seen in person"),
            MISTAKE,
            _holds("refer_young", "Refer to a service for young people"),
            _holds("wait_age", "Wait until the patient is old enough"),
        ),
        "patient-does-not-agree": _list(
            Reason("agrees_in_person", "Asked in person, alone: the patient agrees"),
            Reason("helper_proved", "Proof seen of who may decide, and the patient agrees too"),
            MISTAKE,
            _holds("ask_capacity", "Ask for an assessment of capacity first"),
            _holds("ask_patient_again", "Wait, and ask the patient again"),
        ),
        "after-seizure": _list(
            _CHECKED_FIT,
            _agrees("seizure_heart_agrees", "The neurologist or cardiologist"),
            Reason("asked_none", "Asked: no seizure, nor strong chest pain or breathing trouble"),
            MISTAKE,
            _SENT_TO_EMERGENCY,
            _NEXT_WAITS,
        ),
        "psychosis-diagnosed": _list(
            Reason("not_psychosis", "Assessed by a psychiatrist: not psychosis"),
            Reason("other_diagnosis", "Records show another diagnosis, and no psychosis"),
            _PSYCHIATRIST,
            MISTAKE,
            _ASK_PSYCHIATRIST,
            _WAIT_RECORDS,
        ),
        "mental-health-admission-recent": _list(
            _agrees("discharge_team_agrees", "The discharge letter is seen, and the team"),
            Reason("steady_since", "Steady since, risk assessed, and a safety plan is written"),
            _LONGER_AGO,
            MISTAKE,
            _holds("ask_hospital_team", "Ask the hospital team first"),
            _holds("wait_admission", "Wait until it is longer ago"),
        ),
        "ketamine-serious-reaction": _list(
            Reason("reaction_milder", "Less serious than ticked, seen in records"),
            Reason(
                "reaction_plan", "The cause is known, the benefit outweighs the risk, and a plan is written"
            ),
            SPECIALIST,
            MISTAKE,
            ASK_SPECIALIST,
            _WAIT_RECORDS,
        ),
        "ketamine-allergy": _list(
            Reason("tested_ketamine", "Tested: no allergy to ketamine or what is in the vial"),
            _NOT_ALLERGY,
            Reason(
                "free_of_ingredient", "Allergic to a vial ingredient, and what is used here is free of it"
            ),
            _ALLERGY_DOCTOR,
            MISTAKE,
            _ASK_ALLERGY,
        ),
        "ketamine-control": _list(
            Reason("no_ketamine_disorder", "Addiction assessment done: no ketamine use disorder"),
            _agrees("recovery_team_agrees", "In recovery, and the addiction team"),
            MISTAKE,
            _REFER_ADDICTION,
            _holds("wait_recovery", "Wait until recovery is steady"),
        ),
        "after-other-ketamine": _list(
            Reason("prescribers_agree", "Prescribed elsewhere: both prescribers know, and agree who leads"),
            Reason("no_ketamine_misuse", "Assessed: no misuse, and a plan is written"),
            MISTAKE,
            _REFER_ADDICTION,
            _NEXT_WAITS,
        ),
        "blood-pressure-very-high": _PRESSURE,
        "hypertension-uncontrolled": _PRESSURE,
        "blood-pressure-crisis": _list(
            _READINGS,
            _PRESSURE_CONTROLLED,
            MISTAKE,
            _holds("sent_same_day", "Sent to same-day medical care"),
            _WAIT_PRESSURE,
        ),
        "adrenal-tumour": _list(
            Reason("no_hormone_tumor", "Looked into: not a tumor that releases hormones"),
            Reason("tumor_removed", "Removed, and hormone tests are clear since, by letter"),
            _agrees("endocrinologist_agrees", "The endocrinologist"),
            MISTAKE,
            _holds("ask_endocrinologist", "Ask an endocrinologist first"),
        ),
        "cardiac-event-recent": _list(
            _LONGER_AGO,
            Reason("not_heart_event", "Records show it was not the heart"),
            _CARDIOLOGIST,
            MISTAKE,
            _ASK_CARDIOLOGIST,
            _holds("wait_weeks", "Wait until enough weeks have passed"),
        ),
        "chest-pain-recent": _list(
            _checked("checked_heart", "not from the heart"),
            _CARDIOLOGIST,
            MISTAKE,
            _holds("ask_medical_check", "Ask for a medical check first"),
            _SENT_TO_EMERGENCY,
            _holds("wait_cause", "Wait until the cause is known"),
        ),
        "aneurysm-or-avm": _list(
            _SOMETHING_ELSE,
            Reason("vessel_repaired", "Repaired, and the specialist agrees (the letter's date in the note)"),
            _agrees("vessel_site_agrees", "Site and size are known, and the specialist"),
            MISTAKE,
            ASK_SPECIALIST,
        ),
        "headache-changed": _list(
            _checked("checked_head", "no bleed and no raised pressure"),
            Reason("usual_headache", "The usual headache after all, looked into with the patient"),
            MISTAKE,
            _holds("ask_medical_check", "Ask for a medical check first"),
            _SENT_TO_EMERGENCY,
        ),
        "head-injury-recent": _list(
            _LONGER_AGO,
            Reason("slight_injury", "A slight injury, seen in records"),
            _agrees("neurologist_agrees", "Recovered, and the neurologist"),
            MISTAKE,
            _holds("ask_neurologist", "Ask a neurologist first"),
            _holds("wait_head", "Wait until recovery is complete"),
        ),
        "ketamine-liver-injury": _list(
            Reason("liver_other_cause", "Records show another cause, and liver tests are normal"),
            _LIVER_SPECIALIST,
            MISTAKE,
            _ASK_LIVER,
            _WAIT_LIVER,
        ),
        "overdose-history": _list(
            Reason(
                "overdose_assessed",
                "Asked which drug, when and why; risk assessed, and a safety plan is written",
            ),
            Reason("overdose_accident", "Asked which drug, when and why: an accident, and no risk now"),
            _agrees("overdose_team_agrees", "The addiction or mental health team"),
            MISTAKE,
            _holds("ask_overdose_team", "Ask the addiction or mental health team first"),
            WAIT,
        ),
        "after-more-opioids": _list(
            Reason(
                "prescriber_raised",
                "The prescriber raised it, and agrees to go on (who and when, in the note)",
            ),
            Reason("no_relapse", "Assessed: no relapse, and a plan is written"),
            _ADDICTION_TEAM,
            MISTAKE,
            _REFER_ADDICTION,
            _NEXT_WAITS,
        ),
        "porphyria": _list(
            Reason("porphyria_not_acute", "The type is confirmed: not an acute porphyria"),
            _agrees("porphyria_service_agrees", "The porphyria service"),
            MISTAKE,
            _holds("ask_porphyria_service", "Ask the porphyria service first"),
            _holds("wait_type", "Wait until the type is confirmed"),
        ),
        "not-safe-with-people": _list(
            Reason("spoke_alone", "Spoke with the patient alone: safe now"),
            Reason("safe_escort", "A safe escort and a safe place to go are arranged"),
            MISTAKE,
            _holds("refer_support", "Refer to local support first"),
            _holds("sent_to_safety", "Sent to emergency help"),
            _holds("wait_safe", "Wait until home is safe"),
        ),
        "after-serious-effect": _list(
            Reason("effect_passed", "It has passed; how long and how strong is in the note"),
            _CHECKED_FIT,
            Reason("rash_not_allergy", "The rash was looked at: not an allergy"),
            MISTAKE,
            _SENT_TO_EMERGENCY,
            _NEXT_WAITS,
        ),
        "dose-above-published": _list(
            Reason(
                "prescriber_confirms", "The published figures are seen; the prescriber says why in the note"
            ),
            Reason("second_clinician", "A second clinician agrees (who and why, in the note)"),
            _ENTERED_WRONG,
            _ASK_PHARMACIST,
            _SESSION_WAITS,
        ),
        "dose-strong-vial-iv": _list(
            Reason(
                "dilution_checked", "Diluted: two people checked strength and dilution (who, in the note)"
            ),
            Reason("other_vial", "Another vial is used: two people checked its strength (who, in the note)"),
            _ENTERED_WRONG,
            _ASK_PHARMACIST,
            _SESSION_WAITS,
        ),
        "session-pressure-high": _list(
            _READINGS,
            PLAN,
            _ENTERED_WRONG,
            _holds("sent_same_day", "Sent to same-day medical care"),
            _REBOOKED,
            _SESSION_WAITS,
        ),
        "session-recent-alcohol-or-drugs": _list(
            Reason("assessed_fit_today", "Assessed today: not intoxicated, no withdrawal, and fit to go on"),
            Reason("taken_before", "Asked again: it was before the last day and night"),
            _ENTERED_WRONG,
            _REBOOKED,
            _SESSION_WAITS,
        ),
        "session-no-escort": _list(
            Reason(
                "escort_found", "A responsible adult takes the patient home, and the patient will not drive"
            ),
            _ENTERED_WRONG,
            _REBOOKED,
            _SESSION_WAITS,
        ),
        "esketamine-programme": _list(
            Reason("enrolled_and_stays", "Enrolled now, and can stay as long as the program asks"),
            Reason("product_changed", "Another product is planned, and is entered"),
            _ENTERED_WRONG,
            _REBOOKED,
            _SESSION_WAITS,
        ),
    }
)
"""Lists for rules that need other reasons than the rest of their card, or whose card holds many subjects."""


def reasons_for(slug: str, card: str) -> tuple[Reason, ...]:
    """The list of a flag: its rule's own, or else its card's."""
    return BY_RULE.get(slug) or BY_CARD.get(card, GENERAL)


def reason(slug: str, card: str, code: str, raised: bool = True) -> Reason | None:
    """The reason with this code on the flag's list. One that is not `raised` could not be decided."""
    return _find(reasons_for(slug, card) if raised else FOR_UNKNOWN, code)


def reason_stored(slug: str, card: str, code: str) -> Reason | None:
    """The reason a flag was settled with. What is not on its list any more is on its card's, or the general one."""
    return _find((*reasons_for(slug, card), *BY_CARD.get(card, ()), *GENERAL, *FOR_UNKNOWN), code)


def _find(reasons: tuple[Reason, ...], code: str) -> Reason | None:
    return next((one for one in reasons if one.code == code), None)
