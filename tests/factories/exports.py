"""Exports of frozen results, asked for by the action; the suite has no workers, so they are made at once."""

import csv
import io
import uuid

from reports.exports.actions import ask
from reports.exports.files import kept_file
from reports.models import ResultCell

PURPOSE = "Bahan rapat pimpinan"


def export_of(release, unit, *, by, **fields):
    count = ResultCell.objects.get(release=release, unit=unit, version=None)
    values = {"form": "csv", "language": "id", "purpose": PURPOSE, "request_key": uuid.uuid4()} | fields
    return ask(release=release, unit=unit, unit_path=count.unit_path, by=by, **values)


def file_of(export) -> bytes:
    return b"".join(kept_file(export))


def table_of(export) -> list[dict]:
    """The lines of a CSV file, by the names of their columns."""
    text = io.StringIO(file_of(export).decode("utf-8-sig"), newline="")
    return list(csv.DictReader(text, delimiter=";"))
