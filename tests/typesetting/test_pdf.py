"""A printed document is an accessible PDF, says what its data says, and takes nothing in it for markup."""

import io
import unicodedata
from datetime import UTC, datetime

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from typesetting import pdf
from typesetting.blocks import (
    Bullets,
    Document,
    Facts,
    Heading,
    Note,
    Section,
    Slider,
    Table,
    Text,
    Track,
    Zone,
)
from typesetting.drawing import MISSING

MADE_AT = datetime(2026, 3, 2, 9, 30, 15, 123456, tzinfo=UTC)
ZONES = (Zone(0, 39.5, 1), Zone(39.5, 60.5, 4))


def document_of(*blocks, title="Jiwa Melayani", **more):
    sections = [Section("Bagian", blocks)]
    return Document(title=title, language="id", made_at=MADE_AT, sections=sections, **more)


def read(document):
    return pypdf.PdfReader(io.BytesIO(pdf(document)))


def text_of(document):
    return "\n".join(page.extract_text() for page in read(document).pages)


def everything(said="isi"):
    return document_of(
        Heading(said),
        Text(said),
        Text(said, is_quiet=True),
        Note([said, said], title=said),
        Bullets([said, said]),
        Bullets([said], is_numbered=True),
        Track(63, ZONES, alt=f"Bagan {said}", low=55, high=70, previous=40),
        Slider(7, said, said, alt=f"Bagan {said}"),
        Facts([(said, said)]),
        Table([said, said], [[said, said]], widths=[2, 1], numeric=[False, True]),
        title=f"Judul {said}",
        kick=said,
        subtitle=[said],
        description=said,
        footer=said,
    )


def tags_below(node, found):
    node = node.get_object()
    if isinstance(node, list):
        for child in node:
            tags_below(child, found)
    elif isinstance(node, dict):
        if "/S" in node:
            found.setdefault(node["/S"], []).append(node)
        if "/K" in node:
            tags_below(node["/K"], found)
    return found


def test_the_file_says_its_language_and_title_and_claims_pdf_ua():
    found = read(document_of(Text("Halo"), title="Laporan saya", description="Satu kalimat"))
    root = found.trailer["/Root"]

    assert root["/Lang"] == "id"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert found.metadata.title == "Laporan saya"
    assert found.metadata.subject == "Satu kalimat"
    assert found.metadata.creation_date == MADE_AT.replace(microsecond=0)
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()


def test_headings_tables_lists_and_charts_are_tagged_as_what_they_are():
    tree = read(everything()).trailer["/Root"]["/StructTreeRoot"]["/K"]
    found = tags_below(tree, {})

    assert {"/H1", "/H2", "/P", "/L", "/LI", "/Table", "/TH", "/TD", "/Figure"} <= set(found)
    assert [figure["/Alt"] for figure in found["/Figure"]] == ["Bagan isi", "Bagan isi"]


def test_a_table_that_goes_on_repeats_its_heading_row():
    rows = [[f"baris {number}", str(number)] for number in range(120)]
    pages = read(document_of(Table(["Nama", "Nilai"], rows))).pages

    assert len(pages) > 1
    assert all("Nama" in page.extract_text() for page in pages)


def test_what_a_person_wrote_is_text_and_never_markup():
    said = '#panic("x") *tebal* $x^2$ <script>alert(1)</script> #read("/etc/passwd") \\ "kutip"'
    assert said in text_of(document_of(Text(said), title="T")).replace("\n", " ")


def test_lines_that_a_person_broke_stay_broken():
    assert "satu\ndua" in text_of(document_of(Text("satu\r\ndua")))


@pytest.mark.parametrize("said", ["senang 😀 sekali", "汉字", "\ud800", "nol \x00 lonceng \x07", "\uffff"])
def test_a_character_that_no_font_has_costs_nobody_the_file(said):
    text = text_of(document_of(Text(said), Text("Kalimat biasa tetap ada.")))
    assert "Kalimat biasa tetap ada." in text
    assert (MISSING in text) == any(unicodedata.category(c) in ("So", "Lo") for c in said)


@settings(max_examples=60)
@given(st.text(max_size=80))
def test_any_text_anywhere_gives_a_file(said):
    assert pdf(everything(said)).startswith(b"%PDF-")


def test_a_row_that_does_not_fit_its_table_is_refused():
    with pytest.raises(ValueError, match="one entry a column"):
        Table(["A", "B"], [["a"]])


def test_a_document_without_a_title_is_refused():
    with pytest.raises(ValueError, match="title"):
        document_of(Text("isi"), title=" ")


def test_the_same_document_gives_the_same_file_on_every_machine():
    assert pdf(everything()) == pdf(everything())
