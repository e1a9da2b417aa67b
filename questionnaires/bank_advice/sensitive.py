"""What no civil servant may be asked: an offence, a party, a wrong order obeyed (domain.md 3.6, 4.2). Pure.

Only what a person would sign by answering is looked at: statements in the first person and options to choose. A
vignette may tell of an envelope on the counter; nobody admits anything by reading it.
"""

import re

from questionnaires.bank_advice.findings import advice, options, refusal, statements
from questionnaires.bank_advice.layout import SITUATIONAL

_OFFENCES = re.compile(
    r"\b(?:(?:ber|me)?korupsi|suap|menyuap|disuap|gratifikasi|pungli|pungutan liar|memalsukan|memalsu|manipulasi|"
    r"memanipulasi|menggelapkan|penggelapan|mencuri|menilap|memeras|melecehkan|menganiaya|narkoba|menyalahgunakan|"
    r"membolos|bolos|fiktif|mark[- ]?up|menggelembungkan|"
    r"titip (?:absen|presensi)|menitip(?:kan)? (?:absen|presensi)|"
    r"melanggar (?:hukum|undang-undang|kode etik|sumpah)|"
    r"menerima (?:\w+ ){0,2}(?:amplop|imbalan|uang|hadiah|komisi|bingkisan)|"
    r"meminta (?:\w+ ){0,2}(?:amplop|imbalan|uang|komisi)|"
    r"membocorkan (?:\w+ )?rahasia|merekayasa (?:\w+ )?(?:laporan|data|bukti|kuitansi))\b",
    re.IGNORECASE,
)
# To refuse, to report, to prevent is no admission.
_AGAINST = re.compile(
    r"\b(?:menolak|melaporkan|mencegah|menghindari|menjauhi|melawan|menghentikan|mengembalikan|menegur|mengingatkan|"
    r"tidak|bukan|tanpa|menghindarkan|menyerahkan)\b",
    re.IGNORECASE,
)
_POLITICS = (
    r"(?:partai|parpol|capres|cawapres|caleg|cagub|cabup|paslon|tim sukses|koalisi|"
    r"calon (?:presiden|gubernur|bupati|wali kota|kepala daerah|legislatif|anggota dewan|kepala desa))"
)
_PREFERENCE = re.compile(
    r"\b(?:mendukung|memilih|mencoblos|menyukai|suka|condong|bersimpati|simpati|bergabung|anggota|kader|simpatisan|"
    rf"sepaham|sejalan|percaya|berkampanye|memenangkan|menjagokan|pilihan)\b[^.,;]{{0,40}}?\b{_POLITICS}\b"
    rf"|\b{_POLITICS}\b[^.,;]{{0,25}}\b(?:pilihan|dukungan|kesukaan|favorit|(?:saya|Anda) (?:pilih|dukung|sukai))\b",
    re.IGNORECASE,
)
_SUPERIOR = r"(?:atasan|pimpinan|kepala (?:dinas|bidang|kantor|sekolah|puskesmas)|komandan)"
_OBEYING = r"(?:menuruti|mengikuti|menjalankan|melaksanakan|mematuhi|mengerjakan|memenuhi|menaati)"
_WRONG = (
    r"(?:melanggar|bertentangan dengan|menyimpang|menyalahi|di luar|tidak sesuai dengan|salah|keliru|tidak benar|"
    r"tidak patut)"
)
_CONFESSION = re.compile(
    rf"\b{_OBEYING}\b[^.]{{0,60}}\b{_SUPERIOR}\b[^.]{{0,60}}\b{_WRONG}\b"
    rf"|\b{_OBEYING}\b[^.]{{0,60}}\b{_WRONG}\b[^.]{{0,60}}\b{_SUPERIOR}\b",
    re.IGNORECASE,
)


def find(view):
    for item in view.items:
        for keys, text in statements(item):
            yield from _find_admissions(keys, text)
        if item.get("type") in SITUATIONAL:
            yield from _find_villains(item)


def _find_admissions(keys, text):
    offence = _OFFENCES.search(text)
    if offence and not _AGAINST.search(text[: offence.start()]):
        yield refusal(
            "offence",
            f"“{offence.group()}”: pernyataan ini meminta orang mengakui pelanggaran. Tanyakan perilaku yang dapat "
            "dijawab siapa pun tanpa takut.",
            keys,
        )
    preference = _PREFERENCE.search(text)
    if preference:
        yield refusal(
            "party",
            f"“{preference.group()}”: pilihan politik pegawai ASN tidak boleh ditanyakan.",
            keys,
        )
    confession = _CONFESSION.search(text)
    if confession:
        yield refusal(
            "wrong-order",
            f"“{confession.group()}”: ini pengakuan telah menjalankan perintah yang salah. Tanyakan apa yang dilakukan "
            "sebelum suatu arahan dijalankan.",
            keys,
        )


def _find_villains(item):
    """An option that is an offence is chosen by nobody and measures nothing."""
    for keys, text in options(item):
        found = _OFFENCES.search(text)
        if found and not _AGAINST.search(text[: found.start()]):
            yield advice(
                "villain-option",
                f"“{found.group()}” adalah pelanggaran; tidak ada yang akan memilihnya. "
                "Ganti dengan tindakan yang masuk akal.",
                keys,
            )
