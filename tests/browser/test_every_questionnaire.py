"""Every shipped questionnaire can be taken to its report: with scripts and without, and with the keyboard alone."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import Browser, expect

from assessments.models import Attempt
from questionnaires.document import load_document
from questionnaires.models import Version
from tests.browser import keyboard
from tests.browser.pages import sign_in
from tests.factories.accounts import user_with_password
from tests.factories.agencies import AgencyFactory, placed_person, root_of

pytestmark = pytest.mark.django_db(transaction=True)

PHONE = {"width": 360, "height": 740}
BANKS = sorted(path.stem for path in Path(settings.BASE_DIR, "fixtures", "banks").glob("*.yaml"))
NAMES = "inputs => [...new Set(inputs.map(input => input.name))]"


def answer(page):
    """Something at every question of the page; the worst action of a situation is another than its best."""
    for name in page.locator("fieldset input[type=radio]").evaluate_all(NAMES):
        choices = page.locator("label.choice", has=page.locator(f'input[name="{name}"]'))
        (choices.last if name.endswith(":worst") else choices.nth(1)).click()


@pytest.fixture(params=BANKS)
def version(request):
    call_command("createcachetable")
    call_command("import_frameworks")
    call_command("import_bank", f"fixtures/banks/{request.param}.yaml", publish=True)
    return Version.objects.get()


@pytest.fixture
def person(version):
    return placed_person(root_of(AgencyFactory()), person=user_with_password(name="Sri Wahyuni"))


def assert_complete(page, person):
    """The report is there, and no answer is missing in the database."""
    page.wait_for_load_state("networkidle")  # a last save may be under way
    expect(page.get_by_text("Laporan pribadi")).to_be_visible()
    stored = bytes(Attempt.objects.get(person=person, state=Attempt.State.SUBMITTED).answers)
    assert 0 not in stored


@pytest.mark.parametrize("with_scripts", [True, False], ids=["scripts", "no-scripts"])
def test_it_is_taken_to_its_report_on_a_phone(browser: Browser, base_url, version, person, with_scripts):
    context = browser.new_context(
        base_url=base_url, java_script_enabled=with_scripts, viewport=PHONE, locale="id-ID"
    )
    page = context.new_page()
    sign_in(page, person)
    page.goto(reverse("assessments:introduction", args=[version.questionnaire.code]))
    page.get_by_role("button", name="Mulai mengisi").click()
    for number in range(1, len(load_document(version.pk).sections) + 1):
        expect(page.get_by_text(f"Bagian {number} dari")).to_be_visible()
        answer(page)
        page.locator("button[value=next]").click()
    expect(page.get_by_role("heading", name="Tinjau jawaban")).to_be_visible()
    expect(page.get_by_text("Belum dijawab")).to_have_count(0)
    page.get_by_role("button", name="Kirim dan lihat laporan").click()
    assert_complete(page, person)
    context.close()


def test_the_keyboard_alone_takes_it_to_its_report(page, version, person):
    keyboard.sign_in(page, person)
    page.goto(reverse("assessments:introduction", args=[version.questionnaire.code]))
    keyboard.press(page, "main form button.btn-go")
    for number in range(1, len(load_document(version.pk).sections) + 1):
        expect(page.get_by_text(f"Bagian {number} dari")).to_be_visible()
        keyboard.answer(page)
    expect(page.get_by_text("Belum dijawab")).to_have_count(0)
    keyboard.press(page, "main form button.btn-go")
    assert_complete(page, person)
