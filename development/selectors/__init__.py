"""Reads of the development pages. ``user`` comes first and is never defaulted: everything is the user's own.

Only :func:`reminders_due` reads everybody's, for the command that sends, and :func:`with_plan` what an owner shared.
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
from development.selectors.sharing import PlanPart, SharedGoal, with_plan
from development.selectors.sources import ReportSource, growth_offers, report_source

__all__ = [
    "Plan",
    "PlanPart",
    "PlannedGoal",
    "ReportSource",
    "SharedGoal",
    "growth_offers",
    "next_goal_of",
    "open_goals_of",
    "plan_of_person",
    "planned_goal",
    "reminders_due",
    "report_source",
    "settings_of",
    "with_plan",
]
