"""An uploaded file becomes rows of the columns that are read; everything else of it is never kept."""

import json
import zlib
from itertools import islice
from pathlib import Path

from accounts.sealing import seal_file, unseal_file
from agencies.importers.columns import COLUMNS, read_header
from agencies.models import RosterPart
from tables import csv_files, workbooks
from tables.csv_files import UnreadableTable

LARGEST_CSV = 150 * 1024 * 1024  # bytes; a million people with every column make about 120 MB
LARGEST_WORKBOOK = 30 * 1024 * 1024  # bytes; a workbook of a million cells makes about 10 MB
MOST_ROWS = 1_000_000
ROWS_PER_PART = 5_000


def check_size(size: int):
    """Raises UnreadableTable for a file that is too large, before anything of it is read."""
    if size > LARGEST_CSV:
        raise UnreadableTable(
            f"Berkas ini {size // 1024 // 1024} MB; paling besar {LARGEST_CSV // 1024 // 1024} MB. Simpan hanya "
            "kolom yang diperlukan sebagai CSV, atau bagi menurut unit kerja."
        )


def open_file(path: Path, kind: str):
    """``(header, rows)`` of a file: where the columns stand, and the rows below with their numbers.

    Raises:
        UnreadableTable: with the sentence that people read; nothing was kept.
    """
    size = path.stat().st_size
    check_size(size)
    with path.open("rb") as file:
        start = file.read(8)
    try:
        if workbooks.is_workbook(start):
            names, rows = _open_workbook(path, size)
        else:
            table = csv_files.open_table(path)
            names, rows = table.header, table.rows()
    except UnreadableTable as error:
        # The place of the file on the server is nobody's business.
        raise UnreadableTable(str(error).removeprefix(f"{path}: ").removeprefix(f"{path} ")) from None
    header = read_header(kind, names)
    if header.missing:
        known = ", ".join(column.label for column in COLUMNS[kind])
        raise UnreadableTable(
            f"Kolom ini tidak ditemukan: {', '.join(header.missing)}. Baris pertama harus memuat nama kolom; yang "
            f"dikenal: {known}. Unduh templat untuk contohnya."
        )
    return header, _filtered(rows, header)


def _open_workbook(path, size):
    if size > LARGEST_WORKBOOK:
        raise UnreadableTable(
            f"Buku kerja ini {size // 1024 // 1024} MB; paling besar {LARGEST_WORKBOOK // 1024 // 1024} MB. Simpan "
            "lembar pertama sebagai CSV, lalu unggah."
        )
    rows = workbooks.rows_of(path)
    names = next(rows, (1, []))[1]
    if not any(name.strip() for name in names):
        raise UnreadableTable("Baris pertama lembar pertama kosong; baris itu harus memuat nama kolom.")
    return names, rows


def _filtered(rows, header):
    """The cells of the columns that are read, in their order; rows without any content are left out."""
    places = list(header.positions.values())
    for count, (number, cells) in enumerate(rows):
        if count >= MOST_ROWS:
            raise UnreadableTable("Berkas ini berisi lebih dari satu juta baris. Bagi menurut unit kerja.")
        kept = [cells[place] if place < len(cells) else "" for place in places]
        if any(cell.strip() for cell in kept):
            yield number, kept


def keep_rows(upload, rows, *, is_rejected=False) -> int:
    """Keeps rows ``(number, cells)`` in parts; how many there were."""
    rows, total, number = iter(rows), 0, 0
    while chunk := list(islice(rows, ROWS_PER_PART)):
        RosterPart.objects.create(
            upload=upload,
            number=number,
            is_rejected=is_rejected,
            content=seal_file(zlib.compress(json.dumps(chunk).encode())),
        )
        number, total = number + 1, total + len(chunk)
    return total


def kept_rows(upload, *, is_rejected=False):
    """Lists of rows as they were kept, one part at a time."""
    parts = RosterPart.objects.filter(upload=upload, is_rejected=is_rejected).order_by("number")
    for part in parts.iterator(chunk_size=1):
        yield json.loads(zlib.decompress(unseal_file(bytes(part.content))))
