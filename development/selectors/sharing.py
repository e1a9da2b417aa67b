"""The plan as the recipient of a share sees it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from django.db.models import Q

from development.models import Goal
from reports.sharing.values import SharedReport


@dataclass(frozen=True)
class SharedGoal:
    """A goal without notes, history and the name of whoever supports it: that name was promised to nobody else."""

    behaviour: str
    when_then: str
    measure: str
    due_on: date
    method: str
    jp: int
    status: str


@dataclass(frozen=True)
class PlanPart:
    """The goals that were under way when the share was given, as they are now."""

    kind: ClassVar[str] = "plan"
    goals: tuple[SharedGoal, ...]


def with_plan(shared: SharedReport, *, owner, given_at: datetime) -> tuple:
    """The parts of a shared report and the plan, without goals made after giving: the owner never saw those there."""
    return (*shared.parts, _plan_part(owner, given_at))


def _plan_part(owner, given_at):
    goals = Goal.objects.of(owner).filter(
        Q(completed_at__isnull=True) | Q(completed_at__gt=given_at), created_at__lte=given_at
    )
    return PlanPart(
        tuple(
            SharedGoal(
                behaviour=goal.behaviour,
                when_then=goal.when_then,
                measure=goal.measure,
                due_on=goal.due_on,
                method=goal.method,
                jp=goal.jp,
                status=goal.status,
            )
            for goal in goals
        )
    )
