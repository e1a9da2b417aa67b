"""Freezing the results of an agency when a campaign has closed. Every page and export reads only what stands here."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np
from django.db import transaction
from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import Agency, Unit
from assessments.actions import close_campaign
from assessments.models import Assignment, Attempt, Campaign, ScoreSheet
from assessments.sheets import unpack
from audit.actions import record
from background import actions as background
from background.models import BackgroundJob
from questionnaires.document import load_document
from reports.aggregation import Aggregates, Tally, aggregate
from reports.disclosure import DISTRIBUTION_THRESHOLD, UnitCount, publishable_totals
from reports.models import ReleaseState, ResultCell
from reports.unit_trees import UnitTree, build_tree
from scoring.engine import ENGINE_VERSION
from scoring.selectors import plan_of

FREEZE = "results.freeze"  # the kind of background work
# Score sheets in memory at a time: about 10 MB with their scores.
_SHEETS = 20_000
# Rows in one INSERT; SQLite allows 32,766 variables in a statement and a cell has eleven.
_CELLS = 2000


class NotClosed(ValueError):
    """Results exist only of a closed campaign; the message is the sentence that the user reads."""


@dataclass(frozen=True)
class Statistic:
    """One column of the release: a dimension or a climate theme of a questionnaire version."""

    version_id: int
    scale_code: str


def check_can_freeze(campaign):
    if campaign.state != Campaign.State.CLOSED:
        raise NotClosed(_("Hasil baru dapat dibekukan setelah periode ditutup."))


@transaction.atomic
def freeze(*, campaign, agency, by, progress=None) -> ReleaseState:
    """Makes the results of an agency in a closed campaign, once; freezing again returns what is there.

    Late answers and later reorganisations change nothing: people stay where they stood when they were asked.

    Args:
        progress: told how many score sheets of about how many have been read.

    Raises:
        NotClosed: the campaign still takes answers.
    """
    campaign = Campaign.objects.select_for_update().get(pk=campaign.pk)
    existing = ReleaseState.objects.filter(campaign=campaign, agency=agency).first()
    if existing:
        return existing
    check_can_freeze(campaign)
    tree, invited = read_tree(campaign, agency)
    statistics = _statistics(campaign)
    sheets = _Sheets(campaign, agency, progress, people=int(invited.sum()))
    aggregates = aggregate(tree, invited, _tally(sheets, tree, statistics))
    release = ReleaseState.objects.create(
        campaign=campaign,
        agency=agency,
        frozen_at=timezone.now(),
        frozen_by=by,
        minimum_group_size=campaign.minimum_group_size,
        engine_version=ENGINE_VERSION,
    )
    cells = _cells(release, tree, statistics, aggregates)
    while batch := list(islice(cells, _CELLS)):
        ResultCell.objects.bulk_create(batch)
    record(event="results.frozen", by=by, target=release, agency_id=agency.pk, detail={"units": len(tree)})
    return release


@transaction.atomic
def close_and_ask_to_freeze(*, campaign, by, reason="") -> BackgroundJob | None:
    """Ends an agency's campaign for good and asks a worker for its results, both or neither.

    Raises:
        PolicyError: it is not open.
    """
    campaign = close_campaign(campaign=campaign, by=by, reason=reason)
    return ask_to_freeze(campaign=campaign, agency=campaign.agency, by=by)


def ask_to_freeze(*, campaign, agency, by) -> BackgroundJob | None:
    """Asks a worker for the results of an agency; None when they are there. Asking twice asks once.

    Raises:
        NotClosed: the campaign still takes answers.
    """
    check_can_freeze(campaign)
    if ReleaseState.objects.filter(campaign=campaign, agency=agency).exists():
        return None
    return background.start(kind=FREEZE, subject_id=campaign.pk, agency_id=agency.pk, by=by)


def freezing_job(campaign, agency) -> BackgroundJob | None:
    """The latest job that was asked for the results of an agency."""
    return BackgroundJob.objects.filter(kind=FREEZE, subject_id=campaign.pk, agency_id=agency.pk).first()


def freeze_all(*, campaign, by) -> list[ReleaseState]:
    """Freezes every agency of a closed campaign that has no results yet, each in a transaction of its own."""
    check_can_freeze(campaign)
    return [freeze(campaign=campaign, agency=agency, by=by) for agency in agencies_waiting(campaign)]


def campaigns_to_freeze() -> QuerySet[Campaign]:
    """Closed campaigns of which an agency may still lack its results; a national one always may."""
    frozen = ReleaseState.objects.filter(campaign=OuterRef("pk"), agency=OuterRef("agency"))
    closed = Campaign.objects.filter(~Exists(frozen), state=Campaign.State.CLOSED)
    return closed.order_by("closed_at", "pk")


def agencies_waiting(campaign) -> QuerySet[Agency]:
    """The agencies of a campaign that have no results of it yet."""
    return agencies_of(campaign).exclude(releases__campaign=campaign).order_by("pk")


def agencies_of(campaign):
    """The agencies whose people are asked in a campaign: its own one, or all that have been assigned."""
    if campaign.agency_id is not None:
        return Agency.objects.filter(pk=campaign.agency_id)
    return Agency.objects.filter(pk__in=Assignment.objects.filter(campaign=campaign).values("agency_id"))


def read_tree(campaign, agency) -> tuple[UnitTree, np.ndarray]:
    """The agency's unit tree as the campaign saw it, and how many people were asked directly in each unit."""
    tree, counts = read_counts(campaign, agency, asked=Count("pk"))
    return tree, counts["asked"]


