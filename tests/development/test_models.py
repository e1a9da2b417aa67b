"""What the database itself refuses."""

from datetime import date

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import IntegrityError, transaction
from django.utils import timezone

from development.models import ActionItem, Goal, GoalStep, PlanSettings
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


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"status": "hilang"}, "goal_status_known"),
        ({"method": "sihir"}, "goal_method_known"),
        ({"due_on": date(2020, 1, 1)}, "goal_due_on_not_before_it_runs"),
    ],
)
def test_status_method_and_date_of_a_goal_are_possible(goal, values, name):
    with pytest.raises(IntegrityError, match=name):
        update(goal, **values)


def test_a_step_leads_to_a_status_that_a_goal_can_come_to(goal):
    with pytest.raises(IntegrityError, match="goal_step_status_known"), transaction.atomic():
        GoalStep.objects.create(goal=goal, status=Goal.Status.NOT_STARTED, taken_at=timezone.now())


def test_a_plan_speaks_one_of_the_two_languages(goal):
    with pytest.raises(IntegrityError, match="plan_settings_language_known"), transaction.atomic():
        PlanSettings.objects.create(person=goal.person, language="fr")


@pytest.mark.parametrize("model", list(apps.get_app_config("development").get_models()))
def test_nobody_reads_plans_in_the_admin(model):
    assert not admin.site.is_registered(model)
