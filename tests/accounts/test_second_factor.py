"""Signing in with a code, setting an authenticator app up, and refusals that say what to do."""

import re

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from accounts.one_time_codes import code_of, step_at
from accounts.sealing import seal, unseal
from accounts.second_factor import server_time
from tests.factories.accounts import PASSWORD, user_with_password
from tests.factories.second_factors import SECRET, code_shown, with_app

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    """Stands at the beginning of a step, so that no code runs out under a test."""
    with time_machine.travel(1_795_600_800, tick=False) as traveller:
        yield traveller


@pytest.fixture
def person():
    return with_app(user_with_password())


def give_password(client, person):
    return client.post(reverse("account_login"), {"login": person.nip, "password": PASSWORD})


def give_code(client, code):
    return client.post(reverse("mfa_authenticate"), {"code": code})


def is_signed_in(client):
    return "_auth_user_id" in client.session


def test_the_password_alone_does_not_let_in_whoever_has_a_second_factor(client, person):
    response = give_password(client, person)
    assert response.headers["Location"] == reverse("mfa_authenticate")
    assert not is_signed_in(client)
    assert client.get(reverse("home")).status_code == 302


def test_the_code_of_the_moment_lets_in(client, person):
    give_password(client, person)
    response = give_code(client, code_shown())
    assert response.headers["Location"] == reverse("home")
    assert is_signed_in(client)


def test_a_code_may_be_written_with_a_blank_as_apps_show_it(client, person):
    give_password(client, person)
    code = code_shown()
    give_code(client, f"{code[:3]} {code[3:]}")
    assert is_signed_in(client)


@pytest.mark.parametrize("seconds_off", [-30, 30])
def test_a_clock_that_is_one_step_off_is_tolerated(client, person, seconds_off):
    give_password(client, person)
    give_code(client, code_shown(seconds_off=seconds_off))
    assert is_signed_in(client)


@pytest.mark.parametrize(
    ("seconds_off", "sentence"),
    [(-180, "Kode ini sudah lewat waktunya sekitar 3 menit"), (300, "terlalu cepat sekitar 5 menit")],
)
def test_a_clock_that_is_further_off_is_refused_with_the_reason(client, person, seconds_off, sentence):
    give_password(client, person)
    page = give_code(client, code_shown(seconds_off=seconds_off)).content.decode()
    assert sentence in page
    assert "setel jam ponsel ke otomatis" in page.lower()
    assert not is_signed_in(client)


def test_a_code_shown_too_early_cannot_be_used_when_its_time_comes(client, person, clock):
    give_password(client, person)
    code = code_shown(seconds_off=300)
    give_code(client, code)
    clock.shift(300)
    assert "baru saja dipakai" in give_code(client, code).content.decode()
    assert not is_signed_in(client)


def test_a_code_serves_once_as_long_as_it_would_be_right(client, person, clock):
    give_password(client, person)
    code = code_shown(seconds_off=30)
    give_code(client, code)
    client.logout()
    clock.shift(59)  # the last second in which the code is within the tolerance
    give_password(client, person)
    assert "baru saja dipakai" in give_code(client, code).content.decode()
    assert not is_signed_in(client)


def test_a_wrong_code_is_refused_and_nothing_is_said_about_clocks(client, person):
    give_password(client, person)
    wrong = f"{(int(code_shown()) + 1) % 1_000_000:06d}"
    page = give_code(client, wrong).content.decode()
    assert "Kode tidak cocok" in page
    assert not is_signed_in(client)


@pytest.mark.parametrize("text", ["12345", "1234567", "abc def", "１２３４５６"])
def test_what_cannot_be_a_code_gets_its_own_sentence(client, person, text):
    give_password(client, person)
    assert "terdiri atas 6 angka, kode pemulihan 8 angka" in give_code(client, text).content.decode()


def test_the_page_shows_the_time_of_the_server(client, person):
    give_password(client, person)
    page = client.get(reverse("mfa_authenticate")).content.decode()
    local = timezone.localtime()
    assert f"{local:%H.%M.%S} WIB" in page


def test_a_recovery_code_lets_in_once(client, person):
    codes = Authenticator.objects.get(user=person, type=Authenticator.Type.RECOVERY_CODES).wrap()
    code = codes.get_unused_codes()[0]
    give_password(client, person)
    give_code(client, code)
    assert is_signed_in(client)
    client.logout()
    give_password(client, person)
    give_code(client, code)
    assert not is_signed_in(client)


def test_the_sixth_wrong_code_is_refused_for_a_while_even_if_it_is_right(client, person):
    give_password(client, person)
    for number in range(5):
        give_code(client, f"{(int(code_shown()) + 7 + number) % 1_000_000:06d}")
    assert "tunggu beberapa menit" in give_code(client, code_shown()).content.decode()
    assert not is_signed_in(client)


def test_between_password_and_code_the_session_holds_no_nip(client, person):
    give_password(client, person)
    assert person.nip not in str(dict(client.session))
    give_code(client, code_shown())
    assert person.nip not in str(dict(client.session))


def set_up_page(client):
    return client.get(reverse("mfa_activate_totp"), follow=True)


def confirm_by_password(client, url):
    return client.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": url})


def test_setting_an_app_up_asks_for_the_password_first_and_gives_recovery_codes(client):
    person = user_with_password(name="Ratna Puspita")
    client.force_login(person)
    page = set_up_page(client)
    assert page.redirect_chain[0][0].startswith(reverse("account_reauthenticate"))
    confirm_by_password(client, reverse("mfa_activate_totp"))
    page = set_up_page(client)
    secret = page.context["form"].secret
    assert secret in page.content.decode()
    code = code_of(secret, step_at(server_time()))
    response = client.post(reverse("mfa_activate_totp"), {"code": code}, follow=True)
    assert response.redirect_chain[0][0] == reverse("mfa_view_recovery_codes")
    assert len(re.findall(r"<li>\d{8}</li>", response.content.decode())) == 10
    assert Authenticator.objects.filter(user=person).count() == 2


def test_a_wrong_first_code_keeps_the_same_picture_to_try_again(client):
    client.force_login(user_with_password())
    confirm_by_password(client, reverse("mfa_activate_totp"))
    secret = set_up_page(client).context["form"].secret
    page = client.post(reverse("mfa_activate_totp"), {"code": "000000"})
    assert page.context["form"].secret == secret
    assert not Authenticator.objects.exists()


def test_the_app_lists_the_account_by_name_and_never_by_number(client):
    person = user_with_password(name="Ratna Puspita")
    client.force_login(person)
    confirm_by_password(client, reverse("mfa_activate_totp"))
    url = set_up_page(client).context["totp_url"]
    assert "Ratna%20Puspita" in url
    assert person.nip not in url
    assert "issuer=Cermin%20ASN" in url


def test_the_secret_is_sealed_in_the_database(person):
    stored = str(Authenticator.objects.filter(user=person).values_list("data", flat=True))
    assert SECRET not in stored
    assert (
        unseal(Authenticator.objects.get(user=person, type=Authenticator.Type.TOTP).data["secret"]) == SECRET
    )


def test_what_an_earlier_key_sealed_opens_while_that_key_is_kept():
    with override_settings(SECRET_KEY="kunci-lama" * 6):
        sealed = seal("rahasia")
    with override_settings(SECRET_KEY="kunci-baru" * 6, SECRET_KEY_FALLBACKS=["kunci-lama" * 6]):
        assert unseal(sealed) == "rahasia"


def test_respondents_need_no_second_factor(client):
    give_password(client, user_with_password())
    assert is_signed_in(client)
