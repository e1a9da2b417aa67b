"""Freezing the results of an agency when a campaign has closed. Every page and export reads only what stands here."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import islice

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import Agency
from assessments.actions import close_campaign
from assessments.models import Assignment, Campaign
from audit.actions import record
from background import actions as background
from background.models import BackgroundJob
from reports.counting import Counted, count_answers
from reports.detail_figures import detail_rows
from reports.models import Benchmark, ReleaseState, ResultCell, ResultDetail
from reports.patterns import Patterns, find_patterns
from scoring.engine import ENGINE_VERSION
from scoring.groups import benchmark

FREEZE = "results.freeze"  # the kind of background work
# Rows in one INSERT; SQLite allows 32,766 variables in a statement and a cell has eleven.
_ROWS = 2000


class NotClosed(ValueError):
    """Results exist only of a closed campaign; the message is the sentence that the user reads."""


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
    counted = count_answers(campaign, agency, progress)
    patterns = find_patterns(counted.tree, counted.layout, counted.numbers, campaign.minimum_group_size)
    release = ReleaseState.objects.create(
        campaign=campaign,
        agency=agency,
        frozen_at=timezone.now(),
        frozen_by=by,
        minimum_group_size=campaign.minimum_group_size,
        engine_version=ENGINE_VERSION,
        previous=previous_release(campaign, agency),
    )
    _write(ResultCell, _cells(release, counted, patterns))
    _write(ResultDetail, _details(release, counted, patterns))
    if campaign.agency_id is None and not agencies_waiting(campaign).exists():
        _write(Benchmark, _benchmarks(campaign))
    record(
        event="results.frozen",
        by=by,
        target=release,
        agency_id=agency.pk,
        detail={"units": len(counted.tree)},
    )
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


def previous_release(campaign, agency) -> ReleaseState | None:
    """The latest results of an agency from before a campaign in which one of its questionnaires was asked."""
    questionnaires = campaign.instruments.values("version__questionnaire")
    earlier = ReleaseState.objects.filter(
        agency=agency,
        campaign__closed_at__lt=campaign.closed_at,
        campaign__instruments__version__questionnaire__in=questionnaires,
    )
    return earlier.order_by("-campaign__closed_at", "-pk").first()


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


def _cells(release, counted: Counted, patterns: Patterns) -> Iterator[ResultCell]:
    """For every unit a row with its respondents and a row for each statistic; hidden rows hold no number."""
    numbers = counted.numbers
    for index, place in enumerate(counted.tree.places):
        is_shown = bool(patterns.totals[index])
        base = {"release": release, "unit_id": place.id, "unit_path": place.path}
        yield ResultCell(
            **base,
            is_shown=is_shown,
            n=int(numbers.respondents[index]) if is_shown else None,
            invited=int(numbers.invited[index]) if is_shown else None,
        )
        for column, statistic in enumerate(counted.layout.statistics):
            values = {}
            if is_shown and numbers.count[index, column]:
                values = _values(numbers, index, column, has_interval=patterns.spread[index])
            yield ResultCell(
                **base,
                version_id=statistic.version_id,
                scale_code=statistic.scale_code,
                is_shown=bool(values),
                **values,
            )


def _values(numbers, unit, statistic, *, has_interval):
    values = {"n": int(numbers.count[unit, statistic]), "mean": numbers.mean(unit, statistic)}
    if has_interval:
        values["interval_low"], values["interval_high"] = numbers.interval(unit, statistic)
    return values


def _details(release, counted: Counted, patterns: Patterns) -> Iterator[ResultDetail]:
    """What is shown beyond the means; nothing is written about what is hidden."""
    for row in detail_rows(counted.tree, counted.layout, counted.numbers, patterns):
        place = counted.tree.places[row.unit]
        yield ResultDetail(
            release=release,
            unit_id=place.id,
            unit_path=place.path,
            version_id=row.version_id,
            kind=row.kind,
            smallest_group=row.smallest,
            figures=row.figures,
        )


def _benchmarks(campaign) -> Iterator[Benchmark]:
    """Median and upper quartile of the agencies of each kind, of scales that enough of them show."""
    whole = ResultCell.objects.filter(
        release__campaign=campaign, unit__parent=None, is_shown=True, version__isnull=False
    )
    means = defaultdict(list)
    for *column, mean in whole.values_list("release__agency__kind", "version_id", "scale_code", "mean"):
        means[tuple(column)].append(mean)
    for (kind, version_id, scale_code), of_agencies in means.items():
        if found := benchmark(of_agencies):
            yield Benchmark(
                campaign=campaign,
                agency_kind=kind,
                version_id=version_id,
                scale_code=scale_code,
                agencies=len(of_agencies),
                median=found.median,
                upper_quartile=found.upper_quartile,
            )


def _write(model, rows: Iterator) -> None:
    while batch := list(islice(rows, _ROWS)):
        model.objects.bulk_create(batch)
