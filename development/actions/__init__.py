"""Writes to personal development plans. The trail says that something was done, never what the plan says."""

from development.actions.goals import (
    WORDING,
    add_goal,
    change_goal,
    complete_goal,
    record_progress,
    start_goal,
)
from development.actions.reminders import claim_reminder, mark_reminder_sent, release_reminder
from development.actions.settings import set_next_assessment, set_reminders, stop_reminders

__all__ = [
    "WORDING",
    "add_goal",
    "change_goal",
    "claim_reminder",
    "complete_goal",
    "mark_reminder_sent",
    "record_progress",
    "release_reminder",
    "set_next_assessment",
    "set_reminders",
    "start_goal",
    "stop_reminders",
]
