from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from agencies.models import Agency
from agencies.templatetags.local_time import clock, date_and_clock
from tests.factories.agencies import AgencyFactory, placed_person, root_of

MOMENT = datetime(2026, 11, 23, 16, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "text"),
    [
        ("Asia/Jakarta", "23 November 2026 pukul 23.59 WIB"),
        ("Asia/Makassar", "24 November 2026 pukul 00.59 WITA"),
        ("Asia/Jayapura", "24 November 2026 pukul 01.59 WIT"),
    ],
)
def test_a_deadline_is_said_with_the_letters_of_its_zone(zone, text):
    with timezone.override(ZoneInfo(zone)), translation.override("id"):
        assert date_and_clock(MOMENT) == text


def test_the_clock_is_written_as_the_language_writes_it():
    with timezone.override(ZoneInfo("Asia/Jakarta")):
        with translation.override("id"):
            assert clock(MOMENT) == "23.59"
        with translation.override("en"):
            assert clock(MOMENT) == "23:59"


@pytest.mark.django_db
def test_a_person_lives_by_the_clock_of_the_own_agency(client):
    agency = AgencyFactory(time_zone=Agency.TimeZone.EAST)
    client.force_login(placed_person(root_of(agency)))
    client.get(reverse("home"))
    assert client.session["zone"] == "Asia/Jayapura"
