"""The health check (part 1): what a clinician needs to screen someone. One file per step."""

from ..form_kinds import FormKind
from ..instruments import AUDITC
from ..pages import Derived, Questionnaire, age_years
from ..versions import newest
from . import (
    body,
    details,
    family,
    finish,
    measures,
    medicines,
    mood,
    pregnancy,
    reasons,
    safety,
    start,
    substances,
)

INTAKE = Questionnaire(
    id="ketamine_intake",
    version=newest(FormKind.INTAKE),
    steps=(
        start.STEP,
        details.STEP,
        measures.STEP,
        reasons.STEP,
        safety.STEP,
        body.STEP,
        family.STEP,
        medicines.STEP,
        mood.STEP,
        substances.STEP,
        pregnancy.STEP,
        finish.STEP,
    ),
    derived={
        "age_years": Derived("dob", age_years, "whole years to the day", by_day=True),
        "scale_phq9_item9": Derived("scale_phq9", lambda scores, on: scores[8], "item 9"),
        "scale_auditc_score": Derived("scale_auditc", lambda scores, on: AUDITC.total(scores), "total"),
    },
)
