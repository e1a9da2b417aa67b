"""Sharing a report, from giving to taking back: the owner and the superior each in a browser of their own."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from reports.models import ReportShare
from tests.browser.pages import expect_no_sideways_scrolling, sign_in
from tests.factories.accounts import user_with_password
from tests.factories.agencies import AgencyFactory, placed_person, root_of
from tests.factories.assessments import submitted_attempt
from tests.factories.development import goal_of
from tests.factories.item_types import rich_bank
from tests.factories.questionnaires import published_version

pytestmark = pytest.mark.django_db(transaction=True)

PHONE = {"width": 360, "height": 740}


@pytest.fixture
def people():
    agency = AgencyFactory()
    owner, superior = (
        placed_person(root_of(agency), person=user_with_password(name=name))
        for name in ("Sri Wahyuni", "Budi Santoso")
    )
    submitted_attempt(owner, published_version(bank=rich_bank()), values={"B1": 1, "B2": 1, "B3": 1})
    goal_of(owner)
    return owner, superior


def give(page, superior):
    page.get_by_role("link", name=re.compile("Buka laporan")).click()
    page.get_by_role("link", name="Bagikan laporan").click()
    page.get_by_label("NIP penerima").fill(superior.nip)
    page.get_by_label("Nama penerima").fill("budi santoso")
    page.get_by_label("Peka", exact=True).check()
    page.get_by_label(re.compile("Rencana pengembangan:")).check()
    page.get_by_label("Pesan untuk penerima").fill("Mari bicara")
    page.get_by_role("button", name="Lihat dahulu").click()
    expect(page.get_by_role("heading", name="Yang akan dilihat Budi Santoso")).to_be_visible()
    page.get_by_role("button", name="Bagikan", exact=True).click()
    expect(page.get_by_role("heading", name="Dibagikan kepada Budi Santoso")).to_be_visible()
    expect(page.get_by_text("Belum pernah dibuka")).to_be_visible()


def check_look(page):
    page.get_by_role("link", name=re.compile("Buka.*Sri Wahyuni")).click()
    expect(page.get_by_role("heading", name="Peka", exact=True)).to_be_visible()
    expect(page.get_by_text("Mari bicara")).to_be_visible()
    expect(page.get_by_text("Meminta pendapat sebelum memutuskan")).to_be_visible()
    expect(page.get_by_role("heading", name="Rapi", exact=True)).to_have_count(0)
    expect(page.get_by_text("Pertimbangan situasional")).to_have_count(0)
    expect_no_sideways_scrolling(page)


def walk(owner_page, superior_page, people):
    owner, superior = people
    sign_in(owner_page, owner)
    give(owner_page, superior)
    sign_in(superior_page, superior)
    expect(superior_page.get_by_role("heading", name="Dibagikan kepada Anda")).to_be_visible()
    check_look(superior_page)
    owner_page.reload()
    expect(owner_page.get_by_role("heading", name="Dibuka satu kali")).to_be_visible()
    owner_page.get_by_role("button", name="Tarik kembali").click()
    expect(owner_page.get_by_role("heading", name="Pernah dibagikan kepada Budi Santoso")).to_be_visible()
    gone = superior_page.reload()
    assert gone.status == 410
    expect(superior_page.get_by_text("Laporan ini dibagikan kepada Anda sampai")).to_be_visible()
    expect(superior_page.get_by_text("Mari bicara")).to_have_count(0)
    superior_page.goto("/")
    expect(superior_page.get_by_role("heading", name="Dibagikan kepada Anda")).to_have_count(0)
    assert ReportShare.objects.get().looks.count() == 1


def test_an_owner_gives_a_look_sees_it_and_takes_it_back(
    quiet_page: Page, browser: Browser, base_url, people
):
    quiet_page.set_viewport_size(PHONE)
    context = browser.new_context(base_url=base_url, viewport=PHONE, locale="id-ID")
    other = context.new_page()
    walk(quiet_page, other, people)
    other.go_back()
    expect(other.get_by_text("Mari bicara")).to_have_count(0)  # no cache has kept the page
    context.close()


def test_the_same_works_without_javascript(browser: Browser, base_url, people):
    options = {"base_url": base_url, "viewport": PHONE, "java_script_enabled": False, "locale": "id-ID"}
    contexts = [browser.new_context(**options) for _person in people]
    walk(*(context.new_page() for context in contexts), people)
    for context in contexts:
        context.close()
