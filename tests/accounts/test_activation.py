"""Setting a password with a code: once, for the right person, in time, and without telling who has an account."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts import actions
from accounts.activation_codes import digest_of, new_code
from accounts.models import ActivationCode
from accounts.second_factor import add_app
from audit.models import AuditEvent
from tests.factories.accounts import PASSWORD, UserFactory, user_with_password

pytestmark = pytest.mark.django_db

NEW = "kolam ikan di teras barat"
SENTENCE = "NIP dan kode ini tidak cocok"


def code_for(person):
    return actions.issue_codes(users=[person], by=None, agency_id=None)[person]


def forgotten_code_for(person):
    return actions.issue_forgotten_code(user=person, reason="datang sendiri", by=None, agency_id=None)


@pytest.fixture
def newcomer():
    person = UserFactory(name="Sri Rahayu")
    person.set_unusable_password()
    person.save()
    return person


def use(client, nip, code, password=NEW, again=None):
    body = {"nip": nip, "code": code, "password": password, "again": again or password}
    return client.post(reverse("account_activate"), body)


def test_number_and_code_set_the_first_password_and_sign_in(client, newcomer):
    response = use(client, newcomer.nip, code_for(newcomer))
    assert (response.status_code, response.headers["Location"]) == (302, reverse("home"))
    assert client.session["_auth_user_id"] == str(newcomer.pk)
    newcomer.refresh_from_db()
    assert newcomer.check_password(NEW)
    assert AuditEvent.objects.get(event="user.activated").target_id == str(newcomer.pk)


def test_signing_in_by_code_begins_a_new_session_that_holds_no_nip(client, newcomer):
    client.get(reverse("account_activate"))
    session = client.session
    session["before"] = "planted"
    session.save()
    planted = session.session_key
    use(client, newcomer.nip, code_for(newcomer))
    assert client.session.session_key != planted
    assert not Session.objects.filter(session_key=planted).exists()
    assert newcomer.nip not in str(dict(client.session))


def test_a_code_may_be_typed_small_and_without_hyphens(client, newcomer):
    code = code_for(newcomer).lower().replace("-", " ")
    assert use(client, newcomer.nip, code).status_code == 302


def test_a_code_serves_once(client, newcomer):
    code = code_for(newcomer)
    use(client, newcomer.nip, code)
    client.logout()
    response = use(client, newcomer.nip, code, password="kata sandi orang lain")
    assert response.status_code == 422
    assert SENTENCE in response.content.decode()
    newcomer.refresh_from_db()
    assert newcomer.check_password(NEW)


def test_a_newer_code_replaces_the_older_one(client, newcomer):
    older, newer = code_for(newcomer), code_for(newcomer)
    assert use(client, newcomer.nip, older).status_code == 422
    assert use(client, newcomer.nip, newer).status_code == 302


def test_a_code_runs_out(client, newcomer):
    code = code_for(newcomer)
    issued = timezone.now() - timedelta(days=31)
    ActivationCode.objects.update(issued_at=issued, expires_at=issued + actions.CODE_LASTS)
    assert use(client, newcomer.nip, code).status_code == 422


def test_the_code_of_one_person_opens_nothing_for_another(client, newcomer):
    other = UserFactory()
    other.set_unusable_password()
    other.save()
    code_for(other)
    assert use(client, other.nip, code_for(newcomer)).status_code == 422


def test_a_closed_account_stays_closed(client, newcomer):
    code = code_for(newcomer)
    actions.deactivate_user(user=newcomer, by=None)
    assert use(client, newcomer.nip, code).status_code == 422


def test_the_code_is_kept_as_a_keyed_hash_only(newcomer):
    code = code_for(newcomer)
    kept = ActivationCode.objects.get()
    assert code not in str(ActivationCode.objects.values().get())
    assert kept.digest == digest_of(newcomer.pk, newcomer.password, code)
    assert code not in str(list(AuditEvent.objects.values()))


def test_the_key_of_the_hash_is_the_servers_own(newcomer, settings):
    code = code_for(newcomer)
    settings.SECRET_KEY = "another-key"
    assert ActivationCode.objects.get().digest != digest_of(newcomer.pk, newcomer.password, code)


def test_codes_have_no_signs_that_look_alike_and_do_not_repeat():
    codes = {new_code() for _ in range(500)}
    assert len(codes) == 500
    assert not set("".join(codes)) & set("01ILOU")


def test_unknown_number_wrong_code_and_no_code_are_answered_alike_and_with_as_many_queries(client, newcomer):
    active = user_with_password()
    code_for(newcomer)
    pages, queries = [], []
    for number, code in (("198609262015051001", "AAAA"), (newcomer.nip, "AAAA"), (active.nip, "AAAA")):
        cache.clear()
        with CaptureQueriesContext(connection) as asked:
            response = use(client, number, code)
        assert response.status_code == 422
        page = response.content.decode().replace(number, "NIP").partition("<main")[2]
        pages.append(re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page))
        queries.append(len(asked))
    assert pages[0] == pages[1] == pages[2]
    assert len(set(queries)) == 1


def test_the_sixth_guess_waits_even_with_the_right_code(client, newcomer):
    code = code_for(newcomer)
    for _guess in range(5):
        assert use(client, newcomer.nip, "AAAA-BBBB-CCCC").status_code == 422
    response = use(client, newcomer.nip, code)
    assert response.status_code == 429
    assert "tunggu lima menit" in response.content.decode()
    newcomer.refresh_from_db()
    assert not newcomer.has_usable_password()


@pytest.mark.parametrize("password", ["pendek", "123456789012345", "kata sandi", "Sri Rahayu 2026"])
def test_a_weak_password_is_refused_and_the_code_stays_good(client, newcomer, password):
    code = code_for(newcomer)
    assert use(client, newcomer.nip, code, password=password).status_code == 422
    assert use(client, newcomer.nip, code).status_code == 302


def test_two_different_passwords_are_refused(client, newcomer):
    response = use(client, newcomer.nip, code_for(newcomer), again="kolam ikan di teras timur")
    assert "Kedua kata sandi tidak sama" in response.content.decode()


def test_no_password_is_sent_back_in_the_page(client, newcomer):
    assert NEW not in use(client, newcomer.nip, "AAAA-BBBB-CCCC").content.decode()


# --- forgotten passwords --------------------------------------------------------------------------------------------


def test_a_forgotten_password_is_replaced_and_other_sessions_end(client):
    person, elsewhere = user_with_password(), Client()
    elsewhere.post(reverse("account_login"), {"login": person.nip, "password": PASSWORD})
    assert elsewhere.get(reverse("usersessions_list")).status_code == 200
    assert use(client, person.nip, forgotten_code_for(person)).status_code == 302
    person.refresh_from_db()
    assert person.check_password(NEW)
    assert elsewhere.get(reverse("usersessions_list")).status_code == 302
    assert AuditEvent.objects.filter(event="user.password_set_by_code", actor_id=person.pk).exists()
    assert AuditEvent.objects.get(event="user.forgotten_code_issued").detail == {"reason": "datang sendiri"}


def test_the_old_password_stays_good_until_the_code_is_used(client):
    person = user_with_password()
    forgotten_code_for(person)
    assert (
        client.post(reverse("account_login"), {"login": person.nip, "password": PASSWORD}).status_code == 302
    )


def test_whoever_changes_the_password_kills_the_code(client):
    person = user_with_password()
    code = forgotten_code_for(person)
    person.set_password("sandi-yang-baru-sekali")
    person.save()
    assert use(client, person.nip, code).status_code == 422


def test_a_code_for_the_first_password_does_not_replace_a_later_one(client, newcomer):
    code = code_for(newcomer)
    ActivationCode.objects.update(is_for_forgotten=True)
    assert use(client, newcomer.nip, code).status_code == 422


def test_whoever_has_a_password_gets_no_activation_code():
    assert actions.issue_codes(users=[user_with_password()], by=None, agency_id=None) == {}


def test_a_second_factor_is_still_asked_for_after_a_code(client):
    person = user_with_password()
    add_app(user=person, secret="JBSWY3DPEHPK3PXP")
    response = use(client, person.nip, forgotten_code_for(person))
    assert response.headers["Location"].startswith(reverse("mfa_authenticate"))
    assert "_auth_user_id" not in client.session
    assert Authenticator.objects.filter(user=person).exists()


def test_a_code_that_runs_out_before_it_was_made_is_refused_by_the_database(newcomer):
    now = timezone.now()
    with pytest.raises(IntegrityError), transaction.atomic():
        ActivationCode.objects.create(user=newcomer, digest="x", issued_at=now, expires_at=now)


def test_a_password_like_the_name_is_refused_only_after_the_code_is_known_to_be_right(newcomer):
    with pytest.raises(actions.CodeRefused):
        actions.set_password_with_code(nip=newcomer.nip, code="AAAA", password="Sri Rahayu 2026")
    with pytest.raises(ValidationError):
        actions.set_password_with_code(nip=newcomer.nip, code=code_for(newcomer), password="Sri Rahayu 2026")
    assert mail.outbox == []
