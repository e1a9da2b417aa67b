"""The e-mail to the recipient: that something is there, never whose or what."""

import logging

import pytest
from django.core import mail
from django.urls import reverse

from reports.models import ReportShare
from tests.factories.accounts import UserFactory
from tests.factories.agencies import AgencyFactory, placed_person, root_of
from tests.factories.assessments import submitted_attempt
from tests.factories.questionnaires import published_version
from tests.factories.sharing import share_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def attempt():
    owner = placed_person(root_of(AgencyFactory()), name="Rahasia Namanya")
    return submitted_attempt(owner, published_version())


def share(attempt, recipient, commit, **fields):
    with commit(execute=True):
        return share_of(attempt, recipient, "RAPI", note="Pesan rahasia", **fields)


def test_it_is_sent_when_the_owner_wants_it(attempt, django_capture_on_commit_callbacks, settings):
    superior = UserFactory(name="Budi <b>Santoso</b>", email="budi@uji.example")
    share(attempt, superior, django_capture_on_commit_callbacks, wants_mail=True)
    [message] = mail.outbox
    assert message.to == ["budi@uji.example"]
    assert message.subject == "Cermin ASN: ada laporan yang dibagikan kepada Anda"
    assert "Yth. Budi <b>Santoso</b>," in message.body
    assert "Dear Budi <b>Santoso</b>," in message.body
    assert settings.SITE_URL + reverse("reports:shares") in message.body
    for private in ("Rahasia Namanya", "Pesan rahasia", "Bank Kecil", attempt.person.nip, superior.nip):
        assert private not in message.subject + message.body


def test_it_is_not_sent_unasked_or_without_an_address(attempt, django_capture_on_commit_callbacks):
    first = share(attempt, UserFactory(email="budi@uji.example"), django_capture_on_commit_callbacks)
    ReportShare.objects.filter(pk=first.pk).delete()
    share(attempt, UserFactory(email=""), django_capture_on_commit_callbacks, wants_mail=True)
    assert mail.outbox == []


def test_a_mail_server_that_refuses_leaves_the_share_and_no_address_in_the_log(
    attempt, django_capture_on_commit_callbacks, settings, caplog
):
    settings.EMAIL_BACKEND = "tests.reports.sharing.test_mail.Refusing"
    superior = UserFactory(email="budi@uji.example")
    with caplog.at_level(logging.ERROR):
        share(attempt, superior, django_capture_on_commit_callbacks, wants_mail=True)
    assert ReportShare.objects.filter(recipient=superior).exists()
    assert "could not be sent: OSError" in caplog.text
    assert "budi@uji.example" not in caplog.text


class Refusing:
    """A mail server that says no and repeats the address."""

    def __init__(self, **options):
        pass

    def send_messages(self, messages):
        raise OSError(f"no such mailbox {messages[0].to}")
