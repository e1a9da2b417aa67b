"""Second factors as people meet them, in a browser; every page that asks for a confirmation first is looked at here."""

import pytest
from django.core.management import call_command
from playwright.sync_api import Browser, Page, expect

from agencies.models import Role
from tests.browser.fitness import LOOKS, prepare, problems_of
from tests.browser.pages import confirm_by_password, enter_staff_rooms, give_password, sign_in
from tests.factories.accounts import user_with_password
from tests.factories.agencies import AgencyFactory, person_with_role
from tests.factories.second_factors import code_shown, with_app

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def cache_table():
    call_command("createcachetable")


@pytest.fixture
def tidy_page(page: Page):
    """A page on which nothing is written to the console but that signing out cleared what was kept."""
    messages = []
    page.on("console", lambda message: messages.append(message.text))
    yield page
    assert [text for text in messages if not text.startswith("Clear-Site-Data")] == []


@pytest.fixture
def analyst():
    return person_with_role(Role.AGENCY_ANALYST, agency=AgencyFactory(), person=user_with_password())


def give_device(page):
    """A telephone that keeps passkeys and is unlocked whenever it asks."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    return session, session.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]


def sign_out(page):
    page.locator("details.account summary").click()
    page.get_by_role("button", name="Keluar", exact=True).click()


def test_a_role_holder_makes_a_passkey_and_works_with_nothing_else(tidy_page: Page, analyst):
    page = tidy_page
    give_device(page)
    give_password(page, analyst)
    page.goto("/periode/")
    expect(page.get_by_role("heading", name="Pasang faktor kedua dahulu")).to_be_visible()
    page.get_by_role("link", name="Buat kunci sandi saja").click()
    confirm_by_password(page)
    page.get_by_label("Nama kunci sandi").fill("Ponsel kantor")
    page.get_by_role("button", name="Buat kunci sandi").click()
    expect(page.get_by_role("heading", name="Kode pemulihan")).to_be_visible()
    page.get_by_role("link", name="ke ruang kerja").click()
    page.get_by_role("button", name="Pakai kunci sandi").click()
    page.wait_for_url(lambda url: "konfirmasi" not in url)
    page.goto("/periode/")
    expect(page.get_by_role("heading", name="Periode", exact=False).first).to_be_visible()
    sign_out(page)
    page.get_by_role("button", name="Masuk dengan kunci sandi").click()
    expect(page.get_by_text("Beranda").first).to_be_visible()
    enter_staff_rooms(page, to="/periode/")
    assert page.url.endswith("/periode/")


def test_a_passkey_serves_as_the_second_step_too(tidy_page: Page, analyst):
    page = tidy_page
    with_app(analyst)
    give_device(page)
    sign_in(page, analyst)
    page.goto("/akun/dua-faktor/kunci-sandi/baru/")
    page.get_by_role("button", name="Buat kunci sandi").click()
    expect(page.get_by_text("Kunci sandi tersimpan.")).to_be_visible()
    sign_out(page)
    give_password(page, analyst)
    page.get_by_role("button", name="Pakai kunci sandi").click()
    expect(page.get_by_role("link", name="Beranda")).to_be_visible()


def test_a_passkey_that_is_not_used_is_said_in_words(tidy_page: Page, analyst):
    page = tidy_page
    session, device = give_device(page)
    session.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
    page.goto("/")
    page.get_by_role("button", name="Masuk dengan kunci sandi").click()
    expect(page.get_by_text("Kunci sandi tidak jadi dipakai")).to_be_visible()


def test_without_a_script_a_role_holder_signs_in_and_enters(browser: Browser, base_url, analyst):
    page = browser.new_context(base_url=base_url, java_script_enabled=False, locale="id-ID").new_page()
    sign_in(page, analyst)
    page.goto("/periode/")
    expect(page.get_by_role("heading", name="Periode", exact=False).first).to_be_visible()
    assert page.get_by_role("button", name="kunci sandi").count() == 0
    page.context.close()


def test_by_keyboard_alone_a_role_holder_gives_the_code(page: Page, analyst):
    with_app(analyst)
    give_password(page, analyst)
    expect(page.get_by_label("Kode")).to_be_focused()
    page.keyboard.type(code_shown())
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Beranda")).to_be_visible()


def problems_in_every_look(page, url, *, before=None):
    problems = []
    for look in LOOKS:
        page.context.add_cookies([{"name": "django_language", "value": look.language, "url": page.url}])
        page.goto(url)
        if before:
            before(page)
        problems += [f"{url} {look}: {each}" for each in problems_of(page, look)]
    page.context.add_cookies([{"name": "django_language", "value": "id", "url": page.url}])
    return problems


CONFIRMED = ["aplikasi/pasang/", "kunci-sandi/baru/", ""]
WITH_FACTORS = ["", "aplikasi/lepas/", "kode-pemulihan/", "kode-pemulihan/baru/"]


def test_every_page_of_signing_in_is_fit_for_everybody(page: Page, analyst):
    prepare(page)
    give_device(page)
    give_password(page, analyst)
    problems = problems_in_every_look(page, "/ruang-kerja/")
    page.goto("/akun/dua-faktor/aplikasi/pasang/")
    confirm_by_password(page)
    for part in CONFIRMED:
        problems += problems_in_every_look(page, f"/akun/dua-faktor/{part}")
    with_app(analyst)
    page.goto("/akun/dua-faktor/kunci-sandi/baru/")
    page.get_by_role("button", name="Buat kunci sandi").click()
    key = page.locator("a[href$='/hapus/']").get_attribute("href")
    for part in WITH_FACTORS:
        problems += problems_in_every_look(page, f"/akun/dua-faktor/{part}")
    for url in (key, key.replace("hapus", "nama"), "/akun/perangkat/"):
        problems += problems_in_every_look(page, url)
    for way in ("", "kode/", "kunci-sandi/"):
        problems += problems_in_every_look(page, f"/akun/konfirmasi/{way}?next=/ruang-kerja/")
    page.context.clear_cookies()
    give_password(page, analyst)
    problems += problems_in_every_look(page, "/akun/masuk/kode/")
    assert not problems, "\n".join(problems)
