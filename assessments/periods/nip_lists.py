"""The uploaded list of whom to ask: one NIP a row, from a spreadsheet saved as CSV. Pure; knows no database."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from accounts.nip import NipError, normalise, parse_nip
from tables.csv_files import UnreadableTable, open_table

# Names of the column as SIASN and people write it, in lower case.
COLUMNS = ("nip", "nipbaru", "nip baru", "ni pppk")
# 350,000 numbers take 7 MB; names and units beside them make it no more than this.
MOST_BYTES = 30_000_000


@dataclass(frozen=True)
class ListedRow:
    """One row of the list: the number, or what is wrong with it as a sentence to translate and its values."""

    row: int
    nip: str | None
    problem: str = ""
    values: tuple[tuple[str, object], ...] = ()


def gettext_noop(sentence: str) -> str:
    """Marks a sentence for the catalogue; whoever shows it translates it."""
    return sentence


REPEATED = gettext_noop("NIP ini sudah ada di baris %(first)d.")
EMPTY = gettext_noop("Baris ini tidak berisi NIP.")
# The same words for a number that nobody has and for one of another agency: a list must not tell who works where.
NOT_FOUND = gettext_noop("Tidak ditemukan di antara pegawai aktif dalam lingkup periode ini.")


def read_list(path: Path, *, today: date) -> Iterator[ListedRow]:
    """Every row of the file, with the number that a spreadsheet shows beside it.

    The file has a column called NIP, or a single column that begins with numbers at once.

    Raises:
        UnreadableTable: it is no table, or none of its columns is called NIP.
    """
    table = open_table(path)
    column = _column(table.header)
    first_at: dict[str, int] = {}
    if column is None:
        yield _read(1, table.header[0], first_at, today)
        column = 0
    for number, cells in table.rows():
        yield _read(number, cells[column] if column < len(cells) else "", first_at, today)


def _column(header):
    """The place of the column with the numbers; None for a list without a header."""
    for place, name in enumerate(header):
        if name.strip().lower() in COLUMNS:
            return place
    if len(header) == 1 and normalise(header[0]).isdigit():
        return None
    raise UnreadableTable(
        "Tidak ada kolom bernama NIP. Baris pertama berkas harus memuat nama kolom, salah satunya NIP."
    )


def _read(number, cell, first_at, today) -> ListedRow:
    if not cell.strip():
        return ListedRow(number, None, EMPTY)
    try:
        nip = parse_nip(cell, today=today).number
    except NipError as error:
        return ListedRow(number, None, error.sentence, tuple(error.values.items()))
    first = first_at.setdefault(nip, number)
    if first != number:
        return ListedRow(number, None, REPEATED, (("first", first),))
    return ListedRow(number, nip)
