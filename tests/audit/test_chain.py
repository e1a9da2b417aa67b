"""Whoever changes, removes or puts in an event of the trail is found, whatever the rights in the database."""

import json
from contextlib import contextmanager
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from agencies.models import Role
from audit import sealing
from audit.actions import erase_person, record
from audit.chain import GENESIS, Entry, commitment_to, link_hash
from audit.freezing import TRAIL_GUARDS
from audit.models import AuditEvent, AuditLink, SealingState
from audit.presenters import describe
from audit.sealing import LONGEST_TRANSACTION, end_of_chain, seal, unsealed
from audit.verifying import Fault, FaultKind, Verification
from tests.factories.accounts import UserFactory
from tests.factories.agencies import person_with_role

pytestmark = pytest.mark.django_db


def some_events(number=5, **fields):
    person = UserFactory(name="Ratna Dewi")
    values = {"event": "agency.created", "by": person, "target": person, "detail": {"z": 1, "a": "ü"}}
    return [record(**values | fields) for _ in range(number)]


def faults(**options):
    return list(Verification().faults(**options))


@contextmanager
def the_guards_lifted():
    """As somebody can who owns the database."""
    connection.check_constraints()  # PostgreSQL drops no trigger while constraints of the transaction are pending
    for guard in TRAIL_GUARDS:
        guard.remove(None, connection.schema_editor())
    yield
    connection.check_constraints()
    for guard in TRAIL_GUARDS:
        guard.install(None, connection.schema_editor())


# --- The arithmetic ---------------------------------------------------------------------------------------------


def test_a_link_is_what_the_documentation_says():
    """Computed by hand, so that a change of the format is noticed: it would break every chain that exists."""
    import hashlib

    at = timezone.datetime(2026, 11, 27, 3, 4, 5, 6, tzinfo=timezone.get_fixed_timezone(420))
    entry = Entry(9, at, "campaign.opened", 4, None, "assessments.campaign", "12", {"b": 1, "a": "é"})
    commitment = hashlib.sha256(b"0123456789abcdef" + b"Ratna").digest()
    line = (
        '[3,9,"2026-11-26T20:04:05.000006+00:00","campaign.opened",4,"' + commitment.hex() + '",null,'
        '"assessments.campaign","12",{"a":"é","b":1}]'
    )
    expected = hashlib.sha256(b"x" * 32 + line.encode()).digest()
    assert commitment_to("Ratna", b"0123456789abcdef") == commitment
    assert link_hash(b"x" * 32, 3, entry, commitment) == expected


# --- Sealing ------------------------------------------------------------------------------------------------------


def test_every_event_gets_its_place_once():
    events = some_events(5)
    first = seal(batch=2)
    assert (first.number, first.position) == (5, 5)
    assert list(AuditLink.objects.values_list("position", "event_id")) == [
        (number, event.pk) for number, event in enumerate(events, start=1)
    ]
    assert seal().number == 0
    assert seal().head == first.head


def test_recording_stays_one_query(django_assert_num_queries):
    person = UserFactory()
    with django_assert_num_queries(1):
        record(event="agency.created", by=person, target=person)


def test_sealing_takes_as_many_queries_for_many_events_as_for_few(django_assert_max_num_queries):
    some_events(1)
    seal()
    some_events(2)
    with django_assert_max_num_queries(9):
        seal()
    some_events(100)
    with django_assert_max_num_queries(9):
        seal()


def test_an_event_that_comes_to_light_late_is_sealed_all_the_same():
    """Its transaction got the id early and ended late."""
    events = some_events(4)
    late = events[1]
    with the_guards_lifted():
        AuditEvent.objects.filter(pk=late.pk).delete()
    seal()
    late.save(force_insert=True)
    assert seal().number == 1
    assert AuditLink.objects.get(event_id=late.pk).position == 4
    assert faults() == []


def test_what_is_settled_is_not_looked_through_again(monkeypatch):
    some_events(3)
    seal()
    SealingState.objects.update(noted_at=timezone.now() - LONGEST_TRANSACTION)
    seal()  # notes what there is
    assert SealingState.objects.get().settled_id == 0
    SealingState.objects.update(noted_at=timezone.now() - LONGEST_TRANSACTION)
    some_events(1)
    seal()
    state = SealingState.objects.get()
    assert state.settled_id == AuditLink.objects.get(position=3).event_id
    assert not unsealed(state).exists()


