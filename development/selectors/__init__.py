"""Reads of the development pages. ``user`` comes first and is never defaulted: everything is the user's own.

Only :func:`reminders_due` reads everybody's, for the command that sends; no page calls it.
"""

from development.selectors.plan import (
    Plan,
    PlannedGoal,
    next_goal_of,
    open_goals_of,
    plan_of_person,
    planned_goal,
    settings_of,
)
from development.selectors.reminders import reminders_due
from development.selectors.sources import ReportSource, growth_offers, report_source

__all__ = [
    "Plan",
    "PlannedGoal",
    "ReportSource",
    "growth_offers",
    "next_goal_of",
    "open_goals_of",
    "plan_of_person",
    "planned_goal",
    "reminders_due",
    "report_source",
    "settings_of",
]
