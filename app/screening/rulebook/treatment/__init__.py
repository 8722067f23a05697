"""The treatment itself: dose, tests, the plan and the day. Run once staff have entered something about it."""

from . import day, dose, plan

RULES = (*dose.RULES, *day.RULES, *plan.RULES)
