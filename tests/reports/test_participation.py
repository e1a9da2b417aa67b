"""What an open period shows of an agency: who has taken part, and nothing about few."""

import re

import pytest
from django.urls import reverse

from agencies.models import Role
from assessments.actions import assign
from reports.disclosure import HiddenCell, ShownCell
from reports.participation import participation
from tests.factories.accounts import UserFactory
from tests.factories.agencies import person_with_role, placed_person
from tests.reports.pages import HIDDEN, rows_of
from tests.reports.worlds import agency_url, open_as, world

pytestmark = pytest.mark.django_db


class TestParticipation:
    def test_shows_rates_and_no_scores_and_no_names(self, client):
        made = world({"utara": 10}, silent={"utara": 10, "selatan": 20})
        response = open_as(client, made.analyst, agency_url(made))
        assert "Dinas Utara · 20 50%" in rows_of(response.text, "Dinas Utara")[0]
        assert "Dinas Selatan · 20 ≤5%" in rows_of(response.text, "Dinas Selatan")[0]
        assert "25% pegawai di" in response.text
        main = response.text.split("<main")[1].split("</main>")[0]
        assert "Pegawai Uji" not in main
        assert "Rapi" not in response.text

    def test_units_with_few_people_show_nothing_and_cannot_be_computed(self, client):
        # 40 - 20 - 16 leaves the four of Kecil, so Sedang is hidden with it.
        made = world({"besar": 10, "sedang": 8, "kecil": 2}, silent={"besar": 10, "sedang": 8, "kecil": 2})
        response = open_as(client, made.analyst, agency_url(made))
        assert "50%" in rows_of(response.text, "Dinas Besar")[0]
        for name in ("Dinas Sedang", "Dinas Kecil"):
            [row] = rows_of(response.text, name)
            assert HIDDEN in row
            assert not re.search(r"\d", row)
        page = participation(made.analyst, made.campaign, made.agency)
        assert [type(row.rate) for row in page.rows] == [ShownCell, ShownCell, HiddenCell, HiddenCell]

    def test_says_how_many_answers_are_missing_and_how_precise_it_will_be(self, client):
        made = world({"utara": 12, "selatan": 4}, silent={"utara": 8, "selatan": 26}, participation_target=80)
        page = open_as(client, made.analyst, agency_url(made)).text
        # 50 asked, 16 done: 40 for the target, 24 more. 16 of 50: effective size 16 x 49 / 34 = 23.06;
        # 195.996 / (2 x sqrt(23.06 + 3.84)) = 18.9; at 40 of 50: 196; 195.996 / (2 x sqrt(199.84)) = 6.93.
        assert f"Jawaban dari {made.agency.name} sudah cukup untuk ditampilkan; 24 lagi" in page
        assert f"{made.agency.name} cukup 24 ± 19 ± 7" in rows_of(page, made.agency.name)
        # Selatan: 30 asked, 4 done; 6 more to be shown, 20 to the target; at 24 of 30: 24 x 29 / 6 = 116; 8.95.
        assert "Dinas Selatan 6 20 – ± 9" in rows_of(page, "Dinas Selatan")

    def test_tells_nothing_missing_of_a_unit_that_is_hidden(self, client):
        made = world({"besar": 12, "kecil": 2})
        rows = rows_of(open_as(client, made.analyst, agency_url(made)).text, "Dinas Kecil")
        assert [row for row in rows if re.search(r"\d", row)] == []

    def test_counts_those_who_are_assigned_later(self, client):
        made = world({"utara": 12})
        before = open_as(client, made.analyst, agency_url(made)).context["page"].whole
        late = [placed_person(made.units["utara"]) for _n in range(3)]
        assign(
            campaign=made.campaign,
            people=UserFactory._meta.model.objects.filter(pk__in=[p.pk for p in late]),
            by=None,
        )
        after = client.get(agency_url(made)).context["page"].whole
        assert (before.n, after.n) == (12, 15)

    def test_an_agency_in_which_few_are_asked_shows_no_rate(self, client):
        made = world({"": 9})
        page = open_as(client, made.analyst, agency_url(made)).text
        assert HIDDEN in page
        assert HIDDEN in client.get(reverse("reports:dashboards")).text

    def test_there_is_no_door_to_scores_while_the_campaign_runs(self, client):
        made = world({"utara": 12})
        national = person_with_role(Role.NATIONAL_ANALYST)
        assert open_as(client, national, agency_url(made)).status_code == 404
