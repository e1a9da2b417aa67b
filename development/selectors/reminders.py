"""Which reminders are due, whoever's goals they are: for the command that sends them."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Prefetch
from django.utils import timezone

from agencies.models import Placement
from development.models import Goal, Reminder
from development.policies import LONGEST_DAYS
from development.reminding import LATEST_DAYS, due_reminder

# Goals read at once; each batch takes three queries.
_BATCH = 500


def reminders_due(*, now) -> Iterator[tuple[Goal, str]]:
    """``(goal, kind)`` of every reminder that is due and not sent, by the calendar of each person's own agency.

    Yields goals with person, settings and current place loaded; a claim decides in the end who sends.
    """
    # A day of leeway on both sides, because it is not the same day in every zone.
    day = timezone.localdate(now)
    earliest, latest = day - timedelta(days=LATEST_DAYS + 1), day + timedelta(days=LONGEST_DAYS + 1)
    wanted = Goal.objects.reminding().filter(due_on__range=(earliest, latest))
    # Keys first: an open cursor must not stand beside the writes of the one who sends.
    keys = list(wanted.order_by("due_on", "pk").values_list("pk", flat=True))
    for start in range(0, len(keys), _BATCH):
        yield from _due_among(keys[start : start + _BATCH], now)


def _due_among(keys, now):
    places = Placement.objects.filter(valid_to__isnull=True).select_related("unit__agency")
    goals = (
        Goal.objects.filter(pk__in=keys)
        .select_related("person__plan_settings")
        .prefetch_related(
            Prefetch("person__placements", queryset=places, to_attr="current_places"),
            Prefetch("reminders", queryset=Reminder.objects.filter(sent_at__isnull=False), to_attr="sent"),
        )
        .order_by("due_on", "pk")
    )
    for goal in goals:
        kind = due_reminder(runs_from=goal.runs_from, due_on=goal.due_on, today=_today_of(goal.person, now))
        if kind and not any(sent.kind == kind and sent.due_on == goal.due_on for sent in goal.sent):
            yield goal, kind


def _today_of(person, now):
    places = person.current_places
    zone = places[0].unit.agency.zone if places else timezone.get_default_timezone()
    return timezone.localdate(now, timezone=zone)
