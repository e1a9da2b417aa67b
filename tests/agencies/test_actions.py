from datetime import date

import pytest
from django.db import IntegrityError, transaction

from agencies import actions
from agencies.models import Agency, EmploymentKind, JobCategory, Placement, Role, RoleGrant, Unit
from agencies.policies import PolicyError, check_grant
from audit.models import AuditEvent
from tests.factories.accounts import UserFactory
from tests.factories.agencies import AgencyFactory, add_unit, placed_person, root_of

pytestmark = pytest.mark.django_db


def refused_by_database():
    return pytest.raises(IntegrityError)


def place_in(unit, person, *, by=None, **fields):
    actions.place_person(
        person=person,
        unit=unit,
        job_category=JobCategory.SUPERVISOR,
        employment_kind=EmploymentKind.PERMANENT,
        by=by,
        **fields,
    )


def test_an_agency_is_made_with_the_root_of_its_tree():
    agency = AgencyFactory(code="jenawi")
    root = root_of(agency)
    assert (root.path, root.depth, root.name) == ("0001/", 1, agency.name)
    assert AuditEvent.objects.get(event="agency.created").target_id == str(agency.pk)


def test_units_get_running_paths_below_their_parent():
    root = root_of(AgencyFactory())
    first, second = add_unit(root, "dinas-a"), add_unit(root, "dinas-b")
    assert (first.path, second.path, add_unit(second, "bidang").path) == (
        "0001/0001/",
        "0001/0002/",
        "0001/0002/0001/",
    )


def test_a_moved_unit_takes_its_subtree_along():
    root = root_of(AgencyFactory())
    old, new = add_unit(root, "lama"), add_unit(root, "baru")
    below = add_unit(old, "bidang")
    actions.move_unit(unit=old, new_parent=new, by=None)
    assert Unit.objects.get(pk=old.pk).path == "0001/0002/0001/"
    below.refresh_from_db()
    assert (below.path, below.depth) == ("0001/0002/0001/0001/", 4)


def test_a_unit_cannot_be_moved_below_itself_or_to_another_agency_and_a_root_not_at_all():
    root = root_of(AgencyFactory())
    unit = add_unit(root, "dinas")
    below = add_unit(unit, "bidang")
    elsewhere = root_of(AgencyFactory())
    for moved, parent in [(unit, below), (unit, unit), (unit, elsewhere), (root, unit)]:
        with pytest.raises(PolicyError):
            actions.move_unit(unit=moved, new_parent=parent, by=None)
    unit.refresh_from_db()
    assert unit.path == "0001/0001/"


def test_a_new_place_of_work_ends_the_old_one_on_that_day():
    agency = AgencyFactory()
    person = placed_person(root_of(agency))
    place_in(add_unit(root_of(agency), "dinas"), person, valid_from=date(2024, 7, 1))
    ended, current = Placement.objects.filter(person=person).order_by("valid_from")
    assert (ended.valid_to, current.valid_to) == (date(2024, 7, 1), None)


def test_whoever_is_placed_may_answer():
    agency = AgencyFactory()
    person = placed_person(root_of(agency))
    assert RoleGrant.objects.filter(user=person, role=Role.RESPONDENT, agency=agency).count() == 1


def test_whoever_leaves_for_another_agency_answers_there_and_no_longer_here():
    old, new = AgencyFactory(), AgencyFactory()
    person = placed_person(root_of(old))
    actions.grant_role(user=person, role=Role.AGENCY_ANALYST, agency=old, by=None)
    boss = UserFactory()
    place_in(root_of(new), person, by=boss)
    answering = RoleGrant.objects.filter(user=person, role=Role.RESPONDENT)
    assert [grant.agency for grant in answering] == [new]
    assert RoleGrant.objects.filter(user=person, role=Role.AGENCY_ANALYST, agency=old).exists()
    revoked = AuditEvent.objects.get(event="role.revoked")
    assert (revoked.agency_id, revoked.actor_id) == (old.pk, boss.pk)


def test_whoever_moves_within_the_agency_keeps_the_role():
    agency = AgencyFactory()
    person = placed_person(root_of(agency))
    place_in(add_unit(root_of(agency), "dinas"), person)
    assert RoleGrant.objects.filter(user=person, role=Role.RESPONDENT, agency=agency).count() == 1
    assert not AuditEvent.objects.filter(event="role.revoked").exists()


def test_a_new_place_cannot_start_before_the_current_one():
    agency = AgencyFactory()
    person = placed_person(root_of(agency))
    with pytest.raises(PolicyError, match="mendahului"):
        place_in(root_of(agency), person, valid_from=date(2020, 12, 31))
    assert Placement.objects.get(person=person).valid_to is None


