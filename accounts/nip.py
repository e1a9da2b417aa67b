"""The number of a civil servant: NIP of a PNS, NI PPPK of an employee on contract. Pure; knows no database.

Eighteen digits: birth date (8), year of appointment (4), month of appointment ``01``-``12`` for a PNS or
``21``-``29`` (contract one to nine) for a PPPK (2), sex (1), serial (3). There is no check digit.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

_SEPARATORS = re.compile(r"[\s.\-\u2010-\u2015\u00a0'’`]+")
_SPREADSHEET = re.compile(r"^'?\d([.,]\d+)?[eE]\+?\d+$")

# Younger people are not appointed; the year itself may be next year's.
YOUNGEST_AT_APPOINTMENT = 15


def gettext_noop(sentence: str) -> str:
    """Marks a sentence for the catalogue; whoever shows it translates it."""
    return sentence


class NipError(ValueError):
    """The text is not a possible number; the message is the sentence that the user reads.

    ``sentence`` and ``values`` are its two parts, for those who translate before putting them together.
    """

    def __init__(self, sentence: str, **values):
        super().__init__(sentence % values)
        self.sentence = sentence
        self.values = values


class NipKind(StrEnum):
    PNS = "PNS"
    PPPK = "PPPK"


@dataclass(frozen=True)
class Nip:
    """A well-formed number, taken apart. ``sex_digit`` is what the number says, not what a person is."""

    number: str
    kind: NipKind
    born_on: date
    appointment_year: int
    appointment_month: int | None
    contract_number: int | None
    sex_digit: int
    serial: int

    def __str__(self):
        return mask(self.number)


def normalise(text: str) -> str:
    """The text without the blanks, dots, dashes and apostrophes that people and spreadsheets put in."""
    return _SEPARATORS.sub("", text.strip())


def parse_nip(text: str, *, today: date) -> Nip:
    """Reads a number as people write it.

    Raises:
        NipError: with one clear sentence that says what is wrong and what to do.
    """
    digits = normalise(text)
    if _SPREADSHEET.match(text.strip()):
        raise NipError(
            gettext_noop(
                "NIP ini sudah diubah oleh lembar kerja menjadi bilangan besar dan angka terakhirnya hilang. "
                "Salin kembali dari sumbernya dengan kolom bertipe teks."
            )
        )
    if not re.fullmatch(r"[0-9]+", digits):
        raise NipError(gettext_noop("NIP hanya berisi angka. Periksa apakah ada huruf atau tanda lain."))
    if len(digits) != 18:
        raise NipError(
            gettext_noop("NIP terdiri atas 18 angka, sedangkan yang Anda isikan %(count)d angka."),
            count=len(digits),
        )
    born_on = _birth_date(digits[:8], today)
    kind, month, contract = _appointment(digits[12:14])
    if digits[14] not in "12":
        raise NipError(gettext_noop("Angka ke-15 NIP harus 1 atau 2. Periksa kembali penulisannya."))
    if digits[15:] == "000":
        raise NipError(
            gettext_noop(
                "Tiga angka terakhir NIP tidak mungkin 000. Biasanya ini terjadi karena lembar kerja membulatkan NIP; "
                "salin kembali dari sumbernya dengan kolom bertipe teks."
            )
        )
    year = int(digits[8:12])
    if not born_on.year + YOUNGEST_AT_APPOINTMENT <= year <= today.year + 1:
        raise NipError(
            gettext_noop(
                "Tahun pengangkatan pada NIP (angka ke-9 sampai ke-12) tidak cocok dengan tahun lahir atau tahun ini."
            )
        )
    return Nip(digits, kind, born_on, year, month, contract, int(digits[14]), int(digits[15:]))


def mask(number: str) -> str:
    """All but the last three digits hidden: the first eight would tell the birth date."""
    return "•" * (len(number) - 3) + number[-3:]


def _birth_date(digits, today):
    try:
        born_on = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        raise NipError(
            gettext_noop("Delapan angka pertama NIP harus tanggal lahir yang nyata (tahun, bulan, tanggal).")
        ) from None
    if born_on > today:
        raise NipError(
            gettext_noop(
                "Tanggal lahir pada NIP (delapan angka pertama) berada di masa depan. Periksa kembali penulisannya."
            )
        )
    return born_on


def _appointment(digits):
    number = int(digits)
    if 1 <= number <= 12:
        return NipKind.PNS, number, None
    if 21 <= number <= 29:
        return NipKind.PPPK, None, number - 20
    raise NipError(
        gettext_noop(
            "Angka ke-13 dan ke-14 NIP harus bulan 01–12 (PNS) atau 21–29 (PPPK). Periksa kembali penulisannya."
        )
    )
