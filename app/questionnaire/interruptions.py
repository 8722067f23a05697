"""Pages that interrupt: when an answer means danger now, help is shown the moment its page is saved.

Each fires when its page is saved, not at submit, so a form that is never finished still alerts the clinic; each shows
at most once per form. Texts are our own and need a clinician's signature before go-live. CHECK EVERY NUMBER AT EACH
RELEASE (sources CRISIS_US, CRISIS_UK).
"""

from __future__ import annotations

from .conditions import any_of, q
from .countries import Country
from .crisis_contacts import EMERGENCY_UK, EMERGENCY_US, NHS_UK
from .interruption import FORM_SAVED, MISTAKE, USUAL, Interruption, pressure_crisis, too_young


def _both(text: str) -> dict[Country, str]:
    return dict.fromkeys(Country, text)


INTERRUPTIONS: tuple[Interruption, ...] = (
    Interruption(
        "under_age",
        too_young(USUAL),
        rules=("under-minimum-age",),
        title="We can't go on with this form",
        heading="We can't go on with this form",
        opening=_both(
            "This clinic sees people aged {minimum_age} and over. Please call us on {clinic_phone}: we can tell you "
            "who may help. Nothing more is asked here."
        ),
        contacts={Country.US: ("crisis",), Country.UK: ("crisis",)},
        carry_on=None,
        stop_here=None,
    ),
    Interruption(
        "emergency",
        q("urgent_now").has("chest_pain", "breathing", "seizure", "overdose", "weakness"),
        rules=("unwell-right-now",),
        title="Getting help",
        heading="Please get help now",
        opening={
            Country.US: f"Call {EMERGENCY_US}. Do not drive yourself.",
            Country.UK: f"Call {EMERGENCY_UK}. Do not drive yourself.",
        },
        saved=FORM_SAVED,
        bodily=True,
        contacts={Country.US: ("emergency",), Country.UK: ("emergency",)},
        carry_on=MISTAKE,
    ),
    Interruption(
        "followup_emergency",
        q("fu_urgent").has("chest_pain", "breathing", "seizure", "passed_out", "swelling"),
        rules=("after-emergency",),
        title="Getting help",
        heading="Please get help now",
        opening={
            Country.US: f"Call {EMERGENCY_US}. Do not drive yourself. Then call us on {{clinic_phone}}.",
            Country.UK: f"Call {EMERGENCY_UK}. Do not drive yourself. Then call us on {{clinic_phone}}.",
        },
        saved="Your answers are saved.",
        bodily=True,
        contacts={Country.US: ("emergency",), Country.UK: ("emergency",)},
        carry_on=MISTAKE,
    ),
    Interruption(
        "crisis_now",
        any_of(
            q("urgent_now").has("end_life"),
            q("suicide_today").is_("yes"),
            q("suicide_plan").is_("yes"),
            q("suicide_attempt_when").is_("past_3_months"),
            q("scale_phq9_item9").gte(2),
            q("fu_phq9_item9").gte(2),
            q("fu_suicide").is_("today"),
        ),
        rules=(
            "suicide-risk-now",
            "phq9-self-harm-item",
            "call-wanted-today",
            "after-suicide-risk",
            "after-wants-call",
        ),
        title="Getting help",
        heading="Thank you for telling us. Let's get you some help now",
        opening=_both(
            "Things sound very hard. Your answers are saved. You can come back to this form any time."
        ),
        act_now={
            Country.US: f"If you may act on these thoughts, or have hurt yourself: call {EMERGENCY_US} or go to the nearest emergency "
            "room. If you can, ask someone to stay with you.",
            Country.UK: f"If you may act on these thoughts, or have hurt yourself: call {EMERGENCY_UK} or go to A&E. If you can, ask "
            "someone to stay with you.",
        },
        talk="Talk to someone now. It is free, day and night.",
        what_happens={
            Country.US: "A trained person answers, asks if you are safe, and listens. Most calls end there. It is rare for "
            "anyone to be sent to you.",
            Country.UK: "A person answers and listens. You can say as much or as little as you like.",
        },
        not_sure=any_of(q("suicide_today").is_("not_sure"), q("suicide_plan").is_("not_sure")),
        opening_unsure=_both(
            "It is OK not to be sure. It can help to talk it over with someone now. Your answers are saved, and you can "
            "come back to this form any time."
        ),
        told_open="We have told our team. Someone is here until {closing_time} and will look at this today.",
        # Whoever is on call gets a message at any hour; that they act on it before opening is not for us to promise.
        told_closed="We have told our team. We are closed until {opening_time}, and may not see this before then, so "
        "please use the numbers above.",
        listed_open="Someone is here until {closing_time}.",
        listed_closed="We are closed until {opening_time}, and may not see this before then, so please use the numbers "
        "above.",
        contacts={
            Country.US: ("emergency", "crisis", "crisis_text", "crisis_chat", "spanish", "veterans"),
            Country.UK: ("emergency", "nhs", "crisis", "crisis_text"),
        },
        outranks=("crisis_support",),
        asks=("callback", "fu_call"),
    ),
    Interruption(
        "crisis_support",
        any_of(
            q("suicide_thoughts").in_("sometimes", "often"),
            q("scale_phq9_item9").equals(1),
            q("fu_phq9_item9").equals(1),
            q("fu_suicide").is_("since_last"),
        ),
        rules=(
            "phq9-self-harm-item",
            "suicidal-thoughts-month",
            "suicide-answers-disagree",
            "call-wanted-today",
            "after-suicidal-thoughts",
            "after-suicide-risk",
            "after-wants-call",
        ),
        title="Getting help",
        heading="Thank you for telling us",
        opening=_both(
            "You are not the only one who feels this way, and it can get better with help. If it gets worse, these "
            "people are there."
        ),
        act_now={
            Country.US: f"If you think you may hurt yourself, call {EMERGENCY_US}.",
            Country.UK: f"If you think you may hurt yourself, call {EMERGENCY_UK}.",
        },
        talk="Talk to someone. It is free, day and night.",
        told_open="We have told our team. Someone will look at this.",
        told_closed="We have told our team. We are closed until {opening_time}, so please use the numbers above if "
        "you need someone before then.",
        listed_open="Our team can see this answer. Someone will look at it.",
        listed_closed="Our team can see this answer. We are closed until {opening_time}, so please use the numbers "
        "above if you need someone before then.",
        contacts={
            Country.US: ("crisis", "crisis_text", "crisis_chat", "spanish", "veterans", "emergency"),
            Country.UK: ("crisis", "crisis_text", "nhs", "emergency"),
        },
        asks=("callback", "fu_call"),
        carry_on="Continue",
    ),
    Interruption(
        "harm_others",
        q("harm_others").is_("yes"),
        rules=("harm-to-others",),
        title="Getting help",
        heading="Thank you for telling us",
        opening=_both(
            "It takes courage to say that. A clinician will talk with you. These people can help right now, day and "
            "night."
        ),
        not_sure=q("harm_others").is_("not_sure"),
        opening_unsure=_both(
            "It is OK not to be sure. A clinician can talk it over with you. These people can help right now, day and "
            "night."
        ),
        act_now={
            Country.US: f"If someone is in danger now, call {EMERGENCY_US}.",
            Country.UK: f"If someone is in danger now, call {EMERGENCY_UK}.",
        },
        contacts={
            Country.US: ("crisis", "crisis_text", "emergency"),
            Country.UK: ("nhs", "crisis", "emergency"),
        },
    ),
    Interruption(
        "back_warning",
        q("back_warning").is_("yes"),
        rules=("spinal-nerve-warning",),
        title="Please get checked today",
        heading="This needs a check today",
        opening={
            Country.US: "New numbness or trouble holding pee or poop needs a same-day check at an emergency room.",
            Country.UK: "New numbness or trouble holding pee or poo needs a same-day check at A&E.",
        },
        saved=FORM_SAVED,
        bodily=True,
        not_sure=q("back_warning").is_("not_sure"),
        opening_unsure={
            Country.US: "You are not sure about new numbness or trouble holding pee or poop. It is best to find out today: "
            "call your doctor now, or go to an emergency room.",
            Country.UK: "You are not sure about new numbness or trouble holding pee or poo. It is best to find out today: "
            f"call NHS {NHS_UK} now, or go to A&E.",
        },
        contacts={Country.US: ("emergency",), Country.UK: ("emergency", "nhs_advice")},
    ),
    Interruption(
        "headache_warning",
        q("headache_changed").is_("yes"),
        rules=("headache-changed",),
        bodily=True,
        title="Please call your doctor today",
        heading="Please call your doctor today",
        opening={
            Country.US: f"Tell them about this change in your headache. If it is sudden and very bad, call {EMERGENCY_US}.",
            Country.UK: f"Tell your GP or NHS {NHS_UK} about this change in your headache. If it is sudden and very bad, call {EMERGENCY_UK}.",
        },
        not_sure=q("headache_changed").is_("not_sure"),
        opening_unsure={
            Country.US: "You are not sure if your headache has changed. Your doctor can help you find out. If a headache is "
            f"sudden and very bad, call {EMERGENCY_US}.",
            Country.UK: f"You are not sure if your headache has changed. Your GP or NHS {NHS_UK} can help you find out. If a "
            f"headache is sudden and very bad, call {EMERGENCY_UK}.",
        },
        contacts={Country.US: ("emergency",), Country.UK: ("emergency", "nhs_advice")},
    ),
    Interruption(
        "chest_pain",
        q("chest_pain_recent").is_("yes"),
        rules=("chest-pain-recent",),
        bodily=True,
        title="About your chest pain",
        heading="About your chest pain",
        opening={
            Country.US: f"If it is bad, or you sweat or can't breathe, call {EMERGENCY_US}. If it comes and goes, call your doctor "
            "today.",
            Country.UK: f"If it is bad, or you sweat or can't breathe, call {EMERGENCY_UK}. If it comes and goes, call your GP or NHS "
            f"{NHS_UK} today.",
        },
        not_sure=q("chest_pain_recent").is_("not_sure"),
        opening_unsure={
            Country.US: "You are not sure if you have had chest pain. If your chest hurts or feels tight now, or you sweat or "
            f"can't breathe, call {EMERGENCY_US}. If it comes and goes, call your doctor today.",
            Country.UK: "You are not sure if you have had chest pain. If your chest hurts or feels tight now, or you sweat or "
            f"can't breathe, call {EMERGENCY_UK}. If it comes and goes, call your GP or NHS {NHS_UK} today.",
        },
        contacts={Country.US: ("emergency",), Country.UK: ("emergency", "nhs_advice")},
    ),
    Interruption(
        "pressure_crisis",
        pressure_crisis(USUAL),
        rules=("blood-pressure-crisis",),
        bodily=True,
        title="About your blood pressure",
        heading="Please have your blood pressure checked today",
        opening=_both(
            "The reading you gave is very high. Your answers are saved. Sit down, rest for 5 minutes and, if you can, "
            "measure again."
        ),
        act_now={
            Country.US: f"Call {EMERGENCY_US} if you have chest pain, trouble breathing, a very bad headache, weakness or numbness, "
            "trouble speaking or seeing, or you are confused.",
            Country.UK: f"Call {EMERGENCY_UK} if you have chest pain, trouble breathing, a very bad headache, weakness or numbness, "
            "trouble speaking or seeing, or you are confused.",
        },
        act_today={
            Country.US: "If you feel well but it is still {systolic_crisis} or more on top, or {diastolic_crisis} or more "
            "below, call your doctor or go to urgent care today. Keep taking your medicines as usual.",
            Country.UK: "If you feel well but it is still {systolic_crisis} or more on top, or {diastolic_crisis} or more "
            f"below, call your GP or NHS {NHS_UK} today. Keep taking your medicines as usual.",
        },
        contacts={Country.US: ("emergency",), Country.UK: ("emergency", "nhs_advice")},
        of_typed_number=True,
    ),
)
"""In the order they are shown when one page brings up several."""
