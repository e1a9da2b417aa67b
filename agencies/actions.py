"""Writes to agencies, their unit trees, people's places of work and role grants."""

from django.db import transaction
from django.utils import timezone

from agencies import tree
from agencies.models import Agency, Placement, Role, RoleGrant, Unit
from agencies.policies import PolicyError, check_unit_can_move
from audit.actions import record


@transaction.atomic
def create_agency(*, code, name, kind, time_zone, dpo_contact, by, valid_from=None):
    """Makes an agency together with the root of its unit tree."""
    agency = Agency.objects.create(
        code=code,
        name=name,
        kind=kind,
        time_zone=time_zone,
        dpo_contact=dpo_contact,
        valid_from=valid_from or timezone.localdate(),
    )
    Unit.objects.create(agency=agency, code=code, name=name, path=tree.child_path("", 1), depth=1)
    record(event="agency.created", by=by, target=agency, agency_id=agency.pk)
    return agency


@transaction.atomic
def add_unit(*, parent, code, name, by):
    """Adds a unit below another one, as its last child."""
    parent = Unit.objects.select_for_update().get(pk=parent.pk)
    path = tree.child_path(parent.path, _next_child_number(parent))
    unit = Unit.objects.create(
        agency_id=parent.agency_id, parent=parent, code=code, name=name, path=path, depth=tree.depth(path)
    )
    record(event="unit.added", by=by, target=unit, agency_id=unit.agency_id)
    return unit


@transaction.atomic
def move_unit(*, unit, new_parent, by):
    """Hangs a unit, with everything below it, under another unit of the same agency.

    Assignments keep the path they were given, so results of earlier campaigns stay as they were.
    """
    family = {u.pk: u for u in Unit.objects.select_for_update().filter(agency_id=unit.agency_id)}
    unit, new_parent = family[unit.pk], Unit.objects.get(pk=new_parent.pk)
    check_unit_can_move(unit, new_parent)
    old_path = unit.path
    new_path = tree.child_path(new_parent.path, _next_child_number(new_parent))
    moved = [u for u in family.values() if tree.is_within(u.path, old_path)]
    for member in moved:
        member.path = new_path + member.path[len(old_path) :]
        member.depth = tree.depth(member.path)
    unit.parent_id = new_parent.pk
    Unit.objects.bulk_update(moved, ["path", "depth", "parent"])
    record(
        event="unit.moved",
        by=by,
        target=unit,
        agency_id=unit.agency_id,
        detail={"from": old_path, "to": new_path},
    )
    return unit


def _next_child_number(parent):
    paths = Unit.objects.filter(parent=parent).values_list("path", flat=True)
    return max((tree.last_number(path) for path in paths), default=0) + 1


@transaction.atomic
def place_person(
    *, person, unit, job_category, employment_kind, by, job_level="", supervises_others=False, valid_from=None
):
    """Says where a person works from a day on; an earlier place of work ends there.

    Whoever works for an agency may answer: the respondent role is granted along with the place.
    """
    valid_from = valid_from or timezone.localdate()
    ended = Placement.objects.filter(person=person, valid_to__isnull=True)
    if ended.filter(valid_from__gt=valid_from).exists():
        raise PolicyError("Tanggal mulai penempatan baru mendahului penempatan yang sedang berjalan.")
    ended.update(valid_to=valid_from)
    placement = Placement.objects.create(
        person=person,
        unit=unit,
        job_category=job_category,
        job_level=job_level,
        employment_kind=employment_kind,
        supervises_others=supervises_others,
        valid_from=valid_from,
    )
    record(event="person.placed", by=by, target=placement, agency_id=unit.agency_id)
    grant_role(user=person, role=Role.RESPONDENT, agency=unit.agency, by=by)
    return placement


@transaction.atomic
def grant_role(*, user, role, by, agency=None, unit=None):
    """Gives a role; giving it again changes nothing.

    Raises:
        PolicyError: the unit belongs to another agency.
    """
    if unit is not None and agency is None:
        agency = unit.agency
    if unit is not None and unit.agency_id != agency.pk:
        raise PolicyError("Unit kerja itu bukan milik instansi yang dipilih.")
    grant, is_new = RoleGrant.objects.get_or_create(
        user=user,
        role=role,
        agency=agency,
        unit=unit,
        defaults={"granted_by": by, "granted_at": timezone.now()},
    )
    if is_new:
        record(
            event="role.granted",
            by=by,
            target=grant,
            agency_id=agency.pk if agency else None,
            detail={"role": str(role)},
        )
    _forget_grants(user)
    return grant


@transaction.atomic
def revoke_role(*, grant, by):
    """Takes a role back at once."""
    record(event="role.revoked", by=by, target=grant, agency_id=grant.agency_id, detail={"role": grant.role})
    _forget_grants(grant.user)
    grant.delete()


def _forget_grants(user):
    """The user object in hand remembers its grants for the length of a request."""
    user.__dict__.pop("_role_grants", None)
