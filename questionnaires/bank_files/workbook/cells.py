"""One cell: from what a spreadsheet keeps to a value of the bank, and back. Pure.

A text that XML cannot hold is written as ``_xHHHH_``, as the format of workbooks asks; nothing else is changed.
"""

import re
from math import isfinite

from openpyxl.utils.escape import unescape

from questionnaires.bank_files.workbook.columns import Kind

# What XML 1.0 cannot hold, and the escape itself where it stands in a text.
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_WHOLE = re.compile(r"[-+]?[0-9]{1,15}")
_DECIMAL = re.compile(r"([-+]?[0-9]{1,15})[.,]([0-9]{1,15})")
_ENTRY = re.compile(r'\s*("(?:[^"]|"")*"|[^,\n]*)\s*(?:[,\n]|\Z)')


class BadCell(ValueError):
    """A cell that cannot be what its column asks for; the message is the Indonesian sentence."""


def value_of(cell, column):
    """The value of a cell for its column; None where it is empty.

    Raises:
        BadCell: a formula, an error value, a date, a number where a code stands, an unknown word of a list.
    """
    if cell.data_type == "f":
        raise BadCell("Sel ini berisi rumus. Ganti dengan isinya: salin, lalu tempel sebagai nilai.")
    value = unescape(cell.value) if isinstance(cell.value, str) else cell.value
    if value is None or value == "":
        return None
    if cell.data_type == "e":
        raise BadCell(f"Sel ini berisi galat lembar kerja ({value}).")
    if cell.data_type == "d":
        raise BadCell(
            "Sel ini terbaca sebagai tanggal atau waktu. Ubah format sel menjadi Teks, lalu ketik kembali isinya."
        )
    if isinstance(value, str) and not value.strip():
        return None
    if isinstance(value, float) and not isfinite(value):
        raise BadCell("Bilangan di sel ini terlalu besar.")
    return _READERS[column.kind](value, column)


def _text(value, _column):
    if isinstance(value, bool):
        raise BadCell(
            "Sel ini terbaca sebagai nilai logika. Ubah format sel menjadi Teks, lalu ketik kembali isinya."
        )
    return value if isinstance(value, str) else _plain(value)


def _code(value, _column):
    if not isinstance(value, str):
        raise BadCell(
            f"Sel ini terbaca sebagai bilangan {_plain(value)}; nol di depan hilang. "
            "Ubah format sel menjadi Teks, lalu ketik kembali isinya."
        )
    return value.strip()


def _choice(value, column):
    text = str(value) if isinstance(value, str | bool) else _plain(value)
    wanted = text.strip().casefold()
    for code, word in column.choices.items():
        if wanted in (str(code).casefold(), word.casefold()):
            return code
    raise BadCell(f"“{text[:40]}” tidak dikenal; pilihannya: {', '.join(column.choices.values())}.")


def _whole(value, _column):
    """A whole number; what is none goes on as it is, and the schema says so."""
    if isinstance(value, str):
        return int(value) if _WHOLE.fullmatch(value.strip()) else value
    return int(value) if not isinstance(value, bool) and value == value // 1 else value


def _decimal(value, column):
    if isinstance(value, str):
        match = _DECIMAL.fullmatch(value.strip())
        value = float(f"{match[1]}.{match[2]}") if match else value
    return _whole(value, column)


def _codes(value, column):
    return list_of(_code(value, column))


def _numbers(value, column):
    if isinstance(value, str):
        return [_whole(entry, column) for entry in list_of(value)]
    if isinstance(value, float) and value != value // 1:
        raise BadCell(
            f"Sel ini terbaca sebagai bilangan {_plain(value)}. Ubah format sel menjadi Teks, lalu tulis "
            "bilangannya dengan koma, misalnya 4, 5."
        )
    return [_whole(value, column)]


def list_of(text: str) -> list[str]:
    """The entries of a list written with commas or line breaks; one that holds either stands in quotation marks."""
    entries, place = [], 0
    while place < len(text):
        match = _ENTRY.match(text, place)
        entry, place = match[1], match.end()
        is_quoted = len(entry) > 1 and entry[0] == entry[-1] == '"'
        entry = entry[1:-1].replace('""', '"') if is_quoted else entry.strip()
        if entry:
            entries.append(entry)
    return entries


def text_of_list(entries) -> str:
    """A list as one cell; :func:`list_of` reads it back."""
    return ", ".join(_entry(str(entry)) for entry in entries)


def _entry(entry):
    if entry != entry.strip() or any(sign in entry for sign in ',"\n'):
        return '"' + entry.replace('"', '""') + '"'
    return entry


def written(text: str) -> str:
    """A text as the XML of a workbook holds it."""
    return _UNWRITABLE.sub(lambda match: f"_x{ord(match[0]):04X}_", text)


def _plain(number):
    return str(int(number)) if number == number // 1 else str(number)


_READERS = {
    Kind.TEXT: _text,
    Kind.CODE: _code,
    Kind.CHOICE: _choice,
    Kind.WHOLE: _whole,
    Kind.DECIMAL: _decimal,
    Kind.CODES: _codes,
    Kind.NUMBERS: _numbers,
}
