"""Getting ready (part 2): what the clinic needs before a first session. Asked only after part 1."""

from ..form_kinds import FormKind
from ..pages import Questionnaire
from ..versions import newest
from . import doctors, home, promises, reach, scores

READY = Questionnaire(
    id="ketamine_ready",
    version=newest(FormKind.READY),
    steps=(reach.STEP, scores.STEP, doctors.STEP, home.STEP, promises.STEP),
)