def read_counts(campaign, agency, **counts) -> tuple[UnitTree, dict[str, np.ndarray]]:
    """The tree and, for each aggregate over assignments, its value directly in each unit. Two queries.

    A unit whose people were asked before and after a move counts in one place, the first by path.
    """
    assignments = Assignment.objects.filter(campaign=campaign, agency=agency)
    rows = list(assignments.values("unit_id").annotate(path=Min("unit_path"), **counts).order_by())
    units = Unit.objects.filter(agency=agency).values_list("pk", "code", "path")
    tree = build_tree(units, {row["unit_id"]: row["path"] for row in rows})
    direct = {name: np.zeros(len(tree), dtype=np.int64) for name in counts}
    for row in rows:
        for name, values in direct.items():
            values[tree.index_of[row["unit_id"]]] = row[name]
    return tree, direct


def completed() -> Count:
    """People who have sent everything that was asked of them."""
    return Count("pk", filter=Q(completed_at__isnull=False))


def _statistics(campaign) -> tuple[Statistic, ...]:
    """The dimensions and climate themes of every questionnaire of the campaign, in the order of the reports."""
    return tuple(
        Statistic(instrument.version_id, scale.code)
        for instrument in campaign.instruments.order_by("position", "pk")
        for document in (load_document(instrument.version_id),)
        for scale in (*document.dimensions, *document.climates)
    )


def _tally(sheets, tree, statistics) -> Tally:
    tally = Tally(len(tree), len(statistics))
    for version_id in dict.fromkeys(statistic.version_id for statistic in statistics):
        for rule_id, rows in sheets.of(version_id):
            plan = plan_of(rule_id)
            assignments, units, scores = zip(*rows, strict=True)
            columns = {
                index: plan.index_of(statistic.scale_code)
                for index, statistic in enumerate(statistics)
                if statistic.version_id == version_id
            }
            unit_index = np.array([tree.index_of[unit] for unit in units])
            tally.add(unpack(plan, scores), columns, unit_index, np.array(assignments, dtype=np.int64))
    return tally


class _Sheets:
    """The current score sheets of an agency in a campaign, block by block, saying how far the reading is."""

    def __init__(self, campaign, agency, progress, *, people):
        self._campaign, self._agency, self._progress = campaign, agency, progress
        # As if everybody had sent everything: counting the sheets first would read them twice.
        self._expected = people * campaign.instruments.count()
        self._read = 0

    def of(self, version_id) -> Iterator[tuple[int, list[tuple]]]:
        """Blocks of one rule: (assignment id, unit id, scores) of submitted attempts at a version."""
        sheets = ScoreSheet.objects.filter(
            number=ScoreSheet.TOLD,
            attempt__state=Attempt.State.SUBMITTED,
            attempt__version_id=version_id,
            attempt__assignment__campaign=self._campaign,
            attempt__assignment__agency=self._agency,
        ).order_by()
        rows = sheets.values_list(
            "rule_id", "attempt__assignment_id", "attempt__assignment__unit_id", "scores"
        )
        reader = rows.iterator(chunk_size=_SHEETS)
        while block := list(islice(reader, _SHEETS)):
            by_rule: dict[int, list[tuple]] = {}
            for rule_id, *row in block:
                by_rule.setdefault(rule_id, []).append(tuple(row))
            yield from by_rule.items()
            self._read += len(block)
            if self._progress:
                self._progress(self._read, max(self._expected, self._read))


def _cells(release, tree, statistics, numbers: Aggregates) -> Iterator[ResultCell]:
    """For every unit a row with its respondents and a row for each statistic; hidden rows hold no number."""
    threshold = release.minimum_group_size
    published = _pattern(tree, statistics, numbers, threshold, publishable=None)
    # An interval tells the spread of a group, and a spread says more about single persons than a mean does.
    with_interval = _pattern(
        tree, statistics, numbers, max(threshold, DISTRIBUTION_THRESHOLD), publishable=published
    )
    for index, place in enumerate(tree.places):
        is_shown = place.code in published
        base = {"release": release, "unit_id": place.id, "unit_path": place.path}
        yield ResultCell(
            **base,
            is_shown=is_shown,
            n=int(numbers.respondents[index]) if is_shown else None,
            invited=int(numbers.invited[index]) if is_shown else None,
        )
        for column, statistic in enumerate(statistics):
            values = {}
            if is_shown and numbers.count[index, column]:
                values = _values(numbers, index, column, has_interval=place.code in with_interval)
            yield ResultCell(
                **base,
                version_id=statistic.version_id,
                scale_code=statistic.scale_code,
                is_shown=bool(values),
                **values,
            )


def _values(numbers: Aggregates, unit, statistic, *, has_interval):
    values = {"n": int(numbers.count[unit, statistic]), "mean": numbers.mean(unit, statistic)}
    if has_interval:
        values["interval_low"], values["interval_high"] = numbers.interval(unit, statistic)
    return values


def _pattern(tree, statistics, numbers: Aggregates, threshold, *, publishable) -> frozenset[str]:
    """Codes of the units that may be shown; one pattern for all statistics of the release."""
    names = [f"{statistic.version_id}/{statistic.scale_code}" for statistic in statistics]
    units = {
        place.code: UnitCount(
            parent=tree.parent_code(index),
            n=int(numbers.respondents[index]),
            publishable=publishable is None or place.code in publishable,
            n_by_statistic=dict(zip(names, numbers.count[index].tolist(), strict=True)),
        )
        for index, place in enumerate(tree.places)
    }
    return publishable_totals(units=units, threshold=threshold).published
