"""Which reminder of a goal is due on a day. Pure; no Django."""

from datetime import date, timedelta

HALF, DUE = "half", "due"

# A scheduler that stood still for some days still reminds; later a reminder would only scold.
LATEST_DAYS = 7


def half_way(runs_from: date, due_on: date) -> date | None:
    """The day in the middle, rounded down; None where no day lies between."""
    half = runs_from + (due_on - runs_from) // 2
    return half if half > runs_from else None


def due_reminder(*, runs_from: date, due_on: date, today: date) -> str | None:
    """``HALF`` from the middle until the day before the date, ``DUE`` on it and for a week after it, else None.

    Whether it was sent already is not known here.
    """
    if today >= due_on:
        return DUE if today <= due_on + timedelta(days=LATEST_DAYS) else None
    half = half_way(runs_from, due_on)
    return HALF if half is not None and today >= half else None
