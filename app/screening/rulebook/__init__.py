"""The rules, one file per subject. Slugs are stable for good."""

from ..factbook import FACTS
from ..rules import Rulebook
from . import (
    after_session,
    allergies,
    blood_pressure,
    brain,
    breathing_and_stomach,
    contradictions,
    crisis,
    family,
    getting_ready,
    heart,
    hormones_and_illness,
    liver_and_bladder,
    medicines,
    mentioned,
    mind,
    person,
    pregnancy,
    substances,
    surgery,
    treatment,
)

RULEBOOK = Rulebook(
    version="1.2",
    rules=(
        *crisis.RULES,
        *contradictions.RULES,
        *brain.RULES,
        *person.RULES,
        *blood_pressure.RULES,
        *heart.RULES,
        *family.RULES,
        *mind.RULES,
        *substances.RULES,
        *medicines.RULES,
        *allergies.RULES,
        *liver_and_bladder.RULES,
        *hormones_and_illness.RULES,
        *breathing_and_stomach.RULES,
        *pregnancy.RULES,
        *surgery.RULES,
        *getting_ready.RULES,
        *after_session.RULES,
        *mentioned.RULES,
        *treatment.RULES,
    ),
    facts=FACTS,
)
