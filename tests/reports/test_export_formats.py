"""Workbooks and printed reports of frozen results, read back as a spreadsheet and a reader of PDFs do."""

import io
import zipfile

import pytest
from django.utils import translation
from openpyxl import load_workbook
from pypdf import PdfReader

from agencies.models import Unit
from reports.exports import workbooks
from reports.exports.lines import Line, headings
from reports.exports.marks import Mark
from reports.exports.workbooks import write_workbook
from reports.results import freeze
from reports.selectors import agency_dashboard
from tests.factories.exports import PURPOSE, export_of, file_of, table_of
from tests.reports.pages import HIDDEN
from tests.reports.worlds import world

pytestmark = pytest.mark.django_db


def frozen_world(sizes=None, **fields):
    made = world(sizes or {"besar": 40, "lain": 35, "kecil": 4}, **fields)
    made.release = freeze(campaign=made.close(), agency=made.agency, by=made.analyst)
    return made


def exported(made, form, unit="", **fields):
    return export_of(made.release, made.units[unit], by=made.analyst, form=form, **fields)


def book_of(export):
    return load_workbook(io.BytesIO(file_of(export)))


def text_of(export) -> str:
    pages = PdfReader(io.BytesIO(file_of(export))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def line_of(text, **fields) -> Line:
    line = Line("kode", text, 1, "q", "Rata-rata", "k", text, text, "", 10, 71, "", "", "")
    return line._replace(**fields)


class TestWorkbook:
    def test_holds_the_same_lines_as_the_csv_in_a_sheet_for_each_kind(self):
        made = frozen_world()
        book, export = book_of(exported(made, "xlsx")), exported(made, "csv")
        lines = table_of(export)
        assert {line["Jenis angka"] for line in lines} == set(book.sheetnames[1:])
        for sheet in book.worksheets[1:]:
            names, *rows = (
                ["" if cell is None else str(cell) for cell in row]
                for row in sheet.iter_rows(values_only=True)
            )
            expected = [line for line in lines if line["Jenis angka"] == sheet.title]
            told = [{**dict(zip(names, row, strict=True)), "Diminta pada": ""} for row in rows]
            assert told == [{**line, "Diminta pada": ""} for line in expected]

    def test_says_on_its_first_sheet_who_when_what_for_and_how_to_read(self):
        made = frozen_world()
        first = book_of(exported(made, "xlsx")).worksheets[0]
        said = [str(cell) for row in first.iter_rows(values_only=True) for cell in row if cell]
        assert made.analyst.get_full_name() in said and PURPOSE in said
        assert "Kunci penyusun, belum divalidasi panel ahli." in said

    def test_keeps_numbers_as_numbers(self):
        sheet = book_of(exported(frozen_world(), "xlsx"))["Rata-rata"]
        figure = headings().index("Angka")
        assert {type(row[figure]) for row in sheet.iter_rows(min_row=2, values_only=True)} <= {
            int,
            type(None),
        }

    @pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", "\r=1+1", "\x01=1+1", "{=1}"])
    def test_lets_no_text_become_a_formula(self, text, tmp_path, monkeypatch):
        monkeypatch.setattr(workbooks, "headings", lambda: (text, *headings()[1:]))
        path = tmp_path / "berkas.xlsx"
        write_workbook([line_of(text)], Mark(text, "kini", text), [text], path)
        with zipfile.ZipFile(path) as archive:
            sheets = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets")]
        assert len(sheets) == 2 and not any(b"<f>" in sheet or b"<f " in sheet for sheet in sheets)
        cells = [c for sheet in load_workbook(path) for row in sheet.iter_rows() for c in row]
        assert {cell.data_type for cell in cells if cell.value is not None} <= {"s", "inlineStr", "n"}
        texts = [cell.value for cell in cells if isinstance(cell.value, str)]
        assert not any(value.startswith(("=", "+", "-", "@", "\t", "\r")) for value in texts)

    def test_begins_another_sheet_where_one_is_full(self, tmp_path, monkeypatch):
        monkeypatch.setattr(workbooks, "MOST_ROWS", 3)
        path = tmp_path / "berkas.xlsx"
        assert write_workbook([line_of(str(n)) for n in range(5)], Mark("a", "b", "c"), [], path) == 5
        book = load_workbook(path)
        assert book.sheetnames[1:] == ["Rata-rata", "Rata-rata (2)", "Rata-rata (3)"]
        assert [sheet.max_row for sheet in book.worksheets[1:]] == [3, 3, 2]
        assert {sheet["A1"].value for sheet in book.worksheets[1:]} == {"Kode unit"}


class TestPrintedReport:
    def test_is_tagged_and_says_its_language_and_title(self):
        reader = PdfReader(io.BytesIO(file_of(exported(frozen_world(), "pdf"))))
        root = reader.trailer["/Root"]
        assert root["/MarkInfo"]["/Marked"] and root["/Lang"] == "id" and "/StructTreeRoot" in root
        assert b"pdfuaid" in root["/Metadata"].get_data()
        assert reader.metadata.title == "Hasil Pemerintah Kabupaten Jenawi"

    def test_tells_the_figures_of_the_pages_and_nobodys_name(self):
        made = frozen_world(answers={"besar": 5, "lain": 2})
        text = text_of(exported(made, "pdf"))
        page = agency_dashboard(made.analyst, made.campaign, made.agency)
        assert page.headline in text
        for name, cell in zip(page.tables[0].dimensions, page.tables[0].rows[0].cells, strict=True):
            assert f"{name.id} {cell.cell.n} {cell.display}" in text
        people = [person for group in made.people.values() for person in group]
        assert not any(person.name in text or person.nip in text for person in people)
        assert "Kunci penyusun, belum divalidasi panel ahli." in text

    def test_carries_who_when_and_what_for_on_every_page(self):
        made = frozen_world()
        pages = PdfReader(io.BytesIO(file_of(exported(made, "pdf")))).pages
        assert len(pages) > 1
        for page in pages:
            text = " ".join(page.extract_text().split())
            assert f"Diekspor oleh {made.analyst.get_full_name()}" in text and f"Tujuan: {PURPOSE}" in text

    def test_says_in_its_place_what_is_hidden(self):
        made = frozen_world({"besar": 40, "kecil": 4})
        assert "disembunyikan" in text_of(exported(made, "pdf"))
        nothing = text_of(exported(made, "pdf", unit="kecil"))
        assert f"{HIDDEN}." in nothing and "Responden 4" not in nothing

    def test_speaks_the_language_in_which_it_was_asked_for(self):
        with translation.override("en"):
            text = text_of(exported(frozen_world(), "pdf", language="en"))
        assert "Exported by" in text and "Summary" in text and "Ringkasan" not in text

    @pytest.mark.parametrize(
        "text", ["#panic()", "= Judul", '"); #read("/etc/passwd")', "$x$", "\u0001\U0001f600"]
    )
    def test_reads_no_name_of_a_unit_as_markup(self, text):
        made = frozen_world()
        Unit.objects.filter(pk=made.units["besar"].pk).update(name=text)
        said = text_of(exported(made, "pdf"))
        assert ("".join(c for c in text if " " <= c < "\u2000") or "□") in said
