"""Key facts understood, and what you agree to."""

from ..conditions import Retired, any_of, q
from ..key_facts import KEY_FACTS
from ..kinds import Choice, Statement, yes_no
from ..pages import Page, Question, Step

STEP = Step(
    "ready_agree",
    "Key facts and your promise",
    "Getting ready",
    (
        Page(
            "understand",
            "Two quick checks",
            (
                Question(
                    "understand_drive",
                    "After treatment, when can you drive?",
                    Choice(
                        {
                            "same_day": "As soon as I feel OK",
                            "next_day": "The next day, after a night's sleep",
                            "hour": "After one hour",
                        }
                    ),
                    help="You can look it up in the key facts",
                    notice=KEY_FACTS,
                    missing="Pick when you can drive after treatment",
                    seed="what medications you should avoid during and after the treatment",
                    use="Teach-back. Wrong twice: note for the consent talk.",
                    card="capacity",
                ),
                Question(
                    "understand_choice",
                    "Can you change your mind later?",
                    Choice(
                        {
                            "yes": "Yes, at any time before a dose is given",
                            "no": "No, once I sign I must go on",
                        }
                    ),
                    missing="Pick if you can change your mind later",
                    use="Teach-back that this is a choice.",
                    card="capacity",
                ),
            ),
        ),
        Page(
            "agree",
            "What you agree to",
            (
                Question(
                    "agree_facts",
                    "I have read the key facts about ketamine and I can ask questions",
                    Statement(),
                    notice=KEY_FACTS,
                    seed="there is some risk of serious side effects that may occur",
                    use="Which version of the facts was read, and when.",
                ),
                Question(
                    "agree_home",
                    "I will not drive or go home alone after a treatment",
                    Statement(),
                    seed="what medications you should avoid during and after the treatment",
                    use="Safety promise.",
                ),
                Question(
                    "agree_substance_share",
                    "May we share your alcohol and drug answers with the other doctors who treat you?",
                    Choice({"yes": "Yes", "ask_first": "Ask me each time", "no": "No"}),
                    help="The law can give these answers extra protection. You can say no",
                    show_if=any_of(
                        q("opioid_ever").is_("yes"),
                        q("drugs_used").has(
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
                        q("alcohol_any").is_("yes"),
                    ),
                    missing="Pick if we may share your alcohol and drug answers",
                    use="Shown to the clinician, who shares nothing until it is answered (treated as ask_first). An export holds these columns all the same: who takes records out decides with this one in them.",
                ),
                Question(
                    "agree_research",
                    "May we use your answers, with your name taken off, to learn and improve care?",
                    yes_no(),
                    help="Your care is the same if you say no",
                    show_if=Retired("agree_research"),
                    use="Asked until version 1.1. No export honours it, so it is not asked; what was answered then is still exported.",
                ),
            ),
        ),
    ),
)
