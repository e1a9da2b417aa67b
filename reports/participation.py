"""Participation while a campaign runs: how many have finished, unit by unit, and nothing about any score or person."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from time import monotonic

import numpy as np
from django.db.models import Count
from django.utils import timezone

from agencies import tree as paths
from agencies.models import Agency, Unit
from assessments.models import Assignment, Campaign
from reports import sentences
from reports.counting import completed, read_counts
from reports.disclosure import Cell, ShownCell, UnitCount, publishable_totals
from reports.frozen_values import cell_text, rate_cell
from reports.models import ReleaseState
from reports.reach import OutOfReach, Reach, highest_unit, other_entries, reach_of
from reports.sampling import NARROW, SampleOutlook, outlook
from reports.selectors import UnitLink
from reports.unit_trees import UnitTree, nearest_below

_COUNTED_FOR = (
    600  # seconds; also how long the deletion of a person may take to show in the number of people asked
)
_COUNTS_KEPT = 16  # a ministry of 10,500 units takes some megabytes


@dataclass(frozen=True)
class ParticipationRow:
    """A unit with everything below it. ``rate``: percent of those asked who have finished; its ``n`` is those asked.

    ``outlook``: what it still lacks; None where the rate is hidden.
    """

    unit: UnitLink
    is_whole: bool
    has_units_below: bool
    rate: Cell
    outlook: SampleOutlook | None


@dataclass(frozen=True)
class Participation:
    """One page: a unit and the units directly below it, in tree order."""

    unit: UnitLink
    crumbs: tuple[UnitLink, ...]
    other_entries: tuple[UnitLink, ...]
    headline: str
    rows: tuple[ParticipationRow, ...]
    target: int
    closes_at: datetime
    days_left: str

    @property
    def whole(self) -> Cell:
        return self.rows[0].rate

    @property
    def outlook(self) -> SampleOutlook | None:
        return self.rows[0].outlook

    @property
    def outlook_message(self) -> str:
        return sentences.of_outlook(self.unit.name, self.outlook)

    @property
    def narrow(self) -> int:
        return NARROW

    @property
    def shown_rows(self) -> tuple[ParticipationRow, ...]:
        return tuple(row for row in self.rows if row.outlook is not None)


@dataclass(frozen=True)
class CampaignEntry:
    """A line of the list of dashboards: one agency in one campaign.

    ``rate`` is None where it would need the whole unit tree: for analysts of single units, and for frozen results.
    """

    campaign: Campaign
    agency: Agency
    is_frozen: bool
    rate: Cell | None
    closes_at: datetime
    days_left: str


def participation(user, campaign, agency, unit=None) -> Participation:
    """Who has finished, by unit, in a fixed number of queries. ``unit``: the highest within reach if left out.

    The counts of people asked pass the same disclosure control as results do, so that the rate of a small unit can
    neither be read nor be computed from the others.

    Raises:
        PermissionDenied: the person may see no group results at all.
        OutOfReach: another agency, or a unit outside the person's reach.
    """
    reach = reach_of(user)
    unit = unit or highest_unit(reach, agency)
    if unit.agency_id != agency.pk or not reach.covers_unit(unit):
        raise OutOfReach
    people = _people_asked(campaign, agency, unit)
    done = people.tree.roll_up(_finished(campaign, agency, people.tree))
    unit_ids, parents, crumb_ids = _page(people.tree, unit)
    units = Unit.objects.in_bulk([*unit_ids, *crumb_ids])
    links = {pk: UnitLink(u.code, u.name, reach.covers_unit(u)) for pk, u in units.items()}
    rows = tuple(
        ParticipationRow(links[pk], pk == unit.pk, pk in parents, *_figures(campaign, people, pk, done))
        for pk in unit_ids
    )
    whole = rows[0].rate
    return Participation(
        unit=links[unit.pk],
        crumbs=tuple(links[pk] for pk in crumb_ids if links[pk].is_open),
        other_entries=tuple(UnitLink(u.code, u.name) for u in other_entries(reach, agency, unit)),
        headline=sentences.of_participation(
            links[unit.pk].name,
            cell_text(whole) if isinstance(whole, ShownCell) else None,
            campaign.participation_target,
        ),
        rows=rows,
        target=campaign.participation_target,
        closes_at=campaign.closes_at,
        days_left=sentences.days_left(_days_until(campaign.closes_at, agency.zone)),
    )


@dataclass(frozen=True, eq=False)
class _PeopleAsked:
    """What stays as it is while a campaign runs: the tree, people asked over whole subtrees, which units are shown."""

    tree: UnitTree
    asked: np.ndarray
    published: frozenset[str]


def _people_asked(campaign, agency, unit) -> _PeopleAsked:
    """Counted again when somebody was assigned, when the unit is newer than the count, and every ten minutes."""
    key = (campaign.pk, agency.pk, campaign.revision, campaign.minimum_group_size)
    people = count_people_asked(*key, int(monotonic() // _COUNTED_FOR))
    if unit.pk not in people.tree.index_of:
        people = count_people_asked.__wrapped__(*key, 0)
    return people


@lru_cache(maxsize=_COUNTS_KEPT)
def count_people_asked(campaign_id, agency_id, _revision, minimum, _stretch) -> _PeopleAsked:
    """Counts 350,000 people in a third of a second, which is why it is kept in memory for a while."""
    campaign, agency = Campaign(pk=campaign_id), Agency(pk=agency_id)
    tree, counts = read_counts(campaign, agency, asked=Count("pk"))
    asked = tree.roll_up(counts["asked"])
    return _PeopleAsked(tree, asked, _published(tree, asked, minimum))


def _finished(campaign, agency, tree: UnitTree) -> np.ndarray:
    """People directly in each unit who have finished, as of now."""
    finished = Assignment.objects.filter(campaign=campaign, agency=agency, completed_at__isnull=False)
    direct = np.zeros(len(tree), dtype=np.int64)
    for unit_id, number in finished.values_list("unit_id").annotate(number=Count("pk")).order_by():
        if unit_id in tree.index_of:
            direct[tree.index_of[unit_id]] = number
    return direct


def _published(tree: UnitTree, asked: np.ndarray, threshold) -> frozenset[str]:
    units = {
        place.code: UnitCount(parent=tree.parent_code(index), n=int(asked[index]))
        for index, place in enumerate(tree.places)
    }
    return publishable_totals(units=units, threshold=threshold).published


def _figures(campaign, people: _PeopleAsked, unit_id, done) -> tuple[Cell, SampleOutlook | None]:
    """The rate of a unit, and what it still lacks; of a hidden unit neither has a number."""
    index = people.tree.index_of[unit_id]
    is_shown = people.tree.places[index].code in people.published
    answered, asked = int(done[index]), int(people.asked[index])
    rate = rate_cell(is_shown=is_shown, answered=answered, asked=asked)
    if not is_shown:
        return rate, None
    minimum, target = campaign.minimum_group_size, campaign.participation_target
    return rate, outlook(asked=asked, done=answered, minimum=minimum, target=target)


def _page(tree: UnitTree, unit) -> tuple[list[int], set[int], list[int]]:
    """Ids of the unit and the units directly below it, which of them have units below, and the ids above."""
    unit_at = {place.path: place.id for place in reversed(tree.places)}
    own_path = tree.places[tree.index_of[unit.pk]].path
    unit_at[own_path] = unit.pk
    below = nearest_below(unit_at, own_path)
    parents = {unit_at[path] for path, has_units_below in below.items() if has_units_below}
    above = [unit_at[path] for path in paths.ancestor_paths(own_path)[:-1] if path in unit_at]
    return [unit.pk, *(unit_at[path] for path in below)], parents, above


def _days_until(moment, zone) -> int:
    if moment <= timezone.now():
        return -1
    return (moment.astimezone(zone).date() - timezone.now().astimezone(zone).date()).days


def campaigns_for(user) -> tuple[CampaignEntry, ...]:
    """Every campaign of which the person may open a page, newest first, in a fixed number of queries.

    Raises:
        PermissionDenied: the person may see no group results at all.
    """
    reach = reach_of(user)
    releases = _releases(reach)
    counts = _counts(reach)
    campaigns = _campaigns(reach, counts, releases)
    agencies = Agency.objects.in_bulk({*reach.agency_ids, *(agency_id for _c, agency_id in releases)})
    pairs = {*counts, *releases}
    pairs |= {(c.pk, c.agency_id) for c in campaigns.values() if c.agency_id in reach.agency_ids}
    entries = [
        _entry(campaigns[campaign_id], agencies[agency_id], reach, counts, releases)
        for campaign_id, agency_id in pairs
        if campaign_id in campaigns
    ]
    entries.sort(key=lambda entry: (entry.agency.name, entry.agency.pk))
    entries.sort(key=lambda entry: (entry.campaign.opens_at, entry.campaign.pk), reverse=True)
    return tuple(entries)


def _releases(reach: Reach) -> set[tuple[int, int]]:
    """(campaign id, agency id) of frozen results within reach."""
    releases = ReleaseState.objects.all()
    if not reach.is_national:
        releases = releases.filter(agency_id__in=reach.agency_ids)
    return set(releases.values_list("campaign_id", "agency_id"))


def _counts(reach: Reach) -> dict[tuple[int, int], tuple[int, int]]:
    """(campaign id, agency id) to people asked and people finished, over whole agencies."""
    rows = (
        Assignment.objects.filter(agency_id__in=reach.agency_ids)
        .exclude(campaign__state=Campaign.State.DRAFT)
        .values_list("campaign_id", "agency_id")
        .annotate(asked=Count("pk"), done=completed())
        .order_by()
    )
    return {(campaign_id, agency_id): (asked, done) for campaign_id, agency_id, asked, done in rows}


def _campaigns(reach: Reach, counts, releases) -> dict[int, Campaign]:
    wanted = {campaign_id for campaign_id, _agency_id in (*counts, *releases)}
    started = Campaign.objects.exclude(state=Campaign.State.DRAFT)
    return {c.pk: c for c in started.filter(pk__in=wanted) | started.filter(agency_id__in=reach.agency_ids)}


def _entry(campaign, agency, reach: Reach, counts, releases) -> CampaignEntry:
    is_frozen = (campaign.pk, agency.pk) in releases
    rate = None
    if not is_frozen and reach.covers_agency(agency.pk):
        asked, done = counts.get((campaign.pk, agency.pk), (0, 0))
        is_shown = asked >= campaign.minimum_group_size
        rate = rate_cell(is_shown=is_shown, answered=done, asked=asked)
    return CampaignEntry(
        campaign=campaign,
        agency=agency,
        is_frozen=is_frozen,
        rate=rate,
        closes_at=campaign.closes_at,
        days_left=sentences.days_left(_days_until(campaign.closes_at, agency.zone)),
    )
