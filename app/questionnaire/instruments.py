"""Validated scales, word for word, and their scoring. Scores are screens, not diagnoses.

Items are shown exactly as published and never reworded. A blank item gives no total; it never counts as 0.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Band:
    """A named range of totals, both ends included."""

    low: int
    high: int
    label: str


@dataclass(frozen=True, slots=True)
class Wording:
    """What is asked: one form of an instrument. `responses` are code to label, per item or one for all."""

    items: tuple[str, ...]
    responses: tuple[Mapping[int, str], ...]
    stem: str | None = None
    help: str | None = None


@dataclass(frozen=True, slots=True)
class Instrument:
    """A scale: its wording by jurisdiction, bands, codes and licence.

    `never_item` is an item whose 0 makes the whole total 0 (AUDIT-C: never drinks).
    """

    name: str
    long_name: str
    forms: Mapping[str, Wording]
    highest: int
    bands: tuple[Band, ...]
    look_back_days: int | None
    licence: str
    sources: tuple[str, ...]
    loinc: Mapping[str, str] = field(default_factory=dict)
    never_item: int | None = None

    def wording(self, jurisdiction: str) -> Wording:
        """The form used in a jurisdiction ("US" or "UK")."""
        return self.forms.get(jurisdiction) or self.forms["any"]

    @property
    def item_count(self) -> int:
        """How many items a stored answer holds."""
        return len(next(iter(self.forms.values())).items)

    def choices(self, item: int, jurisdiction: str = "US") -> Mapping[int, str]:
        """The responses of item 1, 2, ...: score to label."""
        responses = self.wording(jurisdiction).responses
        return responses[0] if len(responses) == 1 else responses[item - 1]

    def total(self, scores: Sequence[int | None]) -> int | None:
        """The total score, or None when an item is blank."""
        if self.never_item is not None and scores[self.never_item - 1] == 0:
            return 0
        if any(score is None for score in scores):
            return None
        return sum(score for score in scores if score is not None)

    def band(self, total: int | None) -> str | None:
        """The published name of the band the total falls in; None when there is none."""
        if total is None:
            return None
        return next((band.label for band in self.bands if band.low <= total <= band.high), None)


_FREQUENCY = {0: "Not at all", 1: "Several days", 2: "More than half the days", 3: "Nearly every day"}

PHQ9 = Instrument(
    name="PHQ-9",
    long_name="Patient Health Questionnaire, 9 items",
    forms={
        "any": Wording(
            stem="Over the last 2 weeks, how often have you been bothered by any of the following problems?",
            items=(
                "Little interest or pleasure in doing things",
                "Feeling down, depressed, or hopeless",
                "Trouble falling or staying asleep, or sleeping too much",
                "Feeling tired or having little energy",
                "Poor appetite or overeating",
                "Feeling bad about yourself — or that you are a failure or have let yourself or your family down",
                "Trouble concentrating on things, such as reading the newspaper or watching television",
                "Moving or speaking so slowly that other people could have noticed? Or the opposite — being so "
                "fidgety or restless that you have been moving around a lot more than usual",
                "Thoughts that you would be better off dead or of hurting yourself in some way",
            ),
            responses=(_FREQUENCY,),
        )
    },
    highest=27,
    bands=(
        Band(0, 4, "minimal"),
        Band(5, 9, "mild"),
        Band(10, 14, "moderate"),
        Band(15, 19, "moderately severe"),
        Band(20, 27, "severe"),
    ),
    look_back_days=14,
    licence="No permission required to reproduce, translate, display or distribute. Developed by Drs. Robert L. "
    "Spitzer, Janet B.W. Williams, Kurt Kroenke and colleagues, with an educational grant from Pfizer Inc.",
    sources=("PHQ9", "LOINC"),
    loinc={
        "panel": "44249-1",
        "total": "44261-6",
        "1": "44250-9",
        "2": "44255-8",
        "3": "44259-0",
        "4": "44254-1",
        "5": "44251-7",
        "6": "44258-2",
        "7": "44252-5",
        "8": "44253-3",
        "9": "44260-8",
    },
)

_AUDITC_RESPONSES: tuple[Mapping[int, str], ...] = (
    {
        0: "Never",
        1: "Monthly or less",
        2: "2 to 4 times a month",
        3: "2 to 3 times a week",
        4: "4 or more times a week",
    },
    {0: "1 or 2", 1: "3 or 4", 2: "5 or 6", 3: "7 to 9", 4: "10 or more"},
    {0: "Never", 1: "Less than monthly", 2: "Monthly", 3: "Weekly", 4: "Daily or almost daily"},
)

AUDITC = Instrument(
    name="AUDIT-C",
    long_name="Alcohol Use Disorders Identification Test, consumption items",
    forms={
        "US": Wording(
            items=(
                "How often do you have a drink containing alcohol?",
                "How many drinks containing alcohol do you have on a typical day when you are drinking?",
                "How often do you have six or more drinks on one occasion?",
            ),
            responses=_AUDITC_RESPONSES,
            help="A drink is 12 oz of beer, 5 oz of wine or 1.5 oz of spirits",
        ),
        "UK": Wording(
            items=(
                "How often do you have a drink containing alcohol?",
                "How many units of alcohol do you drink on a typical day when you are drinking?",
                "How often have you had 6 or more units if female, or 8 or more if male, on a single occasion in the "
                "last year?",
            ),
            responses=_AUDITC_RESPONSES,
            help="Half a pint of ordinary beer or a single measure of spirits is 1 unit. A 175 ml glass of wine is about 2",
        ),
    },
    highest=12,
    bands=(),
    look_back_days=None,
    licence="World Health Organization AUDIT: free to use for care with acknowledgement; not for sale.",
    sources=("AUDITC", "AUDITC_UK", "LOINC"),
    loinc={"panel": "72109-2", "total": "75626-2", "1": "68518-0", "2": "68519-8", "3": "68520-6"},
    never_item=1,
)

INSTRUMENTS: Mapping[str, Instrument] = {instrument.name: instrument for instrument in (PHQ9, AUDITC)}

LOINC_NOTICE = (
    "Contains content from LOINC, copyright Regenstrief Institute, Inc., used under the LOINC licence."
)
