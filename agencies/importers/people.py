"""Rows of people: what each says, and how it differs from what is known."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from accounts.nip import NipError, normalise, parse_nip
from agencies.importers import cells
from agencies.importers.columns import label_of
from agencies.importers.problems import Problem
from agencies.importers.problems import gettext_noop as _

LONGEST = {"name": 200, "title_before": 60, "title_after": 100, "job_level": 40}
MANAGERIAL = frozenset({"JPTU", "JPTM", "JPTP", "ADM", "PWS"})

_PLAIN_NUMBER = re.compile(r"\d{15,}[.,]\d+")
_CATEGORIES = {
    "jptutama": "JPTU", "jptu": "JPTU", "jptmadya": "JPTM", "jptm": "JPTM", "jptpratama": "JPTP", "jptp": "JPTP",
    "administrator": "ADM", "adm": "ADM", "pengawas": "PWS", "pws": "PWS", "pelaksana": "PLK", "plk": "PLK",
    "jabatanpelaksana": "PLK", "jabatanadministrator": "ADM", "jabatanpengawas": "PWS", "fungsionalumum": "PLK",
    "jabatanfungsionalumum": "PLK", "jfu": "PLK", "jabatanpimpinantinggipratama": "JPTP",
    "jabatanpimpinantinggimadya": "JPTM", "jabatanpimpinantinggiutama": "JPTU", "fungsionalkeahlian": "JFK",
    "jfkeahlian": "JFK", "jfk": "JFK", "jabatanfungsionalkeahlian": "JFK", "fungsionalketerampilan": "JFT",
    "jfketerampilan": "JFT", "jabatanfungsionalketerampilan": "JFT",
}  # fmt: skip
_LEVELS = {
    "ahlipertama": ("JFK", "Ahli Pertama"), "ahlimuda": ("JFK", "Ahli Muda"), "ahlimadya": ("JFK", "Ahli Madya"),
    "ahliutama": ("JFK", "Ahli Utama"), "pemula": ("JFT", "Pemula"), "terampil": ("JFT", "Terampil"),
    "mahir": ("JFT", "Mahir"), "penyelia": ("JFT", "Penyelia"),
}  # fmt: skip
_EMPLOYMENT = {
    "pns": "PNS", "cpns": "PNS", "pppk": "PPPK", "p3k": "PPPK", "pppkpenuhwaktu": "PPPK", "pppkparuhwaktu": "PPPK_PW",
    "pppkpw": "PPPK_PW", "p3kparuhwaktu": "PPPK_PW",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PersonRow:
    """What a row says. None and empty mean: it says nothing, and nothing is changed by it."""

    row: int
    nip: str
    name: str
    title_before: str
    title_after: str
    email: str
    unit: str
    unit_name: str
    job_category: str
    job_level: str
    employment_kind: str
    kind_of_number: str
    supervises: bool | None
    since: date | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody works. ``id`` of a place that is kept already; ``path`` of its unit."""

    unit_id: int
    path: str
    job_category: str
    job_level: str
    employment_kind: str
    supervises_others: bool
    valid_from: date
    id: int | None = None
    agency_id: int | None = None

    def says_the_same(self, other: "Place") -> bool:
        return self._facts() == other._facts()

    def _facts(self):
        return (
            self.unit_id,
            self.job_category,
            self.job_level,
            self.employment_kind,
            self.supervises_others,
        )


@dataclass(frozen=True, slots=True)
class Known:
    """A person who has an account, with the present place of work, if there is one."""

    id: int
    account: Mapping[str, str]
    place: Place | None


@dataclass(frozen=True, slots=True)
class Change:
    """What a row does: ``kind`` is new, moved, changed or same. ``place`` is the new place of work, if it changes."""

    kind: str
    row: PersonRow
    known: Known | None = None
    account: Mapping[str, str] = field(default_factory=dict)
    place: Place | None = None

    def fingerprint(self) -> str:
        """What would be written, without the day on which it is written."""
        place = self.place._facts() if self.place else None
        return repr((self.kind, self.row.nip, sorted(self.account.items()), place))


def read_person(row: int, given: Mapping[str, str], *, today: date) -> tuple[PersonRow | None, list[Problem]]:
    """One row: what it says, or every problem that it has."""
    values = {key: cells.clean(given.get(key, "")) for key in _KEYS}
    problems: list[Problem] = []

    def refuse(key, sentence, **details):
        problems.append(Problem(row, label_of("people", key), sentence, details))

    number = _read_nip(given.get("nip", ""), today, refuse)
    for key, most in LONGEST.items():
        if len(values[key]) > most:
            refuse(key, _("Terlalu panjang; paling panjang %(most)d karakter. Singkat isinya."), most=most)
    if not values["name"]:
        refuse("name", _("Nama kosong. Isi nama pegawai tanpa gelar."))
    if values["email"] and not cells.is_email(values["email"]):
        refuse("email", _("Bukan alamat surel. Perbaiki, atau kosongkan sel ini."))
    if not (values["unit"] or values["unit_name"]):
        refuse("unit", _("Unit kerja kosong. Isi kode unit seperti pada daftar unit."))
    category, level = _read_job(values, refuse)
    employment = _read_employment(values["employment_kind"], refuse)
    supervises = cells.read_yes_no(values["supervises"]) if values["supervises"] else None
    if values["supervises"] and supervises is None:
        refuse("supervises", _("Isi dengan ya atau tidak."))
    since = _read_since(values["since"], today, refuse)
    if problems:
        return None, problems
    return PersonRow(
        row=row,
        nip=number.number,
        name=values["name"],
        title_before=values["title_before"],
        title_after=values["title_after"],
        email=values["email"],
        unit=cells.unit_code(values["unit"]),
        unit_name=values["unit_name"],
        job_category=category,
        job_level=level,
        employment_kind=employment,
        kind_of_number=number.kind.value,
        supervises=supervises,
        since=since,
    ), []  # fmt: skip


