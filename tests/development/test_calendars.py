"""Calendar files: the right moments in the agency's zone, and everything a person wrote as text."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from agencies.models import Agency
from development import actions
from development.calendar_files import Appointment, calendar_file
from tests.factories.accounts import UserFactory
from tests.factories.agencies import AgencyFactory, placed_person, root_of
from tests.factories.development import goal_of

pytestmark = pytest.mark.django_db

PLAN = reverse("development:plan_calendar")
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def person():
    return placed_person(root_of(AgencyFactory(time_zone=Agency.TimeZone.EAST)))


@pytest.fixture
def member(client, person):
    client.force_login(person)
    return client


def events_of(content):
    return Calendar.from_ical(content).walk("VEVENT")


def goal_file(goal):
    return reverse("development:goal_calendar", args=[goal.public_id])


def test_a_goal_has_its_middle_and_its_date_in_the_morning_of_the_agency(member, person):
    goal = goal_of(person, due_on=timezone.localdate() + timedelta(days=30))
    response = member.get(goal_file(goal))
    half, due = events_of(response.content)
    zone = ZoneInfo("Asia/Jayapura")
    assert due["dtstart"].dt.date() == goal.due_on
    assert half["dtstart"].dt.date() == goal.runs_from + timedelta(days=15)
    for event in (half, due):
        assert event["dtstart"].params["TZID"] == zone.key
        assert (event["dtstart"].dt.hour, event["dtstart"].dt.utcoffset()) == (8, timedelta(hours=9))
        assert event["class"] == "PRIVATE"
    assert b"BEGIN:VTIMEZONE\r\nTZID:Asia/Jayapura" in response.content


def test_a_goal_for_tomorrow_has_only_its_date(member, person):
    goal = goal_of(person, due_on=timezone.localdate() + timedelta(days=1))
    assert len(events_of(member.get(goal_file(goal)).content)) == 1


def test_the_answer_is_a_calendar_file_whose_name_says_nothing(member, person):
    goal = goal_of(person)
    for url, name in ((goal_file(goal), "sasaran.ics"), (PLAN, "rencana.ics")):
        response = member.get(url)
        assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
        assert response.headers["Content-Disposition"] == f'attachment; filename="{name}"'
        assert "no-store" in response.headers["Cache-Control"]
        assert person.nip.encode() not in response.content
        assert person.name.encode() not in response.content


def test_what_a_person_wrote_is_text_and_cannot_add_a_line(member, person):
    attack = f"{SCRIPT}\r\nEND:VEVENT\r\nATTACH:http://jahat.example/;,\\n"
    goal = goal_of(person, behaviour=f"a, b; c\\d {SCRIPT}", supporter=attack[:100])
    actions.record_progress(goal=goal, note=attack, by=person)
    content = member.get(goal_file(goal)).content
    half, due = events_of(content)
    assert due["summary"] == f"Sasaran: a, b; c\\d {SCRIPT}"
    assert attack.replace("\r\n", "\n") in due["description"]
    assert "attach" not in due
    assert half["description"] == due["description"]


def test_lines_are_folded_to_75_octets_whatever_is_written(member, person):
    goal = goal_of(person, behaviour="Pelayanan é " * 25)
    actions.record_progress(goal=goal, note="ya " * 1333, by=person)
    content = member.get(goal_file(goal)).content
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert ("ya " * 1333).strip() in events_of(content)[0]["description"]


def test_only_the_three_newest_notes_travel(member, person):
    goal = goal_of(person)
    for number in range(5):
        actions.record_progress(goal=goal, note=f"catatan-{number}", by=person)
    text = events_of(member.get(goal_file(goal)).content)[0]["description"]
    assert [f"catatan-{n}" in text for n in range(5)] == [False, False, True, True, True]


def test_the_plan_has_every_open_goal_and_the_next_look(member, person):
    done, kept = goal_of(person, behaviour="Tuntas"), goal_of(person, behaviour="Berjalan terus")
    actions.complete_goal(goal=done, by=person)
    day = timezone.localdate() + timedelta(days=120)
    actions.set_next_assessment(person=person, day=day, by=person)
    events = events_of(member.get(PLAN).content)
    assert [str(event["summary"]) for event in events] == [
        f"Setengah jalan: {kept.behaviour}",
        f"Sasaran: {kept.behaviour}",
        "Penilaian mandiri berikutnya",
    ]
    assert events[-1]["dtstart"].dt.date() == day


def test_a_newer_file_replaces_the_appointments_of_an_older_one(member, person):
    goal_of(person)
    actions.set_next_assessment(person=person, day=timezone.localdate(), by=person)
    first, second = (events_of(member.get(PLAN).content) for _time in range(2))
    assert [event["uid"] for event in first] == [event["uid"] for event in second]
    key = str(person.plan_settings.unsubscribe_key)
    assert all(key not in event["uid"] for event in first)


def test_an_empty_plan_is_an_empty_calendar(member):
    assert events_of(member.get(PLAN).content) == []


def test_a_strangers_goal_has_no_file_and_a_strangers_plan_is_never_in_mine(member):
    goal = goal_of(UserFactory(), behaviour="Rahasia")
    assert member.get(goal_file(goal)).status_code == 404
    assert b"Rahasia" not in member.get(PLAN).content


def test_the_file_speaks_the_language_of_the_page(member, person):
    goal = goal_of(person)
    member.cookies["django_language"] = "en"
    assert events_of(member.get(goal_file(goal)).content)[1]["summary"].startswith("Goal: ")


def test_the_queries_do_not_grow_with_the_goals(member, person):
    counts = []
    for _round in range(2):
        actions.record_progress(goal=goal_of(person), note="Catatan", by=person)
        member.get(PLAN)
        with CaptureQueriesContext(connection) as queries:
            member.get(PLAN)
        counts.append(len(queries))
    assert counts[0] == counts[1]


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1, max_size=200)


@given(summary=WORDS, lines=st.lists(WORDS, min_size=1, max_size=4))
def test_any_text_comes_back_out_of_the_file(summary, lines):
    appointment = Appointment("1", date(2026, 12, 1), summary, "\n".join(lines), "https://cermin.example/")
    content = calendar_file(
        [appointment],
        zone=ZoneInfo("Asia/Makassar"),
        now=datetime(2026, 11, 25, tzinfo=UTC),
        product="Cermin ASN",
        reminder="Pengingat",
    )
    (event,) = events_of(content)
    assert str(event["summary"]) == summary
    assert str(event["description"]) == "\n".join(lines)
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
