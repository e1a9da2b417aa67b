"""What the database itself refuses."""

import pytest
from django.contrib import admin
from django.db import IntegrityError, transaction
from django.utils import timezone

from development.models import ActionItem, Goal
from tests.factories.accounts import UserFactory
from tests.factories.development import goal_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def goal():
    return goal_of(UserFactory())


def update(goal, **values):
    with transaction.atomic():
        Goal.objects.filter(pk=goal.pk).update(**values)


def test_a_completed_goal_has_its_day(goal):
    with pytest.raises(IntegrityError, match="goal_completed_at_matches_status"):
        update(goal, status=Goal.Status.COMPLETED, completed_at=None)


def test_only_a_completed_goal_has_a_day(goal):
    with pytest.raises(IntegrityError, match="goal_completed_at_matches_status"):
        update(goal, completed_at=timezone.now())


def test_a_goal_has_at_most_900_hours(goal):
    update(goal, jp=900)
    with pytest.raises(IntegrityError, match="goal_jp_is_plausible"):
        update(goal, jp=901)


def test_a_note_has_at_most_900_hours(goal):
    with pytest.raises(IntegrityError, match="action_item_jp_is_plausible"), transaction.atomic():
        ActionItem.objects.create(goal=goal, note="Lama", jp=901, noted_at=timezone.now())


def test_nobody_reads_plans_in_the_admin():
    assert not admin.site.is_registered(Goal)
    assert not admin.site.is_registered(ActionItem)
