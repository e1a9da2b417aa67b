"""A bank as a workbook: nothing is lost, everything wrong is named with its cell, nothing dangerous is opened."""

import copy
import datetime
import re
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from questionnaires.bank_documents import complete
from questionnaires.bank_files import TooLongForACell, read, workbook_template, write, write_workbook
from questionnaires.bank_files.workbook import columns
from questionnaires.bank_files.workbook.cells import list_of, text_of_list
from questionnaires.bank_files.workbook.package import LARGEST_WORKBOOK, MOST_CELLS, MOST_PARTS
from questionnaires.version_document import content_hash
from tests.factories.questionnaires import small_bank, small_document
from tests.questionnaires.strategies import banks
from tests.questionnaires.workbooks import (
    changed,
    column,
    good_workbook,
    repacked,
    sheet_part,
    with_cells,
)

SLOW = settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def found(source, **options):
    """``{cell: sentence}`` of what blocks."""
    bank_file = read(source, filename="uji.xlsx", **options)
    return {problem.cell: problem.message for problem in bank_file.problems if problem.is_blocking}


def addresses(sheet):
    """Heading to the letter of its column."""
    workbook = load_workbook(BytesIO(good_workbook()))
    return {cell.value: f"{sheet}!{cell.column_letter}" for cell in workbook[sheet][1]}


# --- Nothing is lost ---------------------------------------------------------------------------------------


@SLOW
@given(bank=banks())
def test_what_is_written_reads_back_the_same(bank):
    document = complete(copy.deepcopy(bank))
    bank_file = read(write_workbook(document), filename="uji.xlsx")
    assert bank_file.is_valid, [str(problem) for problem in bank_file.problems]
    assert bank_file.document == document
    assert content_hash(bank_file.document) == content_hash(document)


@SLOW
@given(bank=banks())
def test_a_workbook_that_another_application_saved_reads_back_the_same(bank):
    """Applications keep texts in a shared table and not in their cells."""
    document = complete(copy.deepcopy(bank))
    bank_file = read(changed(lambda workbook: None, write_workbook(document)), filename="uji.xlsx")
    assert bank_file.is_valid, [str(problem) for problem in bank_file.problems]
    assert bank_file.document == document


@given(entries=st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip)))
def test_a_list_in_one_cell_reads_back_the_same(entries):
    assert list_of(text_of_list(entries)) == entries


def test_yaml_and_workbook_say_the_same():
    document = small_document()
    by_workbook = read(write_workbook(document), filename="uji.xlsx").document
    by_yaml = read(write(document), filename="uji.yaml").document
    assert content_hash(by_workbook) == content_hash(by_yaml) == content_hash(document)


def test_columns_may_stand_in_another_order_and_empty_rows_between():
    def change(workbook):
        sheet = workbook["Butir"]
        sheet.move_range(f"B1:B{sheet.max_row}", cols=50)
        sheet.insert_rows(4)

    assert read(changed(change), filename="uji.xlsx").document == small_document()


def test_numbers_typed_as_text_and_words_in_capitals_are_understood():
    at = addresses("Butir")
    cells = {
        f"{at['Bobot']}2": "1,5",
        f"{at['Jenis']}2": "SKALA BERTINGKAT",
        f"{at['Boleh tidak berlaku']}2": True,
    }
    document = read(with_cells(cells), filename="uji.xlsx").document
    item = document["sections"][0]["items"][0]
    assert (item["weight"], item["type"], item["na_allowed"]) == (1.5, "likert", True)


def test_no_text_becomes_a_formula():
    bank = small_bank()
    bank["sections"][0]["items"][0]["stem"] = {"id": "=HYPERLINK(1)", "en": "+1"}
    workbook = load_workbook(BytesIO(write_workbook(complete(bank))))
    cells = [
        cell for sheet in workbook for row in sheet.iter_rows() for cell in row if cell.value is not None
    ]
    assert "=HYPERLINK(1)" in {cell.value for cell in cells}
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert {cell.number_format for cell in cells if cell.data_type == "s"} == {"@"}


def test_a_text_longer_than_a_cell_is_refused_with_a_sentence():
    document = small_document()
    document["questionnaire"]["introduction"]["id"] = "a" * 33_000
    with pytest.raises(TooLongForACell, match="terlalu panjang untuk satu sel"):
        write_workbook(document)


# --- What an editor sees -----------------------------------------------------------------------------------


