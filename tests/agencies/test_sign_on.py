"""Signing in at a sign-on that really answers: whom it may bring in, what it proves, and what is kept of it."""

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.urls import reverse

from accounts.models import User
from agencies.models import Role
from tests.agencies.sign_on_server import CLIENT_ID, CLIENT_SECRET, SignOn
from tests.factories.accounts import UserFactory, user_with_password
from tests.factories.agencies import AgencyFactory, person_with_role, placed_person, root_of
from tests.factories.second_factors import code_shown, with_app

pytestmark = pytest.mark.django_db

PLACE = {"provider_id": "instansi"}


@pytest.fixture
def sign_on(settings):
    with SignOn() as server:
        app = {
            **PLACE,
            "name": "Akun Jenawi",
            "client_id": CLIENT_ID,
            "secret": CLIENT_SECRET,
            "settings": {"server_url": server.url},
        }
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
        yield server


def begin(client, **given):
    """The address at the sign-on to which the button leads."""
    response = client.post(reverse("openid_connect_login", kwargs=PLACE), given)
    return response.headers["Location"]


def come_back(client, there):
    """Follows to the sign-on and back; the answer of our own page."""
    back = requests.get(there, allow_redirects=False, timeout=5).headers["Location"]
    return client.get(back.removeprefix("http://testserver"))


def sign_in(client, sign_on, nip, **given):
    sign_on.claims = {"preferred_username": nip}
    return come_back(client, begin(client, **given))


def is_signed_in(client):
    return "_auth_user_id" in client.session


def test_the_button_is_there_when_a_sign_on_is_set_up(client, sign_on):
    assert "Masuk dengan Akun Jenawi" in client.get(reverse("account_login")).content.decode()


def test_without_one_there_is_neither_button_nor_address(client):
    assert "Masuk dengan Akun" not in client.get(reverse("account_login")).content.decode()
    assert client.post(reverse("openid_connect_login", kwargs=PLACE)).status_code == 404


def test_whoever_has_an_account_comes_in_by_nip(client, sign_on):
    person = UserFactory()  # never had a password
    response = sign_in(client, sign_on, person.nip)
    assert response.headers["Location"] == reverse("home")
    assert client.session["_auth_user_id"] == str(person.pk)


def test_the_page_that_was_asked_for_comes_next(client, sign_on):
    response = sign_in(client, sign_on, UserFactory().nip, next=reverse("development:plan"))
    assert response.headers["Location"] == reverse("development:plan")


def test_the_code_is_asked_for_with_pkce_and_checked(client, sign_on):
    sign_in(client, sign_on, UserFactory().nip)
    asked = sign_on.asked[0]
    assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256")
    assert sign_on.refused == 0


def test_a_code_of_somebody_elses_session_is_refused(client, sign_on, django_user_model):
    """Its verifier is in the session that began; so is the state."""
    sign_on.claims = {"preferred_username": UserFactory().nip}
    there = begin(client)
    client.cookies.clear()
    page = come_back(client, there)
    assert "Belum bisa masuk" in page.content.decode()
    assert not is_signed_in(client)


def test_a_stolen_code_is_useless_without_the_verifier(client, sign_on):
    sign_on.claims = {"preferred_username": UserFactory().nip}
    stolen = requests.get(begin(client), allow_redirects=False, timeout=5).headers["Location"]
    code = stolen.partition("code=")[2].partition("&")[0]
    client.cookies.clear()
    state = begin(client).partition("state=")[2].partition("&")[0]
    page = client.get(reverse("openid_connect_callback", kwargs=PLACE), {"code": code, "state": state})
    assert "Belum bisa masuk" in page.content.decode()
    assert sign_on.refused == 1
    assert not is_signed_in(client)


@pytest.mark.parametrize("claim", ["198609262015051001", "", "bukan angka", None, ["a"], {"a": 1}])
def test_whom_we_do_not_know_stays_outside_and_no_account_is_made(client, sign_on, claim):
    before = User.objects.count()
    response = sign_in(client, sign_on, claim)
    assert response.headers["Location"] == reverse("socialaccount_login_error")
    assert "Belum bisa masuk" in client.get(response.headers["Location"]).content.decode()
    assert not is_signed_in(client)
    assert User.objects.count() == before


def test_a_closed_account_reads_like_an_unknown_one(client, sign_on):
    response = sign_in(client, sign_on, UserFactory(is_active=False).nip)
    assert response.headers["Location"] == reverse("socialaccount_login_error")


def test_a_sign_on_of_one_agency_speaks_for_its_own_people_only(client, sign_on, settings):
    own, other = AgencyFactory(), AgencyFactory()
    settings.OIDC_AGENCY = own.code
    national = person_with_role(Role.NATIONAL_ANALYST)
    for stranger in (placed_person(root_of(other)), national):
        assert sign_in(client, sign_on, stranger.nip).headers["Location"] == reverse(
            "socialaccount_login_error"
        )
    assert not is_signed_in(client)
    sign_in(client, sign_on, placed_person(root_of(own)).nip)
    assert is_signed_in(client)


def test_the_second_factor_is_asked_for_as_after_a_password(client, sign_on):
    person = with_app(user_with_password())
    response = sign_in(client, sign_on, person.nip)
    assert response.headers["Location"] == reverse("mfa_authenticate")
    assert not is_signed_in(client)
    client.post(reverse("mfa_authenticate"), {"code": code_shown()})
    assert is_signed_in(client)


def test_nothing_of_the_sign_on_is_kept(client, sign_on):
    person = UserFactory()
    sign_in(client, sign_on, person.nip)
    assert not SocialAccount.objects.exists()
    assert person.nip not in str(dict(client.session))


def test_a_sign_on_that_is_down_is_said_in_words(client, sign_on):
    there = begin(client)
    sign_on.claims = {"preferred_username": UserFactory().nip}
    back = requests.get(there, allow_redirects=False, timeout=5).headers["Location"]
    sign_on.codes.clear()
    page = client.get(back.removeprefix("http://testserver"))
    assert "Belum bisa masuk" in page.content.decode()


def test_who_gives_up_there_is_told_that_nothing_happened(client, sign_on):
    state = begin(client).partition("state=")[2].partition("&")[0]
    given = {"error": "access_denied", "state": state}
    page = client.get(reverse("openid_connect_callback", kwargs=PLACE), given, follow=True)
    assert "Tidak jadi masuk" in page.content.decode()
