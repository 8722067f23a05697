"""The check-in after a session: two to four minutes."""

from ..form_kinds import FormKind
from ..pages import Derived, Questionnaire
from ..versions import newest
from . import session

CHECKIN = Questionnaire(
    id="ketamine_checkin",
    version=newest(FormKind.CHECK_IN),
    steps=(session.STEP,),
    derived={"fu_phq9_item9": Derived("fu_phq9", lambda scores, on: scores[8], "item 9")},
)
