"""Nobody is made to admit an offence, a party or a wrong order; how to act against them may be asked."""

import pytest

from questionnaires.bank_advice.sensitive import find
from questionnaires.bank_view import BankView
from tests.questionnaires.advice.banks import about_pole, about_stem, findings, item

REFUSED = {
    "offence": [
        "Dalam 3 bulan terakhir, saya menerima amplop dari warga.",
        "Saya menerima sedikit uang sebagai ucapan terima kasih.",
        "Saya memalsukan tanda tangan rekan.",
        "Saya membolos pada hari kerja.",
        "Saya menitip presensi kepada rekan.",
        "Saya membuat laporan perjalanan fiktif.",
        "Saya menyalahgunakan wewenang untuk menolong kerabat.",
        "Saya melanggar kode etik ketika terdesak.",
    ],
    "party": [
        "Saya mendukung partai yang sedang memerintah.",
        "Saya memilih calon bupati yang dekat dengan kantor kami.",
        "Partai yang saya pilih memengaruhi pekerjaan saya.",
        "Saya bergabung dengan tim sukses salah satu calon.",
    ],
    "wrong-order": [
        "Saya menjalankan perintah atasan walaupun melanggar aturan.",
        "Saya mengikuti arahan pimpinan yang bertentangan dengan ketentuan.",
        "Saya menuruti permintaan di luar aturan dari atasan.",
    ],
}
ALLOWED = [
    "Saya menolak amplop dari warga dengan sopan.",
    "Saya melaporkan gratifikasi yang ditawarkan kepada saya.",
    "Ketika obrolan tentang kampanye muncul pada jam kerja, saya mengajak kembali ke pekerjaan.",
    "Saya mengerjakan tugas dengan mutu yang sama, siapa pun yang sedang memimpin.",
    "Meski lebih menyukai cara lain, saya melaksanakan perintah yang sah.",
    "Mengikuti permintaan atasan terasa lebih aman bagi saya daripada memeriksa sendiri aturannya.",
    "Ketika arahan tampak berbeda dengan aturan, saya membaca dulu aturannya.",
    "Saya memilih calon peserta pelatihan menurut kebutuhan tugas.",
]


@pytest.mark.parametrize(
    ("code", "stem"), [(code, stem) for code, stems in REFUSED.items() for stem in stems]
)
def test_what_nobody_may_be_asked_stops_publication(code, stem):
    found = findings(lambda bank: item(bank, "A1").update(stem={"id": stem, "en": "In English."}))
    assert (code, True) in [(finding.code, finding.is_blocking) for finding in found]


@pytest.mark.parametrize("stem", ALLOWED)
def test_acting_against_it_may_be_asked(stem):
    assert about_stem(stem) == []


def test_poles_are_looked_at_too():
    assert "offence" in about_pole("Menerima uang dari warga yang berterima kasih.")


def test_an_option_that_is_an_offence_measures_nothing():
    vignette = {"type": "sjt_best", "vignette": {"id": "Seorang warga menyodorkan amplop.", "en": "x"}}

    def about(option):
        items = [{**vignette, "options": [{"code": "A", "text": {"id": option, "en": "x"}}]}]
        return [finding.code for finding in find(BankView({"sections": [{"items": items}]}))]

    assert about("Menerima amplop itu.") == ["villain-option"]
    assert about("Mengembalikan amplop itu dengan sopan.") == []
