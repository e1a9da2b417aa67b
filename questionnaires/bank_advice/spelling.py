"""Spellings that EYD V does not know and words that the glossary replaces (domain.md section 6). Pure.

A trap is a pattern of whole words, in lower case, and what to write instead. Patterns that would also hit a right word
are left out: "keluar" is a verb as well as a direction, "bagaimanapun" is joined by rule.
"""

import re

from questionnaires.bank_advice.findings import advice, texts

# Joined and apart.
_JOINING = (
    (r"(?:be)?kerja-?sama", "kerja sama, bekerja sama"),
    (r"(?:ber)?tanggung-?jawab", "tanggung jawab, bertanggung jawab"),
    (r"pertanggung[ -]jawab(?:an)?", "pertanggungjawaban"),
    (
        r"antar[ -](?=instansi|unit|pegawai|bagian|bidang|daerah|lembaga|dinas|rekan|kelompok|kementerian|sektor|"
        r"wilayah|pihak|tim|generasi|budaya|agama|suku|warga|orang|waktu|individu)\w+",
        "antarinstansi, antarunit (serangkai)",
    ),
    (r"non[ -](?=[a-z])\w+", "nonmanajerial (serangkai)"),
    (r"sub[ -](?:bagian|bidang|unit|seksi)", "subbagian (serangkai)"),
    (r"pasca[ -](?=[a-z])\w+", "pascapelatihan (serangkai)"),
    (r"(?:apa|siapa|kapan|mana|berapa)pun", "apa pun, siapa pun, kapan pun (terpisah)"),
    (r"(?:di|ke)mana(?:pun)?", "di mana, ke mana, di mana pun"),
    (
        r"di(?:atas|bawah|dalam|luar|antara|depan|belakang|samping|sini|sana|situ|sebelah|sekitar|tengah|kantor|rumah|"
        r"sekolah|puskesmas|tempat|unit|instansi|lapangan|meja|ruang)",
        "di atas, di dalam, di kantor (di sebagai kata depan terpisah)",
    ),
    (
        r"ke(?:dalam|atas|bawah|depan|belakang|samping|sini|sana|kantor|rumah|sekolah|puskesmas|unit|tempat)",
        "ke dalam, ke kantor (ke sebagai kata depan terpisah)",
    ),
    (
        r"di (?!rekan\b|pekan\b)[a-z]{3,}kan(?:nya)?|di (?:isi|beri|baca|buat|ketahui|sepakati|ikuti|alami|awasi|"
        r"terima|minta|ambil|ubah|tulis|pakai|kirim|nilai|layani|setujui|tandatangani)",
        "dilakukan, diisi (di- sebagai awalan serangkai)",
    ),
    (r"(?:mem|di)beritahu", "memberi tahu, diberi tahu"),
    (r"terimakasih", "terima kasih"),
    (r"orangtua", "orang tua"),
    (r"tandatangan", "tanda tangan"),
    (r"sekedar", "sekadar"),
    (r"seringkali", "sering kali"),
    (r"adakalanya", "ada kalanya"),
    (r"walau pun|meski pun|mau pun|atau pun", "walaupun, meskipun, maupun, ataupun (serangkai)"),
)
# Letters.
_SPELLING = (
    (r"silahkan", "silakan"),
    (r"merubah|dirubah|merobah", "mengubah, diubah"),
    (r"ijin\w*|(?:meng|per|di)ijin\w*", "izin, mengizinkan, perizinan"),
    (r"resiko\w*|beresiko", "risiko, berisiko"),
    (r"praktek\w*|(?:mem|di)praktek\w*", "praktik, mempraktikkan"),
    (r"analisa|dianalisa|menganalisa", "analisis, menganalisis"),
    (r"prosentase", "persentase"),
    (r"sistim|system", "sistem"),
    (
        r"aktip|aktifitas|kreatip|kreatifitas|efektifitas|produktifitas|obyektifitas",
        "aktif, aktivitas, efektivitas",
    ),
    (r"obyek\w*|subyek\w*|obyektif|subyektif", "objek, objektif, subjek, subjektif"),
    (r"kwalita\w*|kwantita\w*|kwitansi", "kualitas, kuantitas, kuitansi"),
    (r"kuisioner|kwesioner|quesioner|kuesener|questionnaire", "kuesioner"),
    (r"nasehat\w*|(?:me|di)nasehati", "nasihat"),
    (r"jadual\w*", "jadwal"),
    (r"ijasah", "ijazah"),
    (r"hirarki\w*", "hierarki"),
    (r"ekstrim", "ekstrem"),
    (r"detil", "detail"),
    (r"standarisasi", "standardisasi"),
    (r"tehnik|tehnis|tehnologi", "teknik, teknis, teknologi"),
    (r"karir", "karier"),
    (r"hapal\w*|(?:meng|di)hapal\w*", "hafal"),
    (r"jaman", "zaman"),
    (r"respon", "respons"),
    (r"konkrit|kongkrit", "konkret"),
    (r"managemen|manajement", "manajemen"),
    (r"nopember|pebruari", "November, Februari"),
    (r"(?:me)?legalisir|(?:meng|di)?koordinir", "melegalisasi, mengoordinasi"),
    (
        r"meng(?:koordinasi|komunikasi|konsultasi|konfirmasi)\w*",
        "mengoordinasikan, mengomunikasikan (k luluh)",
    ),
    (r"mensosialisasi\w*|mensukseskan", "menyosialisasikan (s luluh)"),
    (r"mempengaruhi", "memengaruhi"),
    (r"mempedulikan|memperdulikan", "memedulikan"),
    (r"mempercayai", "memercayai"),
    (r"mentaati", "menaati"),
    (r"menterjemah\w*", "menerjemahkan"),
    (r"mengkaitkan", "mengaitkan"),
    (r"perlindungan data pribadi", "pelindungan data pribadi (ejaan undang-undang)"),
    (r"tolak ukur", "tolok ukur"),
    (r"antri(?:an)?|mengantri", "antre, antrean, mengantre"),
    (r"apotik|propinsi|trampil\w*", "apotek, provinsi, terampil"),
    (r"faham|(?:me|di)faham\w*", "paham, memahami"),
)
# Vocabulary: domain.md section 6 gives one word a thing.
_WORDS = (
    (r"e-?mail", "surel"),
    (r"password", "kata sandi"),
    (r"dashboard", "dasbor"),
    (r"draft", "draf"),
    (r"online", "daring"),
    (r"offline", "luring"),
    (r"deadline", "tenggat, batas waktu"),
    (r"feedback", "umpan balik"),
    (r"meeting", "rapat"),
    (r"(?:meng|di)?upload", "unggah"),
    (r"(?:men|di)?download", "unduh"),
    (r"update", "mutakhir, pembaruan"),
)
# Numbers, dates, signs.
_FIGURES = (
    (r"\d+(?:[.,]\d+)? %", "85% (tanpa spasi)"),
    (r"\d+\.\d+ ?(?=%|persen)", "85,5% (koma desimal)"),
    (r"\d{1,3}(?:,\d{3})+(?!\d)", "1.234 (titik ribuan)"),
    (r"\d{1,2}[/-]\d{1,2}[/-]\d{2,4}", "23 November 2026"),
    (r"\d{1,2}:\d{2}", "23.59"),
    (r"\d+ ?- ?\d+", "1–5 (tanda pisah)"),
    (r"rp\.? \d[\d.]*", "Rp10.000"),
)
_TRAPS = (*_JOINING, *_SPELLING, *_WORDS, *_FIGURES)
# One pass over a text, whatever the number of traps; the group that matched names its trap.
_PATTERN = re.compile(
    "|".join(rf"(?<![\w-])({pattern})(?![\w-])" for pattern, _right in _TRAPS), re.IGNORECASE
)
_SMALL_YOU = re.compile(r"(?<![\w-])anda(?![\w-])")


def find(view):
    for keys, text in texts(view.bank):
        for wrong, right in traps_in(text):
            yield advice("spelling", f"Ejaan: “{wrong}”. Tulis {right}.", keys)


def traps_in(text: str) -> list[tuple[str, str]]:
    """What is misspelt in an Indonesian text, each with what to write; every word once."""
    found = {match.group(): _TRAPS[match.lastindex - 1][1] for match in _PATTERN.finditer(text)}
    if _SMALL_YOU.search(text):
        found["anda"] = "Anda (huruf kapital)"
    return list(found.items())
