"""From an export to its file: the frozen units within reach, the mark of whoever asked, and the format."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from agencies.templatetags.local_time import date_and_clock
from reports.exports.csv_files import write_csv
from reports.exports.lines import Line, LineMaker
from reports.exports.marks import Mark
from reports.exports.models import Export
from reports.frozen import frozen_units
from reports.pages.reading import Asked
from reports.reach import FrozenReach
from reports.selectors import instruments_of

Progress = Callable[[int, int], None]


@dataclass(frozen=True, eq=False)
class Content:
    """What goes into a file. ``lines`` can be read once and is never held as a whole."""

    mark: Mark
    lines: Iterator[Line]


def make(export: Export, reach: FrozenReach, path: Path, progress: Progress) -> int:
    """Writes the file in the active language and time zone; how many lines of figures it has."""
    content = Content(mark_of(export), _lines(export, reach, progress))
    return _WRITERS[export.form](content, path)


def mark_of(export: Export) -> Mark:
    return Mark(
        by=export.asked_by.get_full_name(), at=date_and_clock(export.asked_at), purpose=export.purpose
    )


def _lines(export: Export, reach: FrozenReach, progress: Progress) -> Iterator[Line]:
    release = export.release
    maker = LineMaker.of([Asked.of(each) for each in instruments_of(release.campaign)], export.language)
    counts = release.cells.filter(version=None, unit_path__startswith=export.unit_path)
    total = counts.count()
    for done, unit in enumerate(frozen_units(release, reach, within=export.unit_path), start=1):
        yield from maker.lines_of(unit)
        progress(done, total)


_WRITERS = {Export.Form.CSV: lambda content, path: write_csv(content.lines, content.mark, path)}
