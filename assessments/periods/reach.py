"""Which periods a person manages: those of the own agency, or those made for a unit within the own reach."""

from dataclasses import dataclass

from django.core.exceptions import ObjectDoesNotExist

from agencies.authorization import Permission, check_permission, scope_of
from agencies.models import Agency, Unit
from assessments.models import Campaign


class OutOfReach(ObjectDoesNotExist):
    """For this person there is no such page; the view answers 404."""


@dataclass(frozen=True)
class Place:
    """Where somebody may make a period: a whole agency, or one unit and what is below it."""

    agency: Agency
    unit: Unit | None

    @property
    def key(self) -> str:
        """Names the place in a form."""
        return self.agency.code if self.unit is None else f"{self.agency.code}/{self.unit.code}"

    def __str__(self):
        return self.agency.name if self.unit is None else f"{self.unit.name}, {self.agency.name}"


def places_of(user) -> tuple[Place, ...]:
    """Every place for which the person may make periods, whole agencies first.

    Raises:
        PermissionDenied: the person manages no periods at all.
    """
    check_permission(user, Permission.MANAGE_CAMPAIGN)
    scope = scope_of(user, Permission.MANAGE_CAMPAIGN)
    agencies = Agency.objects.filter(pk__in=scope.agency_ids).order_by("name", "pk")
    granted = {agency_id for agency_id, _path in scope.subtrees} - scope.agency_ids
    units = Unit.objects.filter(
        agency_id__in=granted, path__in=[path for _agency, path in scope.subtrees]
    ).select_related("agency")
    within = [
        unit
        for unit in units.order_by("agency__name", "path")
        if (unit.agency_id, unit.path) in scope.subtrees
    ]
    return (*(Place(agency, None) for agency in agencies), *(Place(unit.agency, unit) for unit in within))


def periods_of(user):
    """The periods that the person manages, with agency, unit and last editor; national ones are nobody's here.

    Raises:
        PermissionDenied: the person manages no periods at all.
    """
    check_permission(user, Permission.MANAGE_CAMPAIGN)
    scope = scope_of(user, Permission.MANAGE_CAMPAIGN)
    return Campaign.objects.filter(
        scope.condition(agency="agency_id", path="unit__path"), agency__isnull=False
    ).select_related("agency", "unit", "edited_by")


def period_of(user, public_id) -> Campaign:
    """One of them.

    Raises:
        ObjectDoesNotExist: there is no such period within reach.
    """
    return periods_of(user).get(public_id=public_id)


def check_may_manage(user, campaign):
    """Raises PermissionDenied unless the person manages the campaign of an agency."""
    check_permission(user, Permission.MANAGE_CAMPAIGN, agency=campaign.agency, unit=campaign.unit)
