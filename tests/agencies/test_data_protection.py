"""Privacy notices by number, and whom people ask."""

import pytest
from django.db import DatabaseError, transaction

from agencies.data_protection import (
    STANDARD,
    change_dpo_contact,
    current_version,
    notice_of,
    publish_notice,
    versions_of,
)
from agencies.models import PrivacyNotice
from agencies.policies import PolicyError
from audit.models import AuditEvent
from tests.factories.agencies import AgencyFactory

pytestmark = pytest.mark.django_db


def publish(agency, text="Kami menjaga data Anda."):
    return publish_notice(agency=agency, text_id=text, text_en="We protect your data.", by=None)


def test_without_a_notice_of_its_own_the_standard_one_holds():
    agency = AgencyFactory()
    assert current_version(agency) == STANDARD
    assert [version for version, _name in versions_of(agency)] == [STANDARD]
    assert notice_of(agency, STANDARD) is None


def test_every_change_is_a_new_number_and_the_old_one_stays():
    agency, other = AgencyFactory(), AgencyFactory()
    publish(agency)
    publish(agency, "Kami menjaga data Anda dengan lebih baik.")
    publish(other)
    assert [version for version, _name in versions_of(agency)] == ["2", "1", STANDARD]
    assert current_version(agency) == "2"
    assert notice_of(agency, "1").text_id == "Kami menjaga data Anda."
    assert notice_of(agency, "3") is None
    assert AuditEvent.objects.filter(event="privacy_notice.published", agency_id=agency.pk).count() == 2


@pytest.mark.parametrize("text", ["", "  \n", "Kami menjaga data Anda."])
def test_nothing_empty_and_nothing_unchanged_is_published(text):
    agency = AgencyFactory()
    publish(agency)
    with pytest.raises(PolicyError):
        publish(agency, text)
    assert PrivacyNotice.objects.count() == 1


def test_the_database_refuses_to_change_a_notice():
    notice = publish(AgencyFactory())
    with pytest.raises(DatabaseError), transaction.atomic():
        PrivacyNotice.objects.filter(pk=notice.pk).update(text_id="Lain")
    PrivacyNotice.objects.filter(pk=notice.pk).update(published_by=None)  # an account may go


def test_the_contact_changes_once_and_never_to_nobody():
    agency = AgencyFactory()
    assert change_dpo_contact(agency=agency, contact=" ppdp@baru.example ", by=None)
    assert not change_dpo_contact(agency=agency, contact="ppdp@baru.example", by=None)
    with pytest.raises(PolicyError):
        change_dpo_contact(agency=agency, contact=" ", by=None)
    agency.refresh_from_db()
    assert agency.dpo_contact == "ppdp@baru.example"
    assert AuditEvent.objects.filter(event="agency.dpo_contact_changed").count() == 1
