"""Passkeys without a browser: what is refused. With a browser they are walked by tests/browser/test_signing_in.py."""

import json

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.factories.accounts import PASSWORD, user_with_password
from tests.factories.second_factors import with_app

pytestmark = pytest.mark.django_db

_VALUES = st.none() | st.booleans() | st.integers() | st.text(max_size=20)
_PARTS = st.sampled_from(
    ["id", "rawId", "type", "response", "clientDataJSON", "attestationObject", "userHandle"]
)
NONSENSE = st.recursive(
    _VALUES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_PARTS, inner, max_size=5),
    max_leaves=12,
)
_CAREFULLY = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


@given(credential=NONSENSE)
@_CAREFULLY
def test_nonsense_signs_nobody_in_and_breaks_nothing(client, credential):
    client.get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"})
    response = client.post(reverse("mfa_login_webauthn"), {"credential": json.dumps(credential)})
    assert response.status_code in {200, 302, 429}
    assert "_auth_user_id" not in client.session


@given(credential=NONSENSE)
@example(credential=0)
@example(credential=False)
@_CAREFULLY
def test_nonsense_is_no_new_passkey_and_breaks_nothing(client, credential):
    client.force_login(user_with_password())
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": reverse("mfa_index")})
    assert client.get(reverse("mfa_add_webauthn")).status_code == 200
    response = client.post(
        reverse("mfa_add_webauthn"), {"credential": json.dumps(credential), "passwordless": "on"}
    )
    assert response.status_code == 200
    assert not Authenticator.objects.filter(type=Authenticator.Type.WEBAUTHN).exists()


@given(credential=NONSENSE)
@_CAREFULLY
def test_nonsense_is_no_second_step_and_breaks_nothing(client, credential):
    person = with_app(user_with_password())
    client.post(reverse("account_login"), {"login": person.nip, "password": PASSWORD})
    response = client.post(reverse("mfa_authenticate"), {"credential": json.dumps(credential)})
    assert response.status_code == 200
    assert "_auth_user_id" not in client.session
    client.logout()


@pytest.mark.parametrize(
    "text",
    [
        '{"id": 9000000000000, "rawId": 9000000000000, "type": "public-key", "response": {"clientDataJSON": "e30"}}',
        '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {"clientDataJSON": 9000000000000}}',
        '{"id": "AA", "response": {"attestationObject": 9000000000000, "clientDataJSON": "e30"}}',
        "[" * 15_000,
        '{"id": "' + "A" * 30_000 + '"}',
    ],
)
def test_a_credential_that_asks_for_all_the_memory_or_depth_is_refused(client, text):
    """A number where bytes belong would be taken for a number of bytes to make room for: nine terabytes here."""
    client.get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"})
    response = client.post(reverse("mfa_login_webauthn"), {"credential": text}, follow=True)
    assert "_auth_user_id" not in client.session
    assert response.status_code == 200


def test_a_device_lists_the_account_by_name_and_never_by_number(client):
    person = user_with_password(name="Ratna Puspita")
    client.force_login(person)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": reverse("mfa_index")})
    page = client.get(reverse("mfa_add_webauthn"))
    user = page.context["js_data"]["creation_options"]["publicKey"]["user"]
    assert (user["name"], user["displayName"]) == ("Ratna Puspita", "Ratna Puspita")
    assert person.nip not in page.content.decode()


def test_the_device_must_be_unlocked_for_every_passkey(client):
    client.get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"})
    options = client.get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"}).json()
    assert options["request_options"]["publicKey"]["userVerification"] == "required"
    assert options["request_options"]["publicKey"]["allowCredentials"] == []  # names nobody
