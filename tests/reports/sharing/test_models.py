"""What the database itself refuses about shares."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib import admin
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from reports.models import ReportLook, ReportShare, SharedPart
from tests.factories.accounts import UserFactory
from tests.factories.agencies import AgencyFactory, placed_person, root_of
from tests.factories.assessments import submitted_attempt
from tests.factories.questionnaires import published_version
from tests.factories.sharing import share_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def share():
    attempt = submitted_attempt(placed_person(root_of(AgencyFactory())), published_version())
    return share_of(attempt, UserFactory(), "RAPI")


def refused(name):
    return pytest.raises(IntegrityError, match=name)


def update(share, **values):
    with transaction.atomic():
        ReportShare.objects.filter(pk=share.pk).update(**values)


def test_one_report_has_one_open_share(share):
    copied = ReportShare.objects.get(pk=share.pk)
    copied.pk, copied.public_id = None, uuid4()
    # SQLite names the column, PostgreSQL the constraint.
    with refused("report_share_one_open_per_attempt|reports_reportshare.attempt_id"), transaction.atomic():
        copied.save(force_insert=True)
    update(share, ended_at=timezone.now(), ending=ReportShare.Ending.REVOKED)
    copied.save(force_insert=True)


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"recipient": F("owner")}, "report_share_not_with_oneself"),
        ({"days": 0}, "report_share_days_within_limit"),
        ({"days": 91}, "report_share_days_within_limit"),
        ({"ends_at": F("given_at")}, "report_share_ends_after_it_is_given"),
        ({"ended_at": F("given_at")}, "report_share_ending_matches_its_time"),
        ({"ending": "revoked"}, "report_share_ending_matches_its_time"),
        ({"ended_at": F("given_at"), "ending": "lupa"}, "report_share_ending_matches_its_time"),
    ],
)
def test_people_days_and_ending_of_a_share_are_possible(share, values, name):
    with refused(name):
        update(share, **values)


def test_a_share_ends_neither_before_it_began_nor_after_its_date(share):
    with refused("report_share_ending_matches_its_time"):
        update(share, ended_at=share.given_at - timedelta(seconds=1), ending="revoked")
    with refused("report_share_ending_matches_its_time"):
        update(share, ended_at=share.ends_at + timedelta(seconds=1), ending="expired")


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"part": "dimension", "scale_code": ""}, "shared_part_scale_of_a_dimension_only"),
        ({"part": "plan", "scale_code": "RAPI"}, "shared_part_scale_of_a_dimension_only"),
        ({"part": "mutu", "scale_code": ""}, "shared_part_known"),
    ],
)
def test_a_shared_part_is_one_that_can_be_shared(share, values, name):
    with refused(name), transaction.atomic():
        SharedPart.objects.create(share=share, **values)


def test_a_part_is_shared_once(share):
    with refused("shared_part_once_per_share|reports_sharedpart.share_id"), transaction.atomic():
        SharedPart.objects.create(share=share, part="dimension", scale_code="RAPI")


def test_a_moment_is_one_look(share):
    now = timezone.now()
    ReportLook.objects.create(share=share, looked_at=now)
    with refused("report_look_once_a_moment|reports_reportlook.share_id"), transaction.atomic():
        ReportLook.objects.create(share=share, looked_at=now)


@pytest.mark.parametrize("model", [ReportShare, SharedPart, ReportLook])
def test_nobody_reads_shares_in_the_admin(model):
    assert not admin.site.is_registered(model)


def test_a_deleted_report_takes_its_shares_along(share):
    ReportLook.objects.create(share=share, looked_at=timezone.now())
    share.attempt.delete()
    assert not ReportShare.objects.exists()
    assert not ReportLook.objects.exists()
