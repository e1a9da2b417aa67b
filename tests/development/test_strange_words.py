"""Scripts and markup in a name or a note: text on every page, in every file, never more."""

import io

import icalendar
import pypdf
import pytest
from django.urls import reverse

from development import actions
from tests.factories.accounts import UserFactory
from tests.factories.agencies import AgencyFactory, placed_person, root_of
from tests.factories.assessments import started_attempt, submitted_attempt
from tests.factories.development import goal_of
from tests.factories.questionnaires import published_version

pytestmark = pytest.mark.django_db

# For HTML, an attribute, typst, a template and a calendar.
STRANGE = """<script>alert(1)</script>" onload='x' #panic() *a* {{ 7|add:7 }} %0D%0A;,\\n"""
ESCAPED = "&lt;script&gt;alert(1)&lt;/script&gt;&quot; onload=&#x27;x&#x27; #panic() *a* {{ 7|add:7 }}"


@pytest.fixture
def person():
    return placed_person(root_of(AgencyFactory()), person=UserFactory(name=f"Sri {STRANGE}"))


@pytest.fixture
def goal(person):
    goal = goal_of(person, behaviour=STRANGE, when_then=STRANGE, measure=STRANGE, supporter=STRANGE)
    actions.record_progress(goal=goal, note=STRANGE, by=person)
    return goal


@pytest.fixture
def member(client, person):
    client.force_login(person)
    return client


def printed(response):
    pages = pypdf.PdfReader(io.BytesIO(response.content)).pages
    # Lines are broken where they are full, so blanks say nothing.
    return "".join("".join(page.extract_text() for page in pages).split())


def without_blanks(text):
    return "".join(text.split())


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_page_of_the_person_shows_them_as_text(member, person, goal, language):
    version = published_version()
    sent = submitted_attempt(person, version)
    begun = started_attempt(person, version)
    member.cookies["django_language"] = language
    pages = [
        reverse("home"),
        reverse("assessments:section", args=[begun.public_id, 1]),
        reverse("assessments:review", args=[begun.public_id]),
        reverse("reports:personal", args=[sent.public_id]),
        reverse("reports:shares"),
        reverse("development:give_share", args=[sent.public_id]),
        reverse("development:plan"),
        reverse("development:goal", args=[goal.public_id]),
        reverse("account_change_password"),
    ]
    for url in pages:
        text = member.get(url, follow=True).content.decode()
        assert "<script>alert" not in text, url
        assert ESCAPED in text, url


def test_the_pdf_of_the_report_prints_the_name_as_it_was_written(member, person):
    sent = submitted_attempt(person, published_version())
    text = printed(member.get(reverse("reports:personal_pdf", args=[sent.public_id])))
    assert without_blanks(person.name) in text


def test_the_pdf_of_the_plan_prints_name_goal_and_note_as_they_were_written(member, person, goal):
    text = printed(member.get(reverse("development:plan_pdf")))
    # the name, four fields of the goal, the note
    assert text.count(without_blanks(STRANGE)) == 6


def test_the_calendar_file_holds_them_as_text(member, goal):
    for url in (
        reverse("development:goal_calendar", args=[goal.public_id]),
        reverse("development:plan_calendar"),
    ):
        calendar = icalendar.Calendar.from_ical(member.get(url).content)
        events = calendar.walk("VEVENT")
        assert len(events) >= 2
        for event in events[:2]:
            assert STRANGE in event["description"]
            assert set(event) <= {
                "UID", "DTSTAMP", "DTSTART", "DTEND", "DURATION", "SUMMARY", "DESCRIPTION", "URL", "SEQUENCE",
                "LAST-MODIFIED", "STATUS", "TRANSP", "CLASS", "CREATED", "CATEGORIES",
            }  # fmt: skip
