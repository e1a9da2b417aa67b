"""From an export to its file: the frozen units within reach, the mark of whoever asked, and the format."""

from collections.abc import Callable, Iterator
from pathlib import Path

from agencies.templatetags.local_time import date_and_clock
from reports.asked import Asked
from reports.exports.csv_files import write_csv
from reports.exports.lines import Line, LineMaker
from reports.exports.marks import Mark
from reports.exports.models import Export
from reports.exports.printing import document_of, how_to_read, read_report
from reports.exports.surroundings import SurroundingsReader
from reports.exports.workbooks import write_workbook
from reports.frozen import frozen_units
from reports.reach import FrozenReach
from reports.selectors import instruments_of
from typesetting import pdf
from typesetting.blocks import Table

Progress = Callable[[int, int], None]


def make(export: Export, reach: FrozenReach, path: Path, progress: Progress) -> int:
    """Writes the file in the active language and time zone; how many lines of figures it has."""
    return _WRITERS[export.form](export, reach, path, progress)


def mark_of(export: Export) -> Mark:
    return Mark(
        by=export.asked_by.get_full_name(), at=date_and_clock(export.asked_at), purpose=export.purpose
    )


def _csv(export, reach, path, progress) -> int:
    return write_csv(_lines(export, reach, progress), mark_of(export), path)


def _workbook(export, reach, path, progress) -> int:
    release = export.release
    about = (
        f"{release.campaign.title} · {release.agency.name} · {export.unit.name}",
        *how_to_read(release.minimum_group_size),
    )
    return write_workbook(_lines(export, reach, progress), mark_of(export), about, path)


def _printed(export, reach, path, progress) -> int:
    document = document_of(read_report(export), mark_of(export))
    path.write_bytes(pdf(document))
    blocks = (block for section in document.sections for block in section.blocks)
    return sum(len(block.rows) for block in blocks if isinstance(block, Table))


def _lines(export: Export, reach: FrozenReach, progress: Progress) -> Iterator[Line]:
    release = export.release
    asked = [Asked.of(each) for each in instruments_of(release.campaign)]
    maker = LineMaker.of(asked, export.language)
    surroundings = SurroundingsReader(release, asked, within=export.unit_path)
    counts = release.cells.filter(version=None, unit_path__startswith=export.unit_path)
    total = counts.count()
    for done, unit in enumerate(frozen_units(release, reach, within=export.unit_path), start=1):
        yield from maker.lines_of(unit, surroundings.of(unit))
        progress(done, total)


_WRITERS = {Export.Form.CSV: _csv, Export.Form.XLSX: _workbook, Export.Form.PDF: _printed}
