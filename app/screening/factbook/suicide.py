"""Suicide, self-harm and harm to others."""

from ..fact_kinds import Days, Score, Tri
from ..facts import Fact
from ..logic import Band, q

FACTS: tuple[Fact, ...] = (
    Score("phq9.item9", question="scale_phq9", unit="0-3", item=9),
    Score("phq9.total", question="scale_phq9", unit="0-27"),
    Tri("suicide.thoughts_month", when=q("suicide_thoughts").in_("sometimes", "often")),
    Tri("suicide.thoughts_today", when=q("suicide_today").is_("yes")),
    Tri("suicide.plan", when=q("suicide_plan").is_("yes")),
    Tri("suicide.attempt_ever", when=q("suicide_attempt").is_("yes")),
    Days(
        "suicide.days_since_attempt",
        question="suicide_attempt_when",
        bands={"past_3_months": Band(0, 90), "year": Band(91, 365), "older": Band(366, None)},
    ),
    Tri("suicide.wants_call_today", when=q("callback").in_("today", "when_open")),
    Tri("safety.harm_others", when=q("harm_others").is_("yes")),
)
