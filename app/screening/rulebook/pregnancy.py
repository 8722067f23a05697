"""Pregnancy and breastfeeding."""

from ..levels import Evidence, Level
from ..logic import fact
from ..rules import Rule

RULES = (
    Rule(
        "pregnant",
        "Pregnant",
        Level.STOP,
        "pregnancy",
        Evidence.CONSENSUS,
        trigger=fact("repro.pregnant").is_("yes"),
        rationale="Pregnancy is a consensus contraindication, labels advise against it, and UK text excludes pre-eclampsia.",
        action="Stop; obstetric and psychiatric discussion. Signs of pre-eclampsia are an emergency.",
        sources=(
            "SCHWENK2018",
            "SPRAVATO_US",
            "KETALAR_US",
            "KETALAR_UK",
        ),
        ask='"Could you be pregnant?" Offer a test.',
        seed="history of your physical and mental health before deciding on your treatment plan",
    ),
    Rule(
        "pregnancy-possible",
        "Pregnancy possible or being tried for",
        Level.REVIEW,
        "pregnancy",
        Evidence.LABEL,
        trigger=fact("repro.pregnancy_possible").is_("yes"),
        rationale="Possible harm to the developing brain.",
        action="Test before each course; talk about birth control.",
        sources=(
            "SPRAVATO_US",
            "KETALAR_US",
        ),
        seed="history of your physical and mental health before deciding on your treatment plan",
    ),
    Rule(
        "breastfeeding",
        "Breastfeeding or chestfeeding",
        Level.REVIEW,
        "pregnancy",
        Evidence.LABEL,
        trigger=fact("repro.breastfeeding").is_("yes"),
        rationale="The esketamine label advises against; small studies found low transfer into milk.",
        action="Discuss; watch the baby for sleepiness and feeding.",
        sources=(
            "SPRAVATO_US",
            "LACTMED",
            "WOLFSON2022",
        ),
        ask='"Are you breastfeeding or chestfeeding?"',
        seed="history of your physical and mental health before deciding on your treatment plan",
    ),
)
