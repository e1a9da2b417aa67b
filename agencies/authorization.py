"""Who may do what, and how far it reaches. Roles are code, grants are data; every check of the product ends here."""

from dataclasses import dataclass
from enum import StrEnum
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils.translation import gettext as _

from agencies import staff_powers, tree
from agencies.models import Role, RoleGrant


class Permission(StrEnum):
    """One thing that can be allowed."""

    TAKE_QUESTIONNAIRE = "take_questionnaire"
    VIEW_AGENCY_RESULTS = "view_agency_results"
    MANAGE_CAMPAIGN = "manage_campaign"
    MANAGE_PEOPLE = "manage_people"
    GRANT_ROLES = "grant_roles"
    VIEW_BANK = "view_bank"
    EDIT_BANK = "edit_bank"
    PUBLISH_BANK = "publish_bank"
    VIEW_NATIONAL_RESULTS = "view_national_results"
    VIEW_AUDIT = "view_audit"
    # Statistics of items and scales, calibrations, norms, scoring again: whole instruments, never a unit or a person.
    MANAGE_MEASUREMENT = "manage_measurement"


ROLE_PERMISSIONS = {
    Role.RESPONDENT: frozenset({Permission.TAKE_QUESTIONNAIRE}),
    Role.AGENCY_ANALYST: frozenset({Permission.VIEW_AGENCY_RESULTS, Permission.MANAGE_CAMPAIGN}),
    Role.AGENCY_ADMINISTRATOR: frozenset({Permission.MANAGE_PEOPLE, Permission.GRANT_ROLES}),
    Role.BANK_EDITOR: frozenset({Permission.VIEW_BANK, Permission.EDIT_BANK}),
    Role.BANK_APPROVER: frozenset({Permission.VIEW_BANK, Permission.PUBLISH_BANK}),
    Role.NATIONAL_ANALYST: frozenset({Permission.VIEW_NATIONAL_RESULTS}),
    Role.AUDITOR: frozenset({Permission.VIEW_AUDIT}),
    Role.PSYCHOMETRICIAN: frozenset({Permission.VIEW_BANK, Permission.MANAGE_MEASUREMENT}),
}

# Whoever holds one of these finds something to do in Django admin.
ADMIN_PERMISSIONS = frozenset(
    {
        Permission.VIEW_BANK,
        Permission.EDIT_BANK,
        Permission.PUBLISH_BANK,
        Permission.MANAGE_PEOPLE,
        Permission.GRANT_ROLES,
        Permission.VIEW_AUDIT,
        Permission.MANAGE_MEASUREMENT,
    }
)


# What is not everybody's own: these count only while staff powers are open (agencies.staff_powers).
STAFF_PERMISSIONS = frozenset(Permission) - ROLE_PERMISSIONS[Role.RESPONDENT]


class StaffPowersClosed(PermissionDenied):
    """The person's roles allow it, but staff powers have not been entered, or have run out."""


@dataclass(frozen=True)
class Scope:
    """How far a permission of a person reaches: everywhere, whole agencies, or subtrees ``(agency id, unit path)``."""

    is_everywhere: bool = False
    agency_ids: frozenset[int] = frozenset()
    subtrees: frozenset[tuple[int, str]] = frozenset()

    def __bool__(self):
        return self.is_everywhere or bool(self.agency_ids) or bool(self.subtrees)

    def touches_agency(self, agency_id) -> bool:
        """Whether anything of the agency is within reach."""
        return (
            self.is_everywhere
            or agency_id in self.agency_ids
            or any(a == agency_id for a, _path in self.subtrees)
        )

    def covers(self, agency_id, unit_path=None) -> bool:
        """Whether the whole agency, or the whole unit of it, is within reach."""
        if self.is_everywhere or agency_id in self.agency_ids:
            return True
        return unit_path is not None and any(
            a == agency_id and tree.is_within(unit_path, path) for a, path in self.subtrees
        )

    def condition(self, *, agency, path=None) -> Q:
        """What a row must satisfy to lie within reach.

        Args:
            agency: the lookup from the row to its agency.
            path: the lookup to the path of its unit; without one, a row belongs to a whole agency, and only whoever
                reaches the whole agency reaches it.
        """
        if self.is_everywhere:
            return Q()
        within = Q(**{f"{agency}__in": sorted(self.agency_ids)})
        if path is not None:
            for agency_id, unit_path in sorted(self.subtrees):
                within |= Q(**{agency: agency_id, f"{path}__startswith": unit_path})
        return within


