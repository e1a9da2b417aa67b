import re
from pathlib import Path

import pytest
from django.conf import settings

from audit.actions import record
from audit.models import AuditEvent
from audit.presenters import SENTENCES, describe
from tests.factories.accounts import UserFactory

OUR_APPS = (
    "accounts",
    "agencies",
    "questionnaires",
    "scoring",
    "assessments",
    "panels",
    "reports",
    "development",
    "demo",
)
EVENT = re.compile(r'event="([a-z_]+\.[a-z_]+)"')


def recorded_events():
    """Every event name that an action writes, read from the sources."""
    files = [path for app in OUR_APPS for path in Path(settings.BASE_DIR, app).rglob("*.py")]
    return {name for path in files for name in EVENT.findall(path.read_text(encoding="utf-8"))}


def test_every_recorded_event_has_a_sentence_and_every_sentence_an_event():
    events = recorded_events()
    assert len(events) > 20
    assert events == set(SENTENCES)


@pytest.mark.django_db
def test_an_event_says_who_did_what_to_which_record():
    person, target = UserFactory(name="Ratna"), UserFactory()
    event = record(event="user.deactivated", by=person, target=target, agency_id=7, detail={"why": "pindah"})
    stored = AuditEvent.objects.get(pk=event.pk)
    assert describe(stored) == f"Ratna: akun dinonaktifkan (accounts.user {target.pk})"
    assert (stored.agency_id, stored.detail) == (7, {"why": "pindah"})


@pytest.mark.django_db
def test_the_part_of_a_draft_is_named_in_words():
    event = record(event="item.moved", by=None, target=UserFactory())
    assert describe(event).startswith("sistem: butir dipindahkan")


@pytest.mark.django_db
def test_the_trail_outlives_the_person_it_speaks_of():
    person = UserFactory()
    record(event="user.created", by=None, target=person)
    person.delete()
    assert AuditEvent.objects.count() == 1


@pytest.mark.django_db
def test_no_event_holds_a_nip():
    person = UserFactory()
    record(event="user.created", by=person, target=person)
    assert person.nip not in str(AuditEvent.objects.values().get())