def test_the_template_is_empty_and_says_what_is_to_be_filled_in():
    assert found(workbook_template()) == {
        "Kuesioner!B2": "Kolom “Kode” wajib diisi.",
        "Kuesioner!B3": "Kolom “Judul” wajib diisi.",
        "Kuesioner!C3": "Kolom “Judul” wajib diisi.",
        "Kuesioner!B4": "Kolom “Ringkasan” wajib diisi.",
        "Kuesioner!C4": "Kolom “Ringkasan” wajib diisi.",
        "Kuesioner!B5": "Kolom “Pengantar” wajib diisi.",
        "Kuesioner!C5": "Kolom “Pengantar” wajib diisi.",
        "Kuesioner!B6": "Kolom “Menit” wajib diisi.",
        "Set jawaban!A2": "Daftar ini masih kosong.",
        "Skala!A2": "Daftar ini masih kosong.",
        "Bagian!A2": "Daftar ini masih kosong.",
    }


def test_the_sheets_have_frozen_headings_lists_and_both_languages_side_by_side():
    workbook = load_workbook(BytesIO(workbook_template()))
    assert workbook.sheetnames == [columns.GUIDE_NAME, columns.HEAD.name, *(s.name for s in columns.TABLES)]
    for sheet in columns.TABLES:
        worksheet = workbook[sheet.name]
        assert worksheet.freeze_panes in ("B2", "C2")
        headings = [cell.value for cell in worksheet[1]]
        for index, heading in enumerate(headings):
            if heading.endswith("(Indonesia)"):
                assert headings[index + 1] == heading.replace("(Indonesia)", "(Inggris)")
    rules = workbook["Butir"].data_validations.dataValidation
    lists = {str(rule.sqref): rule.formula1 for rule in rules if rule.type == "list"}
    kind = column(workbook, "Butir", "Jenis")
    assert "Skala bertingkat" in lists[f"{kind}2:{kind}5000"]
    assert max(len(each) for each in lists.values()) <= 255  # more than that no spreadsheet takes
    guide = " ".join(str(cell.value) for row in workbook[columns.GUIDE_NAME].iter_rows() for cell in row)
    assert "belum divalidasi panel ahli" in guide


@pytest.mark.parametrize("sheet", [columns.HEAD, *columns.TABLES], ids=lambda sheet: sheet.name)
def test_headings_of_a_sheet_differ_and_notes_fit(sheet):
    assert len({each.heading.casefold() for each in sheet.columns}) == len(sheet.columns)
    assert len({each.keys for each in sheet.columns}) == len(sheet.columns)
    assert all(len(each.note) <= 255 and len(each.heading) <= 32 for each in sheet.columns)


# --- Everything that is wrong, with its cell ---------------------------------------------------------------


def test_every_problem_is_named_at_once_with_its_cell():
    at, sets = addresses("Butir"), addresses("Set jawaban")
    problems = found(
        with_cells(
            {
                f"{at['Kode']}3": "A1",
                f"{at['Pernyataan (Inggris)']}4": "=A1&B1",
                f"{at['Skala']}5": "LAIN",
                f"{at['Jenis']}6": "pilihan ganda",
                f"{at['Bobot']}7": "berat",
                f"{at['Bagian']}8": "Z",
                f"{sets['Nilai']}2": 9,
                "Kuesioner!B6": datetime.date(2026, 1, 2),
                "Kuesioner!B7": 1,
                "Pasangan!A2": "Z9",
            }
        )
    )
    assert problems[f"{at['Kode']}3"] == "Kode butir “A1” sudah dipakai di atas."
    assert "berisi rumus" in problems[f"{at['Pernyataan (Inggris)']}4"]
    assert problems[f"{at['Skala']}5"] == "Skala “LAIN” tidak ada."
    assert problems[f"{at['Jenis']}6"].startswith(
        "“pilihan ganda” tidak dikenal; pilihannya: Skala bertingkat,"
    )
    assert problems[f"{at['Bobot']}7"] == "Isinya harus berupa bilangan, bukan “berat”."
    assert problems[f"{at['Bagian']}8"] == "Bagian “Z” tidak ada di lembar Bagian."
    assert problems[f"{sets['Nilai']}2"] == "Nilai pilihan harus 1, 2, 3, … berurutan tanpa celah."
    assert "terbaca sebagai tanggal" in problems["Kuesioner!B6"]
    assert "terbaca sebagai bilangan 1; nol di depan hilang" in problems["Kuesioner!B7"]
    assert problems["Pasangan!A2"] == "Butir “Z9” pada pasangan ini tidak ada."


