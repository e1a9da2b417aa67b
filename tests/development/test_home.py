"""The desk: what waits, what was begun, what is finished, what comes next."""

from datetime import timedelta
from itertools import count

import pytest
from django.urls import reverse
from django.utils import timezone

from questionnaires.document import load_document
from tests.factories.agencies import AgencyFactory, analyst_of, placed_person, root_of
from tests.factories.assessments import answer, close, open_campaign, started_attempt, submitted_attempt
from tests.factories.development import goal_of
from tests.factories.questionnaires import published_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def version():
    return published_version()


@pytest.fixture
def agency():
    return AgencyFactory()


@pytest.fixture
def person(agency):
    return placed_person(root_of(agency))


@pytest.fixture
def member(client, person):
    client.force_login(person)
    return client


def test_home_shows_what_waits_with_the_deadline_in_the_agencys_zone(member, version, agency, person):
    open_campaign(
        version,
        agency=agency,
        people=[person],
        opens_at=timezone.now() - timedelta(days=1),
        closes_at=timezone.now().replace(hour=16, minute=59, second=0) + timedelta(days=9),
        title="Periode II",
    )
    page = member.get(reverse("home")).content.decode()
    assert "Periode II" in page
    assert "pukul 23.59 WIB" in page  # 16.59 UTC


def test_home_offers_every_published_questionnaire_unasked(member, version):
    assert load_document(version.pk).title.id in member.get(reverse("home")).content.decode()


def test_home_leads_back_to_what_was_begun_and_to_the_report(member, person, version):
    first = submitted_attempt(person, version)
    second = started_attempt(person, version)
    page = member.get(reverse("home")).content.decode()
    assert reverse("assessments:resume", args=[second.public_id]) in page
    assert reverse("reports:personal", args=[first.public_id]) in page


def test_home_says_what_became_of_answers_that_were_never_sent(member, version, agency, person):
    campaign = open_campaign(version, agency=agency, people=[person])
    answer(started_attempt(person, version, campaign=campaign))
    close(campaign)
    assert "tetap tersimpan dan tidak dilihat siapa pun" in member.get(reverse("home")).content.decode()


def test_home_of_somebody_who_does_not_answer_is_not_empty(client, agency):
    client.force_login(analyst_of(agency))
    assert "Akun ini tidak mengisi kuesioner" in client.get(reverse("home")).content.decode()


def test_the_queries_of_home_do_not_grow_with_campaigns(
    member, agency, person, django_assert_max_num_queries
):
    numbers = count(1)

    def add_campaigns(how_many):
        for _each in range(how_many):
            version = published_version(code=f"kuesioner-{next(numbers)}")
            campaign = open_campaign(version, agency=agency, people=[person])
            answer(started_attempt(person, version, campaign=campaign))
            other = published_version(code=f"kuesioner-{next(numbers)}")
            open_campaign(other, agency=agency, people=[person])

    add_campaigns(2)
    member.get(reverse("home"))
    with django_assert_max_num_queries(12) as few:
        member.get(reverse("home"))
    add_campaigns(4)
    member.get(reverse("home"))
    with django_assert_max_num_queries(12) as many:
        member.get(reverse("home"))
    assert len(many) == len(few)


def test_home_shows_the_next_step_of_the_plan(member, person):
    goal = goal_of(person)
    page = member.get(reverse("home")).content.decode()
    assert goal.behaviour in page
    assert reverse("development:goal", args=[goal.public_id]) in page
