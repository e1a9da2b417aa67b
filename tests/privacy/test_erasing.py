"""Erasure is real: no table holds the person any more, and what was frozen stays as it was."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from accounts.models import User
from agencies.models import RosterUpload
from assessments.models import Assignment, Attempt, ScoreSheet
from audit.models import AuditEvent
from audit.verifying import Verification
from development.models import Goal
from privacy.erasing import ERASED_NAME, StillNeeded, erase_person, relations_of_a_person
from privacy.own_data import own_data
from reports.models import ReportShare, ResultCell, ResultDetail
from tests.factories.accounts import UserFactory
from tests.factories.agencies import AgencyFactory
from tests.factories.questionnaires import published_version
from tests.privacy.test_own_data import somebody
from tests.reports.worlds import frozen_world

pytestmark = pytest.mark.django_db

REASON = "Permintaan 12/PDP/2026"


def cells():
    """Every cell of every table as text, with the table's name."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - a table of ours
            for row in cursor.fetchall():
                yield from (
                    (table, bytes(value) if isinstance(value, memoryview) else value) for value in row
                )


def tables_with(*words):
    found = set()
    for table, value in cells():
        text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
        # The fixture's colleagues bear the person's name in theirs.
        text = text.replace("Atasan dari Sri Wahyuniarti", "")
        if any(word in text for word in words):
            found.add(table)
    return found


@pytest.fixture
def person():
    agency = AgencyFactory()
    return User.objects.get(pk=somebody(agency, published_version(), name="Sri Wahyuniarti").pk)


def test_no_table_holds_the_person_any_more(person):
    person.email = "sri.wahyuniarti@uji.example"
    person.save()
    words = (person.nip, "Sri Wahyuniarti", "sri.wahyuniarti")
    assert len(tables_with(*words)) > 5
    erase_person(person=person, reason=REASON, by=None)
    assert tables_with(*words) == set()


def test_the_account_stays_as_a_number_without_a_door(person):
    erase_person(person=person, reason=REASON, by=None)
    person.refresh_from_db()
    assert (person.nip, person.name, person.email) == (None, ERASED_NAME, "")
    assert not person.is_active and not person.has_usable_password()
    shown = {part.table.code for part in own_data(person).parts if part.rows}
    assert shown <= {"person", "admin_log", "events_about", "events_by", "own_looks", "shares_received"}, (
        shown
    )


def test_what_others_hold_stays_theirs(person):
    given_to_me = ReportShare.objects.get(recipient=person)
    erase_person(person=person, reason=REASON, by=None)
    given_to_me.refresh_from_db()
    assert given_to_me.recipient.name == ERASED_NAME
    assert not ReportShare.objects.open_at(timezone.now()).filter(pk=given_to_me.pk).exists()
    assert not ReportShare.objects.filter(owner=person).exists()


def test_frozen_results_stay_as_they_are():
    made = frozen_world({"utara": 12, "selatan": 11})
    frozen = [list(model.objects.order_by("pk").values()) for model in (ResultCell, ResultDetail)]
    person = made.people["utara"][0]
    erasure = erase_person(person=person, reason=REASON, by=made.analyst)
    assert erasure.rows["assessments.ScoreSheet"] == 1
    assert frozen == [list(model.objects.order_by("pk").values()) for model in (ResultCell, ResultDetail)]
    for model in (Attempt, Assignment, Goal):
        assert not model.objects.filter(person=person).exists()
    assert ScoreSheet.objects.count() == 22


def test_the_trail_keeps_the_act_and_loses_the_name(person):
    did = AuditEvent.objects.filter(actor_id=person.pk).count()
    assert did
    erase_person(person=person, reason=REASON, by=UserFactory())
    assert AuditEvent.objects.filter(actor_id=person.pk).count() >= did
    assert set(AuditEvent.objects.filter(actor_id=person.pk).values_list("actor_label", flat=True)) == {""}
    event = AuditEvent.objects.get(event="person.erased")
    assert event.detail["reason"] == REASON and event.detail["rows"] > 10
    assert list(Verification().faults()) == []


def test_what_the_person_did_in_office_stays():
    person = UserFactory()
    upload = RosterUpload.objects.create(
        agency=AgencyFactory(), kind="units", uploaded_by=person, uploaded_at=timezone.now()
    )
    erase_person(person=person, reason=REASON, by=None)
    upload.refresh_from_db()
    assert upload.uploaded_by == person


def test_whoever_adds_a_table_of_people_has_it_erased_too():
    models = {relation.related_model._meta.label for relation in relations_of_a_person()}
    hang_on_them = {
        "assessments.Attempt",
        "development.Goal",
        "assessments.ListedPerson",
        "accounts.ActivationCode",
    }
    assert hang_on_them | {"mfa.Authenticator", "usersessions.UserSession", "agencies.Placement"} <= models
    assert not any(label.split(".")[0] in ("reports", "admin") for label in models - {"reports.ReportShare"})


def test_twice_does_no_harm(person):
    erase_person(person=person, reason=REASON, by=None)
    assert erase_person(person=person, reason=REASON, by=None).removed == 0


def test_a_technical_superuser_is_refused():
    person = UserFactory(is_superuser=True)
    with pytest.raises(StillNeeded):
        erase_person(person=person, reason=REASON, by=None)
    person.refresh_from_db()
    assert person.nip


class TestCommand:
    def run(self, monkeypatch, *answers):
        given = iter(answers)
        monkeypatch.setattr("builtins.input", lambda _prompt: next(given))
        call_command("erase_person")

    def test_erases_whom_it_was_told_to(self, monkeypatch, capsys):
        person = UserFactory(name="Sari")
        self.run(monkeypatch, person.nip, REASON, person.get_full_name())
        person.refresh_from_db()
        assert person.nip is None
        assert "dihapus" in capsys.readouterr().out

    @pytest.mark.parametrize(("reason", "name"), [("pendek", "Sari"), (REASON, "Sri"), (REASON, "")])
    def test_erases_nobody_by_mistake(self, monkeypatch, reason, name):
        person = UserFactory(name="Sari")
        with pytest.raises(CommandError, match="Tidak ada yang dihapus"):
            self.run(monkeypatch, person.nip, reason, name)
        person.refresh_from_db()
        assert person.name == "Sari"

    @pytest.mark.parametrize("chosen", [0, 1])
    def test_asks_which_of_two_accounts_with_one_number(self, monkeypatch, settings, chosen):
        settings.NIP_KEYS = ["old-key-" + "a" * 40]
        first = UserFactory(name="Sari")
        settings.NIP_KEYS = ["new-key-" + "b" * 40, *settings.NIP_KEYS]
        people = [first, UserFactory(name="Sri", nip=first.nip)]
        wanted, other, number = people[chosen], people[1 - chosen], first.nip
        self.run(monkeypatch, number, str(wanted.pk), REASON, wanted.get_full_name())
        wanted.refresh_from_db()
        other.refresh_from_db()
        assert (wanted.nip, other.nip) == (None, number)

    def test_says_that_there_is_no_such_person(self, monkeypatch):
        with pytest.raises(CommandError, match="Tidak ada akun"):
            self.run(monkeypatch, "0" * 18)
