"""The page across agencies: means of all in the order of names, people by band, benchmarks. No league table."""

from collections import defaultdict
from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.authorization import Permission, check_permission
from agencies.models import Agency
from assessments.models import Campaign
from questionnaires.version_document import Scale, Text
from reports.asked import Asked
from reports.bands import shade_of
from reports.detail_figures import DetailKind
from reports.disclosure import HiddenCell
from reports.frozen import FrozenMean, mean_of, respondents_of
from reports.frozen_values import Respondents, band_shares
from reports.models import Benchmark, ReleaseState, ResultCell, ResultDetail
from reports.pages.items import BandRow, band_rows, bands_message
from reports.reach import OutOfReach
from reports.selectors import Figure, instruments_of
from scoring.groups import FEWEST_AGENCIES
from scoring.scales import round_half_up

AGENCIES_PER_PAGE = 30


@dataclass(frozen=True)
class AgencyRow:
    """One agency as a whole; a hidden one has a hidden cell in every place."""

    code: str
    name: str
    respondents: Respondents | HiddenCell
    cells: tuple[Figure | HiddenCell, ...]

    @property
    def is_shown(self) -> bool:
        return isinstance(self.respondents, Respondents)


@dataclass(frozen=True)
class KindRow:
    """Median and upper quartile of each scale over the agencies of one kind; None where too few show it."""

    name: str
    agencies: int
    figures: tuple[tuple[int, int] | None, ...]


@dataclass(frozen=True, eq=False)
class NationalPage:
    campaign: Campaign
    asked: tuple[Asked, ...]
    chosen: Asked
    scales: tuple[Scale, ...]
    agencies: Page
    rows: tuple[AgencyRow, ...]
    bands: tuple[BandRow, ...]
    bands_message: str
    bands_agencies: int
    kinds: tuple[KindRow, ...]
    headline: str

    @property
    def query(self) -> str:
        """What the links to other pages of agencies keep."""
        return urlencode({"kuesioner": self.chosen.code})

    @property
    def quartiles(self) -> tuple[tuple[Text, tuple[tuple[int, int] | None, ...]], ...]:
        """Scale by scale the figures of every kind."""
        columns = zip(*(kind.figures for kind in self.kinds), strict=True)
        return tuple((scale.name, figures) for scale, figures in zip(self.scales, columns, strict=False))

    @property
    def kinds_message(self) -> str:
        if not self.kinds:
            return _(
                "Belum ada pembanding: tidak ada jenis dengan sedikitnya %(fewest)s instansi yang ditampilkan."
            ) % {"fewest": FEWEST_AGENCIES}
        return _("Median dan kuartil atas menurut jenis instansi")


def national_page(user, campaign_id, *, questionnaire: str = "", number=1) -> NationalPage:
    """Every agency with results of a campaign, a page at a time, in a fixed number of queries.

    Args:
        questionnaire: code of one of the campaign's; its first if there is no such one.
        number: of the page.

    Raises:
        PermissionDenied: the person is no national analyst.
        ObjectDoesNotExist: no such campaign, or no agency of it has results.
    """
    check_permission(user, Permission.VIEW_NATIONAL_RESULTS)
    campaign = Campaign.objects.get(public_id=campaign_id)
    releases = ReleaseState.objects.filter(campaign=campaign).select_related("agency")
    page = Paginator(releases.order_by("agency__name", "pk"), AGENCIES_PER_PAGE).get_page(number)
    if not page.paginator.count:
        raise OutOfReach
    asked = tuple(map(Asked.of, instruments_of(campaign)))
    chosen = next((one for one in asked if one.code == questionnaire), asked[0])
    bands, agencies = _bands(campaign, chosen)
    return NationalPage(
        campaign=campaign,
        asked=asked,
        chosen=chosen,
        scales=chosen.scales,
        agencies=page,
        rows=_rows(list(page), chosen),
        bands=bands,
        bands_message=bands_message(bands, chosen),
        bands_agencies=agencies,
        kinds=_kinds(campaign, chosen),
        headline=ngettext(
            "%(count)d instansi, dalam urutan nama dan bukan peringkat",
            "%(count)d instansi, dalam urutan nama dan bukan peringkat",
            page.paginator.count,
        )
        % {"count": page.paginator.count},
    )


def _rows(releases, chosen: Asked) -> tuple[AgencyRow, ...]:
    wanted = ResultCell.objects.filter(release__in=releases, unit__parent=None)
    cells: dict[int, dict] = defaultdict(dict)
    for cell in (wanted.filter(version=None) | wanted.filter(version_id=chosen.version_id)).iterator():
        cells[cell.release_id][cell.scale_code] = cell
    return tuple(
        AgencyRow(
            code=release.agency.code,
            name=release.agency.name,
            respondents=respondents_of(cells[release.pk].get("")),
            cells=tuple(_figure(cells[release.pk].get(scale.code), chosen) for scale in chosen.scales),
        )
        for release in releases
    )


def _figure(stored, chosen) -> Figure | HiddenCell:
    shown = mean_of(stored)
    if not isinstance(shown, FrozenMean):
        return HiddenCell()
    number = sum(shown.cell.value >= band.minimum for band in chosen.bands)
    return Figure(shown.cell, shade_of(number, len(chosen.bands)), shown.interval)


def _bands(campaign, chosen: Asked) -> tuple[tuple[BandRow, ...], int]:
    """People by band over all agencies that show theirs, and how many those are: sums of what is shown anyway."""
    rows = ResultDetail.objects.filter(
        release__campaign=campaign, unit__parent=None, version_id=chosen.version_id, kind=DetailKind.BANDS
    )
    sums: dict[str, list[int]] = {}
    figures = list(rows.values_list("figures", flat=True))
    for of_agency in figures:
        for code, counts in of_agency.items():
            known = sums.setdefault(code, [0] * len(counts))
            sums[code] = [one + other for one, other in zip(known, counts, strict=True)]
    shown = {code: band_shares(counts) for code, counts in sums.items()}
    return band_rows(shown, chosen.document.dimensions, chosen.bands), len(figures)


def _kinds(campaign, chosen: Asked) -> tuple[KindRow, ...]:
    rows = Benchmark.objects.filter(campaign=campaign, version_id=chosen.version_id)
    found: dict[str, dict[str, Benchmark]] = defaultdict(dict)
    for row in rows:
        found[row.agency_kind][row.scale_code] = row
    return tuple(
        KindRow(
            kind.label, max(row.agencies for row in found[kind].values()), _quartiles(found[kind], chosen)
        )
        for kind in Agency.Kind
        if kind in found
    )


def _quartiles(by_scale, chosen):
    return tuple(
        (round_half_up(row.median), round_half_up(row.upper_quartile)) if row else None
        for row in (by_scale.get(scale.code) for scale in chosen.scales)
    )
