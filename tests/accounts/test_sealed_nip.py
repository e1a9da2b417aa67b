"""The database holds no number that can be read, and the product works as if it did."""

import zlib

import pytest
from django.core.exceptions import FieldError, ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from accounts import resealing
from accounts.adapter import AccountAdapter
from accounts.models import User
from accounts.sealed_nip import SEALED_SHAPE, UnknownKey, newest_key_id, seal_nip, unseal_nip
from accounts.sealing import unseal_file
from monitoring import probes
from tests.factories.accounts import UserFactory
from tests.factories.agencies import AgencyFactory
from tests.factories.rosters import brought, csv_file, nip_of

OLD, NEW = "old-key-" + "a" * 40, "new-key-" + "b" * 40

numbers = st.text("0123456789", min_size=18, max_size=18)


def stored(person):
    """The cell as it stands in the database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nip FROM accounts_user WHERE id = %s", [person.pk])
        return cursor.fetchone()[0]


def store(person, text):
    """Writes the cell past the model, as a server of the release before does."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_user SET nip = %s WHERE id = %s", [text, person.pk])


def people_under(settings, key, count):
    settings.NIP_KEYS = [key]
    return UserFactory.create_batch(count)


# --- sealing ------------------------------------------------------------------------------------------------


@given(numbers)
def test_a_number_comes_back_and_is_sealed_to_the_same_text_every_time(number):
    sealed = seal_nip(number)
    assert unseal_nip(sealed) == number
    assert seal_nip(number) == sealed
    assert number not in sealed


@given(numbers, numbers)
def test_two_numbers_are_never_sealed_to_one_text(one, other):
    assert (seal_nip(one) == seal_nip(other)) == (one == other)


@pytest.mark.parametrize(
    "place", [0, 9, 30, 54], ids=["name of the key", "vector", "first letters", "last letter"]
)
def test_a_text_that_was_tampered_with_opens_nothing(place):
    sealed = seal_nip("198001012012011903")
    other = "f" if sealed[place] != "f" else "0"
    with pytest.raises(UnknownKey, match="NIP_KEYS"):
        unseal_nip(sealed[:place] + other + sealed[place + 1 :])


@pytest.mark.parametrize(
    "text", ["", "19800101201201190", "1980010120120119033", "19800101201201190x", "١" * 18]
)
def test_only_eighteen_digits_are_sealed_and_the_refusal_does_not_repeat_them(text):
    with pytest.raises(ValueError, match="18 angka") as fault:
        seal_nip(text)
    assert not text or text not in str(fault.value)


# --- the column ---------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_cell_is_sealed_and_the_model_is_not():
    person = UserFactory()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM accounts_user WHERE nip LIKE %s", [f"%{person.nip[:8]}%"])
        assert cursor.fetchone() == (0,)
    assert stored(person).startswith(f"{newest_key_id()}.")
    assert User.objects.filter(pk=person.pk, nip__stored=SEALED_SHAPE).exists()
    assert User.objects.get(pk=person.pk).nip == person.nip
    assert list(User.objects.filter(pk=person.pk).values_list("nip", flat=True)) == [person.nip]


@pytest.mark.django_db
def test_a_person_is_found_by_the_whole_number():
    person, other = UserFactory.create_batch(2)
    nobody = User.objects.create(nip=None, name="Tanpa NIP")
    assert User.objects.get(nip=person.nip) == person
    assert User.objects.get(nip__iexact=person.nip) == person
    assert set(User.objects.filter(nip__in=[person.nip, other.nip, None, "tidak"])) == {person, other}
    assert set(User.objects.exclude(nip=person.nip)) == {other, nobody}
    assert User.objects.get(nip=None) == nobody
    assert User.objects.get(nip__isnull=True) == nobody
    for text in ("", "bukan NIP", person.nip[:17], person.nip + "0", stored(person), "\x00" * 18):
        assert not User.objects.filter(nip=text).exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "lookup", ["contains", "startswith", "endswith", "icontains", "regex", "gt", "lt", "range"]
)
def test_asking_for_a_part_of_a_number_is_an_error(lookup):
    with pytest.raises(FieldError):
        User.objects.filter(**{f"nip__{lookup}": "1980"}).exists()


@pytest.mark.django_db
def test_a_number_belongs_to_one_account():
    person = UserFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        UserFactory(nip=person.nip)
    with pytest.raises(ValidationError, match="NIP"):
        User(nip=person.nip, name="Kembar", password="x").full_clean()


