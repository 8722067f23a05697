"""Check, sign and send."""

from ..conditions import any_of, q
from ..kinds import Signature, Statement, yes_no_not_sure
from ..pages import Page, Question, Step

STEP = Step(
    "finish",
    "Check, sign and send",
    "Finish",
    (
        Page(
            "sign",
            "Check, sign and send",
            (
                Question(
                    "agree_screen",
                    "The clinic may use my answers to see if this treatment is safe for me",
                    Statement(),
                    help="This is not a yes to treatment",
                    seed="if you think you may be a good candidate for this therapy, speak with your doctor",
                    use="Consent to screening only. Consent to treatment is taken face to face.",
                ),
                Question(
                    "sign_name",
                    "Type your full name to sign",
                    Signature(
                        max_length=160,
                        match=(
                            "first_name",
                            "last_name",
                        ),
                    ),
                    help="This says your answers are true as far as you know. It counts as a pen signature",
                    show_if=any_of(
                        q("filled_by").in_("self", "self_with_help"), q("filler_role").in_("typing", "staff")
                    ),
                    missing="Type your full name to sign",
                    example="Robin Ashdown",
                    use="Electronic signature. Date, time, form version and who was signed in are added by the system.",
                ),
                Question(
                    "sign_guardian",
                    "Type your own full name to sign for the patient",
                    Signature(max_length=160, match=("helper_name",)),
                    help="This says the answers are true as far as you know. We will ask for proof at the first visit",
                    show_if=q("filler_role").in_("parent_guardian", "legal"),
                    missing="Type your own full name to sign",
                    example="Lee Ashdown",
                    use="Signature by a parent, guardian or legal decision-maker; proof is checked by staff.",
                    card="capacity",
                ),
                Question(
                    "sign_assent",
                    "Does the patient know about this form and agree with it?",
                    yes_no_not_sure(),
                    show_if=q("filler_role").in_("parent_guardian", "legal"),
                    use="The patient's own agreement still counts.",
                    card="capacity",
                ),
            ),
        ),
    ),
)
