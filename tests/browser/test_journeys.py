"""The journeys that the product exists for, in a real browser: by touch, by keyboard alone, without JavaScript."""

import re

import pytest
from django.core.management import call_command
from playwright.sync_api import Browser, Page, expect

from agencies.models import Role
from assessments.models import Attempt, ScoreSheet
from questionnaires.models import Version
from reports.results import freeze
from tests.browser.pages import expect_no_sideways_scrolling, press_on, sign_in
from tests.factories.accounts import user_with_password
from tests.factories.agencies import AgencyFactory, add_unit, person_with_role, placed_person, root_of
from tests.factories.assessments import close, open_campaign, submitted_attempt

pytestmark = pytest.mark.django_db(transaction=True)

PHONE = {"width": 360, "height": 740}


@pytest.fixture
def shipped_banks():
    call_command("createcachetable")
    call_command("import_frameworks")
    banks = [
        f"fixtures/banks/{code}.yaml" for code in ("kontras-perilaku", "tiga-kepemimpinan", "jiwa-melayani")
    ]
    call_command("import_bank", *banks, publish=True)
    return {
        version.questionnaire.code: version for version in Version.objects.select_related("questionnaire")
    }


@pytest.fixture
def respondent(shipped_banks):
    agency = AgencyFactory(name="Pemerintah Kabupaten Jenawi")
    person = placed_person(
        root_of(agency), person=user_with_password(name="Sri Wahyuni", title_before="Dra.")
    )
    open_campaign(shipped_banks["tiga-kepemimpinan"], agency=agency, people=[person], title="Periode II")
    return person


def answer_whole_form(page):
    """Answers every item with its fourth choice and presses on to the review."""
    for _page in range(30):
        if page.get_by_role("heading", name="Tinjau jawaban").count():
            return
        for fieldset in page.locator("fieldset").all():
            fieldset.locator("label.choice").nth(3).click()
        press_on(page)
    raise AssertionError("the form has no end")


def test_a_civil_servant_answers_on_a_phone_and_reads_the_report(quiet_page: Page, respondent):
    page = quiet_page
    page.set_viewport_size(PHONE)
    sign_in(page, respondent)
    page.get_by_role("link", name=re.compile("Mulai mengisi")).first.click()
    expect(page.get_by_text("Siapa melihat apa")).to_be_visible()
    page.get_by_role("button", name="Mulai mengisi").click()
    answer_whole_form(page)
    expect(page.get_by_text("Belum dijawab")).to_have_count(0)
    page.get_by_role("button", name="Kirim dan lihat laporan").click()
    expect(page.get_by_role("heading", name="Tiga Kepemimpinan")).to_be_visible()
    expect(page.get_by_text("Memimpin diri", exact=True).first).to_be_visible()
    expect_no_sideways_scrolling(page)
    assert ScoreSheet.objects.filter(attempt__person=respondent).count() == 1


def test_answers_wait_on_another_device(quiet_page: Page, browser: Browser, base_url, respondent):
    page = quiet_page
    sign_in(page, respondent)
    page.get_by_role("link", name=re.compile("Mulai mengisi")).first.click()
    page.get_by_role("button", name="Mulai mengisi").click()
    for fieldset in page.locator("fieldset").all():
        fieldset.locator("label.choice").nth(1).click()
    page.get_by_role("button", name="Simpan dan lanjutkan nanti").click()
    other = browser.new_context(base_url=base_url, viewport=PHONE, locale="id-ID").new_page()
    sign_in(other, respondent)
    other.get_by_role("link", name=re.compile("Lanjutkan pengisian")).click()
    expect(other.get_by_text("Bagian 2 dari")).to_be_visible()
    other.locator("button[value=back]").click()
    assert all(f.locator("input").nth(1).is_checked() for f in other.locator("fieldset").all())
    other.context.close()


def test_the_keyboard_alone_reaches_the_end_of_a_page(quiet_page: Page, respondent):
    page = quiet_page
    sign_in(page, respondent)
    page.get_by_role("link", name=re.compile("Mulai mengisi")).first.click()
    page.get_by_role("button", name="Mulai mengisi").focus()
    page.keyboard.press("Enter")
    expect(page.locator("fieldset").first).to_be_visible()
    items = page.locator("fieldset").count()
    page.locator("fieldset input").first.focus()
    for _item in range(items):
        page.keyboard.press("Space")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Tab")
    expect(page.locator("button[value=next]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Bagian 2 dari")).to_be_visible()
    attempt = Attempt.objects.get(person=respondent)
    assert sum(byte == 2 for byte in bytes(attempt.answers)) == items


