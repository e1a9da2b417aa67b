"""Where somebody is signed in, and how a session ends: by its owner, by standing idle, by age."""

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.browsers import describe_browser
from audit.models import AuditEvent
from tests.factories.accounts import PASSWORD, user_with_password

pytestmark = pytest.mark.django_db

MINUTES, HOURS = 60, 3600
PHONE = (
    "Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36"
)
LAPTOP = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
URL = "/akun/perangkat/"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(1_795_600_800, tick=False) as traveller:
        yield traveller


@pytest.fixture
def person():
    return user_with_password()


def signed_in(person, user_agent=PHONE, address="203.0.113.7"):
    client = Client(headers={"user-agent": user_agent}, REMOTE_ADDR=address)
    client.post(reverse("account_login"), {"login": person.nip, "password": PASSWORD})
    return client


def is_in(client):
    return client.get(reverse("home")).status_code == 200


def test_every_place_is_listed_in_words(person):
    phone, _laptop = signed_in(person), signed_in(person, LAPTOP, "198.51.100.2")
    page = phone.get(URL).content.decode()
    assert "Chrome di Android" in page
    assert "Firefox di Windows" in page
    assert "198.51.100.2" in page
    assert page.count("Yang sedang Anda pakai") == 1


def test_one_place_is_signed_out_at_once_and_the_trail_knows(person):
    phone, laptop, third = signed_in(person), signed_in(person, LAPTOP), signed_in(person, "x")
    places = phone.get(URL).context["places"]
    of_laptop = next(place for place in places if place.browser == "Firefox")
    response = phone.post(URL, {"number": of_laptop.number}, follow=True)
    assert "1 perangkat dikeluarkan" in response.content.decode()
    assert (is_in(phone), is_in(laptop), is_in(third)) == (True, False, True)
    assert AuditEvent.objects.get(event="sessions.ended").detail == {"number": 1}


def test_all_others_are_signed_out_together(person):
    phone, laptop, third = signed_in(person), signed_in(person, LAPTOP), signed_in(person, "x")
    phone.post(URL, {"go": "others"})
    assert (is_in(phone), is_in(laptop), is_in(third)) == (True, False, False)


def test_nobody_signs_somebody_else_out(person):
    phone, other = signed_in(person), signed_in(user_with_password())
    number = phone.get(URL).context["places"][0].number
    page = other.post(URL, {"number": number}, follow=True).content.decode()
    assert "Tidak ada yang dikeluarkan" in page
    assert is_in(phone)


@pytest.mark.parametrize("given", [{"number": "satu"}, {"number": "9" * 30}, {"number": "-1"}, {}])
def test_nonsense_signs_nobody_out(person, given):
    phone, laptop = signed_in(person), signed_in(person, LAPTOP)
    assert phone.post(URL, given).status_code == 302
    assert is_in(laptop)


def test_a_session_that_is_gone_is_not_listed(person):
    phone, laptop = signed_in(person), signed_in(person, LAPTOP)
    Session.objects.filter(session_key=laptop.session.session_key).delete()
    assert len(phone.get(URL).context["places"]) == 1


def test_the_list_costs_as_much_for_many_places_as_for_two(person, django_assert_num_queries):
    phone = signed_in(person)
    signed_in(person, LAPTOP)
    phone.get(URL)
    with CaptureQueriesContext(connection) as few:
        phone.get(URL)
    number = len(few)
    for _again in range(5):
        signed_in(person, LAPTOP)
    with django_assert_num_queries(number):
        phone.get(URL)


def test_an_idle_session_ends_and_the_door_leads_back(person, clock):
    client = signed_in(person)
    assert is_in(client)
    clock.shift(119 * MINUTES)
    assert is_in(client)
    clock.shift(121 * MINUTES)
    response = client.get(reverse("development:plan"), follow=True)
    assert response.redirect_chain[0][0] == f"{reverse('account_login')}?next={reverse('development:plan')}"
    assert "Jawaban Anda tersimpan" in response.content.decode()


def test_a_session_in_use_ends_after_a_long_day(person, clock):
    client = signed_in(person)
    for _half_hour in range(23):
        clock.shift(30 * MINUTES)
        assert is_in(client)
    clock.shift(31 * MINUTES)
    assert not is_in(client)


def test_the_list_knows_when_a_place_was_last_in_use(person, clock):
    client = signed_in(person)
    client.get(URL)
    clock.shift(1 * HOURS)
    client.get(reverse("home"))
    place = client.get(URL).context["places"][0]
    assert (place.last_seen - place.since).total_seconds() == 1 * HOURS


@pytest.mark.parametrize(
    ("text", "words"),
    [(PHONE, ("Chrome", "Android")), (LAPTOP, ("Firefox", "Windows")), ("", ("", "")), ("curl/8", ("", ""))],
)
def test_a_browser_is_named_in_words(text, words):
    assert describe_browser(text) == words
