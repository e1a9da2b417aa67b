"""Development plans: goals with their notes and their history, and how a plan reaches its person."""

from development.models.goals import ActionItem, Goal, GoalStep
from development.models.reminders import Reminder
from development.models.settings import PlanSettings

__all__ = ["ActionItem", "Goal", "GoalStep", "PlanSettings", "Reminder"]
