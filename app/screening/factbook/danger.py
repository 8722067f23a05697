"""What is happening right now."""

from ..fact_kinds import Tri
from ..facts import Fact
from ..logic import q

FACTS: tuple[Fact, ...] = (
    Tri(
        "now.emergency",
        when=q("urgent_now").has("chest_pain", "breathing", "seizure", "overdose", "weakness"),
    ),
    Tri("now.end_life", when=q("urgent_now").has("end_life")),
    Tri("symptom.back_warning", when=q("back_warning").is_("yes")),
    Tri("symptom.headache_changed", when=q("headache_changed").is_("yes")),
    Tri("symptom.chest_pain_recent", when=q("chest_pain_recent").is_("yes")),
    Tri("symptom.urinary", when=q("bladder").is_("yes")),
)
