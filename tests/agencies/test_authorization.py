import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from agencies import authorization
from agencies.authorization import Permission, check_permission, has_permission, may_enter_admin, scope_of
from agencies.models import Role
from tests.factories.accounts import UserFactory
from tests.factories.agencies import AgencyFactory, add_unit, analyst_of, person_with_role, root_of

pytestmark = pytest.mark.django_db

AGENCY_ROLES = {Role.RESPONDENT, Role.AGENCY_ANALYST, Role.AGENCY_ADMINISTRATOR}

# Who may do what, as a person of the law would read it: one line a permission, all roles that hold it.
TRUTH = {
    Permission.TAKE_QUESTIONNAIRE: {Role.RESPONDENT},
    Permission.VIEW_AGENCY_RESULTS: {Role.AGENCY_ANALYST},
    Permission.MANAGE_CAMPAIGN: {Role.AGENCY_ANALYST},
    Permission.MANAGE_PEOPLE: {Role.AGENCY_ADMINISTRATOR},
    Permission.GRANT_ROLES: {Role.AGENCY_ADMINISTRATOR},
    Permission.VIEW_BANK: {Role.BANK_EDITOR, Role.BANK_APPROVER, Role.PSYCHOMETRICIAN},
    Permission.EDIT_BANK: {Role.BANK_EDITOR},
    Permission.PUBLISH_BANK: {Role.BANK_APPROVER},
    Permission.VIEW_NATIONAL_RESULTS: {Role.NATIONAL_ANALYST},
    Permission.VIEW_AUDIT: {Role.AUDITOR},
    Permission.MANAGE_MEASUREMENT: {Role.PSYCHOMETRICIAN},
}


def test_the_table_names_every_permission_and_the_code_every_role():
    assert set(TRUTH) == set(Permission)
    assert set(authorization.ROLE_PERMISSIONS) == set(Role)


@pytest.mark.parametrize("permission", Permission)
@pytest.mark.parametrize("role", Role)
def test_a_role_holds_exactly_its_permissions(role, permission):
    agency = AgencyFactory() if role in AGENCY_ROLES else None
    person = person_with_role(role, agency=agency)
    assert has_permission(person, permission) == (role in TRUTH[permission])


@pytest.mark.parametrize("role", Role)
def test_only_those_with_work_there_enter_the_admin(role):
    agency = AgencyFactory() if role in AGENCY_ROLES else None
    expected = role in {
        Role.AGENCY_ADMINISTRATOR,
        Role.BANK_EDITOR,
        Role.BANK_APPROVER,
        Role.AUDITOR,
        Role.PSYCHOMETRICIAN,
    }
    assert may_enter_admin(person_with_role(role, agency=agency)) == expected


def test_an_analyst_reaches_the_own_agency_and_no_other():
    own, other = AgencyFactory(), AgencyFactory()
    analyst = analyst_of(own)
    assert has_permission(analyst, Permission.VIEW_AGENCY_RESULTS, agency=own)
    assert not has_permission(analyst, Permission.VIEW_AGENCY_RESULTS, agency=other)


def test_a_grant_for_a_unit_reaches_what_is_below_and_not_the_rest():
    agency = AgencyFactory()
    health, education = add_unit(root_of(agency), "dinkes"), add_unit(root_of(agency), "disdik")
    clinic = add_unit(health, "puskesmas")
    analyst = person_with_role(Role.AGENCY_ANALYST, agency=agency, unit=health)
    scope = scope_of(analyst, Permission.VIEW_AGENCY_RESULTS)
    assert scope.covers(agency.pk, clinic.path)
    assert not scope.covers(agency.pk, education.path)
    assert not scope.covers(agency.pk)
    assert scope.touches_agency(agency.pk)


def test_several_grants_add_up():
    first, second = AgencyFactory(), AgencyFactory()
    person = analyst_of(first)
    person_with_role(Role.AGENCY_ANALYST, agency=second, person=person)
    assert scope_of(person, Permission.VIEW_AGENCY_RESULTS).agency_ids == {first.pk, second.pk}


@pytest.mark.parametrize(
    "make", [AnonymousUser, lambda: UserFactory(is_active=False)], ids=["anonymous", "closed"]
)
def test_strangers_and_closed_accounts_hold_nothing(make):
    assert not any(has_permission(make(), permission) for permission in Permission)


def test_a_refusal_is_a_sentence_for_the_reader():
    with pytest.raises(PermissionDenied, match="hubungi administrator instansi"):
        check_permission(UserFactory(), Permission.VIEW_AUDIT)


def test_grants_are_read_once_for_each_user_object(django_assert_num_queries):
    person = analyst_of(AgencyFactory())
    with django_assert_num_queries(1):
        for permission in Permission:
            has_permission(person, permission)
