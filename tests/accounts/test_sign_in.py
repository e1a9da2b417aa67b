import logging
import sys

import pytest
from django.urls import NoReverseMatch, reverse

from accounts.logging import WithoutNip
from tests.factories.accounts import PASSWORD, user_with_password

pytestmark = pytest.mark.django_db


def sign_in(client, nip, password):
    return client.post(reverse("account_login"), {"login": nip, "password": password})


def test_a_person_signs_in_with_nip_and_password(client):
    person = user_with_password()
    response = sign_in(client, person.nip, PASSWORD)
    assert response.status_code == 302
    assert response.headers["Location"] == reverse("home")
    assert client.session["_auth_user_id"] == str(person.pk)


def test_the_nip_may_be_written_with_blanks(client):
    person = user_with_password()
    spaced = f"{person.nip[:8]} {person.nip[8:14]} {person.nip[14]} {person.nip[15:]}"
    assert sign_in(client, spaced, PASSWORD).status_code == 302


def test_an_impossible_nip_gets_its_own_sentence_and_keeps_what_was_typed(client):
    response = sign_in(client, "12345", "apa saja")
    assert response.status_code == 200
    content = response.content.decode()
    assert "NIP terdiri atas 18 angka, sedangkan yang Anda isikan 5 angka." in content
    assert 'value="12345"' in content


def test_the_sentence_about_the_nip_is_english_after_the_switch(client):
    client.cookies["django_language"] = "en"
    content = sign_in(client, "12345", "apa saja").content.decode()
    assert "An NIP has 18 digits; you entered 5." in content


def test_a_wrong_password_and_an_unknown_nip_are_answered_alike(client):
    person = user_with_password()
    wrong = sign_in(client, person.nip, "salah-sekali").content.decode()
    unknown = sign_in(client, "198609262015051001", "salah-sekali").content.decode()
    sentence = "NIP dan kata sandi yang Anda masukkan tidak cocok"
    assert sentence in wrong
    assert sentence in unknown


def test_a_closed_account_stays_outside(client):
    person = user_with_password(is_active=False)
    sign_in(client, person.nip, PASSWORD)
    assert "_auth_user_id" not in client.session


def test_a_nul_in_an_address_is_a_bad_request_and_reaches_no_database(client):
    client.force_login(user_with_password(is_superuser=True, is_staff=True))
    assert client.get("/admin/assessments/attempt/?state__exact=%00").status_code == 400


def test_there_is_no_signing_up(client):
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")
    assert client.post("/akun/daftar/").status_code == 404


def test_whoever_forgot_the_password_and_has_no_address_learns_whom_to_ask(client):
    assert "Hubungi pengelola SDM" in client.get(reverse("account_reset_password")).content.decode()


def test_the_sixth_wrong_password_is_refused_for_a_while(client):
    person = user_with_password()
    for _attempt in range(5):
        sign_in(client, person.nip, "salah-sekali")
    response = sign_in(client, person.nip, PASSWORD)
    assert "tunggu beberapa menit" in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_a_person_changes_the_password_and_stays_signed_in(client):
    person = user_with_password()
    client.force_login(person)
    new = "sandi-baru-yang-panjang"
    response = client.post(
        reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )
    assert response.status_code == 302
    person.refresh_from_db()
    assert person.check_password(new)
    assert client.get(reverse("home")).status_code == 200


def test_a_wrong_current_password_changes_nothing_and_says_so(client):
    person = user_with_password()
    client.force_login(person)
    new = "sandi-baru-yang-panjang"
    page = client.post(
        reverse("account_change_password"), {"oldpassword": "salah", "password1": new, "password2": new}
    ).content.decode()
    assert "Kata sandi sekarang tidak cocok. Kata sandi Anda tidak berubah" in page
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_the_log_holds_no_nip_not_even_in_a_traceback():
    try:
        raise ValueError("Key (nip)=(198609262015051001) already exists.")
    except ValueError:
        line = logging.LogRecord(
            "x", logging.ERROR, "", 1, "masuk %s gagal", ("198609262015051001",), sys.exc_info()
        )
    written = WithoutNip("%(message)s").format(line)
    assert written.startswith("masuk …001 gagal")
    assert "(nip)=(…001)" in written
    assert "198609262015051001" not in written
    spaced = logging.LogRecord("x", logging.INFO, "", 1, "19860926 201505 1 001 masuk", (), None)
    assert WithoutNip("%(message)s").format(spaced) == "…001 masuk"


def test_signed_in_pages_are_kept_out_of_every_cache(client):
    client.force_login(user_with_password())
    assert "no-store" in client.get(reverse("home")).headers["Cache-Control"]


def test_the_language_is_indonesian_whatever_the_browser_says_until_it_is_chosen(client):
    page = client.get(reverse("account_login"), headers={"accept-language": "en-GB"})
    assert page.headers["Content-Language"] == "id"
    client.post(reverse("set_language"), {"language": "en", "next": "/"})
    assert client.get(reverse("account_login")).headers["Content-Language"] == "en"
