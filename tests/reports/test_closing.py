"""Closing a campaign from its page, and what Django admin shows of frozen results."""

import re

import pytest
from django.contrib.admin.sites import site
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from agencies.models import Role
from assessments.models import Campaign
from audit.models import AuditEvent
from background.models import BackgroundJob
from reports.models import ReleaseState, ResultCell
from tests.factories import assessments as campaigns
from tests.factories.accounts import UserFactory
from tests.factories.agencies import AgencyFactory, analyst_of, person_with_role, placed_person
from tests.factories.questionnaires import published_version
from tests.reports.worlds import agency_url, frozen_world, open_as, world

pytestmark = pytest.mark.django_db


class TestClosing:
    def test_asks_first_and_then_closes_and_freezes(self, client):
        made = world({"utara": 12})
        address = reverse("reports:close", args=[made.campaign.public_id])
        page = open_as(client, made.analyst, address).text
        assert "Penutupan tidak dapat dibatalkan." in page
        without_reason = client.post(address)
        assert "Tuliskan alasannya" in without_reason.text
        assert Campaign.objects.get(pk=made.campaign.pk).state == Campaign.State.OPEN
        response = client.post(address, {"reason": "Semua sudah mengisi."}, follow=True)
        assert response.redirect_chain[-1][0] == agency_url(made)
        assert Campaign.objects.get(pk=made.campaign.pk).state == Campaign.State.CLOSED
        assert AuditEvent.objects.get(event="campaign.closed").detail == {"reason": "Semua sudah mengisi."}
        assert ReleaseState.objects.get().frozen_by == made.analyst
        assert "Periode ditutup dan hasilnya dibekukan." in response.text
        again = client.post(address, follow=True)
        assert "Hanya periode yang sedang dibuka yang dapat ditutup." in again.text
        assert ReleaseState.objects.count() == 1

    def test_a_closed_campaign_before_the_freeze_offers_the_freeze(self, client):
        made = world({"utara": 12})
        made.close()
        page = open_as(client, made.analyst, agency_url(made)).text
        address = reverse("reports:freeze", args=[made.campaign.public_id, made.agency.code])
        assert "hasilnya belum dibekukan" in page
        assert address in page
        assert "Rapi" not in page
        assert "Hasil dibekukan." in client.post(address, follow=True).text
        before = ResultCell.objects.count()
        client.post(address)
        assert (ReleaseState.objects.count(), ResultCell.objects.count()) == (1, before)

    def test_a_freeze_that_failed_says_so_and_can_be_asked_for_again(self, client, monkeypatch):
        made = world({"utara": 12})

        def stumble(**_arguments):
            raise RuntimeError("no memory")

        client.force_login(made.analyst)
        with monkeypatch.context() as patch:
            patch.setattr("reports.background_work.freeze", stumble)
            address = reverse("reports:close", args=[made.campaign.public_id])
            page = client.post(address, {"reason": "Selesai."}, follow=True).text
        assert "Periode ditutup." in page
        assert "Pembekuan terakhir tidak selesai." in page
        assert "no memory" not in page
        assert Campaign.objects.get(pk=made.campaign.pk).state == Campaign.State.CLOSED
        address = reverse("reports:freeze", args=[made.campaign.public_id, made.agency.code])
        assert "Hasil dibekukan." in client.post(address, follow=True).text
        assert [job.state for job in BackgroundJob.objects.order_by("pk")] == ["failed", "done"]

    def test_while_a_worker_freezes_the_page_says_how_far_it_is(self, client):
        made = world({"utara": 12})
        made.close()
        BackgroundJob.objects.create(
            kind="results.freeze",
            subject_id=made.campaign.pk,
            agency_id=made.agency.pk,
            state=BackgroundJob.State.RUNNING,
            asked_at=timezone.now(),
            done=5,
            total=12,
        )
        page = open_as(client, made.analyst, agency_url(made)).text
        assert "Sedang dibekukan: 5 dari sekitar 12 lembar skor." in page
        assert reverse("reports:freeze", args=[made.campaign.public_id, made.agency.code]) not in page

    def test_the_page_promises_no_closing_by_itself(self, client):
        made = world({"utara": 12})
        page = open_as(client, made.analyst, agency_url(made)).text
        assert "ditutup otomatis" not in page
        assert "Setelah batas waktu tidak ada lagi yang dapat mengisi." in page

    def test_an_open_campaign_cannot_be_frozen(self, client):
        made = world({"utara": 12})
        address = reverse("reports:freeze", args=[made.campaign.public_id, made.agency.code])
        client.force_login(made.analyst)
        assert "Hasil baru dapat dibekukan setelah periode ditutup." in client.post(address, follow=True).text
        assert client.get(address).status_code == 405

    def test_only_the_agency_s_analysts_may(self, client):
        made = world({"utara": 12})
        expected = {
            analyst_of(AgencyFactory()): 404,
            person_with_role(Role.AGENCY_ANALYST, unit=made.units["utara"]): 403,
            person_with_role(Role.NATIONAL_ANALYST): 403,
            made.people["utara"][0]: 403,
        }
        addresses = (
            reverse("reports:close", args=[made.campaign.public_id]),
            reverse("reports:freeze", args=[made.campaign.public_id, made.agency.code]),
        )
        for user, status in expected.items():
            client.force_login(user)
            assert [client.post(address).status_code for address in addresses] == [status] * 2
        assert Campaign.objects.get(pk=made.campaign.pk).state == Campaign.State.OPEN

    def test_a_unit_s_own_campaign_is_closed_by_that_unit_s_analyst(self, client):
        made = world({"utara": 12, "selatan": 12})
        Campaign.objects.filter(pk=made.campaign.pk).update(unit=made.units["utara"])
        address = reverse("reports:close", args=[made.campaign.public_id])
        client.force_login(person_with_role(Role.AGENCY_ANALYST, unit=made.units["selatan"]))
        assert client.post(address, {"reason": "Selesai."}).status_code == 403
        client.force_login(person_with_role(Role.AGENCY_ANALYST, unit=made.units["utara"]))
        assert "Periode ditutup" in client.post(address, {"reason": "Selesai."}, follow=True).text
        assert Campaign.objects.get(pk=made.campaign.pk).state == Campaign.State.CLOSED

    def test_a_national_campaign_is_not_closed_by_an_agency(self, client):
        person = placed_person(world({}).units[""])
        agency = person.placements.get().unit.agency
        campaign = campaigns.open_campaign(published_version(code="nasional"), people=[person])
        client.force_login(analyst_of(agency))
        assert client.post(reverse("reports:close", args=[campaign.public_id])).status_code == 403
        client.force_login(analyst_of(AgencyFactory()))
        assert client.post(reverse("reports:close", args=[campaign.public_id])).status_code == 404


