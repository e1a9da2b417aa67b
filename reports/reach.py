"""Whose results a person may open: an analyst's agency or units; for a national analyst everything that is frozen."""

from dataclasses import dataclass

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.utils.translation import gettext as _

from agencies.authorization import Permission, Scope, scope_of
from agencies.models import Agency, Unit
from assessments.models import Campaign


class OutOfReach(ObjectDoesNotExist):
    """For this person there is no such page; the view answers 404."""


@dataclass(frozen=True)
class Reach:
    """How far a person sees. ``is_national``: frozen results of every agency, but no campaign that still runs."""

    scope: Scope
    is_national: bool

    @property
    def agency_ids(self) -> set[int]:
        """Agencies of which at least a part is within reach as an agency's analyst."""
        return set(self.scope.agency_ids) | {agency_id for agency_id, _path in self.scope.subtrees}

    def covers_agency(self, agency_id) -> bool:
        return self.scope.covers(agency_id)

    def covers_unit(self, unit, *, frozen) -> bool:
        return (frozen and self.is_national) or self.scope.covers(unit.agency_id, unit.path)

    def touches(self, agency_id, *, frozen) -> bool:
        return (frozen and self.is_national) or self.scope.touches_agency(agency_id)


def reach_of(user) -> Reach:
    """Raises PermissionDenied for a person who may see no group results at all."""
    scope = scope_of(user, Permission.VIEW_AGENCY_RESULTS)
    is_national = bool(scope_of(user, Permission.VIEW_NATIONAL_RESULTS))
    if not scope and not is_national:
        raise PermissionDenied(_("Akun Anda belum mempunyai hak untuk melihat hasil instansi."))
    return Reach(scope, is_national)


def campaign_of_agency(reach: Reach, *, campaign_id, agency_code, frozen_exists) -> tuple[Campaign, Agency]:
    """The campaign and the agency of an address, if the person may know of them.

    Args:
        frozen_exists: function of (campaign, agency): whether results are frozen.

    Raises:
        ObjectDoesNotExist: no such campaign or agency, still a draft, or out of reach.
    """
    campaign = Campaign.objects.exclude(state=Campaign.State.DRAFT).get(public_id=campaign_id)
    agency = Agency.objects.get(code=agency_code)
    if campaign.agency_id not in (None, agency.pk):
        raise OutOfReach
    if reach.scope.touches_agency(agency.pk) or (reach.is_national and frozen_exists(campaign, agency)):
        return campaign, agency
    raise OutOfReach


def unit_within(reach: Reach, agency, unit_code, *, frozen) -> Unit:
    """The unit of an address, or the highest unit within reach if the address names none."""
    units = Unit.objects.filter(agency=agency)
    if unit_code is not None:
        unit = units.get(code=unit_code)
    elif (frozen and reach.is_national) or reach.covers_agency(agency.pk):
        unit = units.get(parent=None)
    else:
        paths = [path for agency_id, path in reach.scope.subtrees if agency_id == agency.pk]
        if not paths:
            raise OutOfReach
        unit = units.get(path=min(paths))
    if not reach.covers_unit(unit, frozen=frozen):
        raise OutOfReach
    return unit


def other_entries(reach: Reach, agency, unit) -> tuple[Unit, ...]:
    """Further units that the person was granted directly, so that somebody with two subtrees finds both."""
    if reach.is_national or reach.covers_agency(agency.pk):
        return ()
    paths = [path for agency_id, path in reach.scope.subtrees if agency_id == agency.pk]
    return tuple(Unit.objects.filter(agency=agency, path__in=paths).exclude(pk=unit.pk).order_by("path"))
