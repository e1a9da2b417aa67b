"""Reads of the development pages. ``user`` comes first and is never defaulted: everything is the user's own."""

from development.selectors.plan import (
    Plan,
    PlannedGoal,
    next_goal_of,
    plan_of_person,
    planned_goal,
    settings_of,
)
from development.selectors.sources import ReportSource, growth_offers, report_source

__all__ = [
    "Plan",
    "PlannedGoal",
    "ReportSource",
    "growth_offers",
    "next_goal_of",
    "plan_of_person",
    "planned_goal",
    "report_source",
    "settings_of",
]
