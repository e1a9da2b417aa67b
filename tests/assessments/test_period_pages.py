"""The pages of periods, walked as an analyst without JavaScript walks them."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from agencies.data_protection import STANDARD
from agencies.models import Role
from assessments.models import Campaign
from assessments.periods.nip_lists import MOST_BYTES
from audit.models import AuditEvent
from tests.factories.agencies import (
    AgencyFactory,
    add_unit,
    analyst_of,
    person_with_role,
    placed_person,
    root_of,
)
from tests.factories.assessments import drafted_period, open_campaign
from tests.factories.questionnaires import published_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency():
    return AgencyFactory(name="Pemerintah Kota Timur", time_zone="WIT")


@pytest.fixture
def version():
    return published_version()


@pytest.fixture
def health(agency):
    return add_unit(root_of(agency), "dinkes", "Dinas Kesehatan")


@pytest.fixture
def analyst(client, agency):
    person = analyst_of(agency)
    client.force_login(person)
    return person


def page(campaign, name):
    return reverse(f"assessments:campaign_{name}", args=[campaign.public_id])


def post(client, campaign, name, **body):
    campaign.refresh_from_db()
    return client.post(page(campaign, name), {"seen_revision": campaign.revision, **body}, follow=True)


def times(**values):
    return {
        "opens_day": "2027-01-04",
        "opens_clock": "08:00",
        "closes_day": "2027-01-18",
        "closes_clock": "23:59",
        "legal_basis": "Perwali 3/2026",
        "dpia_reference": "DPIA-7",
        "notice_version": STANDARD,
        "minimum_group_size": "10",
        "participation_target": "80",
        **values,
    }


def test_a_period_is_made_from_nothing_in_four_plain_forms(client, agency, analyst, version, health):
    for _n in range(12):
        placed_person(health)
    placed_person(root_of(agency))
    first = client.post(reverse("assessments:draft_campaign"), follow=True)
    campaign = Campaign.objects.get()
    assert "Apa yang ditanyakan?" in first.text
    second = post(
        client, campaign, "questionnaires", title="Penilaian 2027", versions=[str(version.pk)], go="next"
    )
    assert "Siapa yang diminta mengisi?" in second.text
    counted = post(client, campaign, "people", base="units", unit=["dinkes"], shown=["dinkes"], go="next")
    # The first press shows the numbers of the new choice, the second goes on.
    assert "Tersimpan: 12 pegawai. Periksa jumlah setiap unit" in counted.text
    third = post(client, campaign, "people", base="units", unit=["dinkes"], shown=["dinkes"], go="next")
    assert "Waktu Indonesia Timur (WIT)" in third.text
    fourth = post(client, campaign, "times", **times(), go="next")
    assert "Periksa, lalu buka" in fourth.text
    assert "4 Januari 2027 pukul 08.00 WIT" in fourth.text
    assert "belum dapat dibuka" not in fourth.text
    done = post(client, campaign, "check", go="open")
    assert "Periode dibuka. 12 pegawai diminta mengisi." in done.text
    campaign.refresh_from_db()
    assert campaign.state == Campaign.State.OPEN
    assert campaign.closes_at == datetime(2027, 1, 18, 23, 59, tzinfo=ZoneInfo("Asia/Jayapura"))
    again = post(client, campaign, "check", go="open")
    assert "Periode ini sudah dibuka" in again.text
    assert campaign.assignments.count() == 12


@pytest.mark.parametrize(
    ("go", "lands_on"),
    [("back", "Apa yang ditanyakan?"), ("later", "Draf tersimpan."), ("step:4", "Periksa, lalu buka")],
)
def test_every_button_stores_what_was_typed(client, agency, analyst, version, go, lands_on):
    campaign = drafted_period(version, agency=agency)
    response = post(client, campaign, "people", base="whole", job_categories=["JFK"], go=go)
    assert lands_on in response.text
    assert campaign.audience.__class__.objects.get(campaign=campaign).job_categories == ["JFK"]


def test_a_colleague_goes_on_where_the_first_one_stopped(client, agency, analyst, version):
    campaign = drafted_period(version, agency=agency)
    post(client, campaign, "times", **times(legal_basis="Perwali 9/2026"), go="later")
    client.force_login(analyst_of(agency))
    assert "Perwali 9/2026" in client.get(page(campaign, "times")).text
    assert analyst.get_full_name() in client.get(reverse("assessments:campaigns")).text


def test_two_colleagues_in_one_step_lose_nothing(client, agency, analyst, version):
    campaign = drafted_period(version, agency=agency)
    post(client, campaign, "times", **times(dpia_reference="DPIA pertama"))
    stale = {"seen_revision": 0, **times(dpia_reference="DPIA kedua")}
    response = client.post(page(campaign, "times"), stale)
    assert "Draf ini diubah sejak Anda membukanya" in response.text
    assert "DPIA kedua" in response.text
    campaign.refresh_from_db()
    assert campaign.dpia_reference == "DPIA pertama"
    # The form that was shown again is drawn over the newer draft: sending it is a decision.
    assert f'value="{campaign.revision}"' in response.text


def test_what_cannot_be_read_is_said_and_stays_on_the_page(client, agency, analyst, version):
    campaign = drafted_period(version, agency=agency)
    response = post(client, campaign, "times", **times(opens_day="besok", minimum_group_size="9"))
    assert "Tanggal ini tidak dapat dibaca" in response.text
    assert "Paling sedikit 10." in response.text
    assert "Perwali 3/2026" in response.text


def test_a_draft_may_be_impossible_and_the_check_says_so(client, agency, analyst, version):
    campaign = drafted_period(version, agency=agency)
    response = post(client, campaign, "times", **times(closes_day="2027-01-01", dpia_reference=""), go="next")
    assert "Batas waktu mendahului waktu pembukaan." in response.text
    assert "DPIA" in response.text
    assert "Buka periode ini" not in response.text
    refused = post(client, campaign, "check", go="open")
    assert "Batas waktu mendahului waktu pembukaan." in refused.text
    campaign.refresh_from_db()
    assert campaign.state == Campaign.State.DRAFT


def test_a_unit_is_found_by_going_down_the_tree_and_stays_ticked(client, agency, analyst, version, health):
    add_unit(health, "puskesmas", "Puskesmas Melati")
    campaign = drafted_period(version, agency=agency)
    deeper = post(client, campaign, "people", base="units", shown=["dinkes"], go="unit:dinkes")
    assert "Puskesmas Melati" in deeper.text
    post(client, campaign, "people", base="units", shown=["puskesmas"], unit=["puskesmas"], go="count")
    top = client.get(page(campaign, "people"))
    assert "Sudah dipilih di tingkat lain" in top.text
    assert [unit.code for unit in campaign.audience.units.all()] == ["puskesmas"]
    post(client, campaign, "people", base="units", shown=["dinkes", "puskesmas"], go="count")
    assert not campaign.audience.units.exists()


def test_a_unit_that_is_not_there_is_no_page(client, agency, analyst, version):
    campaign = drafted_period(version, agency=agency)
    assert client.get(page(campaign, "people"), {"di": "tidak-ada"}).status_code == 404


class TestLists:
    def upload(self, client, campaign, text, **body):
        file = SimpleUploadedFile("daftar.csv", text.encode(), content_type="text/csv")
        return post(client, campaign, "people", base="list", nip_list=file, go="next", **body)

    def test_unknown_and_foreign_numbers_are_listed_by_row(self, client, agency, analyst, version, health):
        known, foreign = placed_person(health), placed_person(root_of(AgencyFactory()))
        campaign = drafted_period(version, agency=agency)
        text = f"NIP,nama\n{known.nip},a\n{foreign.nip},b\nabc,c\n"
        response = self.upload(client, campaign, text)
        assert "3 baris, 1 pegawai dikenali, 2 baris ditolak" in response.text
        assert "Baris 3" in response.text
        assert "Tidak ditemukan di antara pegawai aktif" in response.text
        assert "Baris 4" in response.text
        assert foreign.nip not in response.text

    def test_a_file_that_is_no_table_leaves_the_last_list(self, client, agency, analyst, version, health):
        campaign = drafted_period(version, agency=agency)
        self.upload(client, campaign, f"NIP\n{placed_person(health).nip}\n")
        response = self.upload(client, campaign, "nama,unit\na,b\n")
        assert "Tidak ada kolom bernama NIP." in response.text
        assert "Daftar sebelumnya tetap berlaku." in response.text
        assert "daftar.csv" not in response.text
        assert campaign.audience.listed.count() == 1

    def test_a_file_that_is_too_large_is_refused(self, client, agency, analyst, version):
        campaign = drafted_period(version, agency=agency)
        response = self.upload(client, campaign, "NIP\n" + "0" * MOST_BYTES)
        assert "paling besar 30 MB" in response.text


def test_a_unit_s_analyst_sees_and_asks_the_own_unit_only(client, agency, version, health):
    works = add_unit(root_of(agency), "dpu", "Dinas Pekerjaan Umum")
    placed_person(health), placed_person(works)
    client.force_login(person_with_role(Role.AGENCY_ANALYST, unit=health))
    client.post(reverse("assessments:draft_campaign"))
    campaign = Campaign.objects.get()
    assert campaign.unit == health
    response = post(client, campaign, "people", base="units", unit=["dpu"], shown=["dpu"], go="count")
    assert "Dinas Pekerjaan Umum" not in response.text
    assert not campaign.audience.units.exists()
    whole = drafted_period(version, agency=agency)
    assert client.get(page(whole, "people")).status_code == 404


def test_a_place_out_of_reach_begins_no_period(client, analyst):
    assert (
        client.post(reverse("assessments:draft_campaign"), {"place": AgencyFactory().code}).status_code == 404
    )
    assert not Campaign.objects.exists()


def test_open_national_periods_are_named_and_left_to_their_organiser(
    client, agency, analyst, version, health
):
    open_campaign(version, people=[placed_person(health)], title="Periode nasional kita")
    elsewhere = placed_person(root_of(AgencyFactory()))
    open_campaign(version, people=[elsewhere], title="Periode nasional orang lain")
    listed = client.get(reverse("assessments:campaigns")).text
    assert "Periode nasional kita" in listed
    assert "Periode nasional orang lain" not in listed


def test_a_draft_is_deleted_after_a_question(client, agency, analyst, version):
    campaign = drafted_period(version, agency=agency)
    url = reverse("assessments:discard_campaign", args=[campaign.public_id])
    assert "Hapus draf ini?" in client.get(url).text
    assert "Draf dihapus." in client.post(url, follow=True).text
    assert not Campaign.objects.exists()


def test_an_open_period_is_extended_by_the_clock_of_the_agency(client, agency, analyst, version):
    campaign = open_campaign(version, agency=agency)
    url = reverse("assessments:extend_campaign", args=[campaign.public_id])
    day = (timezone.localdate() + timedelta(days=30)).isoformat()
    assert "Tuliskan alasannya" in client.post(url, {"closes_day": day}).text
    done = client.post(url, {"closes_day": day, "closes_clock": "16.30", "reason": "Banjir"}, follow=True)
    assert "Batas waktu diperpanjang." in done.text
    assert "pukul 16.30 WIT" in done.text
    assert AuditEvent.objects.get(event="campaign.extended").actor_id == analyst.pk
    shorter = client.post(url, {"closes_day": timezone.localdate().isoformat(), "reason": "Cukup"})
    assert "harus sesudah batas waktu sekarang" in shorter.text


def test_the_list_takes_the_same_queries_for_any_number_of_periods(client, agency, analyst, version):
    def queries():
        client.get(reverse("assessments:campaigns"))  # the session learns the zone once
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("assessments:campaigns"))
        return len(captured)

    drafted_period(version, agency=agency, by=analyst)
    open_campaign(version, agency=agency)
    first = queries()
    for _n in range(4):
        drafted_period(version, agency=agency, by=analyst_of(agency))
        open_campaign(version, agency=agency)
    assert queries() == first


def test_step_two_takes_the_same_queries_for_any_number_of_units(client, agency, analyst, version, health):
    campaign = drafted_period(version, agency=agency)

    def queries():
        client.get(reverse("assessments:campaigns"))  # the session learns the zone once
        with CaptureQueriesContext(connection) as captured:
            client.get(page(campaign, "people"))
        return len(captured)

    placed_person(health)
    first = queries()
    for number in range(5):
        placed_person(add_unit(root_of(agency), f"unit-{number}"))
    assert queries() == first
