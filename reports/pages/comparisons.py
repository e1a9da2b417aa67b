"""The page of comparisons: a unit beside its parent, an agency beside its kind, each beside the wave before."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from questionnaires.document import load_document
from questionnaires.version_document import Text, VersionDocument
from reports import result_wording as wording
from reports.aggregation import t_95
from reports.disclosure import Cell, ShownCell
from reports.frozen import FrozenMean, mean_of
from reports.models import Benchmark, ReleaseState, ResultCell
from reports.pages.reading import Asked, OpenedUnit
from scoring.change import unpaired_change
from scoring.comparisons import POINTS_THAT_MATTER, direction
from scoring.groups import FEWEST_AGENCIES
from scoring.scales import round_half_up


@dataclass(frozen=True)
class Beside:
    """What stands beside a mean: a shown figure and, where it may be said, a direction (code and words)."""

    value: int
    display: str
    direction: str | None
    words: str


@dataclass(frozen=True)
class ComparedRow:
    """A scale of the unit with everything that it is compared with; None where there is nothing."""

    name: Text
    own: FrozenMean
    parent: Beside | None
    median: Beside | None
    upper_quartile: int | None
    previous: Beside | None


@dataclass(frozen=True)
class ComparedTable:
    """The scales of one questionnaire."""

    code: str
    title: Text
    rows: tuple[ComparedRow, ...]
    message: str


@dataclass(frozen=True, eq=False)
class ComparisonsPage:
    """``parent_message`` and its like say how the scales stand, or why there is nothing to compare with."""

    opened: OpenedUnit
    tables: tuple[ComparedTable, ...]
    parent_message: str
    benchmark_message: str
    previous_message: str

    @property
    def headline(self) -> str:
        return next(iter(self.messages))

    @property
    def has_parent(self) -> bool:
        return self._has("parent")

    @property
    def has_benchmark(self) -> bool:
        return self._has("median")

    @property
    def has_previous(self) -> bool:
        return self._has("previous")

    def _has(self, name):
        return any(getattr(row, name) for table in self.tables for row in table.rows)

    @property
    def messages(self) -> tuple[str, ...]:
        """Those of the kinds that the unit has; the highest unit has no parent, and others no agencies beside them."""
        found = (self.parent_message, self.benchmark_message, self.previous_message)
        return tuple(message for message in found if message)


def comparisons_page(opened: OpenedUnit, campaign, agency) -> ComparisonsPage:
    parents = _Parents.read(opened)
    agencies = _Agencies.read(opened, campaign, agency)
    before = _Before.read(opened)
    tables = tuple(
        ComparedTable(asked.code, asked.title, rows, _message(rows, parents, agencies, before))
        for asked in opened.asked
        for rows in (tuple(_rows(opened, asked, parents, agencies, before)),)
        if rows
    )
    rows = [row for table in tables for row in table.rows]
    return ComparisonsPage(
        opened=opened,
        tables=tables,
        parent_message=parents.message(rows),
        benchmark_message=agencies.message(rows),
        previous_message=before.message(rows),
    )


def _message(rows, *others) -> str:
    """How the scales of one questionnaire stand to the first thing that they may be said to stand to."""
    for other in others:
        if found := other.directions(rows):
            return wording.of_directions(other.named, found)
    return _("Rata-rata setiap skala, tanpa dibandingkan.")


def _rows(opened, asked: Asked, parents, agencies, before):
    for scale in asked.scales:
        own = opened.mean(asked.version_id, scale.code)
        if not isinstance(own, FrozenMean):
            continue
        stored = opened.stored(asked.version_id, scale.code)
        median, upper_quartile = agencies.beside(stored)
        yield ComparedRow(
            name=scale.name,
            own=own,
            parent=parents.beside(asked, scale.code),
            median=median,
            upper_quartile=upper_quartile,
            previous=before.beside(asked, stored),
        )


def _beside(cell: Cell, found: str | None, words) -> Beside | None:
    if not isinstance(cell, ShownCell):
        return None
    display = cell.display.replace(">=", "≥").replace("<=", "≤")
    return Beside(cell.value, display, found, words(found) if found else "")


def _directions(rows: Sequence[Beside | None]) -> list[str]:
    return [row.direction for row in rows if row and row.direction]


@dataclass(frozen=True, eq=False)
class _Parents:
    """The published means of the unit above, and the stored directions."""

    opened: OpenedUnit
    name: str
    cells: Mapping[tuple[int, str], ResultCell]

    @classmethod
    def read(cls, opened):
        if not opened.above:
            return cls(opened, "", {})
        unit_id, name = opened.above[-1]
        rows = opened.release.cells.filter(unit_id=unit_id, version__isnull=False)
        return cls(opened, name, {(row.version_id, row.scale_code): row for row in rows})

    def beside(self, asked, scale_code):
        found = self.opened.details.directions(asked.version_id).get(scale_code)
        shown = mean_of(self.cells.get((asked.version_id, scale_code)))
        return _beside(shown.cell, found, wording.direction) if isinstance(shown, FrozenMean) else None

    @property
    def named(self):
        return _("bagian lain dari %(parent)s") % {"parent": self.name}

    def directions(self, rows):
        return _directions([row.parent for row in rows])

    def message(self, rows):
        if not self.name:
            return ""
        found = self.directions(rows)
        if not found:
            return _("Tidak ada perbandingan dengan %(parent)s yang dapat ditampilkan.") % {
                "parent": self.name
            }
        return wording.of_directions(self.named, found)


@dataclass(frozen=True, eq=False)
class _Agencies:
    """Where the agencies of the same kind stand; of interest beside an agency as a whole."""

    is_whole: bool
    is_national: bool
    kind: str
    rows: Mapping[tuple[int, str], Benchmark]

    @classmethod
    def read(cls, opened, campaign, agency):
        is_whole = not opened.above
        is_national = campaign.agency_id is None
        rows = {}
        if is_whole and is_national:
            found = Benchmark.objects.filter(campaign=campaign, agency_kind=agency.kind)
            rows = {(row.version_id, row.scale_code): row for row in found}
        return cls(is_whole, is_national, agency.get_kind_display(), rows)

    def beside(self, stored: ResultCell) -> tuple[Beside | None, int | None]:
        row = self.rows.get((stored.version_id, stored.scale_code))
        if row is None:
            return None, None
        interval = None
        if stored.interval_low is not None:
            interval = stored.interval_low - row.median, stored.interval_high - row.median
        found = direction(stored.mean - row.median, interval, least=POINTS_THAT_MATTER) if interval else None
        median = round_half_up(row.median)
        words = wording.direction(found) if found else ""
        return Beside(median, str(median), found, words), round_half_up(row.upper_quartile)

    @property
    def named(self):
        agencies = max((row.agencies for row in self.rows.values()), default=0)
        return _("median %(agencies)s instansi sejenis (%(kind)s)") % {
            "agencies": agencies,
            "kind": self.kind,
        }

    def directions(self, rows):
        return _directions([row.median for row in rows])

    def message(self, rows):
        if not self.is_whole:
            return ""
        if not self.is_national:
            return _("Tidak ada pembanding antarinstansi: periode ini hanya untuk satu instansi.")
        if not self.rows:
            return _(
                "Belum ada pembanding antarinstansi: diperlukan sedikitnya %(fewest)s instansi sejenis (%(kind)s) yang "
                "hasilnya dapat ditampilkan, setelah semua instansi dibekukan."
            ) % {"fewest": FEWEST_AGENCIES, "kind": self.kind}
        return wording.of_directions(self.named, self.directions(rows))


@dataclass(frozen=True, eq=False)
class _Before:
    """The release of the wave before: its cells of the same unit, and what was asked then.

    ``changed``: scales of (questionnaire, scale) whose items are not the same any more, as (common, of how many).
    """

    release: ReleaseState | None
    is_same_place: bool
    versions: Mapping[str, int]
    cells: Mapping[tuple[int, str], ResultCell]
    changed: Mapping[tuple[str, str], tuple[int, int]]

    @classmethod
    def read(cls, opened):
        if opened.release.previous_id is None:
            return cls(None, False, {}, {}, {})
        release = ReleaseState.objects.select_related("campaign").get(pk=opened.release.previous_id)
        rows = list(release.cells.filter(unit_id=opened.unit_id, unit_path=opened.path))
        instruments = release.campaign.instruments.values_list("version__questionnaire__code", "version_id")
        versions = dict(instruments)
        cells = {(row.version_id, row.scale_code): row for row in rows if row.version_id}
        return cls(release, bool(rows), versions, cells, _changed_scales(opened.asked, versions))

    def beside(self, asked: Asked, stored: ResultCell) -> Beside | None:
        if (asked.code, stored.scale_code) in self.changed:
            return None
        earlier = self.cells.get((self.versions.get(asked.code), stored.scale_code))
        shown = mean_of(earlier)
        if not isinstance(shown, FrozenMean):
            return None
        return _beside(shown.cell, _change(earlier, stored), wording.change)

    @property
    def named(self):
        return self.release.campaign.title if self.release else ""

    def directions(self, rows):
        return _directions([row.previous for row in rows])

    def message(self, rows):
        if self.release is None:
            return _("Tidak ada periode sebelumnya dengan kuesioner yang sama.")
        title = self.named
        if not self.is_same_place:
            return _("Unit ini belum ada, atau berada di tempat lain, pada %(title)s.") % {"title": title}
        found = self.directions(rows)
        if found:
            text = wording.of_directions(title, found)
        else:
            text = _("Perubahan sejak %(title)s tidak dapat ditampilkan.") % {"title": title}
        if self.changed:
            common, items = (sum(column) for column in zip(*self.changed.values(), strict=True))
            text += " " + _(
                "%(scales)s skala tidak dibandingkan: hanya %(common)s dari %(items)s butirnya sama."
            ) % {
                "scales": len(self.changed),
                "common": common,
                "items": items,
            }
        return text


def _changed_scales(
    asked: Sequence[Asked], versions: Mapping[str, int]
) -> dict[tuple[str, str], tuple[int, int]]:
    """Scales of which not all items are the same in the version of the wave before."""
    changed = {}
    for one in asked:
        before = versions.get(one.code, one.version_id)
        if before != one.version_id:
            for scale in one.scales:
                common, items = common_items(load_document(before), one.document, scale.code)
                if common < items:
                    changed[one.code, scale.code] = common, items
    return changed


def common_items(old: VersionDocument, new: VersionDocument, scale_code: str) -> tuple[int, int]:
    """How many items of a scale are the same in both versions, wherever they stand, and how many either has at most."""
    pages = [
        {replace(item, section="", reading_words=0) for item in document.items_of(scale_code)}
        for document in (old, new)
    ]
    return len(pages[0] & pages[1]), max(map(len, pages))


def _change(earlier: ResultCell, now: ResultCell) -> str | None:
    """The direction since the wave before; None where one of the two has no interval.

    The people of the two waves overlap, so adding the errors is cautious.
    """
    errors = [standard_error(cell) for cell in (earlier, now)]
    if None in errors:
        return None
    found = unpaired_change(earlier.mean, errors[0], now.mean, errors[1])
    return direction(found.difference, found.interval, least=POINTS_THAT_MATTER)


def standard_error(cell: ResultCell) -> float | None:
    """From the stored interval, on the side that is not cut off at 0 or 100."""
    if cell.interval_low is None:
        return None
    half = max(cell.mean - cell.interval_low, cell.interval_high - cell.mean)
    return half / t_95(cell.n - 1) if half and math.isfinite(half) else 0.0
