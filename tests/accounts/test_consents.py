"""Consents: to which words, never changed afterwards; and what restricting leaves alone."""

import hashlib

import pytest
from django.db import DatabaseError, transaction
from django.utils.translation import override

from accounts.consents import NAMES, WORDINGS, latest_consents, record_consent
from accounts.models import Consent, ProcessingRestriction, User
from accounts.restricting import lift_restriction, restrict_processing, usable
from audit.models import AuditEvent
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

# The fingerprint of every wording by its number. A changed sentence needs a new number and a line here; old ones stay.
FINGERPRINTS = {
    ("period_reminders", 1): "7102a9ea275f",
    ("plan_reminders", 1): "6b61773e7c8c",
    ("report_share", 1): "cd459cece100",
}


def test_a_wording_changes_only_with_its_number():
    with override("id"):
        found = {
            (str(purpose), number): hashlib.sha256(str(text).encode()).hexdigest()[:12]
            for purpose, (number, text) in WORDINGS.items()
        }
    assert found == {key: FINGERPRINTS.get(key) for key in found}
    assert WORDINGS.keys() == NAMES.keys() == set(Consent.Purpose)


def test_a_choice_keeps_its_words_language_and_time():
    person = UserFactory()
    with override("en"):
        given = record_consent(person=person, purpose=Consent.Purpose.PLAN_REMINDERS, is_given=True)
    record_consent(person=person, purpose=Consent.Purpose.PLAN_REMINDERS, is_given=False)
    assert (given.language, given.wording) == ("en", WORDINGS[Consent.Purpose.PLAN_REMINDERS][0])
    assert not latest_consents(person)["plan_reminders"].is_given
    assert person.consents.count() == 2


def test_the_database_refuses_to_change_a_consent():
    given = record_consent(person=UserFactory(), purpose=Consent.Purpose.REPORT_SHARE, is_given=True)
    with pytest.raises(DatabaseError), transaction.atomic():
        Consent.objects.filter(pk=given.pk).update(is_given=False)
    assert Consent.objects.get().is_given


def test_restricting_twice_is_once_and_can_be_lifted():
    person, other = UserFactory(), UserFactory()
    assert restrict_processing(person=person, by=person)
    assert not restrict_processing(person=person, by=person)
    assert list(usable(User.objects.all(), person="pk")) == [other]
    assert lift_restriction(person=person, by=person)
    assert not lift_restriction(person=person, by=person)
    assert set(usable(User.objects.all(), person="pk")) == {person, other}
    events = AuditEvent.objects.order_by("pk").values_list("event", flat=True)
    assert list(events) == ["processing.restricted", "processing.restriction_lifted"]
    assert not ProcessingRestriction.objects.exists()
