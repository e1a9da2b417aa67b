"""Whom a period asks: the places of work behind the choices of its form, and how many there are in each unit."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from agencies import tree
from agencies.models import Placement, Unit
from assessments.models import Audience, Campaign, ListedPerson


def placements_in_reach(campaign: Campaign):
    """Current places of work of active people in the part of the agency for which the period was made."""
    placements = Placement.objects.filter(
        valid_to__isnull=True, person__is_active=True, unit__agency_id=campaign.agency_id
    )
    if campaign.unit_id is not None:
        placements = placements.filter(unit__path__startswith=campaign.unit.path)
    return placements


def placements_of(campaign: Campaign):
    """Those of them that the period asks. What lies outside the period's part of the agency is never among them."""
    audience = campaign.audience
    placements = placements_in_reach(campaign)
    if audience.base == Audience.Base.UNITS:
        chosen = Q(pk__in=[])
        for path in audience.units.values_list("path", flat=True):
            chosen |= Q(unit__path__startswith=path)
        placements = placements.filter(chosen)
    elif audience.base == Audience.Base.LIST:
        listed = ListedPerson.objects.filter(audience=audience, person=OuterRef("person_id"))
        placements = placements.filter(Exists(listed))
    if audience.job_categories:
        placements = placements.filter(job_category__in=audience.job_categories)
    if audience.employment_kinds:
        placements = placements.filter(employment_kind__in=audience.employment_kinds)
    return placements


@dataclass(frozen=True)
class UnitSize:
    """How many people a period asks in a unit, everything below it included."""

    unit: Unit
    people: int
    is_small: bool


@dataclass(frozen=True)
class Sizes:
    """How many people a period asks: altogether, in the units next below its top, and which units are too small.

    ``direct``: people in the top unit itself. ``small``: units whose results stay hidden whatever they answer.
    """

    total: int
    direct: int
    below: tuple[UnitSize, ...]
    small: tuple[UnitSize, ...]


def sizes_of(campaign: Campaign) -> Sizes:
    """Counts the people a period asks, in two queries whatever the number of units."""
    counts = dict(placements_of(campaign).values_list("unit_id").annotate(people=Count("pk")).order_by())
    units = {unit.pk: unit for unit in units_in_reach(campaign)}
    people = roll_up({units[pk].path: number for pk, number in counts.items()})
    top = campaign.unit.path if campaign.unit_id else tree.child_path("", 1)
    sizes = [
        UnitSize(unit, people[unit.path], people[unit.path] < campaign.minimum_group_size)
        for unit in units.values()
        if unit.path in people
    ]
    return Sizes(
        total=sum(counts.values()),
        direct=sum(number for pk, number in counts.items() if units[pk].path == top),
        below=tuple(size for size in sizes if tree.parent_path(size.unit.path) == top),
        small=tuple(size for size in sizes if size.is_small),
    )


def units_in_reach(campaign: Campaign):
    """The units of the part of the agency for which the period was made, in tree order."""
    units = Unit.objects.filter(agency_id=campaign.agency_id).order_by("path")
    return units.filter(path__startswith=campaign.unit.path) if campaign.unit_id else units


def roll_up(direct: dict[str, int]) -> dict[str, int]:
    """Numbers of people by path as sums over each path with everything below it."""
    total: dict[str, int] = {}
    for path, number in direct.items():
        for above in tree.ancestor_paths(path):
            total[above] = total.get(above, 0) + number
    return total
