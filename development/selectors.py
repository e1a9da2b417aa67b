"""Reads of a person's own plan, and of the report from which a goal may come."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Sum
from django.http import Http404
from django.utils.translation import get_language

from assessments import sheets
from assessments.models import Attempt
from development import policies
from development.models import ActionItem, Goal
from questionnaires.document import load_document
from questionnaires.version_document import Scale, Tip
from scoring.selectors import plan_of

# Peraturan LAN 10/2018: a PNS learns at least twenty lesson hours a year.
YEARLY_JP = 20


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
    """A person's plan: goals by date, and the lesson hours recorded in the calendar year against the yearly duty."""

    open_goals: tuple[PlannedGoal, ...]
    completed_goals: tuple[PlannedGoal, ...]
    year: int
    jp: int
    yearly_jp: int
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
    return Plan(
        open_goals=tuple(p for p in planned if not p.is_completed),
        completed_goals=tuple(p for p in planned if p.is_completed),
        year=today.year,
        jp=jp_of_year(user, today.year),
        yearly_jp=YEARLY_JP,
        most_goals=policies.MOST_OPEN_GOALS,
    )


def next_goal_of(user) -> Goal | None:
    """The user's open goal with the nearest date, if there is one."""
    return Goal.objects.of(user).exclude(status=Goal.Status.COMPLETED).first()


def planned_goal(user, public_id, *, today: date) -> PlannedGoal:
    """One of the user's own goals.

    Raises:
        Http404: there is no such goal, or it is somebody else's.
    """
    goal = (
        Goal.objects.of(user)
        .with_recorded_jp()
        .select_related("attempt")
        .prefetch_related("action_items")
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


def jp_of_year(user, year: int) -> int:
    """Lesson hours that the user recorded in a calendar year."""
    items = ActionItem.objects.filter(goal__person=user, noted_at__year=year)
    return items.aggregate(total=Sum("jp"))["total"] or 0


@dataclass(frozen=True)
class ReportSource:
    """A dimension of the user's own report, with the tips of the band it fell into; none if it was not scored."""

    attempt: Attempt
    scale: Scale
    tips: tuple[Tip, ...]


def report_source(user, public_id, scale_code: str) -> ReportSource:
    """Where a goal may come from.

    Raises:
        Http404: not the user's own submitted attempt, or no such dimension.
    """
    attempt = Attempt.objects.of(user).filter(public_id=public_id, state=Attempt.State.SUBMITTED).first()
    if attempt is None:
        raise Http404
    document = load_document(attempt.version_id)
    scale = next((s for s in document.dimensions if s.code == scale_code), None)
    if scale is None:
        raise Http404
    band = _band_of(attempt, scale_code)
    feedback = scale.feedback.get(band) if band else None
    return ReportSource(attempt, scale, feedback.tips if feedback else ())


def _band_of(attempt, scale_code):
    sheet = attempt.score_sheets.filter(is_current=True).first()
    if sheet is None:
        return None
    table = sheets.unpack(plan_of(sheet.rule_id), [sheet.scores])
    return table.person(0)[scale_code].band