class TestAdmin:
    def test_frozen_results_are_read_only_and_for_the_superuser(self):
        made = frozen_world({"utara": 12})
        request = RequestFactory().get("/admin/")
        for user, may_view in ((UserFactory(is_superuser=True), True), (made.analyst, False)):
            request.user = user
            for model in (ReleaseState, ResultCell):
                pages = site.get_model_admin(model)
                assert pages.has_view_permission(request) is may_view
                assert not pages.has_add_permission(request)
                assert not pages.has_change_permission(request)
                assert not pages.has_delete_permission(request)

    def test_the_lists_open(self, client):
        frozen_world({"utara": 12})
        client.force_login(UserFactory(is_superuser=True))
        for name in (
            "reports_releasestate",
            "reports_resultcell",
            "reports_resultdetail",
            "reports_benchmark",
        ):
            assert client.get(reverse(f"admin:{name}_changelist")).status_code == 200

    def test_cells_show_no_number_and_read_no_document(self, client):
        made = frozen_world({"utara": 37}, answers={"utara": 5})  # PEKA 83.33
        client.force_login(UserFactory(is_superuser=True))
        cell = ResultCell.objects.get(unit=made.units["utara"], scale_code="PEKA")
        addresses = (
            reverse("admin:reports_resultcell_changelist"),
            reverse("admin:reports_resultcell_change", args=[cell.pk]),
        )
        for address in addresses:
            with CaptureQueriesContext(connection) as queries:
                page = client.get(address)
            assert page.status_code == 200
            assert not re.search(r"83[.,]3", page.text)
            assert "field-mean" not in page.text
            assert ">37<" not in page.text
            assert not any('"document"' in query["sql"] for query in queries)
