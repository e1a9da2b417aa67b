"""Double-barrelled, knotted and virtuous statements are found; single, plain and observable ones are left alone."""

import pytest

from tests.questionnaires.advice.banks import about_pole, about_stem, codes, findings, item

DOUBLE_BARRELLED = [
    "Saya mencatat keluhan dan mengirimkannya kepada atasan.",
    "Dalam 3 bulan terakhir, saya merencanakan serta menjalankan kegiatan tepat waktu.",
    "Saya melayani dengan cepat dan ramah.",
    "Saya menyampaikan laporan yang lengkap dan tepat waktu.",
    "Saya membantu rekan atau atasan yang kewalahan.",
    "Dalam 3 bulan terakhir, saya membaca sekaligus menandai aturan baru.",
    "Saya menghargai pendapat rekan maupun bawahan.",
    "Ketika ada masalah, saya mencari sebabnya dan mengusulkan jalan keluar.",
    "Saya menjaga nama baik rekan, pimpinan, instansi, dan negara.",
    "Di unit kerja saya, pimpinan memberi waktu dan dana untuk belajar.",
    "Di unit kerja saya, penilaian kinerja objektif dan transparan.",
    "Saya memakai anggaran secara efektif serta efisien.",
    "Saya menolak atau menunda permintaan yang belum lengkap.",
    "Saya menghubungi warga/pemohon sebelum batas waktu.",
    "Saya bersikap jujur dan/atau terbuka kepada warga.",
    "Meski lelah, saya menyapa warga dan menanyakan keperluannya.",
]
SINGLE = [
    # The scene may hold two: nobody rates the scene.
    "Ketika rapat atau pelatihan berlangsung, saya mencatat hal penting.",
    "Dalam 3 bulan terakhir, saat berkas dan datanya lengkap, saya langsung memutuskan.",
    "Dengan sopan, saya menolak permintaan di luar aturan.",
    # One thing under two names, or a scale.
    "Saya menjelaskan hak dan kewajiban warga sebelum layanan dimulai.",
    "Saya menanyakan apakah berkas sudah lengkap atau belum.",
    "Saya menghubungi pemohon satu atau dua hari sebelum batas waktu.",
    "Saya merawat sarana dan prasarana yang saya pakai.",
    # The predicate needs two.
    "Di unit kerja saya, pegawai dan pimpinan saling menunggu untuk memulai perbaikan.",
    "Di unit kerja saya, pegawai dan pimpinan sependapat tentang ciri pekerjaan yang bermutu.",
    "Saya membandingkan rencana dan hasil kegiatan.",
    # Not joints at all.
    "Saya menyelesaikan beberapa tugas sekaligus.",
    "Saya ikut serta dalam rapat persiapan.",
    "Saya menjawab pertanyaan peserta sampai jelas.",
    "Saya membaca ulang laporan sebelum mengirimnya.",
    # How one thing is done.
    "Saya menjawab warga sambil terus mengerjakan hal lain.",
    # Names.
    "Saya mengucapkan janji menurut Pancasila dan Undang-Undang Dasar.",
]


@pytest.mark.parametrize("stem", DOUBLE_BARRELLED)
def test_two_things_in_one_statement_are_found(stem):
    assert "double-barrelled" in about_stem(stem)


@pytest.mark.parametrize("stem", SINGLE)
def test_one_thing_is_left_alone(stem):
    assert about_stem(stem) == []


def test_both_poles_of_a_pair_are_looked_at():
    assert about_pole("Mencatat keluhan dan mengirimkannya.") == ["double-barrelled"]
    assert about_pole("Mencatat keluhan sebelum mengirimkannya.") == []


@pytest.mark.parametrize(
    "stem",
    [
        "Saya tidak pernah bekerja tanpa rencana.",
        "Bukan tidak mungkin saya mengubah pendapat.",
        "Saya jarang tidak menepati janji.",
        "Tidak jarang saya membantu rekan.",
        "Tidak ada urusan yang belum saya tuntaskan.",
    ],
)
def test_a_double_negation_is_found(stem):
    assert "double-negation" in about_stem(stem)


@pytest.mark.parametrize(
    "stem",
    [
        "Saya memberi tahu rekan tanpa menunggu ditanya.",
        "Saya tidak hanya menjawab, tetapi juga menjelaskan tanpa diminta.",
        "Saya memperbaiki kebiasaan sendiri, meski belum ada teguran.",
        "Saya menyimpan kejanggalan sampai jelas, supaya tidak keliru menuduh.",
        "Saya menyampaikan keberatan dengan sopan, meski belum tentu diterima.",
        "Ketika tidak ada yang memeriksa, saya tetap memulai pekerjaan tanpa menunda.",
    ],
)
def test_one_negation_a_clause_is_left_alone(stem):
    assert about_stem(stem) == []


def test_a_reversed_item_is_an_opposite_behaviour_and_not_a_negation():
    assert about_stem("Saya tidak membaca aturan sebelum menjawab.", code="A4") == ["negated-reversal"]
    assert about_stem("Saya mengira-ngira isi aturan ketika menjawab.", code="A4") == []
    # The same sentence is no reversal where a high answer is the positive end.
    assert about_stem("Saya tidak membaca pesan pribadi pada jam layanan.", code="A1") == []


@pytest.mark.parametrize(
    "stem",
    [
        "Saya pegawai yang jujur.",
        "Saya selalu disiplin dalam bekerja.",
        "Ketika melayani warga, saya bersikap ramah.",
        "Saya memiliki integritas yang tinggi.",
        "Saya menunjukkan komitmen terhadap tugas.",
        "Saya adalah orang yang bertanggung jawab.",
    ],
)
def test_a_virtue_is_found(stem):
    assert about_stem(stem) == ["virtue"]


@pytest.mark.parametrize(
    "stem",
    [
        "Saya mengembalikan kelebihan uang pada hari yang sama.",
        "Saya menyapa warga lebih dahulu.",
        "Saya menjaga jadwal kunjungan yang sudah disepakati.",
        "Saya menjawab dengan nada tenang ketika warga berbicara kasar.",
    ],
)
def test_an_action_that_others_can_see_is_left_alone(stem):
    assert about_stem(stem) == []


def test_an_overclaiming_item_may_name_a_virtue():
    assert about_stem("Saya selalu ramah, tanpa kecuali.", code="C2") == []


def test_a_frequency_without_a_time_is_found():
    def change(bank):
        bank["sections"][0]["instruction"] = {"id": "Pilih satu jawaban.", "en": "Choose one."}
        item(bank, "A2")["stem"] = {
            "id": "Dalam 3 bulan terakhir, saya melakukan hal A2.",
            "en": "In 3 months.",
        }

    assert codes(change) == ["no-time-window"] * 3  # A1, A3, A4


@pytest.mark.parametrize("word", ["sukses", "Gagal", "kegagalan", "menyukseskan"])
def test_verdicts_on_the_screen_stop_publication(word):
    (finding,) = findings(lambda b: b["scales"][0]["feedback"]["kuat"]["meaning"].update(id=f"Anda {word}."))
    assert finding.code == "verdict"
    assert finding.is_blocking
    assert f"Kata “{word}” menghakimi" in finding.message
