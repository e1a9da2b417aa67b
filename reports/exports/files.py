"""The file of an export in the database, in compressed parts: no shared disk, and gone with one statement."""

import zlib
from collections.abc import Iterator
from pathlib import Path

from reports.exports.models import Export, ExportPart

BYTES_PER_PART = 1 << 20


def keep_file(export: Export, path: Path) -> int:
    """Keeps the file, one part in memory at a time; its size in bytes."""
    size = 0
    with path.open("rb") as file:
        for number, chunk in enumerate(iter(lambda: file.read(BYTES_PER_PART), b"")):
            ExportPart.objects.create(export=export, number=number, content=zlib.compress(chunk, 6))
            size += len(chunk)
    return size


def kept_file(export: Export) -> Iterator[bytes]:
    """The file as it was kept, part by part."""
    parts = ExportPart.objects.filter(export=export).order_by("number").values_list("content", flat=True)
    for content in parts.iterator(chunk_size=1):
        yield zlib.decompress(bytes(content))
