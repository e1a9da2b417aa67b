"""The item statistics page in Django admin: who may see it, of what, and what it draws."""

import re

import numpy as np
import pytest
from django.conf import settings
from django.urls import reverse

from agencies.models import Role
from assessments.models import Attempt, CampaignInstrument
from tests.factories.agencies import AgencyFactory, person_with_role, placed_person, root_of
from tests.factories.assessments import close, open_campaign, submitted_attempt
from tests.factories.questionnaires import published_version

pytestmark = pytest.mark.django_db

LIST = "admin:assessments_campaigninstrument_changelist"


def instrument_of(campaign):
    return CampaignInstrument.objects.get(campaign=campaign)


def page_of(instrument):
    return reverse("admin:assessments_campaigninstrument_change", args=[instrument.pk])


def content_of(client, instrument):
    """What stands between the stock admin's head and its icons."""
    response = client.get(page_of(instrument))
    assert response.status_code == 200
    page = response.content.decode()
    return page[page.index('id="content-main"') : page.index("</main>")]


def campaign_with_answers(version, people, *, seed=5):
    """A closed campaign; everybody's answers to the small bank go up and down together."""
    agency = AgencyFactory()
    persons = [placed_person(root_of(agency)) for _ in range(people)]
    campaign = open_campaign(version, agency=agency, people=persons)
    rng = np.random.default_rng(seed)
    for person in persons:
        attempt = submitted_attempt(person, version, campaign=campaign)
        level = rng.integers(2, 5)
        answers = np.clip(level + rng.integers(-1, 2, size=12), 1, 5)
        answers[3], answers[7] = 6 - answers[3], 8 - answers[7]
        Attempt.objects.filter(pk=attempt.pk).update(answers=bytes(answers.tolist()))
    return close(campaign)


@pytest.fixture
def psychometrician(client):
    person = person_with_role(Role.PSYCHOMETRICIAN)
    client.force_login(person)
    return person


def test_the_page_draws_every_item_with_a_sentence_and_a_table(client, psychometrician):
    version = published_version()
    campaign = campaign_with_answers(version, 35)
    page = content_of(client, instrument_of(campaign))
    assert (
        page.count("<svg") == page.count("<figure>") == 12
    )  # eight in scales, one of attention, three of style
    assert page.count("Jawaban terbanyak") == 16  # in the sentence and in the name of the drawing
    assert "Alfa Cronbach" in page
    assert "Sementara" in page  # fewer than 100 people
    assert "35 dari 35 orang menjawab semua butir" in page
    assert "Sebaran pilihan" in page
    assert not re.search(r"<script|\sstyle=|\son\w+=", page)
    assert "nan" not in re.findall(r"[a-z]+", page.lower())


def test_the_page_speaks_the_readers_language(client, psychometrician):
    campaign = campaign_with_answers(published_version(), 31)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    page = content_of(client, instrument_of(campaign))
    assert "Cronbach&#x27;s alpha" in page
    assert "Most frequent answer" in page
    assert "Jawaban" not in page


def test_fewer_than_thirty_people_are_not_shown(client, psychometrician):
    campaign = campaign_with_answers(published_version(), 12)
    page = content_of(client, instrument_of(campaign))
    assert "<svg" not in page
    assert "Tidak ditampilkan" in page
    assert "Kurang dari 30 orang; tidak ditampilkan." in page


def test_a_campaign_without_answers_leads_back_with_a_sentence(client, psychometrician):
    campaign = close(open_campaign(published_version()))
    response = client.get(page_of(instrument_of(campaign)), follow=True)
    assert response.redirect_chain[-1][0] == reverse(LIST)
    assert "Belum ada jawaban terkirim" in response.content.decode()


def test_open_campaigns_are_not_there(client, psychometrician):
    campaign = open_campaign(published_version())
    assert client.get(page_of(instrument_of(campaign))).status_code == 404
    assert str(campaign) not in client.get(reverse(LIST)).content.decode()


@pytest.mark.parametrize("role", [Role.BANK_EDITOR, Role.BANK_APPROVER, Role.AUDITOR])
def test_others_of_the_admin_do_not_see_it(client, role):
    campaign = close(open_campaign(published_version()))
    client.force_login(person_with_role(role))
    assert client.get(page_of(instrument_of(campaign))).status_code == 404
    assert client.get(reverse(LIST)).status_code == 403


def test_nothing_can_be_written(client, psychometrician):
    campaign = campaign_with_answers(published_version(), 3)
    page = page_of(instrument_of(campaign))
    assert client.post(page, {"position": 9}).status_code == 405
    assert client.get(reverse("admin:assessments_campaigninstrument_add")).status_code == 403
    assert instrument_of(campaign).position == 1


def test_no_filter_reaches_units_or_people(client, psychometrician):
    campaign_with_answers(published_version(), 3)
    for lookup in ("campaign__assignments__unit__code", "campaign__assignments__person__nip__startswith"):
        assert client.get(reverse(LIST), {lookup: "1"}).status_code == 400


def test_the_number_of_queries_does_not_grow(client, psychometrician, django_assert_max_num_queries):
    version = published_version()
    small, large = (campaign_with_answers(version, people) for people in (3, 40))
    client.get(page_of(instrument_of(small)))
    for campaign in (small, large):
        with django_assert_max_num_queries(9):
            client.get(page_of(instrument_of(campaign)))
    with django_assert_max_num_queries(9):
        client.get(reverse(LIST))
