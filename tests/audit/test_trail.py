import re
from pathlib import Path

import pytest
from django.conf import settings

from audit.actions import record
from audit.models import AuditEvent
from audit.presenters import SENTENCES, describe
from tests.factories.accounts import UserFactory

RECORDED = re.compile(r'(?:event=|_record\(|_event\()"([a-z_]+\.[a-z_]+)"')


def sources_of_apps():
    """The text of every module of ours but the one that holds the sentences."""
    apps = [file.parent for file in Path(settings.BASE_DIR).glob("*/apps.py")]
    files = [
        path
        for app in apps
        for path in app.rglob("*.py")
        if path.name != "presenters.py" or app.name != "audit"
    ]
    return [path.read_text(encoding="utf-8") for path in files]


def test_every_recorded_event_has_a_sentence():
    events = {name for source in sources_of_apps() for name in RECORDED.findall(source)}
    assert len(events) > 60
    assert events <= set(SENTENCES)


def test_no_sentence_speaks_of_an_event_that_nothing_records():
    everything = "\n".join(sources_of_apps())
    assert [name for name in SENTENCES if f'"{name}"' not in everything] == []


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
