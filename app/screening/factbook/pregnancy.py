"""Pregnancy and breastfeeding."""

from ..fact_kinds import Tri
from ..facts import Fact
from ..logic import q

FACTS: tuple[Fact, ...] = (
    Tri(
        "repro.pregnant", when=q("pregnancy_status").is_("yes"), unknown_if=q("pregnancy_status").is_("maybe")
    ),
    Tri("repro.pregnancy_possible", when=q("pregnancy_status").in_("maybe", "trying")),
    Tri("repro.breastfeeding", when=q("breastfeeding").is_("yes")),
)
