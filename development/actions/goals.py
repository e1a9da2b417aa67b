"""Writes to goals."""

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from audit.actions import record
from development import policies
from development.models import ActionItem, Goal, GoalStep

# What a person may rewrite in a goal.
WORDING = ("behaviour", "when_then", "measure", "method", "due_on", "jp", "supporter")


@transaction.atomic
def add_goal(
    *,
    person,
    behaviour,
    when_then,
    measure,
    due_on,
    by,
    method="",
    supporter="",
    jp=0,
    attempt=None,
    scale_code="",
):
    """Adds a goal to the person's plan.

    Args:
        due_on: a date from today to 90 days ahead.
        method: how it is learnt, one of ``Goal.Method``; empty if the person does not say.
        jp: planned *jam pelajaran*; hours count towards the year only when progress is recorded.
        attempt: the person's own submitted attempt whose report led to the goal, or None for own words.
        scale_code: the dimension of that report.

    Raises:
        PolicyError: three goals are open already, date, method or JP do not fit, or the report is somebody else's.
    """
    # Two tabs must not make a fourth goal: whoever adds first holds the person's row until the goal is there.
    get_user_model().objects.select_for_update().get(pk=person.pk)
    now = timezone.now()
    today = timezone.localdate(now)
    policies.check_goal_can_be_added(person)
    policies.check_wording(due_on=due_on, jp=jp, method=method, today=today)
    if attempt is not None:
        policies.check_report_can_lead_to_goal(attempt, person=person)
    goal = Goal.objects.create(
        person=person,
        attempt=attempt,
        scale_code=scale_code,
        behaviour=behaviour,
        when_then=when_then,
        measure=measure,
        method=method,
        supporter=supporter,
        runs_from=today,
        due_on=due_on,
        jp=jp,
        created_at=now,
    )
    record(event="goal.added", by=by, target=goal)
    return goal


@transaction.atomic
def start_goal(*, goal, by, note=""):
    """Says that the person has begun; a goal that is under way stays so."""
    waiting = [Goal.Status.NOT_STARTED, Goal.Status.CHANGED]
    if _set(goal, from_statuses=waiting, status=Goal.Status.IN_PROGRESS):
        _step(goal, note, timezone.now())
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
def complete_goal(*, goal, by, note=""):
    """Marks a goal as reached.

    Raises:
        PolicyError: it was completed before; the first day stays.
    """
    now = timezone.now()
    done = _set(goal, from_statuses=_open_statuses(), status=Goal.Status.COMPLETED, completed_at=now)
    if not done:
        policies.check_goal_takes_changes(goal)
    _step(goal, note, now)
    record(event="goal.completed", by=by, target=goal)
    return goal


@transaction.atomic
def change_goal(
    *, goal, behaviour, when_then, measure, due_on, by, method="", supporter="", jp=0, note=""
) -> bool:
    """Rewrites a goal that turned out differently; its notes stay, and the history keeps what was there before.

    A goal is only rewritten where something differs; a new date starts its time again.

    Returns:
        Whether anything differed.

    Raises:
        PolicyError: the goal is completed, or date, method or JP do not fit.
    """
    now = timezone.now()
    today = timezone.localdate(now)
    policies.check_wording(due_on=due_on, jp=jp, method=method, today=today)
    # The row is held while its old wording goes into the history, so that two tabs both leave theirs there.
    stored = Goal.objects.select_for_update().get(pk=goal.pk)
    policies.check_goal_takes_changes(stored)
    given = (behaviour, when_then, measure, method, due_on, jp, supporter)
    new = {name: value for name, value in zip(WORDING, given, strict=True) if getattr(stored, name) != value}
    if not new:
        return False
    replaced = {name: _plain(getattr(stored, name)) for name in new}
    if "due_on" in new:
        new["runs_from"] = today
    _set(goal, from_statuses=_open_statuses(), status=Goal.Status.CHANGED, **new)
    _step(goal, note, now, replaced=replaced)
    record(event="goal.changed", by=by, target=goal)
    return True


def _plain(value):
    """A value as JSON holds it: dates as text."""
    return value.isoformat() if hasattr(value, "isoformat") else value


def _step(goal, note, now, *, replaced=None):
    GoalStep.objects.create(goal=goal, status=goal.status, note=note, replaced=replaced or {}, taken_at=now)


def _open_statuses():
    return [status for status in Goal.Status if status != Goal.Status.COMPLETED]


def _set(goal, *, from_statuses, **values) -> bool:
    """Compare-and-set on the stored status; afterwards ``goal`` is as the database has it, whoever was first."""
    changed = Goal.objects.filter(pk=goal.pk, status__in=from_statuses).update(**values)
    goal.refresh_from_db(fields=["status", *values])
    return bool(changed)
