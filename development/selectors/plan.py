"""Reads of a person's own plan."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max, Sum
from django.http import Http404
from django.utils import timezone
from django.utils.translation import get_language

from agencies.selectors import current_placement
from assessments.models import Attempt
from development import policies
from development.learning_hours import LearningHours, hours_of_year
from development.models import ActionItem, Goal, PlanSettings
from questionnaires.document import load_document

# Half a year: longer than a goal and long enough for a change to show (two occasions need 60 days at least).
SUGGESTED_ASSESSMENT_DAYS = 182


@dataclass(frozen=True)
class PlannedGoal:
    """A goal as its page shows it; ``source`` names the dimension that it came from, if any."""

    goal: Goal
    recorded_jp: int
    source: str
    is_overdue: bool
    is_completed: bool


@dataclass(frozen=True)
class Plan:
    """A person's plan: goals by date, the year's lesson hours, and when to look in the mirror again.

    ``suggested_assessment_on`` is half a year after the last report; None for somebody who has none yet.
    """

    open_goals: tuple[PlannedGoal, ...]
    completed_goals: tuple[PlannedGoal, ...]
    hours: LearningHours
    employment_kind: str | None
    settings: PlanSettings
    suggested_assessment_on: date | None
    most_goals: int

    @property
    def is_empty(self) -> bool:
        return not self.open_goals and not self.completed_goals

    @property
    def has_room(self) -> bool:
        return len(self.open_goals) < self.most_goals


def plan_of_person(user, *, today: date) -> Plan:
    """The user's own plan."""
    goals = Goal.objects.of(user).with_recorded_jp().select_related("attempt")
    planned = [_planned(goal, today) for goal in goals]
    still_open = tuple(p for p in planned if not p.is_completed)
    placement = current_placement(user)
    kind = placement.employment_kind if placement else None
    return Plan(
        open_goals=still_open,
        completed_goals=tuple(p for p in planned if p.is_completed),
        hours=hours_of_year(
            year=today.year,
            done=_recorded_in(user, today.year),
            open_goals=[(p.goal.due_on, p.goal.jp, p.recorded_jp) for p in still_open],
            employment_kind=kind,
        ),
        employment_kind=kind,
        settings=settings_of(user),
        suggested_assessment_on=_suggested_assessment(user),
        most_goals=policies.MOST_OPEN_GOALS,
    )


def settings_of(user) -> PlanSettings:
    """The user's settings as they are stored, or those of somebody who has never changed any (unsaved)."""
    stored = PlanSettings.objects.filter(person=user).first()
    return stored or PlanSettings(person=user, language=get_language() or "id")


def next_goal_of(user) -> Goal | None:
    """The user's open goal with the nearest date, if there is one."""
    return Goal.objects.of(user).not_completed().first()


def open_goals_of(user):
    """The user's goals that are not completed, their notes loaded, nearest date first."""
    return Goal.objects.of(user).not_completed().prefetch_related("action_items")


def planned_goal(user, public_id, *, today: date) -> PlannedGoal:
    """One of the user's own goals, its notes and history loaded.

    Raises:
        Http404: there is no such goal, or it is somebody else's.
    """
    goal = (
        Goal.objects.of(user)
        .with_recorded_jp()
        .select_related("attempt")
        .prefetch_related("action_items", "steps")
        .filter(public_id=public_id)
        .first()
    )
    if goal is None:
        raise Http404
    return _planned(goal, today)


def _planned(goal, today):
    is_completed = goal.status == Goal.Status.COMPLETED
    return PlannedGoal(
        goal=goal,
        recorded_jp=goal.recorded_jp,
        source=_source_name(goal),
        is_overdue=not is_completed and goal.due_on < today,
        is_completed=is_completed,
    )


def _source_name(goal):
    if goal.attempt is None or not goal.scale_code:
        return ""
    scale = load_document(goal.attempt.version_id).scale_by_code.get(goal.scale_code)
    return scale.name.in_language(get_language() or "id") if scale else ""


def _recorded_in(user, year):
    items = ActionItem.objects.filter(goal__person=user, noted_at__year=year)
    return items.aggregate(total=Sum("jp"))["total"] or 0


def _suggested_assessment(user):
    sent = Attempt.objects.of(user).aggregate(last=Max("submitted_at"))["last"]
    return timezone.localdate(sent) + timedelta(days=SUGGESTED_ASSESSMENT_DAYS) if sent else None
