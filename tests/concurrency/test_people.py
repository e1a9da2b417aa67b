"""Codes, roles and rosters while several people press at the same moment: once, and nobody is left without help."""

from functools import partial

import pytest

from accounts.actions import CodeRefused, issue_codes, set_password_with_code
from accounts.models import ActivationCode, User
from agencies.authorization import Permission, has_permission
from agencies.models import Placement, Role, RoleGrant, RosterUpload
from agencies.policies import PolicyError
from agencies.roles import withdraw_role
from agencies.roster.actions import ask_to_apply
from audit.models import AuditEvent
from tests.concurrency.threads import at_once
from tests.factories.accounts import UserFactory
from tests.factories.agencies import AgencyFactory, person_with_role, root_of
from tests.factories.rosters import brought, csv_file, nip_of

pytestmark = pytest.mark.django_db(transaction=True)

THREADS, ROUNDS = 4, 5


def test_a_code_that_is_used_several_times_at_once_serves_once():
    for _round in range(ROUNDS):
        person = UserFactory()
        person.set_unusable_password()
        person.save()
        code = issue_codes(users=[person], by=None, agency_id=None)[person]
        passwords = [f"kolam ikan di teras {number}" for number in range(THREADS)]
        outcomes = at_once(
            *(
                partial(set_password_with_code, nip=person.nip, code=code, password=each)
                for each in passwords
            ),
            refusals=CodeRefused,
        )
        [winner] = [number for number, outcome in enumerate(outcomes) if outcome.refusal is None]
        assert User.objects.get(pk=person.pk).check_password(passwords[winner])
        assert not ActivationCode.objects.filter(user=person).exists()
    assert AuditEvent.objects.filter(event="user.activated").count() == ROUNDS


def test_administrators_who_take_each_others_role_at_once_leave_one():
    for _round in range(ROUNDS):
        agency = AgencyFactory()
        people = [person_with_role(Role.AGENCY_ADMINISTRATOR, agency=agency) for _each in range(2)]
        grants = [RoleGrant.objects.get(user=person) for person in people]
        for person in people:  # as a request has asked already, when it comes to the action
            assert has_permission(person, Permission.GRANT_ROLES, agency=agency)
        outcomes = at_once(
            partial(withdraw_role, grant=grants[1], reason="Pindah tugas", by=people[0]),
            partial(withdraw_role, grant=grants[0], reason="Pindah tugas", by=people[1]),
            refusals=PolicyError,
        )
        assert sum(outcome.refusal is None for outcome in outcomes) == 1
        assert RoleGrant.objects.filter(agency=agency, role=Role.AGENCY_ADMINISTRATOR).count() == 1


def test_a_roster_that_is_applied_by_several_people_at_once_is_written_once(tmp_path):
    agency = AgencyFactory()
    by = person_with_role(Role.AGENCY_ADMINISTRATOR, agency=agency)
    unit = root_of(agency).code
    rows = [[nip_of(number), f"Orang {number}", unit, "Pelaksana"] for number in range(1, 21)]
    content = csv_file(["nipBaru", "nama", "unorId", "jenisJabatan"], *rows)
    upload = brought(content, agency=agency, by=by, folder=tmp_path)
    at_once(*[partial(ask_to_apply, upload=upload, by=by)] * THREADS, refusals=PolicyError)
    assert RosterUpload.objects.get(pk=upload.pk).state == RosterUpload.State.APPLIED
    assert Placement.objects.filter(unit__agency=agency).count() == len(rows)
    assert AuditEvent.objects.filter(event="roster.applied").count() == 1
    assert AuditEvent.objects.filter(event="user.created").count() == len(rows)
