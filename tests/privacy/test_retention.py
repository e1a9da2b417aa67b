"""What has outlived its time goes, what has not stays, and a dry run only counts."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.models import ActivationCode, User
from agencies.models import Placement, Role
from assessments.models import Attempt
from audit.models import AuditEvent
from development.models import Goal
from privacy import retention
from privacy.models import RetentionRun
from reports.models import ResultCell
from tests.factories.accounts import UserFactory
from tests.factories.agencies import AgencyFactory, person_with_role, placed_person, root_of
from tests.factories.assessments import close, open_campaign, started_attempt, submitted_attempt
from tests.factories.development import goal_of
from tests.factories.questionnaires import published_version
from tests.reports.worlds import frozen_world

pytestmark = pytest.mark.django_db


def days_ago(days):
    return timezone.now() - timedelta(days=days)


def counts(outcomes):
    return {outcome.rule.code: outcome.count for outcome in outcomes if outcome.count}


@pytest.mark.parametrize(("days", "stays"), [(89, True), (91, False)])
def test_a_draft_is_kept_for_ninety_days(days, stays):
    attempt = started_attempt(UserFactory(), published_version())
    Attempt.objects.filter(pk=attempt.pk).update(saved_at=days_ago(days))
    retention.apply()
    assert Attempt.objects.filter(pk=attempt.pk).exists() is stays


def test_a_draft_of_a_period_that_runs_is_kept_longer():
    version, person = published_version(), placed_person(root_of(AgencyFactory()))
    campaign = open_campaign(version, people=[person])
    attempt = started_attempt(person, version, campaign=campaign)
    Attempt.objects.filter(pk=attempt.pk).update(saved_at=days_ago(91))
    assert counts(retention.apply()) == {}
    close(campaign)
    assert counts(retention.apply()) == {"drafts": 1}


@pytest.mark.parametrize(("days", "stays"), [(729, True), (732, False)])
def test_answers_with_their_scores_are_kept_for_two_years(days, stays):
    attempt = submitted_attempt(UserFactory(), published_version())
    Attempt.objects.filter(pk=attempt.pk).update(submitted_at=days_ago(days))
    retention.apply()
    assert Attempt.objects.filter(pk=attempt.pk).exists() is stays


def test_frozen_results_outlive_the_answers():
    made = frozen_world({"utara": 12})
    cells = list(ResultCell.objects.order_by("pk").values())
    Attempt.objects.update(submitted_at=days_ago(800))
    assert counts(retention.apply()) == {"assessments": 12}
    assert list(ResultCell.objects.order_by("pk").values()) == cells
    assert made.campaign.assignments.count() == 12


def test_what_is_not_frozen_yet_is_kept_longer():
    version, person = published_version(), placed_person(root_of(AgencyFactory()))
    campaign = open_campaign(version, people=[person])
    submitted_attempt(person, version, campaign=campaign)
    close(campaign)
    Attempt.objects.update(submitted_at=days_ago(800))
    assert counts(retention.apply()) == {}


def test_goals_are_kept_for_three_years():
    person = UserFactory()
    old, young = goal_of(person, behaviour="lama"), goal_of(person, behaviour="baru")
    Goal.objects.filter(pk=old.pk).update(due_on=days_ago(1100).date(), runs_from=days_ago(1150).date())
    retention.apply()
    assert list(Goal.objects.all()) == [young]


def test_codes_go_a_month_after_they_expired():
    now = timezone.now()
    for days in (10, 40):
        ActivationCode.objects.create(
            user=UserFactory(), digest="x", issued_at=now - timedelta(days=60), expires_at=days_ago(days)
        )
    assert counts(retention.apply()) == {"activation_codes": 1}


def test_an_account_is_erased_three_years_after_its_person_left():
    gone, _here, in_office, recent = (placed_person(root_of(AgencyFactory())) for _n in range(4))
    person_with_role(Role.AUDITOR, person=in_office)
    User.objects.update(created_at=days_ago(2000), last_login=None)
    for person, days in ((gone, 1200), (in_office, 1200), (recent, 1000)):
        Placement.objects.filter(person=person).update(
            valid_from=days_ago(1900).date(), valid_to=days_ago(days).date()
        )
    assert counts(retention.apply()) == {"accounts": 1}
    assert list(User.objects.filter(nip=None)) == [gone]
    assert counts(retention.apply()) == {}


def test_a_dry_run_counts_and_changes_nothing(capsys):
    attempt = started_attempt(UserFactory(), published_version())
    Attempt.objects.filter(pk=attempt.pk).update(saved_at=days_ago(100))
    call_command("apply_retention", "--dry-run")
    assert "pengisian yang tidak dikirim (disimpan 90 hari): 1 akan dihapus" in capsys.readouterr().out
    assert Attempt.objects.count() == 1 and not RetentionRun.objects.exists()
    call_command("apply_retention")
    assert Attempt.objects.count() == 0


def test_what_was_removed_is_an_event_without_anybody(monkeypatch):
    monkeypatch.setattr(retention, "_AT_ONCE", 2)
    version = published_version()
    for _n in range(5):
        started_attempt(UserFactory(), version)
    Attempt.objects.update(saved_at=days_ago(100))
    retention.apply()
    assert RetentionRun.objects.get().removed == 5
    assert AuditEvent.objects.get(event="retention.applied").detail == {"rule": "drafts", "removed": 5}


def test_what_an_interrupted_run_removed_is_counted(monkeypatch):
    version = published_version()
    for _time in range(3):
        started_attempt(UserFactory(), version)
    Attempt.objects.update(saved_at=days_ago(91))
    monkeypatch.setattr(retention, "_AT_ONCE", 2)
    batches = []

    def killed_in_the_second_batch(rows):
        batches.append(rows)
        if len(batches) == 2:
            raise KeyboardInterrupt
        rows.delete()

    drafts = replace(retention.RULES[0], remove=killed_in_the_second_batch)
    monkeypatch.setattr(retention, "RULES", (drafts,))
    with pytest.raises(KeyboardInterrupt):
        retention.apply()
    assert Attempt.objects.count() == 1
    assert RetentionRun.objects.get().removed == 2