def test_problems_come_in_the_order_of_the_sheets():
    at = addresses("Butir")
    bank_file = read(
        with_cells({"Pasangan!A2": "Z9", f"{at['Skala']}5": "X", f"{at['Kode']}4": "?", "Kuesioner!B6": 0}),
        filename="folder/uji.xlsx",
    )
    cells = [problem.cell for problem in bank_file.problems]
    assert [c for c in cells if c] == ["Kuesioner!B6", f"{at['Kode']}4", f"{at['Skala']}5", "Pasangan!A2"]
    assert bank_file.describe(bank_file.problems[0]) == (
        "uji.xlsx:Kuesioner!B6: kepala kuesioner · questionnaire.minutes: Bilangannya 0; paling kecil 1."
    )


def test_a_text_in_one_language_only_names_the_empty_cell():
    at = addresses("Butir")
    problems = found(with_cells({f"{at['Refleksi (Inggris)']}2": None}))
    assert problems == {f"{at['Refleksi (Inggris)']}2": "Teks bahasa Inggris (en) masih kosong."}


def test_wrong_columns_are_refused():
    at = addresses("Butir")
    problems = found(with_cells({f"{at['Kunci']}1": "Kuncinya", "Skala!Z1": "Kode", "Bagian!Z3": "tersesat"}))
    assert problems[f"{at['Kunci']}1"].startswith(
        "Kolom “Kuncinya” tidak dikenal. Yang dikenal: Bagian, Kode,"
    )
    assert problems["Butir!A1"].startswith("Kolom ini tidak ada: Kunci. Ambil templat terbaru")
    assert problems["Skala!Z1"] == "Kolom “Kode” ada dua kali."
    assert problems["Bagian!Z3"] == "Sel ini berada di luar kolom yang dikenal."


def test_a_missing_and_a_strange_sheet_are_refused():
    def change(workbook):
        workbook.remove(workbook["Skala"])
        workbook.create_sheet("Coba")

    problems = found(changed(change))
    assert problems["Skala"] == "Lembar “Skala” tidak ada."
    assert problems["Coba"].startswith("Lembar “Coba” tidak dikenal")
    assert not any("scales" in message for message in problems.values())


def test_a_cycle_of_scales_is_refused():
    at = addresses("Skala")
    cells = {f"{at['Jenis']}{row}": "Aspek" for row in (2, 3)}
    cells |= {f"{at['Dimensi induk']}2": "PEKA", f"{at['Dimensi induk']}3": "RAPI"}
    assert "melingkar kembali" in found(with_cells(cells))[f"{at['Dimensi induk']}2"]


def test_rows_of_one_set_or_band_that_disagree_are_refused():
    sets, feedback = addresses("Set jawaban"), addresses("Umpan balik")
    problems = found(
        with_cells({f"{sets['Jenis']}3": "Persetujuan", f"{feedback['Makna (Indonesia)']}3": "Lain."})
    )
    assert problems == {
        f"{sets['Jenis']}3": "Isinya berbeda dengan baris pertama set jawaban ini.",
        f"{feedback['Makna (Indonesia)']}3": "Isinya berbeda dengan baris pertama kategori ini.",
    }


def test_unknown_competencies_are_named_with_their_cell():
    at = addresses("Butir")
    problems = found(with_cells({f"{at['Kompetensi']}2": "M.99"}), competency_codes={"M.01"})
    assert problems == {f"{at['Kompetensi']}2": "Kompetensi “M.99” tidak ada di kerangka mana pun."}


# --- Files that are not opened -----------------------------------------------------------------------------

BOMB = "<row r='{}'><c r='A{}' t='inlineStr'><is><t>x</t></is></c></row>"


def bomb(name, content):
    """A sheet of many rows in a small file."""
    if name != sheet_part("Butir"):
        return content
    rows = "".join(BOMB.format(n, n) for n in range(1, MOST_CELLS + 10))
    return re.sub(
        rb"<sheetData>.*</sheetData>", f"<sheetData>{rows}</sheetData>".encode(), content, flags=re.S
    )


def entities(name, content):
    if name != "xl/workbook.xml":
        return content
    return b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + content


def far_cell(name, content):
    cell = b"<row r='1048576'><c r='XFD1048576' t='inlineStr'><is><t>x</t></is></c></row></sheetData>"
    return content.replace(b"</sheetData>", cell) if name == sheet_part("Butir") else content


