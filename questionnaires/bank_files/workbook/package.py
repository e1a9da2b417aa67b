"""Is this file a workbook that is safe to open? Looked at before anything is unpacked into values. Pure."""

import warnings
import zipfile
from io import BytesIO

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse
from openpyxl import load_workbook
from openpyxl.cell.text import Text
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import coordinate_to_tuple

from questionnaires.problems import Problem, Unreadable

LARGEST_WORKBOOK = 2 * 1024 * 1024  # bytes; the largest shipped bank makes some 70 kB
MOST_UNPACKED = 8 * 1024 * 1024  # bytes of all parts together; the largest shipped bank makes some 500 kB
MOST_PARTS = 200
MOST_CELLS = 100_000  # with content; the largest shipped bank has some 3,000
MOST_ELEMENTS = 500_000  # of XML in all parts together; each takes some 100 bytes of memory
MOST_ROWS, MOST_COLUMNS = 5_000, 60

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ENCRYPTED_FLAG = 0x1
# Parts that run, or that carry another file inside.
_ACTIVE_PARTS = ("vbaproject", "/macrosheets/", "/activex/", "/embeddings/", "/ctrlprops/")


def looks_like_workbook(source: bytes, filename: str) -> bool:
    """Whether the file is meant as a workbook, of whatever age and health."""
    name = filename.lower()
    return source.startswith((_ZIP, _OLE)) or name.endswith((".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"))


def open_workbook(source: bytes):
    """The workbook, opened for reading from top to bottom.

    Raises:
        Unreadable: it is too large, broken, locked, of another kind, or holds something that runs.
    """
    if len(source) > LARGEST_WORKBOOK:
        raise _refusal(
            f"Berkas ini terlalu besar ({len(source) // 1024} kB); paling besar {LARGEST_WORKBOOK // 1024} kB."
        )
    if source.startswith(_OLE):
        raise _refusal(
            "Ini berkas XLS lama atau buku kerja yang terkunci kata sandi. Simpan sebagai XLSX tanpa kata sandi."
        )
    try:
        with zipfile.ZipFile(BytesIO(source)) as archive:
            _check_parts(archive)
            _check_cells(archive)
        with warnings.catch_warnings():
            # It warns of drawings and rules that it leaves out; nothing of them is read here.
            warnings.simplefilter("ignore")
            workbook = load_workbook(BytesIO(source), read_only=True, keep_links=False)
            _read_strings_exactly(workbook)
            return workbook
    except Unreadable:
        raise
    except Exception:
        # A broken package makes the libraries below raise almost anything; all of it means the same to an editor.
        raise broken() from None


def broken() -> Unreadable:
    """The refusal of a package that cannot be made sense of."""
    return _refusal(
        "Berkas ini bukan buku kerja XLSX yang utuh. Buka di aplikasi lembar kerja, simpan lagi sebagai XLSX, "
        "lalu unggah."
    )


def _refusal(message):
    return Unreadable(Problem(message))


def _check_parts(archive):
    parts = archive.infolist()
    names = [part.filename for part in parts]
    if len(parts) > MOST_PARTS or len(set(names)) < len(names):
        raise broken()
    if any(name.startswith(("/", "\\")) or ".." in name or "\\" in name or ":" in name for name in names):
        raise _refusal("Berkas ini memuat nama bagian yang menunjuk ke luar berkas; berkas ditolak.")
    # What is declared is also the most that is ever unpacked: the zip module stops there.
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise _refusal(
            f"Isi berkas ini melampaui {MOST_UNPACKED // 1024 // 1024} MB setelah dibuka; berkas ditolak."
        )
    if any(part.flag_bits & _ENCRYPTED_FLAG for part in parts):
        raise _refusal("Berkas ini terkunci kata sandi. Simpan sebagai XLSX tanpa kata sandi.")
    if any(mark in f"/{name.lower()}" for name in names for mark in _ACTIVE_PARTS):
        raise _refusal("Buku kerja ini memuat makro atau berkas sisipan. Simpan sebagai XLSX tanpa makro.")
    if "xl/workbook.xml" not in names and any(
        name.startswith(("content.xml", "xl/workbook.bin")) for name in names
    ):
        raise _refusal("Ini berkas ODS atau XLSB. Simpan sebagai XLSX.")


def _check_cells(archive):
    """Counts before anything is kept, in every part that could be read as a sheet."""
    counts = {"cells": 0, "elements": 0}
    for part in archive.infolist():
        if not part.filename.lower().endswith((".xml", ".rels")):
            continue
        with archive.open(part) as stream:
            try:
                _count(stream, counts)
            except DefusedXmlException:
                raise _refusal(
                    "Berkas ini memuat entitas XML, yang tidak dipakai buku kerja; berkas ditolak."
                ) from None


def _count(stream, counts):
    """One part: how much is in it, and that its rows and cells come in the order of the sheet."""
    row = column = 0
    for event, element in iterparse(stream, events=("start", "end")):
        if event == "start":
            counts["elements"] += 1
            if counts["elements"] > MOST_ELEMENTS:
                raise _refusal("Isi berkas ini terlalu banyak; berkas ditolak.")
            if element.tag == f"{_MAIN}row":
                before, row, column = row, int(element.get("r", row + 1)), 0
                _check_order(before, row)
        elif element.tag == f"{_MAIN}c":
            before = column
            at_row, column = coordinate_to_tuple(element.get("r") or f"{get_column_letter(column + 1)}{row}")
            _check_order(before, column)
            _check_order(at_row - 1, row)
            if len(element):
                counts["cells"] += 1
                _check_place(row, column, counts["cells"])
        elif element.tag in (f"{_MAIN}row", f"{_MAIN}si"):
            element.clear()


def _check_order(before, after):
    """A row or a cell that comes too late would be left out in silence by the library."""
    if after <= before:
        raise broken()


def _check_place(row, column, count):
    if count > MOST_CELLS:
        raise _refusal(f"Buku kerja ini berisi lebih dari {MOST_CELLS} sel; berkas ditolak.")
    if row > MOST_ROWS or column > MOST_COLUMNS:
        raise _refusal(
            f"Ada isi di sel {get_column_letter(column)}{row}; satu lembar paling banyak {MOST_ROWS} baris dan "
            f"{MOST_COLUMNS} kolom."
        )


def _read_strings_exactly(workbook):
    """Puts the shared texts in again as they stand in the file: the library takes ``x005F_`` out of them."""
    sheets = workbook.worksheets
    if any(not sheet._worksheet_path.endswith(".xml") for sheet in sheets):
        raise broken()  # would not have been counted
    if not sheets or not sheets[0]._shared_strings:
        return
    [name] = [n for n in workbook._archive.namelist() if n.lower().endswith("/sharedstrings.xml")]
    with workbook._archive.open(name) as stream:
        texts = [
            Text.from_tree(node).content for _event, node in iterparse(stream) if node.tag == f"{_MAIN}si"
        ]
    if len(texts) != len(sheets[0]._shared_strings):
        raise broken()
    for sheet in sheets:
        sheet._shared_strings = texts
