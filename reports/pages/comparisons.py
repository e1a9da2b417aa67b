"""The page of comparisons: a unit beside its parent, an agency beside its kind, each beside the wave before."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from questionnaires.version_document import Text
from reports import result_wording as wording
from reports.comparing import Agencies, Before, ComparedRow, Parents, Surroundings, Wave, compared_rows
from reports.pages.reading import OpenedUnit


@dataclass(frozen=True)
class ComparedTable:
    """Scales of one questionnaire; with ``is_judgement`` those of situational judgement, which are no behaviour."""

    code: str
    title: Text
    rows: tuple[ComparedRow, ...]
    message: str
    is_judgement: bool

    @property
    def key(self) -> str:
        """What tells the table from the others of the page."""
        return f"{self.code}-judgement" if self.is_judgement else self.code


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
    around = Surroundings(
        _parents(opened), Agencies.read(campaign, agency, is_whole=not opened.above), _before(opened)
    )
    tables = tuple(_tables(opened, around))
    # What the sentences count: what people say of themselves and of their unit.
    rows = [row for table in tables if not table.is_judgement for row in table.rows]
    return ComparisonsPage(opened, tables, *(other.message(rows) for other in around))


def _tables(opened, around) -> Iterator[ComparedTable]:
    for asked in opened.asked:
        for scales, is_judgement in ((asked.scales, False), (asked.document.judgements, True)):
            rows = tuple(compared_rows(opened, asked, scales, around))
            if rows:
                yield ComparedTable(asked.code, asked.title, rows, _message(rows, around), is_judgement)


def _message(rows, around) -> str:
    """How the scales of one table stand to the first thing that they may be said to stand to."""
    for other in around:
        if found := other.directions(rows):
            return wording.of_directions(other.named, found)
    return _("Rata-rata setiap skala, tanpa dibandingkan.")


def _parents(opened) -> Parents:
    if not opened.above:
        return Parents()
    unit_id, name = opened.above[-1]
    rows = opened.release.cells.filter(unit_id=unit_id, version__isnull=False)
    return Parents(name, {(row.version_id, row.scale_code): row for row in rows})


def _before(opened) -> Before:
    wave = Wave.before(opened.release, opened.asked)
    if wave is None:
        return Before()
    rows = list(wave.release.cells.filter(unit_id=opened.unit_id, unit_path=opened.path))
    cells = {(row.version_id, row.scale_code): row for row in rows if row.version_id}
    return Before(wave, is_same_place=bool(rows), cells=cells)