def test_the_whole_journey_works_without_javascript(browser: Browser, base_url, respondent):
    context = browser.new_context(base_url=base_url, java_script_enabled=False, locale="id-ID")
    page = context.new_page()
    sign_in(page, respondent)
    page.get_by_role("link", name=re.compile("Mulai mengisi")).first.click()
    page.get_by_role("button", name="Mulai mengisi").click()
    answer_whole_form(page)
    page.get_by_role("button", name="Kirim dan lihat laporan").click()
    expect(page.get_by_role("heading", name="Tiga Kepemimpinan")).to_be_visible()
    context.close()


def test_two_tabs_keep_what_each_of_them_answered(quiet_page: Page, respondent):
    page = quiet_page
    sign_in(page, respondent)
    page.get_by_role("link", name=re.compile("Mulai mengisi")).first.click()
    page.get_by_role("button", name="Mulai mengisi").click()
    second = page.context.new_page()
    second.goto(page.url)
    page.locator("fieldset").nth(0).locator("label.choice").nth(0).click()
    press_on(page)
    second.locator("fieldset").nth(1).locator("label.choice").nth(4).click()
    press_on(second)
    stored = bytes(Attempt.objects.get(person=respondent).answers)
    assert (stored[0], stored[1]) == (1, 5)


def test_an_analyst_reads_the_dashboard_of_the_own_agency(quiet_page: Page, shipped_banks):
    page = quiet_page
    version = shipped_banks["tiga-kepemimpinan"]
    agency = AgencyFactory(name="Pemerintah Kabupaten Jenawi")
    large, small = (
        add_unit(root_of(agency), "dinkes", "Dinas Kesehatan"),
        add_unit(root_of(agency), "bagian", "Bagian Hukum"),
    )
    other = add_unit(root_of(agency), "disdik", "Dinas Pendidikan")
    people = [
        placed_person(unit) for unit, size in ((large, 14), (other, 12), (small, 4)) for _each in range(size)
    ]
    campaign = open_campaign(version, agency=agency, people=people, title="Periode I")
    for number, person in enumerate(people):
        submitted_attempt(person, version, campaign=campaign, default=2 + number % 4)
    freeze(campaign=close(campaign), agency=agency, by=None)
    analyst = person_with_role(Role.AGENCY_ANALYST, agency=agency, person=user_with_password())
    sign_in(page, analyst)
    page.get_by_role("link", name="Dasbor").click()
    page.get_by_role("link", name=re.compile("Periode I")).first.click()
    expect(page.get_by_text("Dinas Kesehatan").first).to_be_visible()
    hidden = page.locator("tr", has_text="Bagian Hukum").first
    expect(hidden).to_contain_text("Tidak ditampilkan demi kerahasiaan")
    assert not re.search(r"\d", hidden.inner_text())


def test_the_language_switch_keeps_the_page(quiet_page: Page, respondent):
    page = quiet_page
    sign_in(page, respondent)
    page.get_by_role("button", name=re.compile("EN|English")).first.click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Welcome")


def begin(page, person):
    sign_in(page, person)
    page.get_by_role("link", name=re.compile("Mulai mengisi")).first.click()
    page.get_by_role("button", name="Mulai mengisi").click()


def test_answers_are_saved_without_pressing_anything_and_only_then_called_saved(quiet_page: Page, respondent):
    page = quiet_page
    begin(page, respondent)
    for number in range(3):
        page.locator("fieldset").nth(number).locator("label.choice").nth(3).click()
    expect(page.locator(".saved")).to_have_text(re.compile(r"Tersimpan \d\d\.\d\d"))
    stored = bytes(Attempt.objects.get(person=respondent).answers)
    assert stored[:3] == bytes([4, 4, 4])
    page.reload()
    assert page.locator("fieldset input:checked").count() == 3


def test_the_language_switch_in_the_middle_keeps_every_answer(quiet_page: Page, respondent):
    page = quiet_page
    begin(page, respondent)
    page.locator("fieldset").nth(0).locator("label.choice").nth(1).click()
    page.get_by_role("button", name=re.compile("EN|English")).first.click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert page.locator("fieldset").nth(0).locator("input").nth(1).is_checked()


def test_without_network_the_page_says_so_and_sends_when_it_is_back(page: Page, respondent):
    begin(page, respondent)
    page.wait_for_load_state()  # a script that has not arrived cannot say anything
    page.context.set_offline(True)
    for number in range(3):
        page.locator("fieldset").nth(number).locator("label.choice").nth(0).click()
    expect(page.locator(".saved")).to_have_text("Jaringan terputus; jawaban menunggu di peramban ini")
    page.context.set_offline(False)
    expect(page.locator(".saved")).to_have_text(re.compile(r"Tersimpan \d\d\.\d\d"))
    assert bytes(Attempt.objects.get(person=respondent).answers)[:3] == bytes([1, 1, 1])
