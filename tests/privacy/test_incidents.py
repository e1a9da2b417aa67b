"""Incidents: who was touched by a leak of which data between two moments, and that each is told once."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from agencies.models import Placement, Role
from audit.models import AuditEvent
from privacy import incident_letters, incidents
from privacy.models import Incident, IncidentLetter
from tests.factories.agencies import AgencyFactory, person_with_role, placed_person, root_of
from tests.factories.assessments import submitted_attempt
from tests.factories.data_protection import incident_at
from tests.factories.development import goal_of
from tests.factories.questionnaires import published_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency():
    return AgencyFactory(name="Kabupaten Contoh")


@pytest.fixture
def administrator(agency):
    return person_with_role(Role.AGENCY_ADMINISTRATOR, agency=agency)


def member(agency, **fields):
    person = placed_person(root_of(agency), **fields)
    # As if the account had been here for long.
    User.objects.filter(pk=person.pk).update(created_at=timezone.now() - timedelta(days=400))
    return person


def names(people):
    return {person.name for person in people}


def test_people_are_counted_by_where_they_worked_then(agency):
    member(agency, name="Sri")
    left = member(agency, name="Budi")
    Placement.objects.filter(person=left).update(valid_to=timezone.localdate() - timedelta(days=30))
    member(AgencyFactory(), name="Orang lain")
    placed_person(root_of(agency), name="Baru")  # whose account is of today
    now = timezone.now()
    lately = incident_at(
        agency, classes=["identity"], since=now - timedelta(days=2), until=now - timedelta(days=1)
    )
    assert names(incidents.touched(lately)) == {"Sri"}
    long_ago = incident_at(
        agency, classes=["identity"], since=now - timedelta(days=90), until=now - timedelta(days=60)
    )
    assert names(incidents.touched(long_ago)) == {"Sri", "Budi"}


def test_each_class_touches_those_whose_data_of_it_were_there(agency):
    with_answers = member(agency, name="Menjawab")
    submitted_attempt(with_answers, published_version())
    goal_of(member(agency, name="Merencana"))
    member(agency, name="Bersurel", email="a@uji.example")
    signed_in = member(agency, name="Masuk")
    UserSession.objects.create(user=signed_in, session_key="x", ip="10.0.0.7", user_agent="F", data={})
    incident = incident_at(agency, classes=incidents.CLASSES, until=timezone.now() + timedelta(minutes=1))
    found = {code: names(people) for code, people in incidents.people_by_class(incident).items()}
    assert found == {
        "identity": {"Menjawab", "Merencana", "Bersurel", "Masuk"},
        "email": {"Bersurel"},
        "answers": {"Menjawab"},
        "plan": {"Merencana"},
        "sign_in": {"Masuk"},
    }
    only = incident_at(agency, classes=["email", "plan"], until=timezone.now() + timedelta(minutes=1))
    assert names(incidents.touched(only)) == {"Bersurel", "Merencana"}
    [_first, second] = incidents.letters_to(only, incidents.touched(only))
    assert second.labels == (str(incidents.CLASSES["email"].label),)


def test_answers_given_after_the_leak_are_not_touched(agency):
    person = member(agency)
    submitted_attempt(person, published_version())
    now = timezone.now()
    earlier = incident_at(
        agency, classes=["answers"], since=now - timedelta(days=9), until=now - timedelta(days=8)
    )
    assert not incidents.touched(earlier).exists()


def test_everybody_with_an_address_is_told_once(client, agency, administrator, mailoutbox):
    sri = member(agency, name="Sri", email="sri@uji.example")
    member(agency, name="Budi", email="budi@uji.example")
    member(agency, name="Tanpa surel")
    incident = incident_at(agency)
    page = reverse("privacy:incident", args=[agency.code, incident.public_id])
    client.force_login(administrator)
    shown = client.get(page).content.decode()
    assert "Surati 2 orang lewat surel" in shown
    assert "Sri" not in shown  # a number tells enough
    for _press in range(2):
        client.post(page)
    assert sorted(mail.to for mail in mailoutbox) == [["budi@uji.example"], ["sri@uji.example"]]
    body = next(mail.body for mail in mailoutbox if mail.to == [sri.email])
    for part in ("Sri", "Alamat surel", incident.what_happened, incident.handling, agency.dpo_contact):
        assert part in body
    assert IncidentLetter.objects.filter(sent_at__isnull=False).count() == 2
    event = AuditEvent.objects.get(event="incident.people_told")
    assert (event.detail, event.agency_id) == ({"sent": 2, "failed": 0}, agency.pk)
    assert "Surati" not in client.get(page).content.decode()


def test_a_claim_of_a_dead_worker_is_taken_over(agency):
    person = member(agency, email="sri@uji.example")
    incident = incident_at(agency)
    first = incidents.claim_letter(incident=incident, person=person)
    assert first and incidents.claim_letter(incident=incident, person=person) is None
    IncidentLetter.objects.update(claimed_at=timezone.now() - timedelta(hours=1))
    assert incidents.claim_letter(incident=incident, person=person) == first
    incidents.mark_letter_sent(first)
    assert not incidents.untold(incident).exists()


def test_letters_on_paper_come_in_files_and_each_is_recorded(client, agency, administrator, monkeypatch):
    monkeypatch.setattr(incidents, "LETTERS_PER_FILE", 2)
    monkeypatch.setattr(incident_letters, "LETTERS_PER_FILE", 2)
    for name in ("Ani", "Budi", "Cici"):
        member(agency, name=name)
    incident = incident_at(agency)
    files = [incident_letters.papers(incident, number) for number in (1, 2)]
    assert [[section.title for section in file.sections] for file in files] == [["Ani", "Budi"], ["Cici"]]
    client.force_login(administrator)
    page = reverse("privacy:incident_letters", args=[agency.code, incident.public_id])
    answer = client.get(page, {"berkas": "2"})
    assert answer.content.startswith(b"%PDF")
    assert AuditEvent.objects.get(event="incident.letters_printed").detail == {"file": 2}
    for number in ("3", "0", "-1", "x", "9" * 9):
        assert client.get(page, {"berkas": number}).status_code == 404
    assert client.get(page).content.startswith(b"%PDF")


def test_the_report_to_the_authority_names_nobody(agency):
    member(agency, name="Sri Wahyuni", email="sri@uji.example")
    incident = incident_at(agency)
    text = str(incident_letters.to_authority(incident, incidents.numbers_of(incident)).as_data())
    assert "Sri" not in text
    assert incident.what_happened in text


def test_reporting_starts_the_clock_when_it_was_noticed(client, agency, administrator):
    client.force_login(administrator)
    page = reverse("privacy:report_incident", args=[agency.code])
    day = timezone.localdate() - timedelta(days=2)
    body = {
        "title": "Salinan tertinggal",
        "data_classes": ["identity", "email"],
        "since": f"{day}T08:00",
        "until": f"{day}T10:00",
        "noticed_at": f"{day + timedelta(days=1)}T08:00",
        "what_happened": "Salinan tertinggal.",
        "handling": "Dimusnahkan.",
    }
    assert client.post(page, body).status_code == 302
    incident = Incident.objects.get()
    assert incident.due_at - incident.noticed_at == timedelta(hours=72)
    assert incident.since.astimezone(agency.zone).hour == 8  # by the clock of the agency
    tomorrow = timezone.localdate() + timedelta(days=2)
    wrong = (
        {"until": f"{day}T07:00"},
        {"until": f"{tomorrow}T08:00"},
        {"noticed_at": f"{tomorrow}T08:00"},
        {"noticed_at": f"{day - timedelta(days=1)}T08:00"},
        {"data_classes": ["lain"]},
        {"data_classes": []},
        {"since": "kemarin"},
    )
    for change in wrong:
        assert client.post(page, body | change).status_code == 422, change
    assert Incident.objects.count() == 1


def test_another_agency_finds_no_incident(client, agency):
    incident = incident_at(agency)
    other = AgencyFactory()
    client.force_login(person_with_role(Role.AGENCY_ADMINISTRATOR, agency=other))
    for code in (agency.code, other.code):
        assert client.get(reverse("privacy:incident", args=[code, incident.public_id])).status_code == 404
