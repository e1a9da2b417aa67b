"""What every journey in the browser begins with."""

from tests.factories.accounts import PASSWORD


def sign_in(page, person):
    page.goto("/")
    page.get_by_label("NIP").fill(person.nip)
    page.get_by_label("Kata sandi", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Masuk", exact=True).click()
