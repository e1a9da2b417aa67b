"""Which letter of a period is due to a person. Pure; no Django."""

from dataclasses import dataclass
from datetime import datetime, timedelta

INVITATION = 0  # the number of the first letter; the others remind
# More or more often would be pestering, whatever a period wishes for.
MOST_REMINDERS = 5
FEWEST_DAYS, MOST_DAYS = 2, 30
USUAL_REMINDERS, USUAL_DAYS = 2, 5
# A mail server answers within seconds. Whoever has held a claim for an hour is dead, and somebody else sends.
PATIENCE = timedelta(hours=1)


@dataclass(frozen=True)
class Latest:
    """The latest letter to a person that a worker took upon itself; ``is_sent`` once the mail server has it."""

    number: int
    claimed_at: datetime
    is_sent: bool


def due_letter(
    latest: Latest | None, *, now: datetime, most_reminders: int, days_between: int, wants_reminders: bool
) -> int | None:
    """The number of the letter to send now to somebody who has not finished; None if none.

    A letter that a dead worker took and did not send is due again under its own number. Who stopped reminders is
    still invited: a new task is news, not a reminder.
    """
    if latest is None:
        return INVITATION
    if not latest.is_sent:
        is_wanted = latest.number == INVITATION or wants_reminders
        return latest.number if is_wanted and latest.claimed_at < now - PATIENCE else None
    following = latest.number + 1
    if following > most_reminders or not wants_reminders:
        return None
    return following if now >= latest.claimed_at + timedelta(days=days_between) else None
