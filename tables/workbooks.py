"""XLSX files from elsewhere: is this one safe to open, and the rows of its first sheet one by one. Pure."""

import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from openpyxl import load_workbook

from tables.csv_files import UnreadableTable

MOST_UNPACKED = 400 * 1024 * 1024  # bytes of all parts together
MOST_RATIO = 200  # unpacked to packed; sheets of people reach about 20
MOST_PARTS = 500
MOST_CELLS = 1_000_000  # some ten seconds of reading
MOST_COLUMNS = 200

_ZIP = b"PK\x03\x04"
_ENCRYPTED_FLAG = 0x1
# Parts that run, or that carry another file inside.
_ACTIVE_PARTS = ("vbaproject", "/macrosheets/", "/activex/", "/embeddings/")


def is_workbook(start: bytes) -> bool:
    """Whether a file that begins so is a zipped one, as XLSX is."""
    return start.startswith(_ZIP)


def rows_of(path: Path) -> Iterator[tuple[int, list[str]]]:
    """``(row number, cells as text)`` of the first sheet, its header included, read as they are asked for.

    A number keeps the digits that the file holds, so that a number a spreadsheet has ruined can be told.

    Raises:
        UnreadableTable: with a sentence: broken, locked, too much inside, or something that runs.
    """
    _check_package(path)
    with path.open("rb") as file:
        workbook = _open(file)
        try:
            yield from _rows(workbook.worksheets[0])
        except UnreadableTable:
            raise
        except Exception:
            # A damaged sheet makes the libraries below raise almost anything; all of it means the same to the reader.
            raise _broken() from None
        finally:
            workbook.close()


def _rows(sheet):
    cells_read = 0
    for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
        cells_read += len(row)
        if cells_read > MOST_CELLS or len(row) > MOST_COLUMNS:
            raise UnreadableTable(
                f"Lembar pertama berisi lebih dari {MOST_CELLS:,} sel.".replace(",", ".")
                + " Simpan lembar itu sebagai CSV, lalu unggah; CSV boleh jauh lebih besar."
            )
        yield number, [_text(value) for value in row]


def _check_package(path):
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError):
        raise _broken() from None
    names = [part.filename.lower() for part in parts]
    unpacked, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
    if any(part.flag_bits & _ENCRYPTED_FLAG for part in parts):
        raise UnreadableTable("Berkas ini terkunci kata sandi. Simpan sebagai XLSX tanpa kata sandi.")
    if "xl/workbook.xml" not in names or len(parts) > MOST_PARTS or len(set(names)) < len(names):
        raise _broken()
    # What is declared is also the most that is ever unpacked: the zip module stops there.
    if unpacked > MOST_UNPACKED or unpacked > MOST_RATIO * max(packed, 1024 * 1024):
        raise UnreadableTable(
            "Isi berkas ini terlalu besar setelah dibuka. Simpan lembar pertama sebagai CSV, lalu unggah."
        )
    if any(mark in f"/{name}" for name in names for mark in _ACTIVE_PARTS):
        raise UnreadableTable(
            "Buku kerja ini memuat makro atau berkas sisipan. Simpan sebagai XLSX tanpa makro."
        )


def _open(file):
    try:
        with warnings.catch_warnings():
            # It warns of drawings and rules that it leaves out; nothing of them is read here.
            warnings.simplefilter("ignore")
            workbook = load_workbook(file, read_only=True, data_only=True, keep_links=False)
        if not workbook.worksheets:
            raise _broken()
        return workbook
    except UnreadableTable:
        raise
    except Exception:
        raise _broken() from None


def _broken():
    return UnreadableTable(
        "Berkas ini bukan buku kerja XLSX yang utuh. Buka di aplikasi lembar kerja, simpan lagi sebagai XLSX, lalu "
        "unggah."
    )


def _text(value):
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, float):
        # 1.98503e+17 stays recognisable as ruined; a small whole number loses the ".0" that only Excel's file has.
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return str(value)
