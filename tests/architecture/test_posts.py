"""Every address of the product, posted to by every role: only whoever may changes anything."""

import pytest
from django.urls import reverse

from tests.architecture.fingerprints import fingerprint
from tests.architecture.posted import body_of
from tests.architecture.truth_table import (
    DENIED,
    EFFECTIVE,
    MISSING,
    NOT_ALLOWED,
    OK,
    PUBLIC,
    REDIRECT,
    is_own_work,
)
from tests.architecture.world import addresses, product_addresses

pytestmark = pytest.mark.django_db


def test_a_post_of_a_stranger_is_refused_and_changes_nothing(client, world):
    wrong, before = [], fingerprint()
    for who, person in world.people.items():
        client.force_login(person)
        for address in product_addresses(world):
            if is_own_work(address.name, who):
                continue
            status = client.post(address.url, body_of(address.name, world)).status_code
            if status not in {DENIED, MISSING, NOT_ALLOWED}:
                wrong.append(f"{who} {address.name}: {status}")
            if fingerprint() != before:
                wrong.append(f"{who} {address.name}: changed something")
                before = fingerprint()
    assert wrong == []


def test_an_anonymous_post_leads_to_the_door_and_changes_nothing(client, world):
    before = fingerprint()
    for address in product_addresses(world):
        response = client.post(address.url, body_of(address.name, world))
        if address.name in PUBLIC:
            assert response.status_code in {MISSING, NOT_ALLOWED}, address
            continue
        assert response.status_code == REDIRECT, address
        assert response.headers["Location"].startswith(reverse("account_login")), address
    assert fingerprint() == before


@pytest.mark.parametrize("name", sorted(EFFECTIVE))
def test_the_same_post_of_the_right_person_changes_something(client, world, name):
    """Otherwise the refusals above would prove nothing."""
    url = {address.name: address.url for address in addresses(world)}[name]
    client.force_login(world.people[EFFECTIVE[name]])
    before = fingerprint()
    assert client.post(url, body_of(name, world)).status_code in {OK, REDIRECT}
    assert fingerprint() != before
