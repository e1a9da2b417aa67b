import pytest

from accounts import actions
from accounts.models import User
from accounts.nip import NipError
from audit.models import AuditEvent

pytestmark = pytest.mark.django_db

NIP = "198609262015051001"


def test_an_account_is_made_without_a_usable_password():
    user = actions.create_user(nip="19860926 201505 1 001", name="Ratna", by=None)
    assert user.nip == NIP
    assert not user.has_usable_password()
    assert AuditEvent.objects.get().event == "user.created"


def test_an_impossible_nip_makes_no_account():
    with pytest.raises(NipError):
        actions.create_user(nip="123", name="Ratna", by=None)
    assert not User.objects.exists()


def test_a_taken_nip_gets_a_sentence_without_the_number():
    actions.create_user(nip=NIP, name="Ratna", by=None)
    with pytest.raises(actions.NipTaken, match="Sudah ada akun") as refusal:
        actions.create_user(nip=NIP, name="Orang Lain", by=None)
    assert NIP not in str(refusal.value)
    assert User.objects.count() == 1


def test_an_account_is_opened_with_a_password_and_closed_without_losing_anything():
    user = actions.create_user(nip=NIP, name="Ratna", by=None)
    actions.activate(user=user, password="sandi-pertama-2026", by=None)
    actions.deactivate_user(user=user, by=None)
    user.refresh_from_db()
    assert not user.is_active
    assert user.check_password("sandi-pertama-2026")
