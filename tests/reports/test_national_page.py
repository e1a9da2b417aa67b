"""The page across agencies: who may open it, its order, what it adds up, and that it does not grow."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.models import Role
from reports.pages import national
from reports.results import freeze_all
from tests.factories import assessments as campaigns
from tests.factories.agencies import AgencyFactory, person_with_role, placed_person, root_of
from tests.factories.questionnaires import published_version
from tests.reports.pages import HIDDEN, rows_of

pytestmark = pytest.mark.django_db


def national_world(sizes, *, answers=(4,), version=None):
    """A frozen national campaign; agencies by name, each with so many people who choose one of the answers in turn."""
    version = version or published_version()
    people = {}
    for name, size in sizes.items():
        root = root_of(AgencyFactory(name=name))
        people[name] = [placed_person(root) for _n in range(size)]
    campaign = campaigns.open_campaign(version, people=[p for group in people.values() for p in group])
    for number, group in enumerate(people.values()):
        for person in group:
            campaigns.submitted_attempt(
                person, version, campaign=campaign, default=answers[number % len(answers)]
            )
    freeze_all(campaign=campaigns.close(campaign), by=None)
    return campaign


@pytest.fixture
def analyst(client):
    person = person_with_role(Role.NATIONAL_ANALYST)
    client.force_login(person)
    return person


def url(campaign):
    return reverse("reports:national", args=[campaign.public_id])


@pytest.mark.usefixtures("analyst")
class TestThePage:
    def test_agencies_stand_in_the_order_of_their_names(self, client):
        campaign = national_world(
            {"Kota Cempaka": 10, "Kota Anggrek": 12, "Kota Bakung": 10}, answers=(2, 3, 5)
        )
        page = client.get(url(campaign))
        names = [row.name for row in page.context["page"].rows]
        assert names == ["Kota Anggrek", "Kota Bakung", "Kota Cempaka"]
        # RAPI: all 3 gives 50.
        assert "Kota Anggrek · 12 dari 12 (≥95%) 50 " in rows_of(page.text, "Kota Anggrek")[0]

    def test_a_small_agency_is_hidden_and_counts_in_no_sum(self, client):
        campaign = national_world({"Kota Anggrek": 30, "Kota Bakung": 9}, answers=(5, 1))
        page = client.get(url(campaign))
        assert HIDDEN in rows_of(page.text, "Kota Bakung")[0]
        [rapi, _peka] = page.context["page"].bands
        assert (rapi.shares.n, page.context["page"].bands_agencies) == (30, 1)

    def test_people_by_band_are_added_up_over_the_agencies_that_show_theirs(self, client):
        campaign = national_world({"Kota Anggrek": 30, "Kota Bakung": 30}, answers=(5, 1))
        page = client.get(url(campaign))
        [rapi, _peka] = page.context["page"].bands
        # RAPI: 30 people at 75 (third band), 30 at 25 (first).
        assert (rapi.shares.n, rapi.shares.percents) == (60, (50, 0, 50, 0))
        assert "rapi paling banyak: 50% responden" in page.text

    def test_benchmarks_stand_by_kind_or_it_is_said_why_not(self, client):
        few = national_world({"Kota Anggrek": 10})
        assert "tidak ada jenis dengan sedikitnya 8 instansi" in client.get(url(few)).text
        names = {f"Kota {letter}": 10 for letter in "ABCDEFGH"}
        many = national_world(names, answers=(2, 3, 4, 5), version=published_version(code="lain"))
        # RAPI: 37.5, 50, 62.5, 75, twice each: median 56.25, upper quartile 65.625.
        assert "Rapi median 56, kuartil atas 66" in rows_of(client.get(url(many)).text, "Rapi")

    def test_is_of_one_period_that_has_results(self, client):
        version = published_version()
        person = placed_person(root_of(AgencyFactory()))
        running = campaigns.open_campaign(version, people=[person])
        assert client.get(url(running)).status_code == 404

    def test_the_list_of_dashboards_leads_here(self, client):
        campaign = national_world({"Kota Anggrek": 10})
        assert url(campaign) in client.get(reverse("reports:dashboards")).text

    def test_queries_do_not_grow_with_the_agencies(self, client):
        version = published_version()
        counts = []
        for sizes in ({"Kota A": 10}, {f"Kota {letter}": 10 for letter in "BCDEFGHIJ"}):
            campaign = national_world(sizes, version=version)
            client.get(url(campaign))
            with CaptureQueriesContext(connection) as queries:
                assert client.get(url(campaign)).status_code == 200
            counts.append(len(queries))
        assert counts[0] == counts[1] <= 12

    def test_many_agencies_come_a_page_at_a_time(self, client, monkeypatch):
        monkeypatch.setattr(national, "AGENCIES_PER_PAGE", 2)
        campaign = national_world({"Kota Anggrek": 10, "Kota Bakung": 10, "Kota Cempaka": 10})
        first, last = client.get(url(campaign)), client.get(url(campaign), {"page": 2})
        assert [len(page.context["page"].rows) for page in (first, last)] == [2, 1]
        assert "kuesioner=bank-kecil&amp;page=2" in first.text


def test_only_national_analysts_may_open_it(client):
    campaign = national_world({"Kota Anggrek": 10})
    agency = campaign.releases.get().agency
    for person in (
        person_with_role(Role.AGENCY_ANALYST, agency=agency),
        person_with_role(Role.AGENCY_ADMINISTRATOR, agency=agency),
        person_with_role(Role.AUDITOR, agency=agency),
    ):
        client.force_login(person)
        assert client.get(url(campaign)).status_code == 403