_KEYS = (
    "name", "title_before", "title_after", "email", "unit", "unit_name", "job_category", "job_level",
    "employment_kind", "supervises", "since",
)  # fmt: skip


def _read_nip(text, today, refuse):
    text = text.strip()
    if _PLAIN_NUMBER.fullmatch(text):
        refuse(
            "nip",
            _(
                "NIP ini pernah disimpan sebagai bilangan (ada angka di belakang koma), sehingga angka-angka "
                "terakhirnya mungkin berubah. Salin kembali dari sumbernya dengan kolom bertipe teks."
            ),
        )
        return None
    if re.fullmatch(r"\d{14,17}|\d{19,22}", normalise(text)):
        refuse("nip", _LOST_DIGITS, count=len(normalise(text)))
        return None
    if re.fullmatch(r"\d{9}", text):
        refuse("nip", _("Ini NIP lama (9 angka). Isi NIP baru, 18 angka."))
        return None
    if not text:
        refuse("nip", _("NIP kosong. Isi 18 angka dari SIASN."))
        return None
    try:
        return parse_nip(text, today=today)
    except NipError as error:
        refuse("nip", error.sentence, **error.values)
        return None


_LOST_DIGITS = _(
    "NIP ini %(count)d angka, seharusnya 18. Angka di depan atau di belakang hilang atau bertambah, biasanya di lembar "
    "kerja. Salin kembali dari sumbernya dengan kolom bertipe teks."
)


def _read_job(values, refuse):
    """Category and level; the level alone says the category of a functional post."""
    plain_level = _plain(values["job_level"])
    by_level, level = _LEVELS.get(plain_level, ("", values["job_level"]))
    plain = _plain(values["job_category"])
    category = _CATEGORIES.get(plain) or by_level
    if not category and plain and "fungsional" in plain:
        refuse("job_level", _("Jabatan fungsional perlu jenjangnya, misalnya Ahli Pertama atau Terampil."))
    elif not category and plain:
        refuse(
            "job_category",
            _(
                "Jenis jabatan ini tidak dikenal. Isi salah satu: JPT Utama, JPT Madya, JPT Pratama, Administrator, "
                "Pengawas, Pelaksana, Fungsional keahlian, Fungsional keterampilan."
            ),
        )
    return category, level


def _read_employment(text, refuse):
    kind = _EMPLOYMENT.get(_plain(text), "")
    if text and not kind:
        refuse(
            "employment_kind", _("Jenis kepegawaian ini tidak dikenal. Isi PNS, PPPK atau PPPK paruh waktu.")
        )
    return kind


def _read_since(text, today, refuse):
    if not text:
        return None
    day = cells.read_date(text)
    if day is None:
        refuse("since", _("Tanggal ini tidak dapat dibaca. Tulis seperti 2024-01-31 atau 31/01/2024."))
    elif day > today:
        refuse("since", _("Tanggal ini di masa depan. Impor orang ini setelah penempatannya berlaku."))
    return day


def compare(row: PersonRow, known: Known | None, *, unit_id: int, path: str, today: date) -> Change:
    """How a row differs from what is known. Empty cells change nothing; a new person gets what is usual."""
    before = known.place if known else None
    place = _place(row, before, unit_id, path, today)
    if known is None:
        account = {key: getattr(row, key) for key in _ACCOUNT}
        return Change("new", row, None, account, place)
    account = {
        key: getattr(row, key)
        for key in _ACCOUNT
        if getattr(row, key) and getattr(row, key) != known.account[key]
    }
    if before is None:
        return Change("new", row, known, account, place)
    if before.says_the_same(place):
        return Change("changed" if account else "same", row, known, account)
    return Change("moved" if before.unit_id != unit_id else "changed", row, known, account, place)


_ACCOUNT = ("name", "title_before", "title_after", "email")


def _place(row, before, unit_id, path, today):
    category = row.job_category or (before.job_category if before else "PLK")
    supervises = row.supervises
    if supervises is None:
        kept = before is not None and category == before.job_category
        supervises = before.supervises_others if kept else category in MANAGERIAL
    since = row.since or today
    return Place(
        unit_id=unit_id,
        path=path,
        job_category=category,
        job_level=row.job_level or (before.job_level if before and category == before.job_category else ""),
        employment_kind=row.employment_kind or (before.employment_kind if before else row.kind_of_number),
        supervises_others=supervises,
        # A date before the present place began says when the post began, not when the person changed.
        valid_from=since if before is None or since >= before.valid_from else max(today, before.valid_from),
    )


def _plain(text):
    return re.sub(r"[^a-z0-9]", "", text.casefold())
