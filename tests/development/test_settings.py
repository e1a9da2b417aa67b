"""How a plan reaches its person: reminders only for those who want them, and the date of the next look."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.consents import WORDINGS
from accounts.models import Consent
from audit.models import AuditEvent
from development import actions, policies
from development.models import PlanSettings
from development.selectors import plan_of_person
from tests.factories.accounts import UserFactory
from tests.factories.agencies import AgencyFactory, placed_person, root_of
from tests.factories.assessments import submitted_attempt
from tests.factories.questionnaires import published_version

pytestmark = pytest.mark.django_db

PLAN = reverse("development:plan")


@pytest.fixture
def person():
    return UserFactory(email="pegawai@uji.example")


@pytest.fixture
def member(client, person):
    client.force_login(person)
    return client


def today():
    return timezone.localdate()


def test_nobody_is_reminded_without_asking_for_it(member, person):
    assert "Surel pengingat tidak aktif" in member.get(PLAN).content.decode()
    assert not PlanSettings.objects.exists()  # looking writes nothing


def test_asking_for_reminders_remembers_the_language_and_is_recorded_as_consent(member, person):
    member.cookies["django_language"] = "en"
    member.post(PLAN, {"go": "reminders", "wanted": "1"})
    settings = PlanSettings.objects.get(person=person)
    assert (settings.wants_reminders, settings.language) == (True, "en")
    event = AuditEvent.objects.get(event="plan.reminders_turned_on")
    assert event.detail == {"language": "en"}
    consent = Consent.objects.get(person=person)
    assert (consent.purpose, consent.is_given) == (Consent.Purpose.PLAN_REMINDERS, True)
    assert (consent.language, consent.wording) == ("en", WORDINGS[consent.purpose][0])


def test_reminders_can_be_stopped_at_any_time_and_twice_is_once(member, person):
    for wanted in ("1", "0", "0"):
        member.post(PLAN, {"go": "reminders", "wanted": wanted})
    assert not PlanSettings.objects.get(person=person).wants_reminders
    assert AuditEvent.objects.filter(event="plan.reminders_turned_off").count() == 1


def test_without_an_address_there_is_a_sentence_instead_of_a_button(client):
    person = UserFactory(email="")
    client.force_login(person)
    assert "belum mempunyai alamat surel" in client.get(PLAN).content.decode()
    answer = client.post(PLAN, {"go": "reminders", "wanted": "1"}, follow=True)
    assert "pengingat tidak dapat dikirim" in answer.content.decode()
    assert not PlanSettings.objects.filter(wants_reminders=True).exists()


def test_the_next_look_is_suggested_half_a_year_after_the_last_report(member, person):
    assert plan_of_person(person, today=today()).suggested_assessment_on is None
    submitted_attempt(person, published_version())
    assert plan_of_person(person, today=today()).suggested_assessment_on == today() + timedelta(days=182)


def test_a_date_of_ones_own_wins_and_can_be_taken_back(member, person):
    day = today() + timedelta(days=100)
    member.post(PLAN, {"go": "assessment", "day": day.isoformat()})
    assert plan_of_person(person, today=today()).settings.next_assessment_on == day
    member.post(PLAN, {"go": "assessment", "day": ""})
    assert plan_of_person(person, today=today()).settings.next_assessment_on is None


@pytest.mark.parametrize(
    ("day", "sentence"),
    [("2020-01-01", "sudah lewat"), ("2199-01-01", "dua tahun"), ("besok", "tidak dapat dibaca")],
)
def test_an_impossible_date_is_named_and_nothing_is_stored(member, person, day, sentence):
    assert sentence in member.post(PLAN, {"go": "assessment", "day": day}).content.decode()
    assert not PlanSettings.objects.exists()


def test_an_impossible_date_is_refused_by_the_action_too(person):
    with pytest.raises(policies.PolicyError):
        actions.set_next_assessment(person=person, day=today() - timedelta(days=1), by=person)


def test_an_unknown_press_is_not_found(member):
    assert member.post(PLAN, {"go": "hapus"}).status_code == 404


@pytest.mark.parametrize(
    ("kind", "told", "not_told"),
    [
        ("PNS", "paling sedikit 20 JP setahun (Peraturan LAN 10/2018).", "PPPK"),
        ("PPPK", "PPPK mengikuti ketentuan tersendiri (Peraturan LAN 15/2020)", "dari 20"),
        ("PPPK_PW", "PPPK mengikuti ketentuan tersendiri (Peraturan LAN 15/2020)", "dari 20"),
    ],
)
def test_the_duty_is_said_as_it_is_for_this_kind_of_employment(client, kind, told, not_told):
    person = placed_person(root_of(AgencyFactory()))
    person.placements.update(employment_kind=kind)
    client.force_login(person)
    text = client.get(PLAN).content.decode()
    assert told in text
    assert not_told not in text
