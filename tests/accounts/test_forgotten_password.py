"""A forgotten password: the same answer for everybody, a link that opens once, and no way around the second factor."""

import re
from urllib.parse import urlsplit

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from audit.models import AuditEvent
from tests.accounts.test_sessions import is_in, signed_in
from tests.factories.accounts import PASSWORD, UserFactory, user_with_password
from tests.factories.second_factors import with_app

pytestmark = pytest.mark.django_db

NEW = "sandi-baru-yang-panjang"
NOBODYS_NIP = "198609262015051001"


@pytest.fixture
def person():
    return user_with_password(email="ratna@uji.example", name="Ratna Puspita")


def ask(client, nip):
    return client.post(reverse("account_reset_password"), {"nip": nip}, follow=True)


def link():
    return urlsplit(re.search(r"http\S+/lupa-kata-sandi/\S+", mail.outbox[-1].body)[0]).path


def choose(client, path, password=NEW):
    """Opens the link and gives a new password."""
    page = client.get(path, follow=True)
    url = page.redirect_chain[-1][0] if page.redirect_chain else path
    return client.post(url, {"password1": password, "password2": password}, follow=True)


def test_a_person_with_an_address_gets_a_link_and_a_new_password(client, person):
    ask(client, person.nip)
    assert mail.outbox[0].to == ["ratna@uji.example"]
    assert "Kata sandi sudah diganti" in choose(client, link()).content.decode()
    person.refresh_from_db()
    assert person.check_password(NEW)
    assert AuditEvent.objects.filter(event="user.password_reset_by_mail", target_id=str(person.pk)).exists()


def test_everybody_is_answered_alike(client, person):
    closed = user_with_password(email="a@uji.example", is_active=False)
    never_activated, without_address = UserFactory(email="b@uji.example"), user_with_password()
    pages = {
        nip: re.sub(r'value="[^"]{60,}"', "", ask(client, nip).content.decode())
        for nip in (person.nip, closed.nip, never_activated.nip, without_address.nip, NOBODYS_NIP)
    }
    assert len(set(pages.values())) == 1
    assert len(mail.outbox) == 1


def test_the_page_does_the_same_work_for_everybody(client, person, settings):
    """With workers, as on a server: the mail is written after the answer, and an unknown number has an entry too."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    counts = []
    for nip in (person.nip, NOBODYS_NIP):
        with CaptureQueriesContext(connection) as queries:
            client.post(reverse("account_reset_password"), {"nip": nip})
        counts.append(len(queries.captured_queries))
    assert counts[0] == counts[1]
    assert DBTaskResult.objects.count() == 2
    assert not mail.outbox


def test_neither_mail_nor_queue_nor_address_holds_the_number(client, person):
    ask(client, person.nip)
    assert person.nip not in mail.outbox[0].body + mail.outbox[0].subject
    assert "Ratna Puspita" in mail.outbox[0].body


def test_a_link_opens_once(client, person):
    ask(client, person.nip)
    path = link()
    choose(client, path)
    assert "Tautan ini tidak berlaku" in client.get(path, follow=True).content.decode()


def test_a_link_opens_for_an_hour(client, person):
    with time_machine.travel(1_795_600_800, tick=False) as clock:
        ask(client, person.nip)
        clock.shift(61 * 60)
        assert "Tautan ini tidak berlaku" in client.get(link(), follow=True).content.decode()


def test_a_weak_password_is_refused_with_the_reason(client, person):
    ask(client, person.nip)
    page = choose(client, link(), "123456789012").content.decode()
    assert "Isian ini perlu diperbaiki" in page
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_a_new_password_does_not_replace_the_second_factor(client, person):
    with_app(person)
    ask(client, person.nip)
    choose(client, link())
    response = client.post(reverse("account_login"), {"login": person.nip, "password": NEW})
    assert response.headers["Location"] == reverse("mfa_authenticate")


def test_a_new_password_signs_out_every_device(client, person):
    elsewhere = signed_in(person)
    ask(client, person.nip)
    choose(client, link())
    assert not is_in(elsewhere)


def test_changing_the_password_signs_out_the_others_and_is_told_by_mail(person):
    here, elsewhere = signed_in(person), signed_in(person)
    given = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    here.post(reverse("account_change_password"), given)
    assert (is_in(here), is_in(elsewhere)) == (True, False)
    assert "kata sandi diganti" in mail.outbox[0].body
    assert "password changed" in mail.outbox[0].body


def test_a_mailbox_is_not_filled_by_strangers(client, person):
    for _number in range(10):
        ask(client, person.nip)
    assert len(mail.outbox) == 3


def test_an_impossible_number_is_said_at_once(client):
    page = client.post(reverse("account_reset_password"), {"nip": "123"})
    assert page.status_code == 422
    assert "NIP terdiri atas 18 angka" in page.content.decode()


@pytest.mark.parametrize("path", ["1-x/", "zzzzzzzzzzzzz-x/", "1-set-password/"])
def test_an_invented_link_says_that_it_does_not_serve(client, path):
    page = client.get(f"/akun/lupa-kata-sandi/{path}", follow=True)
    assert "Tautan ini tidak berlaku" in page.content.decode()
