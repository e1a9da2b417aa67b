"""The sheet of instructions: what an editor reads first. Pure."""

from questionnaires.bank_files.workbook import columns as c

TITLE = "Petunjuk mengisi bank butir"
STEPS = (
    "1. Isi lembar dari kiri ke kanan: Kuesioner, Set jawaban, Skala, Umpan balik, Bagian, Butir, Pilihan, Pasangan.",
    "2. Jangan mengubah nama lembar dan judul kolom. Urutan kolom boleh diubah; baris boleh ditambah.",
    "3. Setiap teks ditulis dalam dua bahasa, berdampingan: Indonesia dan Inggris.",
    "4. Kolom berlatar kuning muda wajib diisi. Kolom berpilihan mempunyai daftar di selnya.",
    "5. Semua kolom teks berformat Teks, sehingga 001-2d, 1-2, atau =teks tetap seperti yang diketik. "
    "Rumus tidak diterima.",
    "6. Beberapa isi dalam satu sel dipisahkan dengan koma, misalnya 001-1a, 001-1b.",
    "7. Unggah di Admin > Kuesioner > Impor berkas bank. Semua masalah disebut dengan selnya, dan perbedaan dengan "
    "versi terakhir ditampilkan dahulu; tidak ada yang ditulis sebelum Anda menyetujuinya.",
    "Kunci yang diisi di sini adalah kunci penyusun, belum divalidasi panel ahli, kecuali dasar kuncinya Panel ahli.",
)
HEADINGS = ("Kolom", "Wajib", "Isi", "Contoh")


def tables():
    """For each sheet its name, what a row of it is, and a line for each column."""
    for sheet in (c.HEAD, *c.TABLES):
        yield sheet.name, sheet.about, [_line(column) for column in sheet.columns]


def _line(column):
    words = f"Salah satu dari: {', '.join(column.choices.values())}." if column.choices else ""
    about = " ".join(part for part in (words, column.note) if part)
    return column.heading, "ya" if column.is_required else "", about, column.example
