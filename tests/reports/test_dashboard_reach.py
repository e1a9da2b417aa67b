"""Who may open the pages of results, and which of them are listed."""

import pytest
from django.urls import reverse

from agencies import actions as agency_actions
from agencies.models import Role
from tests.factories import assessments as campaigns
from tests.factories.accounts import UserFactory
from tests.factories.agencies import AgencyFactory, add_unit, analyst_of, person_with_role
from tests.factories.questionnaires import published_version
from tests.reports.worlds import agency_url, frozen_world, open_as, world

pytestmark = pytest.mark.django_db


class TestWhoMayOpen:
    @pytest.mark.parametrize("is_frozen", [False, True])
    def test_each_role_gets_its_answer(self, client, is_frozen):
        made = frozen_world({"utara": 12}) if is_frozen else world({"utara": 12})
        elsewhere = AgencyFactory()
        expected = {
            made.analyst: 200,
            analyst_of(elsewhere): 404,
            person_with_role(Role.AGENCY_ANALYST, unit=made.units["utara"]): 404,
            person_with_role(Role.NATIONAL_ANALYST): 200 if is_frozen else 404,
            made.people["utara"][0]: 403,
            person_with_role(Role.AGENCY_ADMINISTRATOR, agency=made.agency): 403,
            person_with_role(Role.AUDITOR, agency=made.agency): 403,
            UserFactory(): 403,
        }
        for user, status in expected.items():
            address = agency_url(made, "")
            assert open_as(client, user, address).status_code == status, user

    def test_strangers_are_sent_to_the_sign_in(self, client):
        made = frozen_world({"utara": 12})
        for address in (agency_url(made), agency_url(made, "utara"), reverse("reports:dashboards")):
            assert client.get(address).url.startswith(reverse("account_login"))

    @pytest.mark.parametrize("is_frozen", [False, True])
    def test_an_analyst_of_a_unit_sees_that_unit_and_below(self, client, is_frozen):
        made = (frozen_world if is_frozen else world)({"utara/kota": 10, "utara/desa": 12, "selatan": 14})
        analyst = person_with_role(Role.AGENCY_ANALYST, unit=made.units["utara"])
        response = open_as(client, analyst, agency_url(made))
        assert response.status_code == 200
        assert response.context["page"].unit.name == "Dinas Utara"
        assert made.agency.name not in [crumb.name for crumb in response.context["page"].crumbs]
        assert client.get(agency_url(made, "utara/kota")).status_code == 200
        assert client.get(agency_url(made, "selatan")).status_code == 404
        assert "Dinas Selatan" not in client.get(agency_url(made)).text

    def test_a_move_opens_and_closes_no_older_results(self, client):
        made = frozen_world({"utara/kota": 10, "utara/desa": 12, "selatan": 14})
        north, south, town = (
            person_with_role(Role.AGENCY_ANALYST, unit=made.units[name])
            for name in ("utara", "selatan", "utara/kota")
        )
        agency_actions.move_unit(unit=made.units["utara/kota"], new_parent=made.units["selatan"], by=None)
        seen = [
            open_as(client, analyst, agency_url(made, "utara/kota")).status_code
            for analyst in (north, south, town)
        ]
        assert seen == [200, 404, 200]
        assert open_as(client, south, agency_url(made)).context["page"].unit.name == "Dinas Selatan"
        assert open_as(client, town, agency_url(made)).context["page"].unit.name == "Dinas Kota"

    def test_an_analyst_of_two_units_finds_both(self, client):
        made = world({"utara": 10, "selatan": 14})
        analyst = person_with_role(Role.AGENCY_ANALYST, unit=made.units["selatan"])
        person_with_role(Role.AGENCY_ANALYST, unit=made.units["utara"], person=analyst)
        page = open_as(client, analyst, agency_url(made)).text
        assert agency_url(made, "utara") in page

    def test_unknown_addresses_and_drafts_do_not_exist(self, client):
        made = frozen_world({"utara": 12})
        client.force_login(made.analyst)
        other = AgencyFactory()
        wrong = reverse("reports:agency", args=[made.campaign.public_id, other.code])
        assert client.get(wrong).status_code == 404
        unit = reverse("reports:unit", args=[made.campaign.public_id, made.agency.code, "tidak-ada"])
        assert client.get(unit).status_code == 404
        draft = campaigns.draft_campaign(made.version, agency=made.agency)
        address = reverse("reports:agency", args=[draft.public_id, made.agency.code])
        assert client.get(address).status_code == 404

    def test_a_unit_younger_than_the_results_has_no_page(self, client):
        made = frozen_world({"utara": 12})
        made.units["baru"] = add_unit(made.units[""], "baru")
        assert open_as(client, made.analyst, agency_url(made, "baru")).status_code == 404


class TestTheList:
    def test_shows_own_campaigns_with_their_state(self, client):
        made = world({"utara": 12})
        world({"utara": 10}, version=published_version(code="lain"))
        page = open_as(client, made.analyst, reverse("reports:dashboards"))
        [entry] = page.context["page"].object_list
        assert (entry.campaign, entry.is_frozen, entry.rate.n) == (made.campaign, False, 12)
        assert "Dibuka" in page.text

    def test_an_analyst_of_a_unit_sees_no_rate_of_the_whole(self, client):
        made = world({"utara": 12, "selatan": 12})
        analyst = person_with_role(Role.AGENCY_ANALYST, unit=made.units["utara"])
        [entry] = open_as(client, analyst, reverse("reports:dashboards")).context["page"].object_list
        assert entry.rate is None

    def test_a_national_analyst_sees_what_is_frozen(self, client):
        frozen = frozen_world({"utara": 12})
        world({"utara": 10}, version=published_version(code="lain"))
        national = person_with_role(Role.NATIONAL_ANALYST)
        [entry] = open_as(client, national, reverse("reports:dashboards")).context["page"].object_list
        assert (entry.campaign, entry.is_frozen) == (frozen.campaign, True)

    def test_is_friendly_when_empty(self, client):
        page = open_as(client, analyst_of(AgencyFactory()), reverse("reports:dashboards")).text
        assert "Belum ada periode" in page

    def test_is_closed_to_respondents(self, client):
        assert open_as(client, UserFactory(), reverse("reports:dashboards")).status_code == 403
