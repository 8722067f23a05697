"""The rules, one file per subject. Slugs are stable for good."""

from ..factbook import FACTS
from ..rules import Rulebook
from . import (
    after_session,
    allergies,
    body,
    brain,
    contradictions,
    crisis,
    family,
    getting_ready,
    heart,
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
        *heart.RULES,
        *family.RULES,
        *mind.RULES,
        *substances.RULES,
        *medicines.RULES,
        *allergies.RULES,
        *body.RULES,
        *pregnancy.RULES,
        *surgery.RULES,
        *getting_ready.RULES,
        *after_session.RULES,
        *mentioned.RULES,
        *treatment.RULES,
    ),
    facts=FACTS,
)
