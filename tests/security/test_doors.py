"""What every answer of the product has in common, and the classic ways in: each is tried on every address."""

import pytest
from django.conf import settings
from django.contrib.auth.hashers import get_hasher
from django.test import Client
from django.urls import reverse

from agencies.models import Role
from tests.architecture.fingerprints import fingerprint
from tests.architecture.posted import body_of
from tests.architecture.world import addresses, build_world, product_addresses
from tests.factories.accounts import PASSWORD, user_with_password
from tests.factories.agencies import person_with_role

pytestmark = pytest.mark.django_db

METHODS = ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
ELSEWHERE = (
    "//evil.example/",
    "https://evil.example/",
    "/\\evil.example",
    "javascript:alert(1)",
    "http:evil.example",
)


@pytest.fixture
def world():
    return build_world()


def sign_in(client, nip, password, **more):
    return client.post(reverse("account_login"), {"login": nip, "password": password, **more})


def test_every_page_says_what_it_may_load_and_who_may_frame_it(world, client):
    wrong = []
    for who in ("owner", "analyst", "administrator", "editor", "auditor"):
        client.force_login(world.people[who])
        for address in addresses(world):
            headers = client.get(address.url).headers
            policy = headers.get("Content-Security-Policy", "")
            if not ("default-src 'self'" in policy or "default-src 'none'" in policy) or "unsafe" in policy:
                wrong.append(f"{who} {address.name}: {policy!r}")
            # The editor's room shows a preview within itself.
            framers = ("'none'", "'self'") if address.name == "assessments:preview" else ("'none'",)
            if not any(f"frame-ancestors {framer}" in policy for framer in framers):
                wrong.append(f"{who} {address.name}: may be framed")
            if headers.get("X-Content-Type-Options") != "nosniff":
                wrong.append(f"{who} {address.name}: may be sniffed")
            if headers.get("Referrer-Policy") not in ("same-origin", "no-referrer"):
                wrong.append(f"{who} {address.name}: tells where people came from")
    assert wrong == []


def test_every_post_needs_the_token_of_its_form(world):
    before, wrong = fingerprint(), []
    for who, person in world.people.items():
        client = Client(enforce_csrf_checks=True)
        client.force_login(person)
        for address in product_addresses(world):
            status = client.post(address.url, body_of(address.name, world)).status_code
            if status not in (403, 404, 405):
                wrong.append(f"{who} {address.name}: {status}")
    assert wrong == []
    assert fingerprint() == before


@pytest.mark.parametrize("method", METHODS)
def test_no_other_method_does_anything(world, client, method):
    wrong = []
    for who in (None, *world.people):
        client = Client()
        if who:
            client.force_login(world.people[who])
        before = fingerprint()
        for address in product_addresses(world):
            kind = "application/x-www-form-urlencoded"
            status = client.generic(method, address.url, "go=complete&a=1", content_type=kind).status_code
            allowed = {302, 403, 404, 405} if method != "OPTIONS" else {200, 302, 403, 404, 405}
            if status not in allowed:
                wrong.append(f"{who} {address.name}: {status}")
        if fingerprint() != before:
            wrong.append(f"{who}: {method} changed something")
    assert wrong == []


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE"])
def test_pages_of_the_door_answer_no_other_method(client, method):
    client.force_login(person_with_role(Role.AUDITOR))
    for name in (
        "account_login",
        "account_change_password",
        "mfa_index",
        "mfa_activate_totp",
        "usersessions_list",
    ):
        assert client.generic(method, reverse(name), "a=1").status_code == 405


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "localhost:80@evil.example", ""])
def test_another_host_is_refused(client, host):
    assert client.get(reverse("account_login"), headers={"host": host}).status_code == 400


@pytest.mark.parametrize("where", ELSEWHERE)
def test_no_door_leads_out_of_the_house(where):
    user = user_with_password()
    client = Client()
    response = sign_in(client, user.nip, PASSWORD, next=where)
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/") and "evil" not in response.headers["Location"]
    language = client.post(reverse("set_language"), {"language": "en", "next": where})
    assert "evil" not in language.headers["Location"] and "javascript" not in language.headers["Location"]


def test_signing_in_begins_a_new_session():
    user, client = user_with_password(), Client()
    session = client.session
    session["planted"] = "x"
    session.save()
    planted = session.session_key
    client.cookies[settings.SESSION_COOKIE_NAME] = planted
    assert sign_in(client, user.nip, PASSWORD).status_code == 302
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != planted
    assert not client.session.exists(planted)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["httponly"] and cookie["samesite"] == "Lax"


def test_nobody_learns_at_the_door_who_has_an_account():
    known, unknown = user_with_password().nip, "199001012015011999"
    texts = {}
    for nip in (known, unknown):
        page = sign_in(Client(), nip, "bukan-kata-sandinya-2026")
        assert page.status_code == 200
        texts[nip] = page.text.replace(nip, "NIP")
    strip = [_without_tokens(text) for text in texts.values()]
    assert strip[0] == strip[1]


def _without_tokens(text):
    lines = [line for line in text.splitlines() if "csrfmiddlewaretoken" not in line and "nonce" not in line]
    return "\n".join(lines)


def test_a_wrong_password_costs_as_much_as_an_unknown_number(monkeypatch):
    """Both compute one hash, which is nearly all of the time: without it the clock would tell who has an account."""
    hasher, hashed = type(get_hasher()), []
    encode = hasher.encode
    monkeypatch.setattr(hasher, "encode", lambda *args, **more: hashed.append(1) or encode(*args, **more))
    known, found = user_with_password().nip, {}
    for nip in (known, "199001012015011999"):
        hashed.clear()
        sign_in(Client(), nip, "bukan-kata-sandinya-2026")
        found[nip] = len(hashed)
    assert set(found.values()) == {1}