def test_the_head_goes_to_the_log(caplog):
    some_events(2)
    with caplog.at_level("INFO", logger=sealing.__name__):
        sealed = seal()
    assert sealed.head.hex() in caplog.text


# --- What is found ------------------------------------------------------------------------------------------------


def test_an_empty_trail_is_whole():
    assert faults() == []
    assert seal().head == GENESIS


def test_an_untouched_trail_is_whole():
    some_events(7)
    seal(batch=3)
    verification = Verification()
    assert list(verification.faults()) == []
    assert (verification.sealed, verification.waiting, verification.erased) == (7, 0, 0)


@pytest.mark.parametrize(
    "change",
    [
        {"actor_label": "Orang Lain"},
        {"actor_label": ""},
        {"actor_id": 0},
        {"event": "agency.removed"},
        {"agency_id": 77},
        {"target_id": "77"},
        {"target_model": "accounts.other"},
        {"detail": {}},
        {"at": timezone.datetime(2020, 1, 1, tzinfo=timezone.get_fixed_timezone(0))},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_changed_event_is_named(change):
    events = some_events(5)
    seal()
    with the_guards_lifted():
        AuditEvent.objects.filter(pk=events[2].pk).update(**change)
    assert faults() == [Fault(FaultKind.ALTERED, events[2].pk)]


def test_a_removed_event_is_named():
    events = some_events(5)
    seal()
    with the_guards_lifted():
        events[3].delete()
    assert faults() == [Fault(FaultKind.REMOVED, AuditLink.objects.get(position=4).event_id)]


def test_an_event_that_is_removed_with_its_link_leaves_a_gap():
    events = some_events(5)
    seal()
    with the_guards_lifted():
        AuditLink.objects.filter(event_id=events[1].pk).delete()
        AuditEvent.objects.filter(pk=events[1].pk).delete()
    assert faults() == [Fault(FaultKind.LINK_MISSING, 2), Fault(FaultKind.ALTERED, events[2].pk)]


def test_events_that_changed_places_are_named():
    events = some_events(4)
    seal()
    with the_guards_lifted():
        AuditLink.objects.filter(position=2).update(event_id=0)
        AuditLink.objects.filter(position=3).update(event_id=events[1].pk)
        AuditLink.objects.filter(position=2).update(event_id=events[2].pk)
    assert {fault.number for fault in faults()} == {events[1].pk, events[2].pk}


def test_an_event_put_in_with_an_old_date_is_named():
    some_events(2)
    seal()
    [forged] = some_events(1)
    with the_guards_lifted():
        AuditEvent.objects.filter(pk=forged.pk).update(at=timezone.now() - timedelta(days=3))
    assert faults() == [Fault(FaultKind.UNSEALED, forged.pk)]


def test_an_event_of_a_moment_ago_only_waits():
    some_events(2)
    seal()
    some_events(1)
    verification = Verification()
    assert list(verification.faults()) == []
    assert verification.waiting == 1


def test_a_trail_whose_end_was_cut_off_is_found_by_the_head_that_was_noted():
    events = some_events(5)
    head = seal().head
    assert faults(known_head=head) == []
    with the_guards_lifted():
        AuditLink.objects.filter(position__gt=3).delete()
        AuditEvent.objects.filter(pk__gt=events[2].pk).delete()
    assert faults() == []
    assert faults(known_head=head) == [Fault(FaultKind.HEAD_UNKNOWN, 0)]


def test_a_head_noted_earlier_still_stands_in_a_chain_that_has_grown():
    some_events(3)
    head = seal().head
    some_events(4)
    seal()
    verification = Verification()
    assert list(verification.faults(known_head=head)) == []
    assert verification.known_at == 3


def test_verifying_reads_in_pieces(monkeypatch, django_assert_max_num_queries):
    monkeypatch.setattr("audit.verifying.CHUNK", 4)
    some_events(10)
    seal()
    with django_assert_max_num_queries(8):  # three pieces of two queries, an empty one, and what has no link
        assert faults() == []


# --- The guards of the database -----------------------------------------------------------------------------------


@pytest.mark.parametrize("column", ["event", "actor_label", "target_id"])
def test_the_database_refuses_to_change_an_event(column):
    some_events(1)
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        AuditEvent.objects.update(**{column: "lain"})


def test_the_database_refuses_to_change_a_link():
    some_events(1)
    seal()
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        AuditLink.objects.update(hash=b"x" * 32)
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        AuditLink.objects.update(salt=b"x" * 16)


@pytest.mark.postgres_only
@pytest.mark.parametrize("model", [AuditEvent, AuditLink])
def test_postgresql_refuses_to_remove_anything(model):
    some_events(1)
    seal()
    with pytest.raises(IntegrityError, match="never removed"), transaction.atomic():
        model.objects.all().delete()


def test_there_is_one_state_of_sealing():
    with pytest.raises(IntegrityError), transaction.atomic():
        SealingState.objects.create(pk=2, noted_at=timezone.now())


# --- Erasing a person ---------------------------------------------------------------------------------------------


def test_a_name_is_erased_and_the_chain_holds():
    person, other = UserFactory(name="Ratna Dewi"), UserFactory(name="Budi")
    for by in (person, other, person):
        record(event="agency.created", by=by, target=other)
    assert erase_person(person=person, by=other) == 2
    seal()
    verification = Verification()
    assert list(verification.faults()) == []
    assert verification.erased == 2
    labels = AuditEvent.objects.order_by("pk").values_list("actor_label", flat=True)
    assert list(labels) == ["", "Budi", "", "Budi"]
    told = AuditEvent.objects.get(event="audit.names_erased")
    assert (told.target_id, told.detail) == (str(person.pk), {"events": 2})
    assert not AuditLink.objects.filter(
        event_id__in=AuditEvent.objects.filter(actor_label="").values("pk")
    ).exclude(salt=b"")


def test_what_was_done_stays_in_words():
    [event] = some_events(1)
    erase_person(person=UserFactory._meta.model.objects.get(pk=event.actor_id), by=None)
    event.refresh_from_db()
    assert describe(event).startswith("nama sudah dihapus: instansi dibuat")


def test_an_erased_name_cannot_be_written_anew():
    [event] = some_events(1)
    erase_person(person=UserFactory._meta.model.objects.get(pk=event.actor_id), by=None)
    with the_guards_lifted():
        AuditEvent.objects.filter(pk=event.pk).update(actor_label="Ratna Dewi")
    assert Fault(FaultKind.ALTERED, event.pk) in faults()


# --- The commands and the page ------------------------------------------------------------------------------------


def run(*arguments):
    out, err = StringIO(), StringIO()
    call_command(*arguments, stdout=out, stderr=err)
    return out.getvalue() + err.getvalue()


def test_the_commands_tell_the_head_of_a_whole_trail():
    some_events(3)
    assert "3 peristiwa disegel" in run("seal_audit")
    head = seal().head.hex()
    said = run("verify_audit", "--head", head)
    assert "3 peristiwa tersegel diperiksa" in said
    assert "Ujung yang diberikan ada pada tempat 3" in said


def test_the_command_names_faults_and_fails():
    events = some_events(3)
    seal()
    with the_guards_lifted():
        AuditEvent.objects.filter(pk=events[0].pk).update(event="lain.lagi")
    err = StringIO()
    with pytest.raises(CommandError, match="tidak utuh: 1 temuan"):
        call_command("verify_audit", stdout=StringIO(), stderr=err)
    assert f"Peristiwa {events[0].pk} diubah" in err.getvalue()


def test_a_head_that_is_none_is_refused():
    with pytest.raises(CommandError, match="64 digit"):
        run("verify_audit", "--head", "abc")


def test_the_auditor_sees_the_end_of_the_chain(client):
    some_events(2)
    client.force_login(person_with_role(Role.AUDITOR))
    seal()
    page = client.get(reverse("admin:audit_auditevent_changelist"))
    end = end_of_chain()
    assert end.head in page.text
    assert f"tempat {end.position}" in page.text


def test_details_come_back_as_they_were_sealed():
    """PostgreSQL keeps JSON in an order and a notation of its own."""
    some_events(1, detail=json.loads('{"b": [1, 2.50, null, {"y": "é", "x": true}], "a": 1e3, "": "x"}'))
    seal()
    assert faults() == []
