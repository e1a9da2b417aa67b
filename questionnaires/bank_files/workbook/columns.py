"""What stands in which column of which sheet; read by the reader, the writer and the instructions alike. Pure.

A column names the keys of the bank file that its cells hold (docs/bank-format.md), so both ways of writing a bank
say the same and are checked by the same rules.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto

from questionnaires.problems import Keys


class Kind(Enum):
    """How a cell is read."""

    TEXT = auto()  # prose
    CODE = auto()  # text that must not lose a zero or become a date
    CHOICE = auto()  # one word of a list
    WHOLE = auto()
    DECIMAL = auto()
    CODES = auto()  # several codes, with commas
    NUMBERS = auto()  # several whole numbers, with commas


YES_NO = {True: "ya", False: "tidak"}
RESPONSE_SET_KINDS = {
    "frequency": "Frekuensi",
    "agreement": "Persetujuan",
    "bipolar": "Dua kutub",
    "effectiveness": "Ketepatan tindakan",
}
SCALE_KINDS = {
    "dimension": "Dimensi",
    "facet": "Aspek",
    "climate": "Iklim unit",
    "situational": "Pertimbangan situasional",
    "response_style": "Gaya menjawab",
}
BANDS = {
    "prioritas": "Prioritas",
    "berkembang": "Berkembang",
    "kuat": "Kuat",
    "sangat_konsisten": "Sangat konsisten",
    "perlu_diperdalam": "Perlu diperdalam",
    "cukup": "Cukup",
    "baik": "Baik",
}
METHODS = {
    "pelatihan": "Pelatihan",
    "coaching": "Coaching",
    "mentoring": "Mentoring",
    "magang": "Magang",
    "belajar_mandiri": "Belajar mandiri",
    "penugasan": "Penugasan",
    "seminar": "Seminar",
    "komunitas": "Komunitas belajar",
}
ITEM_TYPES = {
    "likert": "Skala bertingkat",
    "bipolar": "Dua kutub",
    "sjt_best": "Situasi: terbaik",
    "sjt_best_worst": "Situasi: terbaik dan terburuk",
    "sjt_rate": "Situasi: nilai tiap tindakan",
    "forced_choice": "Pilih satu pernyataan",
    "single_choice": "Pilihan tunggal tanpa skor",
    "open_text": "Isian bebas tanpa skor",
}
ROLES = {
    "content": "Isi",
    "attention": "Perhatian",
    "social_desirability": "Gaya menjawab",
    "unscored": "Tanpa skor",
}
KEYS = {1: "positif", -1: "terbalik"}
KEY_BASES = {"author": "Penyusun", "panel": "Panel ahli"}
SJT_SCORINGS = {"graded": "Bertingkat", "dichotomous": "Benar atau tidak"}


@dataclass(frozen=True)
class Column:
    """One column, or one line of the sheet of the head.

    ``keys``: where its value stands below the entry of its row; ``note``: shown when a cell of it is chosen;
    ``example``: shown in the instructions.
    """

    heading: str
    keys: Keys
    kind: Kind = Kind.TEXT
    width: int = 18  # characters
    is_required: bool = False
    choices: Mapping = field(default_factory=dict, hash=False)
    note: str = ""
    example: str = ""


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, its columns, and what a row of it is."""

    name: str
    about: str
    columns: tuple[Column, ...]


def _code(heading, key, example, *, note="", required=True, width=16):
    return Column(heading, (key,), Kind.CODE, width, required, note=note, example=example)


def _pair(heading, key, *examples, width=44, required=False, note="", below=()):
    """Both languages side by side."""
    return tuple(
        Column(
            f"{heading} ({language})",
            (*below, key, short),
            Kind.TEXT,
            width,
            required,
            note=note,
            example=example,
        )
        for language, short, example in zip(("Indonesia", "Inggris"), ("id", "en"), examples, strict=True)
    )


def _choice(heading, key, choices, *, required=False, note="", width=18):
    example = next(iter(choices.values()))
    return Column(heading, (key,), Kind.CHOICE, width, required, choices, note, example)


_COMMAS = "Pisahkan dengan koma."
_TRAITS = Column(
    "Sifat",
    ("traits",),
    Kind.CODES,
    14,
    note=f"Kode sifat dokumen sumber. {_COMMAS}",
    example="001-1a, 001-1b",
)
_COMPETENCIES = Column(
    "Kompetensi", ("competencies",), Kind.CODES, 14, note=f"Kode kompetensi. {_COMMAS}", example="M.01, B.02"
)

