"""How often sending and its report ask the database: ten times at most, transaction and all, whatever the form."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from assessments.models import Attempt, ScoreSheet
from questionnaires.document import load_document
from scoring.actions import rule_in_force
from scoring.selectors import plan_of
from tests.factories import assessments as campaigns
from tests.factories.agencies import AgencyFactory, placed_person, root_of
from tests.factories.item_types import rich_bank
from tests.factories.questionnaires import SHIPPED, published_version, shipped_version
from tests.factories.scoring import calibration_set, norm_set, scale_calibration, scale_norm

pytestmark = pytest.mark.django_db

# Session, person with roles, attempt with what scores it and its texts; the transaction opens, takes the answers as
# final, writes the sheet, the task and the audit event, and ends; the report looks for an earlier attempt.
QUERIES_OF_A_SUBMIT = 10
LONG_AGO = timedelta(days=200)


@pytest.fixture(params=[*SHIPPED, "every type of item"])
def version(request):
    """With calibration and norm, so that everything a report can say is said."""
    version = (
        shipped_version(request.param) if request.param in SHIPPED else published_version(bank=rich_bank())
    )
    sizes = {scale.code: scale.k for scale in plan_of(rule_in_force(version=version).pk).scales}
    dimensions = [scale.code for scale in load_document(version.pk).dimensions]
    calibration_set(version, *(scale_calibration(code, item_count=sizes[code]) for code in dimensions))
    norm_set(version, *(scale_norm(code) for code in dimensions))
    return version


@pytest.fixture
def send(client, django_assert_max_num_queries):
    """Sends an attempt, not on the first page of a session, which looks up the time zone; gives the report."""

    def sending(attempt):
        client.force_login(attempt.person)
        client.get(reverse("home"))
        with django_assert_max_num_queries(QUERIES_OF_A_SUBMIT):
            return client.post(reverse("reports:submit", args=[attempt.public_id])).context["report"]

    return sending


def test_sending_stays_within_ten_queries_for_whoever_sends(version, send, client):
    first, second, third, fourth = (placed_person(root_of(AgencyFactory())) for _person in range(4))
    campaign = campaigns.open_campaign(version, people=[second, third])
    once = campaigns.submitted_attempt(first, version)
    client.force_login(first)
    client.get(
        reverse("reports:personal", args=[once.public_id])
    )  # what never changes is in memory from here on

    report = send(campaigns.answer(campaigns.started_attempt(second, version, campaign=campaign)))
    assert None not in (report.calibration, report.comparison)

    earlier = campaigns.submitted_attempt(third, version, default=2)
    Attempt.objects.filter(pk=earlier.pk).update(submitted_at=timezone.now() - LONG_AGO)
    report = send(campaigns.answer(campaigns.started_attempt(third, version, campaign=campaign)))
    assert any(dimension.change for dimension in report.dimensions)

    unasked = campaigns.answer(campaigns.started_attempt(fourth, version))
    assert send(unasked) == send(unasked)
    assert ScoreSheet.objects.filter(attempt=unasked).count() == 1
