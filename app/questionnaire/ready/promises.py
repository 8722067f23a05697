"""Key facts understood, and what you agree to."""

from ..conditions import any_of, q
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
                    help="If you pick the wrong one, we just show you the fact again",
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
                    help="The law gives these answers extra protection. You can say no",
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
                    use="Controls sharing, and whether these columns may leave in an export. Until it is answered, nothing is shared (treated as ask_first).",
                ),
                Question(
                    "agree_research",
                    "May we use your answers, with your name taken off, to learn and improve care?",
                    yes_no(),
                    help="Your care is the same if you say no",
                    use="Limits who is in the de-identified export.",
                ),
            ),
        ),
    ),
)
