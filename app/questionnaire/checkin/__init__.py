"""The check-in after a session: two to four minutes."""

from ..pages import Derived, Questionnaire
from . import session

CHECKIN = Questionnaire(
    id="ketamine_checkin",
    version="1.2",
    steps=(session.STEP,),
    derived={"fu_phq9_item9": Derived("fu_phq9", lambda scores, on: scores[8])},
)
