"""Giving and taking roles: within the own reach, never to oneself, with a reason, and somebody always looks after."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.actions import deactivate_user
from agencies.authorization import Permission, has_permission
from agencies.models import Role, RoleGrant
from agencies.policies import PolicyError
from agencies.roles import give_role, given_roles, withdraw_role
from audit.models import AuditEvent
from tests.factories.accounts import user_with_password
from tests.factories.agencies import AgencyFactory, add_unit, person_with_role, placed_person, root_of

pytestmark = pytest.mark.django_db

REASON = "Surat tugas 12/2026"


@pytest.fixture
def agency():
    return AgencyFactory()


@pytest.fixture
def health(agency):
    return add_unit(root_of(agency), "dinkes", "Dinas Kesehatan")


@pytest.fixture
def administrator(agency):
    return person_with_role(Role.AGENCY_ADMINISTRATOR, agency=agency)


def colleague(unit):
    return placed_person(unit, person=user_with_password())


def ask(client, who, agency, **body):
    client.force_login(who)
    return client.post(reverse("agencies:roles", args=[agency.code]), body)


def given(person):
    """The roles beyond the respondent's, with the unit's code."""
    grants = RoleGrant.objects.filter(user=person).exclude(role=Role.RESPONDENT)
    return [(grant.role, grant.unit.code if grant.unit else "") for grant in grants]


def give(person, role, by, *, agency, unit=None, reason=REASON):
    return give_role(user=person, role=role, agency=agency, unit=unit, reason=reason, by=by)


def test_a_role_is_given_on_the_page_counts_at_once_and_stands_in_the_trail(
    client, agency, health, administrator
):
    person = colleague(health)
    body = {"nip": person.nip, "role": Role.AGENCY_ANALYST, "unit": "dinkes", "reason": REASON}
    assert ask(client, administrator, agency, go="give", **body).status_code == 302
    assert given(person) == [(Role.AGENCY_ANALYST, "dinkes")]
    assert has_permission(person, Permission.VIEW_AGENCY_RESULTS, unit=health)
    event = AuditEvent.objects.filter(event="role.granted").latest("pk")
    assert (event.actor_id, event.agency_id) == (administrator.pk, agency.pk)
    assert event.detail == {"role": "agency_analyst", "reason": REASON}


def test_a_role_is_taken_back_on_the_page_at_once_and_with_its_reason(client, agency, health, administrator):
    person = person_with_role(Role.AGENCY_ANALYST, agency=agency)
    grant = RoleGrant.objects.get(user=person)
    response = ask(client, administrator, agency, go="withdraw", grant=grant.pk, reason="Pindah tugas")
    assert response.status_code == 302
    assert given(person) == []
    event = AuditEvent.objects.get(event="role.revoked")
    assert event.detail == {"role": "agency_analyst", "reason": "Pindah tugas"}


def test_an_administrator_of_a_unit_gives_there_and_below_only(agency, health):
    by = person_with_role(Role.AGENCY_ADMINISTRATOR, unit=health)
    ward, school = add_unit(health, "puskesmas"), add_unit(root_of(agency), "disdik")
    person = colleague(ward)
    give(person, Role.AGENCY_ANALYST, by, agency=agency, unit=ward)
    for unit in (None, school, root_of(agency)):
        with pytest.raises(PermissionDenied):
            give(person, Role.AGENCY_ANALYST, by, agency=agency, unit=unit)
    assert given(person) == [(Role.AGENCY_ANALYST, "puskesmas")]


def test_the_form_says_what_is_out_of_reach(client, agency, health):
    by = person_with_role(Role.AGENCY_ADMINISTRATOR, unit=health)
    person, other = colleague(health), colleague(root_of(agency))
    body = {"role": Role.AGENCY_ANALYST, "reason": REASON}
    page = ask(client, by, agency, nip=person.nip, unit="", **body)
    assert (page.status_code, "Itu di luar jangkauan Anda" in page.content.decode()) == (422, True)
    page = ask(client, by, agency, nip=other.nip, unit="dinkes", **body)
    assert "Tidak ada pegawai dengan NIP itu dalam jangkauan Anda" in page.content.decode()
    assert given(person) == given(other) == []


def test_an_administrator_of_a_unit_neither_sees_nor_takes_a_role_over_the_whole(client, agency, health):
    by = person_with_role(Role.AGENCY_ADMINISTRATOR, unit=health)
    whole = RoleGrant.objects.get(user=person_with_role(Role.AGENCY_ANALYST, agency=agency))
    assert whole not in given_roles(by, agency)
    assert ask(client, by, agency, go="withdraw", grant=whole.pk, reason=REASON).status_code == 404
    with pytest.raises(PermissionDenied):
        withdraw_role(grant=whole, reason=REASON, by=by)
    assert RoleGrant.objects.filter(pk=whole.pk).exists()


def test_the_administrator_of_another_agency_sees_and_changes_nothing(client, agency, health):
    other = AgencyFactory()
    stranger = person_with_role(Role.AGENCY_ADMINISTRATOR, agency=other)
    person = colleague(health)
    grant = RoleGrant.objects.get(user=person_with_role(Role.AGENCY_ANALYST, agency=agency))
    assert ask(client, stranger, agency, go="withdraw", grant=grant.pk, reason=REASON).status_code == 404
    assert ask(client, stranger, other, go="withdraw", grant=grant.pk, reason=REASON).status_code == 404
    body = {"nip": person.nip, "role": Role.AGENCY_ANALYST, "reason": REASON}
    assert ask(client, stranger, other, **body).status_code == 422
    assert given(person) == []
    assert RoleGrant.objects.filter(pk=grant.pk).exists()


def test_an_analyst_gives_nothing(client, agency, health):
    analyst = person_with_role(Role.AGENCY_ANALYST, agency=agency)
    assert ask(client, analyst, agency).status_code == 403
    with pytest.raises(PermissionDenied):
        give(colleague(health), Role.AGENCY_ANALYST, analyst, agency=agency)


@pytest.mark.parametrize("role", [each for each in Role if not each.startswith("agency_")])
def test_no_role_above_the_own_is_given(client, agency, health, administrator, role):
    person = colleague(health)
    with pytest.raises(PolicyError, match="operator teknis"):
        give(person, role, administrator, agency=agency)
    body = {"nip": person.nip, "role": role, "reason": REASON}
    assert ask(client, administrator, agency, **body).status_code == 422
    assert given(person) == []


def test_the_auditor_of_the_agency_is_shown_and_not_taken(client, agency, administrator):
    auditor = person_with_role(Role.AUDITOR, agency=agency)
    grant = RoleGrant.objects.get(user=auditor)
    assert "Hanya operator teknis" in client_page(client, administrator, agency)
    ask(client, administrator, agency, go="withdraw", grant=grant.pk, reason=REASON)
    assert given(auditor) == [(Role.AUDITOR, "")]


def client_page(client, who, agency):
    client.force_login(who)
    return client.get(reverse("agencies:roles", args=[agency.code])).content.decode()


def test_nobody_gives_a_role_to_oneself(agency, health, administrator):
    administrator.set_password("x")
    with pytest.raises(PolicyError, match="diri sendiri"):
        give(administrator, Role.AGENCY_ANALYST, administrator, agency=agency)


def test_only_an_account_that_is_active_gets_a_role(agency, health, administrator):
    newcomer = placed_person(health)
    newcomer.set_unusable_password()
    with pytest.raises(PolicyError, match="belum mengaktifkan"):
        give(newcomer, Role.AGENCY_ANALYST, administrator, agency=agency)


@pytest.mark.parametrize("reason", ["", "   ", "untuk 198503102010011001"])
def test_a_reason_is_asked_for_and_holds_no_nip(agency, health, administrator, reason):
    person = colleague(health)
    grant = RoleGrant.objects.get(user=person_with_role(Role.AGENCY_ANALYST, agency=agency))
    with pytest.raises(PolicyError, match="alasan"):
        give(person, Role.AGENCY_ANALYST, administrator, agency=agency, reason=reason)
    with pytest.raises(PolicyError, match="alasan"):
        withdraw_role(grant=grant, reason=reason, by=administrator)
    assert given(person) == []


def test_the_last_administrator_keeps_the_role_until_there_is_another(client, agency, health, administrator):
    own = RoleGrant.objects.get(user=administrator)
    page = ask(client, administrator, agency, go="withdraw", grant=own.pk, reason=REASON)
    assert page.status_code == 302
    assert given(administrator) == [(Role.AGENCY_ADMINISTRATOR, "")]
    person_with_role(Role.AGENCY_ADMINISTRATOR, unit=health)  # reaches a part only
    with pytest.raises(PolicyError, match="administrator terakhir"):
        withdraw_role(grant=own, reason=REASON, by=administrator)
    person_with_role(Role.AGENCY_ADMINISTRATOR, agency=agency)
    withdraw_role(grant=own, reason=REASON, by=administrator)
    assert given(administrator) == []


def test_a_closed_account_is_no_administrator_who_is_left(agency, administrator):
    deactivate_user(user=person_with_role(Role.AGENCY_ADMINISTRATOR, agency=agency), by=None)
    with pytest.raises(PolicyError, match="administrator terakhir"):
        withdraw_role(grant=RoleGrant.objects.get(user=administrator), reason=REASON, by=administrator)


def test_the_administrator_of_a_unit_may_go_while_somebody_above_looks_after_it(
    agency, health, administrator
):
    grant = RoleGrant.objects.get(user=person_with_role(Role.AGENCY_ADMINISTRATOR, unit=health))
    withdraw_role(grant=grant, reason=REASON, by=administrator)
    assert not RoleGrant.objects.filter(pk=grant.pk).exists()


@pytest.mark.parametrize("number", ["", "0", "-1", "x", "9" * 30])
def test_a_grant_that_is_none_is_not_found(client, agency, administrator, number):
    assert ask(client, administrator, agency, go="withdraw", grant=number, reason=REASON).status_code == 404


def test_the_list_needs_no_more_queries_for_more_roles(client, agency, health, administrator):
    client.force_login(administrator)
    url, counts = reverse("agencies:roles", args=[agency.code]), []
    for _round in range(2):
        for _each in range(4):
            person_with_role(Role.AGENCY_ANALYST, unit=health)
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            page = client.get(url)
        counts.append(len(queries))
    assert len(page.context["rows"]) == 9
    assert counts[0] == counts[1]
