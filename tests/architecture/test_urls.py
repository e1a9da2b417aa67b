"""Every address of the product, walked by every role: anonymous to sign-in, no right 403, a stranger 404."""

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from agencies import staff_powers
from agencies.models import RoleGrant
from tests.architecture.fingerprints import fingerprint
from tests.architecture.truth_table import (
    MISSING,
    NOT_ALLOWED,
    NOT_OF_STAFF,
    OK,
    OWN_PAGES,
    PUBLIC,
    REDIRECT,
    expected,
)
from tests.architecture.world import OWN_ACCOUNT, addresses, product_addresses
from tests.factories.accounts import user_with_password

pytestmark = pytest.mark.django_db


def test_an_anonymous_visitor_is_led_to_the_door_everywhere(client, world):
    for address in addresses(world):
        if address.name in PUBLIC:
            continue
        response = client.get(address.url)
        assert response.status_code == REDIRECT, address
        assert response.headers["Location"].startswith(reverse("account_login")), address


def test_public_pages_answer_an_anonymous_visitor_without_an_error(client, world):
    for address in addresses(world):
        if address.name in PUBLIC:
            assert client.get(address.url).status_code < 500, address


def test_every_role_gets_exactly_what_the_truth_table_says(client, world):
    wrong = []
    for who, person in world.people.items():
        client.force_login(person)
        for address in product_addresses(world):
            allowed = expected(address.name, who)
            status = client.get(address.url).status_code
            if status not in allowed:
                wrong.append(f"{who} {address.name}: {status} instead of {allowed}")
    assert wrong == []


def own_pages(world):
    return [address for address in addresses(world) if address.name.startswith(OWN_ACCOUNT)]


def test_the_pages_of_ones_own_account_are_the_same_for_every_role(client, world):
    assert {address.name for address in own_pages(world)} == set(OWN_PAGES)
    for who in ("owner", "analyst", "editor", "nobody"):
        person = user_with_password()
        RoleGrant.objects.filter(user=world.people[who]).update(user=person)
        client.force_login(person)
        for address in own_pages(world):
            assert client.get(address.url).status_code == OWN_PAGES[address.name], (who, address)


def test_nothing_of_an_account_changes_before_the_person_confirms(client, world):
    for address in own_pages(world):
        if not address.name.startswith("mfa_"):
            continue
        client.force_login(user_with_password())
        before = fingerprint(), Authenticator.objects.count()
        assert client.post(address.url, {"code": "123456"}).status_code in {REDIRECT, MISSING, NOT_ALLOWED}, (
            address
        )
        assert (fingerprint(), Authenticator.objects.count()) == before, address


def test_before_staff_powers_are_entered_every_staff_page_leads_to_their_door(client, world):
    walked = set()
    for who in set(world.people) - {"owner", "colleague", "nobody"}:
        client.force_login(world.people[who])
        session = client.session
        staff_powers.close_powers(session)
        session.save()
        for address in product_addresses(world):
            if address.name in NOT_OF_STAFF or address.name.startswith(("development:", "privacy:")):
                continue
            if expected(address.name, who) & {OK, REDIRECT} and not address.name.startswith("panels:"):
                response = client.get(address.url)
                walked.add(address.name)
                assert response.status_code == REDIRECT, (who, address)
                assert response.headers["Location"].startswith(reverse("staff_door")), (who, address)
    assert len(walked) > 15


@pytest.mark.parametrize("who", ["administrator", "editor", "approver", "auditor", "psychometrician"])
def test_before_staff_powers_are_entered_the_admin_leads_to_their_door(client, world, who):
    client.force_login(world.people[who])
    session = client.session
    staff_powers.close_powers(session)
    session.save()
    response = client.get(reverse("admin:index"))
    assert response.status_code == REDIRECT
    assert response.headers["Location"].startswith(reverse("staff_door"))


def test_closing_what_is_closed_leads_its_analyst_to_the_results(client, world):
    url = reverse("reports:close", args=[world.arguments["campaign_id"]])
    results = [world.arguments["campaign_id"], world.arguments["agency_code"]]
    for who, person in world.people.items():
        client.force_login(person)
        response = client.get(url)
        if who == "analyst":
            assert response.headers["Location"] == reverse("reports:agency", args=results)
        else:
            assert {response.status_code} == expected("reports:close", who), who
