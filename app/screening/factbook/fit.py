"""Why they come and what was tried."""

from ..fact_kinds import Tri
from ..facts import Fact
from ..logic import any_of, not_, q

FACTS: tuple[Fact, ...] = (
    Tri("reason.depression", when=q("reasons").has("depression")),
    Tri("reason.opioids", when=q("reasons").has("opioids")),
    Tri("fit.nothing_tried", when=q("tried_list").has("none")),
    Tri(
        "fit.few_antidepressants",
        when=any_of(q("antidepressant_count").in_("0", "1"), not_(q("tried_list").has("antidepressant"))),
        note="the count is asked only of people who took an antidepressant and come for mood; whoever took none has fewer than two",
    ),
    Tri("fit.problem_under_3_months", when=q("reason_duration").is_("under_3_months")),
)