HEAD = Sheet(
    "Kuesioner",
    "Satu baris untuk setiap keterangan. Kolom B berisi teks Indonesia atau isian tunggal; kolom C teks Inggris.",
    (
        Column(
            *("Kode", ("code",), Kind.CODE),
            is_required=True,
            note="Huruf kecil, angka, dan tanda hubung; tetap untuk selamanya.",
            example="tiga-kepemimpinan",
        ),
        Column(
            "Judul",
            ("title",),
            is_required=True,
            note="Paling banyak 120 karakter.",
            example="Tiga Kepemimpinan",
        ),
        Column("Ringkasan", ("summary",), is_required=True, note="Satu kalimat, paling banyak 160 karakter."),
        Column("Pengantar", ("introduction",), is_required=True, note="Baris baru: Alt+Enter."),
        Column(
            "Menit",
            ("minutes",),
            Kind.WHOLE,
            is_required=True,
            note="Lama mengisi, dalam menit.",
            example="12",
        ),
        Column("Sumber", ("sources",), Kind.CODES, note=f"Dokumen sumber. {_COMMAS}", example="001"),
        Column(
            "Boleh pilih satu pernyataan", ("allow_ipsative",), Kind.CHOICE, choices=YES_NO, example="tidak"
        ),
    ),
)

RESPONSE_SETS = Sheet(
    "Set jawaban",
    "Satu baris untuk setiap pilihan jawaban, berurutan dari nilai 1. Ulangi kode set di setiap baris; "
    "jenis, nilai positif, nilai netral, dan teks tidak berlaku cukup diisi di baris pertama set itu.",
    (
        _code("Kode set", "code", "frekuensi"),
        _choice("Jenis", "kind", RESPONSE_SET_KINDS),
        Column("Nilai positif", ("positive_values",), Kind.NUMBERS, note=_COMMAS, example="4, 5"),
        Column("Nilai netral", ("neutral_values",), Kind.NUMBERS, note=_COMMAS, example="3"),
        *_pair(
            "Tidak berlaku",
            "na_label",
            "Tidak berlaku bagi tugas saya",
            "Does not apply to my work",
            width=26,
        ),
        Column("Nilai", ("option", "value"), Kind.WHOLE, 8, is_required=True, example="1"),
        *_pair("Label", "label", "Tidak pernah", "Never", width=30, required=True, below=("option",)),
        *_pair("Jangkar", "anchor", "0 dari 10 kesempatan", "0 of 10 occasions", width=30, below=("option",)),
    ),
)

SCALES = Sheet(
    "Skala",
    "Satu baris untuk setiap dimensi, aspek, atau skala lain, menurut urutan laporan.",
    (
        _code("Kode", "code", "DIRI"),
        _choice("Jenis", "kind", SCALE_KINDS, required=True),
        _code("Dimensi induk", "parent", "", required=False, note="Hanya untuk aspek."),
        *_pair("Nama", "name", "Memimpin diri", "Leading yourself", width=28, required=True),
        *_pair("Definisi", "definition", "Mengatur diri sendiri …", "Managing oneself …", required=True),
        _TRAITS,
        _COMPETENCIES,
    ),
)

FEEDBACK = Sheet(
    "Umpan balik",
    "Satu baris untuk setiap saran. Ulangi kode skala dan kategori di setiap baris; makna cukup diisi di baris "
    "pertama kategori itu.",
    (
        _code("Kode skala", "scale", "DIRI"),
        _choice("Kategori", "band", BANDS, required=True),
        *_pair("Makna", "meaning", "Kebiasaan ini baru mulai …", "This habit is just beginning …"),
        *_pair(
            "Saran", "text", "Tulis tiga pekerjaan terpenting …", "Write down three tasks …", below=("tip",)
        ),
        Column("Metode", ("tip", "method"), Kind.CHOICE, choices=METHODS, example="Belajar mandiri"),
        Column(
            "JP", ("tip", "jp"), Kind.WHOLE, 8, note="Jam pelajaran; 0 bila berupa kebiasaan.", example="1"
        ),
    ),
)

SECTIONS = Sheet(
    "Bagian",
    "Satu baris untuk setiap halaman kuesioner, menurut urutannya.",
    (
        _code("Kode", "code", "A"),
        *_pair("Judul", "title", "Mengatur diri", "Managing yourself", width=30, required=True),
        *_pair(
            "Petunjuk",
            "instruction",
            "Ingatlah 3 bulan terakhir …",
            "Recall the last 3 months …",
            required=True,
        ),
    ),
)

