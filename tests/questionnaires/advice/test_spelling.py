"""The spelling traps of EYD V, and their right forms, which stay unnoticed."""

import pytest

from questionnaires.bank_advice.spelling import traps_in
from tests.questionnaires.advice.banks import findings

WRONG = """
kerjasama | bekerjasama | tanggungjawab | bertanggungjawab | pertanggung jawaban | antar instansi |
antar-unit | non manajerial | non-manajerial | sub bagian | silahkan | merubah | dirubah | ijin |
perijinan | resiko | beresiko | praktek | mempraktekkan | analisa | menganalisa | prosentase | sistim |
aktifitas | obyektif | kwalitas | apapun | siapapun | kapanpun | dimana | dimanapun | kemana |
diatas meja | didalam ruang | dikantor | kedalam | di lakukan | di isi | di berikan | memberitahu |
diberitahu | terimakasih | orangtua | sekedar | seringkali | kuisioner | nasehat | jadual | hirarki |
mempengaruhi | mempercayai | mengkoordinasikan | mensosialisasikan | mentaati |
perlindungan data pribadi | tolak ukur | antri | antrian | karir | konkrit | standarisasi | e-mail |
dashboard | draft | deadline | respon | walau pun | anda | 85 % | 85.5% | 12,500 | 23/11/2026 | 23:59 |
1-5 | 2024 - 2026 | Rp 10
"""
RIGHT = """
kerja sama | bekerja sama | tanggung jawab | bertanggung jawab | pertanggungjawaban | antarinstansi |
antarunit | mengantar surat | antar jemput | nonmanajerial | silakan | mengubah | diubah | izin |
perizinan | risiko | berisiko | praktik | mempraktikkan | analisis | menganalisis | persentase | sistem |
aktivitas | aktif | objektif | kualitas | apa pun | siapa pun | kapan pun | di mana | di mana pun |
ke mana | di atas meja | di dalam ruang | di kantor | ke dalam | keluar | dilakukan | diisi | diberikan |
memberi tahu | diberi tahu | diberitahukan | pemberitahuan | terima kasih | orang tua | sekadar |
sering kali | kuesioner | nasihat | jadwal | hierarki | memengaruhi | memercayai | mempunyai |
mengoordinasikan | menyosialisasikan | menaati | pelindungan data pribadi | perlindungan pohon |
tolok ukur | antre | antrean | karier | konkret | standardisasi | surel | dasbor | draf | tenggat |
respons | bagaimanapun | meskipun | walaupun | maupun | adapun | sekalipun | sekali pun | Anda |
andaikan | 85% | 85,5% | 12.500 | 23 November 2026 | 23.59 | 1–5 | 2024–2026 | Rp10.000 | di rekan |
kata-kata | satu-satunya | di sela tugas | disambut | dimulai | kemampuan | ke-13 | PermenPANRB 38/2017 |
diskusi | kesiapan
"""


def words(text):
    return [word.strip() for word in text.replace("\n", " ").split("|") if word.strip()]


@pytest.mark.parametrize("wrong", words(WRONG))
def test_a_trap_is_found(wrong):
    assert traps_in(f"Kata {wrong} itu.") != []


@pytest.mark.parametrize("right", words(RIGHT))
def test_a_right_form_is_left_alone(right):
    assert traps_in(f"Kata {right} itu.") == []


def test_every_text_of_a_bank_is_read_and_every_trap_named_once():
    def change(bank):
        bank["questionnaire"]["introduction"]["id"] = "Silahkan isi. Silahkan kirim. Terimakasih."
        bank["scales"][0]["feedback"]["kuat"]["meaning"]["id"] = "Mintalah ijin."

    found = findings(change)
    assert [(f.path, f.message) for f in found] == [
        ("questionnaire.introduction.id", "Ejaan: “Silahkan”. Tulis silakan."),
        ("questionnaire.introduction.id", "Ejaan: “Terimakasih”. Tulis terima kasih."),
        ("scales[0].feedback.kuat.meaning.id", "Ejaan: “ijin”. Tulis izin, mengizinkan, perizinan."),
    ]
    assert not any(finding.is_blocking for finding in found)
