"""Roles that administrators give and take within the own reach: which ones, to whom, and the list of those given."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies import actions, tree
from agencies.authorization import Permission, check_permission, scope_of
from agencies.models import Placement, Role, RoleGrant
from agencies.policies import PolicyError, check_reason

# What an administrator gives: the own role and the one below it. The respondent's comes with a place of work;
# general roles and the auditor, who looks at administrators too, are given by the technical operator.
GIVEN_HERE = {
    Role.AGENCY_ANALYST: gettext_lazy("Analis SDM instansi"),
    Role.AGENCY_ADMINISTRATOR: gettext_lazy("Administrator instansi"),
}
NAMES = {**GIVEN_HERE, Role.AUDITOR: gettext_lazy("Auditor")}


@dataclass(frozen=True)
class GivenRole:
    """A row of the list."""

    grant: RoleGrant
    name: str
    is_taken_here: bool


def given_roles(user, agency):
    """Grants within the person's reach other than the respondents', by name; each with its people and its unit."""
    scope = scope_of(user, Permission.GRANT_ROLES)
    grants = RoleGrant.objects.filter(
        scope.condition(agency="agency", path="unit__path"), agency=agency, role__in=NAMES
    )
    return grants.select_related("user", "unit", "granted_by").order_by("user__name", "pk")


def rows_of(grants) -> list[GivenRole]:
    return [GivenRole(grant, NAMES[grant.role], grant.role in GIVEN_HERE) for grant in grants]


def person_in_reach(user, agency, number):
    """Who works within the person's reach under this number; None for everybody else, wherever they are."""
    scope = scope_of(user, Permission.GRANT_ROLES)
    place = Placement.objects.filter(
        scope.condition(agency="unit__agency", path="unit__path"),
        unit__agency=agency,
        valid_to__isnull=True,
        person__nip=number,
        person__is_active=True,
    )
    return next((place.person for place in place.select_related("person")), None)


@transaction.atomic
def give_role(*, user, role, agency, unit, reason, by):
    """Gives a role of the agency, or of a unit of it, within the giver's own reach.

    Raises:
        PermissionDenied: the reach of the role is not within the giver's.
        PolicyError: the role is not given here, to this person, or not without a reason.
    """
    actions.hold_agency(agency.pk)
    check_permission(by, Permission.GRANT_ROLES, agency=None if unit else agency, unit=unit)
    check_may_receive(user, role, by=by)
    check_reason(reason)
    return actions.grant_role(user=user, role=role, agency=agency, unit=unit, by=by, reason=reason.strip())


@transaction.atomic
def withdraw_role(*, grant, reason, by):
    """Takes a role back, within the own reach; the last administrator of a reach keeps it.

    Raises:
        PermissionDenied: the role reaches further than the person.
        PolicyError: it is not taken here, nobody would be left, or there is no reason.
    """
    actions.hold_agency(grant.agency_id)
    check_permission(by, Permission.GRANT_ROLES, agency=None if grant.unit else grant.agency, unit=grant.unit)
    if grant.role not in GIVEN_HERE:
        raise PolicyError(_("Peran ini hanya dapat dicabut oleh operator teknis. Tidak ada yang diubah."))
    check_somebody_is_left(grant)
    check_reason(reason)
    actions.revoke_role(grant=grant, by=by, reason=reason.strip())


def check_may_receive(user, role, *, by):
    """Raises PolicyError unless the giver may give the role to this person."""
    if role not in GIVEN_HERE:
        raise PolicyError(_("Peran ini hanya dapat diberikan oleh operator teknis."))
    if user == by:
        raise PolicyError(_("Peran tidak dapat diberikan kepada diri sendiri. Mintalah administrator lain."))
    if not user.is_active or not user.has_usable_password():
        # Whoever holds a role gets no activation code: the account must be the person's own before.
        raise PolicyError(
            _("Orang ini belum mengaktifkan akunnya. Berikan dahulu kode aktivasi, lalu perannya.")
        )


def check_somebody_is_left(grant):
    """Raises PolicyError if the reach of an administrator's grant would be left without an active administrator.

    The agency must be held, so that two administrators cannot take each other's role at the same time.
    """
    if grant.role != Role.AGENCY_ADMINISTRATOR:
        return
    others = RoleGrant.objects.filter(
        role=Role.AGENCY_ADMINISTRATOR, agency_id=grant.agency_id, user__is_active=True
    ).exclude(pk=grant.pk)
    paths = others.values_list("unit__path", flat=True)
    path = grant.unit.path if grant.unit else None
    if not any(over is None or (path is not None and tree.is_within(path, over)) for over in paths):
        raise PolicyError(
            _(
                "Ini administrator terakhir di jangkauannya, jadi perannya tidak dicabut. Berikan dahulu peran ini "
                "kepada orang lain."
            )
        )
