"""Getting ready (part 2): what the clinic needs before a first session. Asked only after part 1."""

from ..pages import Questionnaire
from . import doctors, home, promises, reach, scores

READY = Questionnaire(
    id="ketamine_ready",
    version="1.2",
    steps=(reach.STEP, scores.STEP, doctors.STEP, home.STEP, promises.STEP),
)
