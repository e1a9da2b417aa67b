"""What only the operator can do: the first agency and the first people with roles."""

import io
import re

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency, Role, RoleGrant, Unit
from audit.models import AuditEvent
from tests.factories.accounts import UserFactory
from tests.factories.agencies import AgencyFactory

pytestmark = pytest.mark.django_db

NIP = "198609262015051001"
REASON = "Surat tugas kepala BKPSDM"


def create(code="kab-jenawi", **changes):
    options = {
        "name": "Kabupaten Jenawi",
        "kind": "PEMKAB",
        "time_zone": "WIB",
        "dpo_contact": "ppdp@jenawi.example",
    }
    said = io.StringIO()
    call_command("create_agency", code, **(options | changes), stdout=said)
    return said.getvalue()


def give(monkeypatch, role, answers, **options):
    waiting = iter(answers)
    monkeypatch.setattr("builtins.input", lambda _question: next(waiting))
    said = io.StringIO()
    call_command("give_role", role, **options, stdout=said)
    assert list(waiting) == []
    return said.getvalue()


def test_an_agency_comes_with_the_root_of_its_units():
    assert "give_role agency_administrator --agency kab-jenawi" in create()
    agency = Agency.objects.get()
    assert (agency.name, agency.time_zone) == ("Kabupaten Jenawi", "WIB")
    assert Unit.objects.get().agency == agency
    assert AuditEvent.objects.get(event="agency.created").actor_id is None


def test_an_agency_is_not_made_twice():
    create()
    with pytest.raises(CommandError, match="Sudah ada instansi"):
        create(name="Kabupaten Lain")
    assert Agency.objects.get().name == "Kabupaten Jenawi"


def test_a_code_with_spaces_is_refused():
    with pytest.raises(CommandError, match="Kode hanya boleh"):
        create(code="kab jenawi")
    assert not Agency.objects.exists()


def test_the_first_administrator_comes_in_with_the_code(client, monkeypatch):
    create()
    said = give(
        monkeypatch,
        Role.AGENCY_ADMINISTRATOR,
        [f"{NIP[:8]} {NIP[8:]}", "Sri Wahyuni", REASON],
        agency="kab-jenawi",
    )
    code = re.search(r"Kode aktivasi: (\S+)", said)[1]
    person = User.objects.get(nip=NIP)
    grant = RoleGrant.objects.get()
    assert (grant.user, grant.role, grant.agency.code) == (person, Role.AGENCY_ADMINISTRATOR, "kab-jenawi")
    assert NIP not in said
    form = {"nip": NIP, "code": code, "password": "kucing-hujan-2026", "again": "kucing-hujan-2026"}
    client.post(reverse("account_activate"), form)
    person.refresh_from_db()
    assert person.check_password("kucing-hujan-2026")


def test_somebody_who_has_an_account_keeps_name_and_password(monkeypatch):
    person = UserFactory(name="Nama Lama", password="pbkdf2_sha256$sudah-ada")
    said = give(monkeypatch, Role.AUDITOR, [person.nip, REASON])
    assert "Kode aktivasi" not in said
    assert RoleGrant.objects.get(role=Role.AUDITOR).agency is None
    assert AuditEvent.objects.get(event="role.granted").detail["reason"] == REASON


@pytest.mark.parametrize(
    ("role", "answers", "options", "sentence"),
    [
        (Role.AGENCY_ANALYST, [], {}, "Pilih instansinya"),
        (Role.NATIONAL_ANALYST, [], {"agency": "ada"}, "berlaku di semua instansi"),
        (Role.AGENCY_ANALYST, [], {"agency": "tidak-ada"}, "Tidak ada instansi dengan kode"),
        (Role.AUDITOR, ["12345", "Sri"], {}, "Tidak ada yang dibuat"),
        (Role.AUDITOR, [NIP, ""], {}, "Nama belum diisi"),
        (Role.AUDITOR, [NIP, "Sri", ""], {}, "Tulislah alasannya"),
        (Role.AUDITOR, [NIP, "Sri", f"demi {NIP}"], {}, "Jangan menulis NIP"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(monkeypatch, role, answers, options, sentence):
    AgencyFactory(code="ada")
    with pytest.raises(CommandError, match=sentence):
        give(monkeypatch, role, answers, **options)
    assert not User.objects.exists()
    assert not RoleGrant.objects.exists()
