"""Answering where the network comes and goes, tabs are closed, and sessions end: what was chosen is never lost."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from playwright.sync_api import Browser, Page, expect

from assessments import answers
from assessments.models import Attempt, ScoreSheet
from questionnaires.document import load_document
from tests.browser.pages import press_on, sign_in
from tests.factories.accounts import PASSWORD, user_with_password
from tests.factories.agencies import AgencyFactory, placed_person, root_of
from tests.factories.assessments import started_attempt
from tests.factories.item_types import rich_bank
from tests.factories.questionnaires import published_version

pytestmark = pytest.mark.django_db(transaction=True)

VIGNETTES, CHOICES = 4, 5
SAVED = re.compile(r"Tersimpan \d\d\.\d\d")


@pytest.fixture
def attempt():
    call_command("createcachetable")
    person = placed_person(root_of(AgencyFactory()), person=user_with_password())
    return started_attempt(person, published_version(bank=rich_bank()))


@pytest.fixture
def open_page(page: Page, attempt):
    sign_in(page, attempt.person)
    page.goto(address(attempt))
    return page


def address(attempt, number=1):
    return f"/mengisi/{attempt.public_id}/bagian/{number}/"


def stored(attempt):
    return answers.decode(load_document(attempt.version_id), Attempt.objects.get(pk=attempt.pk).answers)


def choose(page, code, value):
    page.locator(f'input[name="{code}"][value="{value}"]').locator("xpath=..").click()


def waiting_entries(page):
    return page.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('cermin-pending'))")


def end_session():
    Session.objects.all().delete()


def test_answers_given_without_network_survive_a_closed_tab(open_page: Page, attempt):
    context = open_page.context
    context.set_offline(True)
    choose(open_page, "A1", 2)
    choose(open_page, "A2", 5)
    open_page.close()
    context.set_offline(False)
    page = context.new_page()
    page.goto(address(attempt))
    expect(page.locator(".saved")).to_have_text(SAVED)
    assert stored(attempt) == {"A1": 2, "A2": 5}
    assert waiting_entries(page) == []


def test_what_waited_is_merged_with_what_another_device_saved(
    open_page: Page, attempt, browser: Browser, base_url
):
    context = open_page.context
    context.set_offline(True)
    choose(open_page, "A1", 2)
    open_page.close()
    other = browser.new_context(base_url=base_url).new_page()
    sign_in(other, attempt.person)
    other.goto(address(attempt))
    choose(other, "A2", 4)
    press_on(other)
    other.context.close()
    context.set_offline(False)
    page = context.new_page()
    page.goto(address(attempt))
    expect(page.locator(".saved")).to_have_text(SAVED)
    assert stored(attempt) == {"A1": 2, "A2": 4}


def test_pressing_on_without_network_stays_on_the_page_and_goes_on_later(open_page: Page, attempt):
    open_page.context.set_offline(True)
    choose(open_page, "A1", 3)
    open_page.locator("button[value=next]").click()
    expect(open_page.locator(".saved")).to_have_text("Jaringan terputus; jawaban menunggu di peramban ini")
    expect(open_page.get_by_role("heading", name="Bagian A")).to_be_visible()
    open_page.context.set_offline(False)
    expect(open_page.locator(".saved")).to_have_text(SAVED)
    open_page.locator("button[value=next]").click()
    expect(open_page.get_by_role("heading", name="Bagian B")).to_be_visible()
    assert stored(attempt) == {"A1": 3}


def test_a_plain_post_leaves_nothing_behind_that_could_come_back(open_page: Page, attempt):
    choose(open_page, "A1", 3)
    open_page.locator("button[value=next]").click()
    expect(open_page.get_by_role("heading", name="Bagian B")).to_be_visible()
    open_page.goto(address(attempt))
    expect(open_page.locator('input[name="A1"][value="3"]')).to_be_checked()
    assert waiting_entries(open_page) == []


def test_a_session_that_ended_leads_through_the_door_back_to_every_answer(open_page: Page, attempt):
    choose(open_page, "A1", 4)
    end_session()
    choose(open_page, "A2", 2)
    choose(open_page, "A3", 5)
    open_page.get_by_role("link", name="Masuk kembali").click()
    open_page.get_by_label("NIP").fill(attempt.person.nip)
    open_page.get_by_label("Kata sandi", exact=True).fill(PASSWORD)
    open_page.get_by_role("button", name="Masuk", exact=True).click()
    expect(open_page.get_by_role("heading", name="Bagian A")).to_be_visible()
    expect(open_page.locator(".saved")).to_have_text(SAVED)
    assert stored(attempt) == {"A1": 4, "A2": 2, "A3": 5}


def test_without_a_script_too_the_session_may_end(browser: Browser, base_url, attempt):
    page = browser.new_context(base_url=base_url, java_script_enabled=False).new_page()
    sign_in(page, attempt.person)
    page.goto(address(attempt))
    choose(page, "A1", 4)
    end_session()
    page.locator("button[value=next]").click()
    page.get_by_label("NIP").fill(attempt.person.nip)
    page.get_by_label("Kata sandi", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Masuk", exact=True).click()
    expect(page.get_by_text("Sesi Anda sempat berakhir")).to_be_visible()
    expect(page.locator('input[name="A1"][value="4"]')).to_be_checked()
    press_on(page)
    assert stored(attempt) == {"A1": 4}
    page.context.close()


def test_the_offline_page_stands_in_for_a_page_that_cannot_be_fetched(open_page: Page, attempt):
    open_page.evaluate("navigator.serviceWorker.ready")
    open_page.reload()
    open_page.context.set_offline(True)
    open_page.goto("/rencana/")
    expect(open_page.get_by_role("heading", name="Jaringan terputus")).to_be_visible()
    open_page.context.set_offline(False)
    open_page.goto(address(attempt))
    expect(open_page.get_by_role("heading", name="Bagian A")).to_be_visible()


def test_signing_out_clears_what_waits(open_page: Page, attempt):
    open_page.context.set_offline(True)
    choose(open_page, "A1", 2)
    assert len(waiting_entries(open_page)) == 1
    open_page.context.set_offline(False)
    open_page.locator("details.account summary").click()
    open_page.get_by_role("button", name="Keluar").click()
    expect(open_page.get_by_label("NIP")).to_be_visible()
    assert waiting_entries(open_page) == []


def test_a_vignette_keeps_its_best_and_its_worst_apart(open_page: Page, attempt):
    open_page.goto(address(attempt, VIGNETTES))
    choose(open_page, "D2:best", "A")
    choose(open_page, "D2:worst", "D")
    choose(open_page, "D2:worst", "A")
    expect(open_page.locator('input[name="D2:best"]:checked')).to_have_count(0)
    expect(open_page.locator(".saved")).to_have_text(SAVED)
    assert stored(attempt) == {"D2": {"worst": "A"}}


def test_arrow_keys_that_pass_the_best_action_leave_it_chosen(open_page: Page, attempt):
    open_page.goto(address(attempt, VIGNETTES))
    choose(open_page, "D2:best", "B")
    choose(open_page, "D2:worst", "A")
    open_page.keyboard.press("ArrowDown")
    expect(open_page.locator('input[name="D2:best"]:checked')).to_have_count(0)
    open_page.keyboard.press("ArrowDown")
    open_page.locator("button[value=back]").click()
    assert stored(attempt) == {"D2": {"best": "B", "worst": "C"}}


def test_numbers_choose_within_the_focused_group(open_page: Page, attempt):
    open_page.locator('input[name="A1"]').first.focus()
    open_page.keyboard.press("4")
    expect(open_page.locator('input[name="A1"][value="4"]')).to_be_checked()
    expect(open_page.locator('input[name="A1"][value="4"]')).to_be_focused()


def test_a_text_is_saved_as_it_is_written(open_page: Page, attempt):
    open_page.goto(address(attempt, CHOICES))
    open_page.locator("textarea").fill("Menulis laporan singkat.")
    open_page.locator("textarea").blur()
    expect(open_page.locator(".saved")).to_have_text(SAVED)
    open_page.locator("textarea").fill("Menulis laporan.")
    press_on(open_page)
    assert attempt.open_texts.get().text == "Menulis laporan."


def test_sending_twice_makes_one_sheet(open_page: Page, attempt):
    choose(open_page, "A1", 3)
    press_on(open_page)
    open_page.goto(f"/mengisi/{attempt.public_id}/tinjau/")
    button = open_page.get_by_role("button", name="Kirim dan lihat laporan")
    button.dblclick()
    expect(open_page.get_by_text("Laporan pribadi")).to_be_visible()
    assert ScoreSheet.objects.filter(attempt=attempt).count() == 1