def test_a_role_with_a_reach_it_cannot_have_is_refused_with_a_sentence():
    person, agency, foreign = UserFactory(), AgencyFactory(), root_of(AgencyFactory())
    for fields, words in [
        ({"role": Role.BANK_EDITOR, "agency": agency}, "semua instansi"),
        ({"role": Role.NATIONAL_ANALYST, "unit": foreign}, "semua instansi"),
        ({"role": Role.AGENCY_ANALYST}, "Pilih instansinya"),
        ({"role": Role.AUDITOR, "agency": agency, "unit": foreign}, "bukan milik instansi"),
        ({"role": "emperor"}, "tidak dikenal"),
    ]:
        with pytest.raises(PolicyError, match=words):
            actions.grant_role(user=person, by=None, **fields)
    assert not RoleGrant.objects.exists()


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("reach", ["everywhere", "agency", "unit"])
def test_the_policy_of_grants_and_the_database_say_the_same(role, reach):
    agency = AgencyFactory()
    place = {
        "everywhere": {"agency": None, "unit": None},
        "agency": {"agency": agency, "unit": None},
        "unit": {"agency": agency, "unit": root_of(agency)},
    }[reach]
    try:
        check_grant(role, **place)
    except PolicyError:
        with refused_by_database(), transaction.atomic():
            RoleGrant.objects.create(user=UserFactory(), role=role, granted_at="2026-01-01T00:00Z", **place)
    else:
        RoleGrant.objects.create(user=UserFactory(), role=role, granted_at="2026-01-01T00:00Z", **place)


def test_granting_twice_is_granting_once():
    person, agency = UserFactory(), AgencyFactory()
    for _time in range(2):
        actions.grant_role(user=person, role=Role.AGENCY_ANALYST, agency=agency, by=None)
    assert RoleGrant.objects.filter(user=person).count() == 1
    assert AuditEvent.objects.filter(event="role.granted").count() == 1


def test_a_revoked_role_is_gone_and_in_the_trail():
    person, agency = UserFactory(), AgencyFactory()
    grant = actions.grant_role(user=person, role=Role.AGENCY_ANALYST, agency=agency, by=None)
    actions.revoke_role(grant=grant, by=None)
    assert not RoleGrant.objects.filter(user=person).exists()
    assert AuditEvent.objects.filter(event="role.revoked").count() == 1


# --- the database holds these by itself -------------------------------------------------------------------


def make_unit(agency, **fields):
    values = {
        "agency": agency,
        "code": "x",
        "name": "X",
        "path": "0009/",
        "depth": 2,
        "parent": root_of(agency),
        **fields,
    }
    return Unit.objects.create(**values)


@pytest.mark.parametrize(
    "fields",
    [
        {"code": "jenawi", "path": "0001/0009/"},  # code of the root
        {"path": "0001/"},  # path of the root
        {"parent": None, "depth": 1},  # a second root
        {"parent": None, "depth": 2},  # a root that says it is deeper
        {"depth": 1},  # a child that says it is a root
    ],
)
def test_the_database_refuses_a_broken_tree(fields):
    agency = AgencyFactory(code="jenawi")
    with refused_by_database(), transaction.atomic():
        make_unit(agency, **fields)


def test_the_database_refuses_two_agencies_with_one_code():
    AgencyFactory(code="jenawi")
    with refused_by_database(), transaction.atomic():
        AgencyFactory(code="jenawi")


@pytest.mark.parametrize(
    "fields",
    [{"kind": "KERAJAAN"}, {"time_zone": "GMT"}, {"valid_to": date(2019, 1, 1)}],
    ids=["kind", "zone", "dates"],
)
def test_the_database_refuses_an_impossible_agency(fields):
    agency = AgencyFactory()
    with refused_by_database(), transaction.atomic():
        Agency.objects.filter(pk=agency.pk).update(**fields)


def test_the_database_refuses_a_second_current_place():
    agency = AgencyFactory()
    person = placed_person(root_of(agency))
    current = Placement.objects.get(person=person)
    current.pk = None
    with refused_by_database(), transaction.atomic():
        current.save()


@pytest.mark.parametrize(
    "fields",
    [{"job_category": "RAJA"}, {"employment_kind": "MAGANG"}, {"valid_to": date(2000, 1, 1)}],
    ids=["category", "employment", "dates"],
)
def test_the_database_refuses_an_impossible_placement(fields):
    person = placed_person(root_of(AgencyFactory()))
    with refused_by_database(), transaction.atomic():
        Placement.objects.filter(person=person).update(**fields)


@pytest.mark.parametrize(
    "make",
    [
        lambda user, agency, unit: {"role": Role.AGENCY_ANALYST},  # an agency's role without an agency
        lambda user, agency, unit: {
            "role": Role.BANK_EDITOR,
            "agency": agency,
        },  # a general role for one agency
        lambda user, agency, unit: {"role": Role.AUDITOR, "unit": unit},  # a unit without its agency
        lambda user, agency, unit: {"role": "emperor"},
    ],
    ids=["agency role everywhere", "general role in agency", "unit without agency", "unknown role"],
)
def test_the_database_refuses_an_impossible_grant(make):
    user, agency = UserFactory(), AgencyFactory()
    fields = make(user, agency, root_of(agency))
    with refused_by_database(), transaction.atomic():
        RoleGrant.objects.create(user=user, granted_at="2026-01-01T00:00Z", **fields)


@pytest.mark.parametrize("reach", ["everywhere", "agency", "unit"])
def test_the_database_refuses_the_same_grant_twice(reach):
    user, agency = UserFactory(), AgencyFactory()
    fields = {
        "everywhere": {"role": Role.BANK_EDITOR},
        "agency": {"role": Role.AGENCY_ANALYST, "agency": agency},
        "unit": {"role": Role.AGENCY_ANALYST, "agency": agency, "unit": root_of(agency)},
    }[reach]
    RoleGrant.objects.create(user=user, granted_at="2026-01-01T00:00Z", **fields)
    with refused_by_database(), transaction.atomic():
        RoleGrant.objects.create(user=user, granted_at="2026-01-01T00:00Z", **fields)
