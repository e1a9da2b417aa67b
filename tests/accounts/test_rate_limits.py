"""Guessing is slow, an office behind one address is not, and nothing tells who has an account."""

import pytest
import time_machine
from django.contrib.auth import hashers
from django.urls import reverse

from tests.factories.accounts import PASSWORD, UserFactory, user_with_password
from tests.factories.second_factors import code_shown, with_app

pytestmark = pytest.mark.django_db

OFFICE, HOME = "203.0.113.7", "198.51.100.9"
NOBODYS_NIP = "198609262015051001"
MINUTES = 60


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(1_795_600_800, tick=False) as traveller:
        yield traveller


def sign_in(client, nip, password=PASSWORD, *, address=OFFICE):
    """Whether it worked; leaves the person signed out again."""
    given = {"login": nip, "password": password}
    response = client.post(reverse("account_login"), given, REMOTE_ADDR=address)
    is_in = response.status_code == 302
    client.logout()
    return is_in


def test_two_hundred_people_of_an_office_sign_in_within_a_minute(client):
    people = [user_with_password() for _number in range(200)]
    assert all(sign_in(client, person.nip) for person in people)


def test_colleagues_who_mistype_do_not_lock_each_other_out(client):
    for _number in range(40):
        assert not sign_in(client, user_with_password().nip, "salah-sekali")
        assert not sign_in(client, NOBODYS_NIP, "salah-sekali")
    assert sign_in(client, user_with_password().nip)


def test_after_five_wrong_passwords_the_account_waits_at_that_address_only(client, clock):
    person = user_with_password()
    for _number in range(5):
        sign_in(client, person.nip, "salah-sekali")
    assert not sign_in(client, person.nip)
    assert sign_in(client, person.nip, address=HOME)
    clock.shift(5 * MINUTES + 1)
    assert sign_in(client, person.nip)


def test_right_passwords_are_never_counted(client):
    person = user_with_password()
    assert all(sign_in(client, person.nip) for _number in range(60))


def test_guessing_from_many_addresses_ends_too(client, clock):
    person = user_with_password()
    for number in range(50):
        assert not sign_in(client, person.nip, "salah-sekali", address=f"192.0.2.{number}")
    assert not sign_in(client, person.nip, address=HOME)
    clock.shift(61 * MINUTES)
    assert sign_in(client, person.nip, address=HOME)


def test_codes_are_guessed_five_times_whatever_the_address(client):
    person = with_app(user_with_password())
    for number in range(6):
        client.post(reverse("account_login"), {"login": person.nip, "password": PASSWORD})
        wrong = f"{(int(code_shown()) + 7 + number) % 1_000_000:06d}"
        client.post(reverse("mfa_authenticate"), {"code": wrong}, REMOTE_ADDR=f"192.0.2.{number}")
    client.post(reverse("mfa_authenticate"), {"code": code_shown()}, REMOTE_ADDR=HOME)
    assert "_auth_user_id" not in client.session


def test_an_unknown_nip_costs_as_much_work_as_a_known_one(client, monkeypatch):
    """The time to refuse is the time to hash, so the hashes are counted; they are slow on purpose."""
    known, never_activated, closed = user_with_password(), UserFactory(), user_with_password(is_active=False)
    made = []
    hasher = hashers.get_hasher()
    original = type(hasher).encode
    monkeypatch.setattr(
        type(hasher), "encode", lambda self, *given: (made.append(1), original(self, *given))[1]
    )
    work = {}
    for nip in (known.nip, never_activated.nip, closed.nip, NOBODYS_NIP):
        made.clear()
        assert not sign_in(client, nip, "salah-sekali")
        work[nip] = len(made)
    assert set(work.values()) == {1}
