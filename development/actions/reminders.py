"""Writes around the sending of reminders. A worker claims, sends outside any transaction, and says that it was sent."""

from datetime import timedelta

from django.db import IntegrityError, transaction

from audit.actions import record
from development.models import Goal, Reminder

# A mail server answers within seconds. Whoever has held a claim for an hour is dead, and somebody else sends.
PATIENCE = timedelta(hours=1)


def claim_reminder(*, goal, kind, now) -> Reminder | None:
    """Takes the sending of a reminder upon this worker; None if another has it, or it is sent or not wanted any more.

    Args:
        goal: as it was read; what has changed since (date, status, the wish for reminders) counts.
    """
    still_wanted = Goal.objects.reminding().filter(pk=goal.pk, due_on=goal.due_on)
    if not still_wanted.exists():
        return None
    try:
        with transaction.atomic():
            return Reminder.objects.create(goal=goal, kind=kind, due_on=goal.due_on, claimed_at=now)
    except IntegrityError:
        return _take_over(goal, kind, now)


def _take_over(goal, kind, now):
    dead = Reminder.objects.filter(
        goal=goal, kind=kind, due_on=goal.due_on, sent_at__isnull=True, claimed_at__lt=now - PATIENCE
    )
    if not dead.update(claimed_at=now):
        return None
    return Reminder.objects.get(goal=goal, kind=kind, due_on=goal.due_on)


@transaction.atomic
def mark_reminder_sent(*, reminder, now):
    """Remembers that the mail server has taken the reminder."""
    Reminder.objects.filter(pk=reminder.pk).update(sent_at=now)
    record(event="goal.reminded", by=None, target=reminder.goal, detail={"kind": reminder.kind})


def release_reminder(*, reminder):
    """Gives a claim back after the mail server refused, so that the next run tries again."""
    Reminder.objects.filter(pk=reminder.pk, sent_at__isnull=True).delete()