def backwards(name, content):
    row = b"<row r='2'><c r='A2' t='inlineStr'><is><t>x</t></is></c></row></sheetData>"
    return content.replace(b"</sheetData>", row) if name == sheet_part("Butir") else content


REFUSED = {
    "empty": (b"", "kosong|bukan buku kerja"),
    "not a zip": (b"PK\x03\x04rusak", "bukan buku kerja XLSX yang utuh"),
    "cut off": (good_workbook()[:-400], "bukan buku kerja XLSX yang utuh"),
    "a zip of something else": (
        repacked(lambda name, content: None, [("readme.txt", "x")]),
        "bukan buku kerja XLSX yang utuh",
    ),
    "an old xls": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        "berkas XLS lama atau buku kerja yang terkunci",
    ),
    "huge": (b"PK\x03\x04" + bytes(LARGEST_WORKBOOK), "terlalu besar"),
    "a macro": (repacked(extra=[("xl/vbaProject.bin", b"x")]), "memuat makro"),
    "an embedded file": (repacked(extra=[("xl/embeddings/a.exe", b"x")]), "memuat makro atau berkas sisipan"),
    "a path out of the file": (repacked(extra=[("../../etc/passwd", b"x")]), "menunjuk ke luar berkas"),
    "an absolute path": (repacked(extra=[("/etc/passwd", b"x")]), "menunjuk ke luar berkas"),
    "many parts": (repacked(extra=[(f"a{n}", b"") for n in range(MOST_PARTS)]), "bukan buku kerja"),
    "a zip bomb": (
        repacked(extra=[("xl/media/a.bin", bytes(9 * 1024 * 1024))]),
        "melampaui 8 MB setelah dibuka",
    ),
    "too many rows": (repacked(bomb), r"A5001; satu lembar paling banyak 5000 baris"),
    "a cell far away": (repacked(far_cell), "Ada isi di sel XFD1048576"),
    "rows out of order": (repacked(backwards), "bukan buku kerja XLSX yang utuh"),
    "entities": (repacked(entities), "memuat entitas XML"),
    "ods": (repacked(lambda name, content: None, [("content.xml", "<a/>")]), "Ini berkas ODS atau XLSB"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_is_no_safe_workbook_is_refused_with_a_sentence(name):
    source, sentence = REFUSED[name]
    bank_file = read(source, filename="uji.xlsx")
    assert not bank_file.is_valid
    assert len(bank_file.problems) == 1
    assert re.search(sentence, bank_file.problems[0].message), bank_file.problems[0].message


@settings(max_examples=150)
@given(data=st.data())
def test_no_damage_to_the_file_makes_the_reader_fall_over(data):
    source = bytearray(good_workbook())
    for _n in range(data.draw(st.integers(1, 8))):
        source[data.draw(st.integers(0, len(source) - 1))] = data.draw(st.integers(0, 255))
    read(bytes(source), filename="uji.xlsx")


PARTS = sorted(
    {sheet_part("Butir"), sheet_part("Kuesioner"), "xl/workbook.xml", "[Content_Types].xml", "xl/styles.xml"}
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(part=st.sampled_from(PARTS), data=st.data())
def test_no_damage_within_a_part_makes_the_reader_fall_over(part, data):
    def damage(name, content):
        if name != part:
            return content
        start = data.draw(st.integers(0, len(content)))
        length = data.draw(st.integers(0, 60))
        piece = data.draw(
            st.sampled_from([b"", b"<c/>", b"<f>1</f>", b"NaN", b"1e999", b"-1", b'"', b"<v>x</v>"])
        )
        return content[:start] + piece + content[start + length :]

    read(repacked(damage), filename="uji.xlsx")


CELL_VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=30),
    st.datetimes(min_value=datetime.datetime(1950, 1, 1), max_value=datetime.datetime(2050, 1, 1)),
    st.sampled_from(["=1+1", "#REF!", "positif", "A1", "RAPI"]),
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(
    cells=st.dictionaries(
        st.tuples(
            st.sampled_from([columns.HEAD.name, *(sheet.name for sheet in columns.TABLES)]),
            st.integers(1, 40),
            st.integers(1, 8),
        ),
        CELL_VALUES,
        min_size=1,
        max_size=6,
    )
)
def test_no_value_in_any_cell_makes_the_reader_fall_over(cells):
    def change(workbook):
        for (sheet, place, row), value in cells.items():
            workbook[sheet].cell(row=row, column=place).value = value

    bank_file = read(changed(change), filename="uji.xlsx")
    assert all(problem.cell for problem in bank_file.problems), bank_file.problems
