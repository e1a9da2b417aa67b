"""Writes to agencies, their unit trees, people's places of work and role grants."""

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils import timezone

from accounts import notices
from accounts.sessions import end_sessions
from agencies import tree
from agencies.models import Agency, Placement, Role, RoleGrant, Unit
from agencies.policies import check_branch_fits, check_grant, check_new_place_follows, check_unit_can_move
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
    hold_agency(parent.agency_id)
    parent = Unit.objects.get(pk=parent.pk)
    check_branch_fits(parent)
    path = _next_child_path(parent)
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
    hold_agency(unit.agency_id)
    unit, new_parent = Unit.objects.get(pk=unit.pk), Unit.objects.get(pk=new_parent.pk)
    family = Unit.objects.filter(agency_id=unit.agency_id, path__startswith=unit.path).order_by()
    moved = [unit, *family.exclude(pk=unit.pk)]
    check_unit_can_move(unit, new_parent, levels=max(member.depth for member in moved) - unit.depth + 1)
    old_path = unit.path
    new_path = _next_child_path(new_parent)
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


def hold_agency(agency_id):
    """Lets nobody else change the agency's tree, or who looks after it, until the transaction ends.

    The row of the agency stands for its tree: rows of units cannot, because a unit that is being added has none yet.
    """
    # no_key: whoever only refers to the agency, such as a new role grant, need not wait.
    Agency.objects.order_by().select_for_update(no_key=True).get(pk=agency_id)


def _next_child_path(parent):
    """A path that no unit ever had; the tree must be held, and ``parent`` read since."""
    parent.children_made += 1
    parent.save(update_fields=["children_made"])
    return tree.child_path(parent.path, parent.children_made)


@transaction.atomic
def place_person(
    *, person, unit, job_category, employment_kind, by, job_level="", supervises_others=False, valid_from=None
):
    """Says where a person works from a day on; an earlier place of work ends there.

    Whoever works for an agency may answer: the respondent role is granted along with the place, and taken back when
    the person leaves for another agency.
    """
    valid_from = valid_from or timezone.localdate()
    _end_current_place(person, valid_from, new_agency_id=unit.agency_id, by=by)
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


def _end_current_place(person, day, *, new_agency_id, by):
    current = Placement.objects.filter(person=person, valid_to__isnull=True).select_related("unit").first()
    check_new_place_follows(current, day)
    if current is None:
        return
    Placement.objects.filter(pk=current.pk).update(valid_to=day)
    if current.unit.agency_id != new_agency_id:
        for grant in person.role_grants.filter(role=Role.RESPONDENT, agency_id=current.unit.agency_id):
            revoke_role(grant=grant, by=by)


@transaction.atomic
def grant_role(*, user, role, by, agency=None, unit=None, reason=""):
    """Gives a role; giving it again changes nothing.

    Raises:
        PolicyError: the role cannot have this reach, or the unit belongs to another agency.
    """
    check_grant(role, agency, unit)
    if unit is not None:
        agency = unit.agency
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
            detail=_detail(role, reason),
        )
    _forget_grants(user)
    return grant


@transaction.atomic
def revoke_role(*, grant, by, reason=""):
    """Takes a role back at once."""
    detail = _detail(grant.role, reason)
    record(event="role.revoked", by=by, target=grant, agency_id=grant.agency_id, detail=detail)
    _forget_grants(grant.user)
    grant.delete()


@transaction.atomic
def reset_second_factor(*, person, reason, by):
    """Takes away every second factor of somebody who lost it, and signs the person out everywhere.

    The next page of a role asks for a new one. Who may do this to whom: :func:`agencies.policies.check_factor_reset`.
    """
    Authenticator.objects.filter(user=person).delete()
    end_sessions(user=person, by=by)
    placement = Placement.objects.filter(person=person, valid_to__isnull=True).select_related("unit").first()
    record(
        event="second_factor.reset",
        by=by,
        target=person,
        agency_id=placement.unit.agency_id if placement else None,
        detail={"reason": reason},
    )
    transaction.on_commit(lambda: notices.send_change.enqueue(person.pk, "second_factor.reset"))


def _detail(role, reason):
    return {"role": str(role), "reason": reason} if reason else {"role": str(role)}


def _forget_grants(user):
    """The user object in hand remembers its grants for the length of a request."""
    user.__dict__.pop("_role_grants", None)
