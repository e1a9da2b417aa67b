"""Writes to personal development plans. The trail says that something was done, never what the plan says."""

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from audit.actions import record
from development import policies
from development.models import ActionItem, Goal


@transaction.atomic
def add_goal(
    *, person, behaviour, when_then, measure, due_on, by, supporter="", jp=0, attempt=None, scale_code=""
):
    """Adds a goal to the person's plan.

    Args:
        due_on: a date from today to 90 days ahead.
        jp: planned *jam pelajaran*; hours count towards the year only when progress is recorded.
        attempt: the person's own submitted attempt whose report led to the goal, or None for own words.
        scale_code: the dimension of that report.

    Raises:
        PolicyError: three goals are open already, the date or JP does not fit, or the report is somebody else's.
    """
    # Two tabs must not make a fourth goal: whoever adds first holds the person's row until the goal is there.
    get_user_model().objects.select_for_update().get(pk=person.pk)
    now = timezone.now()
    policies.check_goal_can_be_added(person)
    policies.check_due_date(due_on, today=timezone.localdate(now))
    policies.check_jp(jp)
    if attempt is not None:
        policies.check_report_can_lead_to_goal(attempt, person=person)
    goal = Goal.objects.create(
        person=person,
        attempt=attempt,
        scale_code=scale_code,
        behaviour=behaviour,
        when_then=when_then,
        measure=measure,
        supporter=supporter,
        due_on=due_on,
        jp=jp,
        created_at=now,
    )
    record(event="goal.added", by=by, target=goal)
    return goal


@transaction.atomic
def start_goal(*, goal, by):
    """Says that the person has begun; a goal that is under way stays so."""
    waiting = [Goal.Status.NOT_STARTED, Goal.Status.CHANGED]
    if _set(goal, from_statuses=waiting, status=Goal.Status.IN_PROGRESS):
        record(event="goal.started", by=by, target=goal)
    else:
        policies.check_goal_takes_changes(goal)
    return goal


@transaction.atomic
def record_progress(*, goal, note, by, jp=0):
    """Adds a note of progress, with the lesson hours it took; the goal is under way from then on.

    Raises:
        PolicyError: the goal is completed, or the JP is not possible.
    """
    policies.check_jp(jp)
    if not _set(goal, from_statuses=_open_statuses(), status=Goal.Status.IN_PROGRESS):
        policies.check_goal_takes_changes(goal)
    item = ActionItem.objects.create(goal=goal, note=note, jp=jp, noted_at=timezone.now())
    record(event="goal.progress_recorded", by=by, target=goal)
    return item


@transaction.atomic
def complete_goal(*, goal, by):
    """Marks a goal as reached.

    Raises:
        PolicyError: it was completed before; the first day stays.
    """
    done = _set(
        goal, from_statuses=_open_statuses(), status=Goal.Status.COMPLETED, completed_at=timezone.now()
    )
    if not done:
        policies.check_goal_takes_changes(goal)
    record(event="goal.completed", by=by, target=goal)
    return goal


@transaction.atomic
def change_goal(*, goal, behaviour, when_then, measure, due_on, by, supporter="", jp=0):
    """Rewrites a goal that turned out differently; its notes stay.

    Raises:
        PolicyError: the goal is completed, or the date or JP does not fit.
    """
    policies.check_due_date(due_on, today=timezone.localdate())
    policies.check_jp(jp)
    changed = _set(
        goal,
        from_statuses=_open_statuses(),
        status=Goal.Status.CHANGED,
        behaviour=behaviour,
        when_then=when_then,
        measure=measure,
        due_on=due_on,
        supporter=supporter,
        jp=jp,
    )
    if not changed:
        policies.check_goal_takes_changes(goal)
    record(event="goal.changed", by=by, target=goal)
    return goal


def _open_statuses():
    return [status for status in Goal.Status if status != Goal.Status.COMPLETED]


def _set(goal, *, from_statuses, **values) -> bool:
    """Compare-and-set on the stored status; afterwards ``goal`` is as the database has it, whoever was first."""
    changed = Goal.objects.filter(pk=goal.pk, status__in=from_statuses).update(**values)
    goal.refresh_from_db(fields=["status", *values])
    return bool(changed)