@pytest.mark.django_db
def test_the_database_refuses_what_is_no_number():
    person = UserFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        store(person, "12345")
    with pytest.raises(ValidationError, match="18 angka"):
        User(nip="12345", name="Pendek", password="x").full_clean()


# --- keys ---------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_new_key_reads_the_old_numbers_and_takes_them_over(settings, capsys):
    people = people_under(settings, OLD, 5)
    settings.NIP_KEYS = [NEW, OLD]
    assert [User.objects.get(nip=person.nip) for person in people] == people
    with pytest.raises(IntegrityError), transaction.atomic():
        store(people[0], stored(people[1]))
    call_command("seal_nips", "--dry-run")
    assert capsys.readouterr().out.startswith("5 NIP akan disegel")
    call_command("seal_nips")
    assert "5 NIP disegel dengan kunci terbaru." in capsys.readouterr().out
    settings.NIP_KEYS = [NEW]
    assert [User.objects.get(nip=person.nip) for person in people] == people
    call_command("seal_nips")
    assert capsys.readouterr().out.startswith("0 NIP disegel")


@pytest.mark.django_db
def test_sealing_that_was_stopped_goes_on_where_it_stood(settings):
    people_under(settings, OLD, 5)
    settings.NIP_KEYS = [NEW, OLD]
    assert next(resealing.reseal(batch=2)).done == 2
    assert resealing.to_reseal().count() == 3
    assert sum(batch.done for batch in resealing.reseal(batch=2)) == 3
    assert not resealing.to_reseal().exists()


@pytest.mark.django_db
def test_numbers_from_before_sealing_work_until_they_are_sealed():
    person = UserFactory()
    store(person, person.nip)
    assert User.objects.get(nip=person.nip) == person
    call_command("seal_nips")
    assert stored(person) == seal_nip(person.nip)


@pytest.mark.django_db
def test_one_number_under_two_keys_is_told_and_left_alone(settings):
    first, second, third = people_under(settings, OLD, 3)
    settings.NIP_KEYS = [NEW, OLD]
    User.objects.filter(pk=second.pk).update(nip=first.nip)
    with pytest.raises(CommandError, match=rf"Akun {first.pk} "):
        call_command("seal_nips")
    assert not stored(first).startswith(newest_key_id())
    assert stored(third).startswith(newest_key_id())


@pytest.mark.django_db
def test_a_server_without_the_key_says_so_and_is_sent_nobody(client, settings, monkeypatch):
    monkeypatch.setattr(probes, "_keys_fit", False)
    people_under(settings, OLD, 1)
    settings.NIP_KEYS = [NEW]
    with pytest.raises(UnknownKey, match="kembalikan kunci"):
        User.objects.get()
    said = client.get("/readyz")
    assert (said.status_code, said.json()["checks"]["keys"]) == (503, "fails")
    settings.NIP_KEYS = [NEW, OLD]
    assert client.get("/readyz").status_code == 200


# --- where numbers could stand besides ----------------------------------------------------------------------


def test_attempts_to_sign_in_are_counted_under_a_name_that_tells_nothing(rf, settings):
    request, number = rf.get("/"), "198001012012011903"
    key = AccountAdapter(request)._get_login_attempts_cache_key(request, username=number)
    settings.SECRET_KEY = "another-key-" + "c" * 40
    other = AccountAdapter(request)._get_login_attempts_cache_key(request, username=number)
    assert number not in key
    assert key != other


@pytest.mark.django_db
def test_an_activation_code_is_counted_so_too(client, monkeypatch):
    keys = []
    monkeypatch.setattr(
        "accounts.activation.ratelimit.consume", lambda *_a, key, **_k: keys.append(key) or True
    )
    given = {"nip": "198001012012011903", "code": "ABCD-EFGH", "password": "x" * 20, "again": "x" * 20}
    client.post(reverse("account_activate"), given)
    assert keys
    assert all("198001012012011903" not in key for key in keys)


@pytest.mark.django_db
def test_rows_of_a_roster_wait_sealed(tmp_path):
    agency = AgencyFactory()
    content = csv_file(["nipBaru", "nama", "unorId"], [nip_of(1), "Sari", "dinkes"])
    upload = brought(content, agency=agency, by=UserFactory(), folder=tmp_path)
    (part,) = upload.parts.all()
    assert nip_of(1) in zlib.decompress(unseal_file(bytes(part.content))).decode()
    with pytest.raises(zlib.error):
        zlib.decompress(bytes(part.content))
