"""CSV files from elsewhere, as people really save them: found encoding and separator, rows one by one. Pure.

A row keeps the number that a spreadsheet shows beside it: the header is row 1. Nothing is skipped in silence:
empty lines come out as rows without cells, except at the end of the file.
"""

import codecs
import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tables.file_problems import reason_of

# Tried in this order; every file is Latin-1, so it comes last.
_ENCODINGS = ("utf-8-sig", "cp1252", "latin-1")
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)  # "Unicode text" of a spreadsheet
_DELIMITERS = (",", ";", "\t", "|")
_CHUNK = 1 << 20
_OTHER_FORMATS = (
    (b"PK\x03\x04", "Ini berkas lembar kerja (xlsx atau sejenisnya); simpan dahulu sebagai CSV."),
    (b"\xd0\xcf\x11\xe0", "Ini berkas lembar kerja (xls); simpan dahulu sebagai CSV."),
)
# A spreadsheet takes a cell that starts with one of these for a formula (or strips it first).
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


class UnreadableTable(ValueError):
    """A file that is no table; the message is the Indonesian sentence that the user reads."""


@dataclass(frozen=True)
class CsvTable:
    """A CSV file whose header has been read. ``header``: column names without blanks around them."""

    path: Path
    encoding: str
    delimiter: str
    header: tuple[str, ...]

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """``(row number, cells)`` of every row below the header, read as they are asked for.

        Quotation marks are read strictly: one that is never closed, or closed in the middle of a cell, would swallow
        the rows after it, and they would be missing without anybody noticing.

        Raises:
            UnreadableTable: a row cannot be told from the next.
        """
        with self.path.open(encoding=self.encoding, newline="") as file:
            empty: list[int] = []
            number = 0
            reader = csv.reader(file, delimiter=self.delimiter, strict=True)
            try:
                for number, cells in enumerate(reader, start=1):
                    if number == 1:
                        continue
                    if not cells:
                        empty.append(number)
                        continue
                    yield from ((before, []) for before in empty)
                    empty.clear()
                    yield number, cells
            except csv.Error as error:
                raise UnreadableTable(f"Baris {number + 1} tidak dapat dibaca: {_fault(error)}") from None


def open_table(path: Path) -> CsvTable:
    """Reads encoding, separator and header of a file.

    Raises:
        UnreadableTable: not there, empty, no CSV, or a header with empty or repeated names.
    """
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            raise UnreadableTable(f"{path}: bukan berkas biasa; simpan dahulu sebagai berkas CSV.")
        with path.open("rb") as file:
            start = file.read(8)
        for signature, sentence in _OTHER_FORMATS:
            if start.startswith(signature):
                raise UnreadableTable(f"{path}: {sentence}")
        encoding = _encoding_of(path, start)
        with path.open(encoding=encoding, newline="") as file:
            line = file.readline(_CHUNK)
        if not start:
            raise UnreadableTable(f"{path}: berkas kosong.")
        if "\0" in line:
            raise UnreadableTable(f"{path}: bukan berkas CSV (berisi bita nol).")
        if not line.strip():
            raise UnreadableTable(f"{path}: baris pertama kosong; baris itu harus memuat nama kolom.")
        delimiter, header = _delimiter_and_header(path, encoding)
    except OSError as error:
        raise UnreadableTable(f"{path}: tidak dapat dibaca ({reason_of(error)}).") from None
    _check_header(path, header)
    return CsvTable(path, encoding, delimiter, header)


def _encoding_of(path: Path, start: bytes) -> str:
    """The first encoding that the whole file can be read with.

    Raises:
        UnreadableTable: a file that says it is UTF-16 and is not, or that mixes encodings.
    """
    if start.startswith(_UTF_16):
        if not _decodes(path, "utf-16"):
            raise UnreadableTable(f"{path}: berkas UTF-16 ini rusak atau terpotong.")
        return "utf-16"
    if _decodes(path, _ENCODINGS[0]):
        return _ENCODINGS[0]
    _refuse_mixed(path)
    return next((each for each in _ENCODINGS[1:-1] if _decodes(path, each)), _ENCODINGS[-1])


def _refuse_mixed(path: Path) -> None:
    """Refuses a file pasted together from UTF-8 and an older encoding: read as either, it would spoil somebody's name.

    Raises:
        UnreadableTable: it has lines of both kinds.
    """
    found: dict[bool, int] = {}
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            if not line.isascii():
                found.setdefault(_is_utf_8(line), number)
            if len(found) == 2:
                raise UnreadableTable(
                    f"{path}: baris {found[True]} tersimpan sebagai UTF-8, sedangkan baris {found[False]} tidak; huruf "
                    "beraksen salah satunya akan rusak. Gabungkan ulang di lembar kerja, lalu simpan sebagai CSV UTF-8."
                )


def _is_utf_8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _delimiter_and_header(path: Path, encoding: str) -> tuple[str, tuple[str, ...]]:
    """The separator that parts the header into most columns, and the header; names may go over several lines."""
    headers = {}
    for delimiter in _DELIMITERS:
        with path.open(encoding=encoding, newline="") as file:
            try:
                headers[delimiter] = tuple(
                    name.strip() for name in next(csv.reader(file, delimiter=delimiter))
                )
            except csv.Error as error:
                fault = error
    if not headers:
        raise UnreadableTable(f"{path}: baris pertama tidak dapat dibaca: {_fault(fault)}")
    return max(headers.items(), key=lambda found: len(found[1]))


def _fault(error: csv.Error) -> str:
    """What is wrong with a row, and what helps; the reader's own words are for programmers."""
    if "field larger" in str(error):
        return (
            f"satu selnya lebih panjang dari {csv.field_size_limit()} huruf. "
            "Periksa tanda kutip yang tidak ditutup."
        )
    return (
        "tanda kutip dibuka dan tidak ditutup, atau ditutup di tengah sel. "
        'Tutup tanda kutipnya; tanda kutip di dalam sel ditulis dua kali ("").'
    )


def _check_header(path: Path, header: tuple[str, ...]) -> None:
    if header[0].lower().startswith("sep=") and not any(header[1:]):
        raise UnreadableTable(
            f"{path}: baris pertama berisi “{header[0]}”, bukan nama kolom; hapus baris itu."
        )
    unnamed = [str(place) for place, name in enumerate(header, start=1) if not name]
    repeated = sorted(name for name, times in Counter(header).items() if name and times > 1)
    if unnamed:
        raise UnreadableTable(f"{path}: kolom ke-{', '.join(unnamed)} tidak bernama.")
    if repeated:
        raise UnreadableTable(f"{path}: nama kolom berulang: {', '.join(repeated)}.")


def harmless(text: str) -> str:
    """The text as a cell that no spreadsheet takes for a formula: an apostrophe goes before one that it would."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