ITEMS = Sheet(
    "Butir",
    "Satu baris untuk setiap butir; urutan baris adalah urutan butir di bagiannya. Kode butir tetap untuk selamanya.",
    (
        _code("Bagian", "section", "A"),
        _code("Kode", "code", "TK01"),
        _choice("Jenis", "type", ITEM_TYPES, required=True, width=24),
        _choice("Peran", "role", ROLES, note="Kosong berarti Isi."),
        _code("Skala", "scale", "DIRI", required=False),
        _code("Set jawaban", "response_set", "frekuensi", required=False),
        *_pair("Situasi", "vignette", "", "", note="Hanya untuk butir situasi; paling banyak 900 karakter."),
        *_pair(
            "Pernyataan", "stem", "Dalam 3 bulan terakhir, saya …", "In the last 3 months, I …", required=True
        ),
        *_pair("Kutub A", "left", "", "", note="Hanya untuk butir dua kutub."),
        *_pair("Kutub B", "right", "", "", note="Hanya untuk butir dua kutub."),
        _choice(
            "Kunci", "key", KEYS, note="Kosong berarti positif. Dua kutub: positif bila kutub B positif."
        ),
        Column("Bobot", ("weight",), Kind.DECIMAL, 9, note="Kosong berarti 1.", example="1"),
        _choice("Boleh tidak berlaku", "na_allowed", YES_NO, note="Kosong berarti tidak."),
        Column("Nilai yang lulus", ("accept",), Kind.NUMBERS, 14, note=f"Hanya butir perhatian. {_COMMAS}"),
        _choice("Dasar kunci", "key_basis", KEY_BASES, note="Butir situasi; kosong berarti Penyusun."),
        _choice("Penskoran situasi", "sjt_scoring", SJT_SCORINGS, note="Kosong berarti Bertingkat."),
        Column("Ahli panel", ("panel", "experts"), Kind.WHOLE, 10, note="Hanya kunci panel ahli."),
        Column("ICC panel", ("panel", "icc"), Kind.DECIMAL, 10, note="ICC(2,k) panel ahli."),
        Column("Panjang isian", ("longest",), Kind.WHOLE, 10, note="Hanya isian bebas; karakter."),
        Column(
            "Kepatutan A", ("desirability", "left"), Kind.DECIMAL, 11, note="Rata-rata panel, 1 sampai 5."
        ),
        Column(
            "Kepatutan B", ("desirability", "right"), Kind.DECIMAL, 11, note="Rata-rata panel, 1 sampai 5."
        ),
        Column("Ahli kepatutan", ("desirability", "experts"), Kind.WHOLE, 11, note="Banyaknya ahli."),
        _TRAITS,
        _COMPETENCIES,
        Column(
            "Level kompetensi",
            ("level_target",),
            Kind.WHOLE,
            11,
            note="1 sampai 5; hanya butir untuk satu level dari satu kompetensi PermenPANRB 38/2017.",
        ),
        *_pair("Refleksi", "reflection", "Kapan terakhir Anda …?", "When did you last …?"),
    ),
)

OPTIONS = Sheet(
    "Pilihan",
    "Satu baris untuk setiap tindakan atau pilihan milik satu butir (situasi, pilih satu pernyataan, pilihan tunggal).",
    (
        _code("Butir", "item", "JM41"),
        _code("Kode", "code", "A", width=8, note="A, B, C, … menurut urutan tampil."),
        *_pair("Teks", "text", "Menemui warga itu …", "Meet the citizen …", required=True),
        Column("Ketepatan", ("effectiveness",), Kind.DECIMAL, 11, note="1 sampai 5.", example="4.6"),
        *_pair("Alasan", "reason", "Karena …", "Because …", note="Tampil setelah jawaban dikirim."),
        _code("Skala", "scale", "", required=False, note="Hanya untuk Pilih satu pernyataan."),
        Column("SB panel", ("sd",), Kind.DECIMAL, 10, note="Simpangan baku penilaian panel."),
    ),
)

PAIRS = Sheet(
    "Pasangan",
    "Satu baris untuk setiap pasangan butir yang dijawab serupa oleh pengisi yang teliti.",
    (_code("Butir pertama", "first", "TK03"), _code("Butir kedua", "second", "TK21")),
)

GUIDE_NAME = "Petunjuk"
TABLES = (RESPONSE_SETS, SCALES, FEEDBACK, SECTIONS, ITEMS, OPTIONS, PAIRS)
# Headings of the sheet of the head, whose fields stand below each other.
HEAD_HEADINGS = ("Keterangan", "Isi / Indonesia", "Inggris")
HEAD_PAIRS = ("title", "summary", "introduction")
