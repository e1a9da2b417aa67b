"""The editor's room in a real browser: by keyboard, by mouse, and without JavaScript."""

import re

import pytest
from django.core.management import call_command
from playwright.sync_api import Browser, Page, expect

from agencies.models import Role
from questionnaires import actions
from tests.browser.pages import sign_in
from tests.factories.accounts import user_with_password
from tests.factories.agencies import person_with_role
from tests.factories.questionnaires import draft_version

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def editor():
    call_command("createcachetable")
    return person_with_role(Role.BANK_EDITOR, person=user_with_password(name="Andi Tenripada"))


def order(version):
    return [
        (section.code, [item.code for item in section.items.order_by("position")])
        for section in version.sections.order_by("position")
    ]


def open_tree(page, version):
    page.goto(f"/admin/questionnaires/version/{version.pk}/change/")


def test_an_editor_reorders_by_arrow_keys_and_keeps_the_focus(quiet_page: Page, editor):
    page, version = quiet_page, draft_version()
    sign_in(page, editor)
    open_tree(page, version)
    button = page.get_by_role("button", name="Naikkan B2")
    button.focus()
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("status")).to_have_text("Butir B2 kini urutan 1 di bagian B.")
    expect(button).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("status")).to_have_text("Butir B2 kini urutan 5 di bagian A.")
    expect(button).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("button", name="Turunkan B2")).to_be_focused()
    expect(page.get_by_role("status")).to_have_text("Butir B2 kini urutan 1 di bagian B.")
    assert order(version)[1] == ("B", ["B2", "B1", "B3", "B4"])
    rows = page.locator(".bank-code").all_text_contents()
    assert rows[4:6] == ["B2", "B1"]


def test_an_editor_drags_an_item_to_another_page(quiet_page: Page, editor):
    page, version = quiet_page, draft_version()
    sign_in(page, editor)
    open_tree(page, version)
    page.set_viewport_size({"width": 1280, "height": 1800})  # both ends of the drag in view
    row = page.locator(".bank-row", has=page.get_by_role("link", name="A1", exact=True))
    target = page.locator(".bank-row", has=page.get_by_role("link", name="B2", exact=True))
    target.scroll_into_view_if_needed()
    start, end = row.locator(".bank-grip").bounding_box(), target.bounding_box()
    page.mouse.move(start["x"] + 4, start["y"] + 12)
    page.mouse.down()
    page.mouse.move(end["x"] + 40, end["y"] + 4, steps=12)
    # While rows give way, the list takes no notice of the mouse: as a hand would, wait and move a little more.
    arrived = page.locator(".bank-items").nth(1).locator(".bank-code", has_text="A1")
    for step in range(20):
        if arrived.count():
            break
        page.wait_for_timeout(100)
        page.mouse.move(end["x"] + 40, end["y"] + 4 + step)
    page.mouse.up()
    expect(page.get_by_role("status")).to_have_text(re.compile("Butir A1 kini urutan . di bagian B."))
    codes = dict(order(version))
    assert "A1" in codes["B"]
    shown = page.locator(".bank-items").nth(1).locator(".bank-code").all_text_contents()
    assert shown == codes["B"]


def test_the_buttons_reorder_without_javascript(browser: Browser, base_url, editor):
    version = draft_version()
    context = browser.new_context(base_url=base_url, java_script_enabled=False, locale="id-ID")
    page = context.new_page()
    sign_in(page, editor)
    open_tree(page, version)
    page.get_by_role("button", name="Turunkan A1").press("Enter")
    expect(page.get_by_role("button", name="Turunkan A1")).to_be_focused()
    page.get_by_role("button", name="Turunkan bagian A").press("Enter")
    assert order(version)[1] == ("A", ["A2", "A1", "A3", "A4"])
    context.close()


def test_an_open_preview_follows_the_draft(page: Page, editor):
    version, complaints = draft_version(), []
    page.on("console", lambda message: complaints.append(message.text))
    sign_in(page, editor)
    page.goto(f"/admin/questionnaires/version/{version.pk}/pratinjau/?bagian=1&butir=A2")
    phone = page.frame_locator(".bank-frame-phone")
    expect(phone.get_by_text("Saya melakukan hal A2.")).to_be_visible()
    actions.update_item(item=version.items.get(code="A2"), stem_ind="Saya menata meja.", by=editor)
    expect(phone.get_by_text("Saya menata meja.")).to_be_visible(timeout=15_000)
    phone.get_by_role("button", name="Berikutnya").click()
    expect(phone.get_by_role("heading", name="Bagian B")).to_be_visible()
    assert complaints == []


def test_the_form_of_an_item_shows_what_its_type_needs(quiet_page: Page, editor):
    page, version = quiet_page, draft_version()
    sign_in(page, editor)
    page.goto(f"/admin/questionnaires/item/{version.items.get(code='A1').pk}/change/")
    expect(page.get_by_label("Kutub A (Indonesia)")).to_be_hidden()
    page.get_by_label("Jenis", exact=False).first.select_option("bipolar")
    expect(page.get_by_label("Kutub A (Indonesia)")).to_be_visible()
    page.get_by_label("Jenis", exact=False).first.select_option("sjt_best")
    expect(page.get_by_label("Kutub A (Indonesia)")).to_be_hidden()
    expect(page.get_by_label("Situasi (Indonesia)")).to_be_visible()
    expect(page.locator("#options-group")).to_be_visible()
