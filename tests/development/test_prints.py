"""The plan as a PDF: one's own goals, notes and hours, and everything a person wrote as text."""

import io
from datetime import timedelta

import pypdf
import pytest
from django.urls import reverse
from django.utils import timezone

from development import actions
from tests.factories.accounts import UserFactory
from tests.factories.agencies import AgencyFactory, placed_person, root_of
from tests.factories.development import goal_of

pytestmark = pytest.mark.django_db

PLAN = reverse("development:plan_pdf")
SCRIPT = "<script>alert(1)</script> #panic()"


@pytest.fixture
def person():
    return placed_person(root_of(AgencyFactory()), person=UserFactory(name="Bulan Sari"))


@pytest.fixture
def member(client, person):
    client.force_login(person)
    return client


def text_of(response):
    pages = pypdf.PdfReader(io.BytesIO(response.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_it_has_the_goal_its_measure_its_date_and_the_notes(member, person):
    goal = goal_of(person, supporter="Kepala seksi", jp=6, due_on=timezone.localdate() + timedelta(days=30))
    for number in range(5):
        actions.record_progress(goal=goal, note=f"Catatan ke-{number} {SCRIPT}", jp=1, by=person)
    response = member.get(PLAN)
    text = text_of(response)

    assert response.headers["Content-Disposition"] == 'attachment; filename="rencana.pdf"'
    for said in ("Bulan Sari", goal.behaviour, goal.when_then, goal.measure, goal.supporter, "Berjalan"):
        assert said in text
    assert f"Catatan ke-4 {SCRIPT}" in text
    assert "Catatan ke-1" not in text  # the newest three
    assert f"5 dari {goal.jp}" in text


def test_a_completed_goal_is_listed_after_those_under_way(member, person):
    done, goal = goal_of(person, behaviour="Sudah biasa"), goal_of(person, behaviour="Sedang dilatih")
    actions.complete_goal(goal=done, note="", by=person)
    text = text_of(member.get(PLAN))
    assert text.index(goal.behaviour) < text.index("Sasaran yang sudah selesai") < text.index("Sudah biasa")


def test_a_note_of_ten_thousand_characters_cannot_be_and_the_longest_is_printed(member, person):
    goal = goal_of(person)
    actions.record_progress(goal=goal, note="panjang " * 499, jp=0, by=person)
    assert text_of(member.get(PLAN)).count("panjang") == 499


def test_an_empty_plan_is_a_file_with_the_hours(member):
    assert "Jam pelajaran" in text_of(member.get(PLAN))


def test_english_readers_get_an_english_file(member, person):
    goal_of(person)
    member.cookies["django_language"] = "en"
    assert "My development plan" in text_of(member.get(PLAN))


def test_nobody_elses_goal_is_in_it(member):
    goal_of(placed_person(root_of(AgencyFactory())), behaviour="Rahasia orang lain")
    assert "Rahasia orang lain" not in text_of(member.get(PLAN))


def test_the_number_of_queries_does_not_grow_with_the_goals(member, person, django_assert_max_num_queries):
    goal_of(person)
    with django_assert_max_num_queries(12) as few:
        member.get(PLAN)
    goal_of(person)
    goal_of(person)
    with django_assert_max_num_queries(len(few)):
        member.get(PLAN)
