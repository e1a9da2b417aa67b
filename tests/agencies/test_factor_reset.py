"""The second factor of somebody who lost it: within reach, with a reason, never one's own."""

import io

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.management import CommandError, call_command
from django.urls import reverse

from agencies.models import Role
from audit.models import AuditEvent
from tests.accounts.test_sessions import is_in, signed_in
from tests.factories.accounts import UserFactory, user_with_password
from tests.factories.agencies import AgencyFactory, add_unit, person_with_role, placed_person, root_of
from tests.factories.second_factors import with_app

pytestmark = pytest.mark.django_db

REASON = "Datang sendiri dengan kartu pegawai."


@pytest.fixture
def agency():
    return AgencyFactory()


@pytest.fixture
def person(agency):
    unit = add_unit(root_of(agency), "dinas", "Dinas Kesehatan")
    return with_app(placed_person(unit, person=user_with_password(email="ratna@uji.example", name="Ratna")))


@pytest.fixture
def administrator(agency):
    return person_with_role(Role.AGENCY_ADMINISTRATOR, agency=agency)


def post(client, by, person, *, go="reset", reason=REASON):
    client.force_login(by)
    nip = person if isinstance(person, str) else person.nip
    return client.post(reverse("agencies:reset_factor"), {"nip": nip, "reason": reason, "go": go})


def has_factors(person):
    return Authenticator.objects.filter(user=person).exists()


def test_first_it_is_shown_whose_it_is_and_nothing_happens(client, administrator, person):
    page = post(client, administrator, person, go="find").content.decode()
    assert "Ratna" in page
    assert "Dinas Kesehatan" in page
    assert has_factors(person)


def test_then_every_factor_and_every_session_ends_with_a_trace_and_a_mail(
    client, administrator, person, django_capture_on_commit_callbacks
):
    plain = user_with_password()
    person_sessions = signed_in(plain)
    assert is_in(person_sessions)
    with django_capture_on_commit_callbacks(execute=True):
        response = post(client, administrator, person)
    assert response.status_code == 302
    assert not has_factors(person)
    event = AuditEvent.objects.get(event="second_factor.reset")
    assert (event.actor_id, event.target_id, event.detail) == (
        administrator.pk,
        str(person.pk),
        {"reason": REASON},
    )
    assert mail.outbox[0].to == ["ratna@uji.example"]
    assert "faktor kedua diatur ulang oleh orang lain" in mail.outbox[0].body
    assert is_in(person_sessions)  # somebody else's


def test_a_device_that_was_signed_in_is_signed_out(client, administrator, person):
    Authenticator.objects.all().delete()
    device = signed_in(person)
    with_app(person)
    post(client, administrator, person)
    assert not is_in(device)


@pytest.mark.parametrize("reason", ["", "lupa", "NIP 19860926 201505 1 001 datang sendiri"])
def test_without_a_proper_reason_nothing_happens(client, administrator, person, reason):
    assert post(client, administrator, person, reason=reason).status_code == 422
    assert has_factors(person)


def test_nobody_resets_the_own(client, agency, administrator):
    with_app(placed_person(root_of(agency), person=administrator))
    page = post(client, administrator, administrator)
    assert "oleh administrator lain" in page.content.decode()
    assert has_factors(administrator)


def test_out_of_reach_and_unknown_read_alike(client, agency, administrator):
    elsewhere = with_app(placed_person(root_of(AgencyFactory())))
    sentence = "Tidak ada pegawai dengan NIP itu dalam jangkauan Anda"
    assert sentence in post(client, administrator, elsewhere).content.decode()
    assert sentence in post(client, administrator, "198609262015051001").content.decode()
    assert has_factors(elsewhere)


def test_an_administrator_of_a_unit_reaches_that_unit_only(client, agency, person):
    other = add_unit(root_of(agency), "badan")
    by = person_with_role(Role.AGENCY_ADMINISTRATOR, unit=other)
    assert post(client, by, person).status_code == 422
    inside = with_app(placed_person(other))
    assert post(client, by, inside).status_code == 302
    assert (has_factors(person), has_factors(inside)) == (True, False)


@pytest.mark.parametrize("role", [Role.NATIONAL_ANALYST, Role.BANK_APPROVER, Role.PSYCHOMETRICIAN])
def test_whoever_reaches_further_is_not_an_administrators_to_reset(client, administrator, person, role):
    person_with_role(role, person=person)
    assert "di luar jangkauan Anda" in post(client, administrator, person).content.decode()
    assert has_factors(person)


def test_nor_are_the_technical_superuser_and_the_administrator_of_the_whole_for_that_of_a_unit(
    client, agency, person
):
    chief = with_app(placed_person(person.placements.get().unit))
    person_with_role(Role.AGENCY_ADMINISTRATOR, agency=agency, person=chief)
    by = person_with_role(Role.AGENCY_ADMINISTRATOR, unit=person.placements.get().unit)
    type(person).objects.filter(pk=person.pk).update(is_superuser=True)
    for other in (chief, person):
        assert post(client, by, other).status_code == 422
        assert has_factors(other)


def test_an_analyst_of_the_own_agency_without_a_place_of_work_is_within_reach(client, agency, administrator):
    analyst = with_app(person_with_role(Role.AGENCY_ANALYST, agency=agency))
    assert post(client, administrator, analyst).status_code == 302
    assert not has_factors(analyst)


def test_the_page_is_closed_to_others(client, agency, person):
    by = person_with_role(Role.AGENCY_ANALYST, agency=agency)
    assert post(client, by, person).status_code == 403
    assert has_factors(person)


def test_the_operator_resets_what_no_administrator_may(person, monkeypatch):
    answers = iter([f"{person.nip[:8]} {person.nip[8:]}", REASON])
    monkeypatch.setattr("builtins.input", lambda _question: next(answers))
    call_command("reset_second_factor", stdout=io.StringIO())
    assert not has_factors(person)
    assert AuditEvent.objects.get(event="second_factor.reset").actor_id is None


@pytest.mark.parametrize("given", [["198609262015051001"], ["own", "pendek"]])
def test_the_operator_is_told_what_is_missing(person, monkeypatch, given):
    answers = iter([person.nip if answer == "own" else answer for answer in given])
    monkeypatch.setattr("builtins.input", lambda _question: next(answers))
    with pytest.raises(CommandError, match="Tidak ada yang diubah"):
        call_command("reset_second_factor")
    assert has_factors(person)


def test_somebody_without_a_second_factor_needs_no_reset(client, agency, administrator):
    plain = placed_person(root_of(agency), person=UserFactory())
    assert "tidak mempunyai faktor kedua" in post(client, administrator, plain).content.decode()
