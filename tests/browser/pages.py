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
    page.goto("/")
    page.get_by_label("NIP").fill(person.nip)
    page.get_by_label("Kata sandi", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Masuk", exact=True).click()
    if is_staff:
        page.get_by_label("Kode").fill(code_shown())
        page.get_by_role("button", name="Masuk", exact=True).click()
        enter_staff_rooms(page)


def enter_staff_rooms(page, *, to="/"):
    page.goto(f"/ruang-kerja/?next={to}")
    page.get_by_label("Kata sandi", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Lanjutkan").click()
