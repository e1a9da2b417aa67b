"""The columns that are read from a roster, as SIASN and people name them. Everything else is left out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from agencies.importers.problems import gettext_noop as _


@dataclass(frozen=True)
class Column:
    """A column that is read. ``names``: how it may be headed, SIASN's first; ``example`` stands in the template."""

    key: str
    label: str
    names: tuple[str, ...]
    about: str
    example: str
    is_required: bool = False


PEOPLE = (
    Column("nip", "NIP", ("nipBaru", "NIP", "NIP Baru", "NI PPPK", "NIP/NI PPPK"),
           _("18 angka, kolom bertipe teks."), "198609262015051001", True),
    Column("name", "Nama", ("nama", "Nama Lengkap", "Nama Pegawai"), _("Tanpa gelar."), "Sri Wahyuni", True),
    Column("title_before", "Gelar depan", ("gelarDepan",), _("Boleh kosong."), "dr."),
    Column("title_after", "Gelar belakang", ("gelarBelakang",), _("Boleh kosong."), "S.K.M."),
    Column("email", "Surel dinas", ("emailGov", "Surel", "Email", "Email Dinas", "E-mail"),
           _("Untuk kode aktivasi dan pengingat; boleh kosong."), "sri.wahyuni@kabcontoh.example"),
    Column("unit", "Kode unit", ("unorId", "Kode Unit Kerja", "Kode Unor", "Kode Unit"),
           _("Kode unit kerja seperti pada daftar unit. Kosong hanya bila nama unitnya diisi."), "dinkes-puskesmas-1"),
    Column("unit_name", "Nama unit", ("unorNama", "Unit Kerja", "Nama Unor", "Nama Unit", "Nama Unit Kerja"),
           _("Dipakai bila kode unit kosong dan hanya satu unit bernama itu."), "Puskesmas Satu"),
    Column("job_category", "Jenis jabatan", ("jenisJabatan", "jenisJabatanNama", "jenisJabatanId"),
           _("JPT Utama, JPT Madya, JPT Pratama, Administrator, Pengawas, Pelaksana, Fungsional keahlian atau "
             "Fungsional keterampilan."), "Fungsional keahlian"),
    Column("job_level", "Jenjang jabatan", ("asnJenjangJabatan", "Jenjang"),
           _("Jenjang jabatan fungsional, misalnya Ahli Pertama atau Terampil; boleh kosong."), "Ahli Pertama"),
    Column("employment_kind", "Jenis kepegawaian", ("jenisPegawaiNama", "Jenis Pegawai", "Status Kepegawaian"),
           _("PNS, PPPK atau PPPK paruh waktu. Kosong: dibaca dari NIP."), "PNS"),
    Column("supervises", "Membawahi", ("membawahi", "Membawahi Pegawai Lain"),
           _("ya atau tidak. Kosong: ya untuk jabatan manajerial."), "tidak"),
    Column("since", "TMT jabatan", ("tmtJabatan", "TMT", "Sejak"),
           _("Tanggal, misalnya 2024-01-31 atau 31/01/2024. Kosong: hari penerapan."), "2024-01-01"),
)  # fmt: skip
UNITS = (
    Column("code", "Kode unit", ("id", "Kode", "Kode Unit Kerja", "unorId", "Kode Unor"),
           _("Kode yang tetap, paling panjang 40 karakter: huruf, angka, tanda hubung."), "dinkes", True),
    Column("parent", "Kode unit induk", ("DiatasanId", "Kode Induk", "Induk", "Kode Unit Atasan", "Kode Atasan"),
           _("Kode unit di atasnya. Kosong: langsung di bawah instansi."), "", True),
    Column("name", "Nama unit", ("NamaUnor", "Nama", "Unit Kerja", "Nama Unit Kerja"), _("Nama lengkap unit."),
           "Dinas Kesehatan", True),
)  # fmt: skip

COLUMNS = {"people": PEOPLE, "units": UNITS}
_MOST_IGNORED = 40


@dataclass(frozen=True)
class Header:
    """Where the columns that are read stand, and what is left out.

    ``ignored``: names only, and none that could itself be somebody's number.
    """

    positions: dict[str, int]
    ignored: tuple[str, ...]
    missing: tuple[str, ...]


def read_header(kind: str, names: Sequence[str]) -> Header:
    """Finds the columns of a kind of roster among the names of a file. The first of two for the same column counts."""
    known = {_plain(name): column.key for column in COLUMNS[kind] for name in (column.label, *column.names)}
    positions, ignored = {}, []
    for place, name in enumerate(names):
        key = known.get(_plain(name))
        if key is None or key in positions:
            ignored.append(_shown(name))
        else:
            positions[key] = place
    missing = tuple(
        column.label for column in COLUMNS[kind] if column.is_required and column.key not in positions
    )
    if kind == "people" and not {"unit", "unit_name"} & set(positions):
        missing += ("Kode unit",)
    return Header(positions, tuple(filter(None, ignored))[:_MOST_IGNORED], missing)


def label_of(kind: str, key: str) -> str:
    return next(column.label for column in COLUMNS[kind] if column.key == key)


def _plain(name):
    return re.sub(r"[^a-z0-9]", "", name.casefold())


def _shown(name):
    """The name of a column that is left out; empty for what looks like a value, as in a file without a header."""
    return "" if re.search(r"\d{4}|@", name) else name.strip()[:40]