def grants_of(user):
    """The person's grants as ``(role, agency id, unit path)``; read once for each request and user object."""
    if not user.is_authenticated or not user.is_active:
        return ()
    if not hasattr(user, "_role_grants"):
        grants = RoleGrant.objects.filter(user=user).values_list("role", "agency_id", "unit__path")
        remember_grants(user, grants.order_by("pk"))
    return user._role_grants


def remember_grants(user, grants):
    """Keeps the grants with the user object; whoever reads the person may read them in the same query."""
    user._role_grants = tuple(grants)


def scope_of(user, permission: Permission) -> Scope:
    """Everything over which the person may use the permission now."""
    scope = reach_of_roles(user, permission)
    if scope and permission in STAFF_PERMISSIONS:
        if not staff_powers.count_for(user):
            return Scope()
        staff_powers.mark_used(user)
    return scope


def reach_of_roles(user, permission: Permission) -> Scope:
    """Everything over which the person's roles give the permission, whether or not staff powers are open."""
    everywhere, agencies, subtrees = False, set(), set()
    for role, agency_id, path in grants_of(user):
        if permission not in ROLE_PERMISSIONS[role]:
            continue
        if agency_id is None:
            everywhere = True
        elif path is None:
            agencies.add(agency_id)
        else:
            subtrees.add((agency_id, path))
    return Scope(everywhere, frozenset(agencies), frozenset(subtrees))


def has_permission(user, permission: Permission, *, agency=None, unit=None) -> bool:
    """Whether the person may, anywhere at all or in the given agency or unit."""
    try:
        check_permission(user, permission, agency=agency, unit=unit)
    except PermissionDenied:
        return False
    return True


def check_permission(user, permission: Permission, *, agency=None, unit=None):
    """Raises PermissionDenied with the sentence that the user reads, unless the person may.

    Raises:
        StaffPowersClosed: the person may, once staff powers are entered.
    """
    if _covers(scope_of(user, permission), agency, unit):
        return
    if _covers(reach_of_roles(user, permission), agency, unit):
        raise StaffPowersClosed
    raise PermissionDenied(
        _("Akun Anda belum mempunyai hak untuk ini. Bila Anda memerlukannya, hubungi administrator instansi.")
    )


def check_powers_entered(user, *permissions: Permission):
    """Raises StaffPowersClosed if the person's roles give one of the permissions, which do not count just now."""
    if not staff_powers.count_for(user) and any(reach_of_roles(user, each) for each in permissions):
        raise StaffPowersClosed


def _covers(scope, agency, unit):
    if unit is not None:
        return scope.covers(unit.agency_id, unit.path)
    if agency is not None:
        return scope.covers(agency.pk)
    return bool(scope)


def require(permission: Permission):
    """View decorator: 403 for a signed-in person who holds the permission nowhere."""

    def decorate(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            check_permission(request.user, permission)
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def holds_staff_role(user) -> bool:
    """Whether the person is more than a respondent, and so needs a second factor."""
    if not user.is_authenticated or not user.is_active:
        return False
    return user.is_superuser or any(role != Role.RESPONDENT for role, _a, _p in grants_of(user))


def acts_as_superuser(user) -> bool:
    """Whether the person is the technical superuser, with staff powers open."""
    return user.is_superuser and staff_powers.count_for(user)


def has_work_in_admin(user) -> bool:
    """Whether Django admin has anything for the person; for the technical superuser it always has."""
    if not user.is_authenticated or not user.is_active:
        return False
    return user.is_superuser or any(
        ROLE_PERMISSIONS[role] & ADMIN_PERMISSIONS for role, _a, _p in grants_of(user)
    )


def may_enter_admin(user) -> bool:
    """Whether the person may be in Django admin now.

    Raises:
        StaffPowersClosed: once staff powers are entered.
    """
    if not has_work_in_admin(user):
        return False
    if not staff_powers.count_for(user):
        raise StaffPowersClosed
    staff_powers.mark_used(user)
    return True
