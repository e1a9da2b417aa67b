"""Whose results a person may open: an analyst's agency or units; for a national analyst everything that is frozen."""

from dataclasses import dataclass

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.utils.translation import gettext as _

from agencies import tree
from agencies.authorization import Permission, Scope, check_permission, check_powers_entered, scope_of
from agencies.models import Agency, Unit
from assessments.models import Campaign
from assessments.periods.reach import check_may_manage
from reports.models import ReleaseState, ResultCell
from reports.results import agencies_of


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

    def covers_unit(self, unit) -> bool:
        """Whether the unit is within reach where it stands today; of frozen results ask :class:`FrozenReach`."""
        return self.scope.covers(unit.agency_id, unit.path)

    def paths_in(self, agency_id) -> list[str]:
        """Present paths of the units of an agency that the person was granted one by one."""
        return [path for granted_in, path in self.scope.subtrees if granted_in == agency_id]


@dataclass(frozen=True)
class FrozenReach:
    """How far a person sees in one release: units count where they stood then, whatever has moved since.

    ``granted``: id and path then of the units that the person was granted one by one.
    """

    is_whole: bool
    granted: tuple[tuple[int, str], ...] = ()

    def covers(self, path_then) -> bool:
        return self.is_whole or any(tree.is_within(path_then, path) for _id, path in self.granted)


def reach_of(user) -> Reach:
    """Raises PermissionDenied for a person who may see no group results at all."""
    scope = scope_of(user, Permission.VIEW_AGENCY_RESULTS)
    is_national = bool(scope_of(user, Permission.VIEW_NATIONAL_RESULTS))
    if not scope and not is_national:
        check_powers_entered(user, Permission.VIEW_AGENCY_RESULTS, Permission.VIEW_NATIONAL_RESULTS)
        raise PermissionDenied(_("Akun Anda belum mempunyai hak untuk melihat hasil instansi."))
    return Reach(scope, is_national)


def frozen_reach(reach: Reach, release: ReleaseState) -> FrozenReach:
    """The person's reach in a release; one query for an analyst of single units, none for others."""
    if reach.is_national or reach.covers_agency(release.agency_id):
        return FrozenReach(is_whole=True)
    counts = ResultCell.objects.filter(release=release, version__isnull=True)
    granted = counts.filter(unit__path__in=reach.paths_in(release.agency_id)).order_by("unit_path", "unit_id")
    return FrozenReach(is_whole=False, granted=tuple(granted.values_list("unit_id", "unit_path")))


def campaign_of_agency(reach: Reach, *, campaign_id, agency_code, frozen_exists) -> tuple[Campaign, Agency]:
    """The campaign and the agency of an address, if the person may know of them.

    Args:
        frozen_exists: function of (campaign, agency): whether results are frozen.

    Raises:
        ObjectDoesNotExist: no such campaign or agency, still a draft, or out of reach.
    """
    campaign, agency = _started_in(campaign_id, agency_code)
    if reach.scope.touches_agency(agency.pk) or (reach.is_national and frozen_exists(campaign, agency)):
        return campaign, agency
    raise OutOfReach


def campaign_to_freeze(user, *, campaign_id, agency_code) -> tuple[Campaign, Agency]:
    """The campaign and the agency of an address, if the person may make the results of that agency.

    Raises:
        ObjectDoesNotExist: no such campaign or agency, still a draft, or another agency's.
        PermissionDenied: the person manages no campaign, or not those of the whole agency.
    """
    check_permission(user, Permission.MANAGE_CAMPAIGN)
    campaign, agency = _started_in(campaign_id, agency_code)
    if not scope_of(user, Permission.MANAGE_CAMPAIGN).touches_agency(agency.pk):
        raise OutOfReach
    check_permission(user, Permission.MANAGE_CAMPAIGN, agency=agency, unit=campaign.unit)
    return campaign, agency


def campaign_to_close(user, *, campaign_id) -> Campaign:
    """A campaign that the person may close, with its agency.

    Raises:
        ObjectDoesNotExist: no such campaign, still a draft, or another agency's.
        PermissionDenied: as in :func:`campaign_to_freeze`; a national campaign is no agency's to close.
    """
    check_permission(user, Permission.MANAGE_CAMPAIGN)
    scope = scope_of(user, Permission.MANAGE_CAMPAIGN)
    campaign = _started().get(public_id=campaign_id)
    if not any(map(scope.touches_agency, agencies_of(campaign).values_list("pk", flat=True))):
        raise OutOfReach
    if campaign.agency is None:
        raise PermissionDenied(_("Periode nasional ditutup oleh penyelenggara pada batas waktunya."))
    check_may_manage(user, campaign)
    return campaign


def _started():
    return Campaign.objects.exclude(state=Campaign.State.DRAFT).select_related("agency", "unit")


def _started_in(campaign_id, agency_code) -> tuple[Campaign, Agency]:
    campaign = _started().get(public_id=campaign_id)
    agency = Agency.objects.get(code=agency_code)
    if campaign.agency_id not in (None, agency.pk):
        raise OutOfReach
    return campaign, agency


def unit_named(agency, unit_code) -> Unit | None:
    """The unit of an address, whoever asks; None if the address names none."""
    return Unit.objects.get(agency=agency, code=unit_code) if unit_code is not None else None


def highest_unit(reach: Reach, agency) -> Unit:
    """The highest unit within reach today."""
    units = Unit.objects.filter(agency=agency)
    if reach.covers_agency(agency.pk):
        return units.get(parent=None)
    paths = reach.paths_in(agency.pk)
    if not paths:
        raise OutOfReach
    return units.get(path=min(paths))


def highest_frozen_unit(frozen: FrozenReach, agency) -> Unit:
    """The highest unit within reach in a release."""
    units = Unit.objects.filter(agency=agency)
    if frozen.is_whole:
        return units.get(parent=None)
    if not frozen.granted:
        raise OutOfReach
    return units.get(pk=frozen.granted[0][0])


def other_entries(reach: Reach, agency, unit) -> tuple[Unit, ...]:
    """Further units that the person was granted directly, so that somebody with two subtrees finds both."""
    if reach.covers_agency(agency.pk):
        return ()
    granted = Unit.objects.filter(agency=agency, path__in=reach.paths_in(agency.pk))
    return tuple(granted.exclude(pk=unit.pk).order_by("path"))


def other_frozen_entries(frozen: FrozenReach, unit) -> tuple[Unit, ...]:
    """As :func:`other_entries`, of the units that are in the release."""
    if frozen.is_whole:
        return ()
    ids = [unit_id for unit_id, _path in frozen.granted if unit_id != unit.pk]
    return tuple(Unit.objects.filter(pk__in=ids).order_by("path"))
