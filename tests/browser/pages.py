"""What every journey in the browser begins with."""

from accounts.second_factor import has_second_factor
from agencies.authorization import holds_staff_role
from tests.factories.accounts import PASSWORD
from tests.factories.second_factors import code_shown, with_app


def sign_in(page, person):
    """Signs in; a role-holder does it with a code, and enters the staff rooms at once."""
    is_staff = holds_staff_role(person)
    if is_staff and not has_second_factor(person):
        with_app(person)
    give_password(page, person)
    if is_staff:
        page.get_by_label("Kode").fill(code_shown())
        page.get_by_role("button", name="Masuk", exact=True).click()
        enter_staff_rooms(page)


def give_password(page, person):
    """The first page of signing in, and for a respondent the only one."""
    page.goto("/")
    page.get_by_label("NIP").fill(person.nip)
    page.get_by_label("Kata sandi", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Masuk", exact=True).click()


def enter_staff_rooms(page, *, to="/"):
    page.goto(f"/ruang-kerja/?next={to}")
    confirm_by_password(page)


def confirm_by_password(page):
    page.get_by_label("Kata sandi", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Lanjutkan").click()


def press_on(page):
    """On to the next page of the form, and waits until it is there: pressing alone waits for nothing."""
    before = page.url
    page.locator("button[value=next]").click()
    page.wait_for_url(lambda url: url != before)


def expect_no_sideways_scrolling(page):
    """Of the page as it is drawn in the end: before its styles have come, a drawing may be wider than a phone."""
    page.wait_for_load_state("load")
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
