"""All parts as one: what rules read, since a rule of one part may use answers of another."""

from .checkin import CHECKIN
from .intake import INTAKE
from .pages import Questionnaire
from .ready import READY

WHOLE = Questionnaire(
    id="ketamine",
    version=INTAKE.version,
    steps=(*INTAKE.steps, *READY.steps, *CHECKIN.steps),
    derived={**INTAKE.derived, **READY.derived, **CHECKIN.derived},
)

PARTS = {1: INTAKE, 2: READY, "followup": CHECKIN}
"""The questionnaire of each part, by the name of the part in the case format."""
