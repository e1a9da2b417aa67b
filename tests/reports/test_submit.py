"""Sending answers in: once, in time, and with the report in the same response."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from agencies.models import Role
from assessments.models import Attempt, Campaign, ScoreSheet
from tests.factories import assessments as campaigns
from tests.factories.agencies import AgencyFactory, person_with_role, placed_person, root_of
from tests.factories.questionnaires import published_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def version():
    return published_version()


@pytest.fixture
def person():
    return placed_person(root_of(AgencyFactory()))


@pytest.fixture
def asked(person, version):
    campaign = campaigns.open_campaign(version, people=[person])
    return campaigns.answer(campaigns.started_attempt(person, version, campaign=campaign))


def submit_url(attempt):
    return reverse("reports:submit", args=[attempt.public_id])


def test_the_report_comes_in_the_same_response(client, person, asked):
    client.force_login(person)
    response = client.post(submit_url(asked))
    assert response.status_code == 200
    assert "Laporan pribadi" in response.text
    head = response.context["report"].head
    assert head.answered == head.total > 0
    asked.refresh_from_db()
    assert asked.state == Attempt.State.SUBMITTED
    assert response.context["report"].head.submitted_at == asked.submitted_at


def test_it_is_the_same_report_as_the_one_opened_later(client, person, asked):
    client.force_login(person)
    first = client.post(submit_url(asked)).context["report"]
    later = client.get(reverse("reports:personal", args=[asked.public_id])).context["report"]
    assert first == later


def test_sending_twice_gives_one_sheet(client, person, asked):
    client.force_login(person)
    first, second = client.post(submit_url(asked)), client.post(submit_url(asked))
    assert (first.status_code, second.status_code) == (200, 200)
    assert first.context["report"] == second.context["report"]
    assert ScoreSheet.objects.count() == 1


def test_after_the_deadline_the_answers_stay_and_nothing_is_scored(client, person, asked):
    Campaign.objects.update(closes_at=timezone.now() - timedelta(seconds=1))
    before = bytes(Attempt.objects.get(pk=asked.pk).answers)
    client.force_login(person)
    response = client.post(submit_url(asked))
    assert response.status_code == 409
    assert "Batas waktu periode ini sudah lewat" in response.text
    assert "tetap ada" in response.text
    assert reverse("home") in response.text
    attempt = Attempt.objects.get(pk=asked.pk)
    assert (bytes(attempt.answers), attempt.state) == (before, Attempt.State.IN_PROGRESS)
    assert not ScoreSheet.objects.exists()


def test_an_empty_form_cannot_be_sent(client, person, version):
    attempt = campaigns.started_attempt(person, version)
    client.force_login(person)
    response = client.post(submit_url(attempt))
    assert response.status_code == 409
    assert "Belum ada satu butir pun yang dijawab" in response.text
    assert reverse("assessments:resume", args=[attempt.public_id]) in response.text


def test_opening_the_address_leads_to_the_review_or_to_the_report(client, person, asked):
    client.force_login(person)
    review = reverse("assessments:review", args=[asked.public_id])
    assert client.get(submit_url(asked)).url == review
    client.post(submit_url(asked))
    assert client.get(submit_url(asked)).url == reverse("reports:personal", args=[asked.public_id])


def test_an_unfinished_report_leads_back_to_the_form(client, person, asked):
    client.force_login(person)
    response = client.get(reverse("reports:personal", args=[asked.public_id]))
    assert response.url == reverse("assessments:resume", args=[asked.public_id])


@pytest.mark.parametrize("role", [None, Role.AGENCY_ANALYST, Role.AGENCY_ADMINISTRATOR])
def test_nobody_else_can_send_or_read_it(client, person, asked, role):
    agency = asked.assignment.agency
    other = person_with_role(role, agency=agency) if role else placed_person(root_of(agency))
    client.force_login(other)
    personal = reverse("reports:personal", args=[asked.public_id])
    assert client.post(submit_url(asked)).status_code == 404
    assert client.get(submit_url(asked)).status_code == 404
    assert client.get(personal).status_code == 404
    campaigns.actions.submit_attempt(attempt=asked, by=person)
    assert client.get(personal).status_code == 404


def test_a_stranger_is_sent_to_the_sign_in(client, asked):
    for address in (submit_url(asked), reverse("reports:personal", args=[asked.public_id])):
        response = client.get(address)
        assert response.status_code == 302
        assert response.url.startswith(reverse("account_login"))
