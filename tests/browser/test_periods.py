"""An analyst makes a period from nothing, in a browser without JavaScript, on a phone."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, expect

from agencies.models import Role
from assessments.models import Campaign
from tests.browser.pages import expect_no_sideways_scrolling, sign_in
from tests.factories.accounts import user_with_password
from tests.factories.agencies import AgencyFactory, add_unit, person_with_role, placed_person, root_of
from tests.factories.questionnaires import published_version

pytestmark = pytest.mark.django_db(transaction=True)

PHONE = {"width": 360, "height": 740}


@pytest.fixture
def analyst():
    agency = AgencyFactory(name="Pemerintah Kabupaten Jenawi", time_zone="WITA")
    health = add_unit(root_of(agency), "dinkes", "Dinas Kesehatan")
    clinic = add_unit(health, "puskesmas", "Puskesmas Melati")
    for _n in range(11):
        placed_person(clinic)
    placed_person(root_of(agency))
    published_version()
    return person_with_role(Role.AGENCY_ANALYST, agency=agency, person=user_with_password(name="Hendro"))


@pytest.fixture
def page(browser: Browser, base_url):
    context = browser.new_context(
        viewport=PHONE, java_script_enabled=False, base_url=base_url, locale="id-ID"
    )
    yield context.new_page()
    context.close()


def test_a_period_is_made_checked_and_opened_without_javascript(page, analyst):
    sign_in(page, analyst)
    page.get_by_role("link", name="Periode", exact=True).click()
    page.get_by_role("button", name="Buat periode").click()
    page.get_by_label("Judul periode").fill("Penilaian Puskesmas")
    page.get_by_label("Bank Kecil").check()
    # The circles of the steps store as well as the buttons do.
    page.get_by_role("button", name="Pegawai", exact=True).click()
    page.get_by_label("Pegawai di unit kerja yang dipilih").check()
    page.get_by_role("button", name="Unit di bawahnya").first.click()
    page.get_by_label("Puskesmas Melati").check()
    page.get_by_role("button", name="Simpan dan lanjut", exact=True).click()
    expect(page.get_by_text("Tersimpan: 11 pegawai. Periksa jumlah setiap unit")).to_be_visible()
    page.get_by_role("button", name="Simpan dan lanjut", exact=True).click()
    today = timezone.localdate()
    page.get_by_label("Dibuka pada").fill(today.isoformat())
    page.get_by_label("Batas waktu", exact=True).fill((today - timedelta(days=1)).isoformat())
    page.get_by_label("Dasar hukum").fill("Perbup 12/2026")
    page.get_by_label("Pemberitahuan privasi").select_option("baku-1")
    page.get_by_role("button", name="Simpan dan lanjut", exact=True).click()
    expect(page.get_by_text("Batas waktu mendahului waktu pembukaan.")).to_be_visible()
    expect(page.get_by_role("button", name="Buka periode ini")).to_have_count(0)
    page.get_by_role("button", name="Waktu dan aturan", exact=True).click()
    page.get_by_label("Batas waktu", exact=True).fill((today + timedelta(days=14)).isoformat())
    page.get_by_label("Rujukan penilaian dampak (DPIA)").fill("DPIA-4")
    page.get_by_role("button", name="Simpan dan lanjut", exact=True).click()
    expect_no_sideways_scrolling(page)
    page.get_by_role("button", name="Buka periode ini").click()
    expect(page.get_by_text("Periode dibuka. 11 pegawai diminta mengisi.")).to_be_visible()
    campaign = Campaign.objects.get()
    assert campaign.state == Campaign.State.OPEN
    assert set(campaign.assignments.values_list("unit__code", flat=True)) == {"puskesmas"}
