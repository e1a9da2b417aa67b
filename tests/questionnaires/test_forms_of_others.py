"""XLSForm and SurveyJS: forms that the tools of others accept, whose answers can be scored, and without a key."""

import json
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from jsonschema import Draft7Validator
from openpyxl import load_workbook
from pyxform.xls2xform import convert

from questionnaires.bank_documents import complete
from questionnaires.bank_files import read, write_surveyjs, write_xlsform
from questionnaires.bank_files.xlsform import LANGUAGES
from questionnaires.version_document import field_name, parse_document
from tests.factories.item_types import rich_bank, rich_document

BANKS = sorted((settings.BASE_DIR / "fixtures/banks").glob("*.yaml"))
SCHEMA = json.loads((Path(__file__).parent / "surveyjs/surveyjs_definition.json").read_text(encoding="utf-8"))


def rich():
    return rich_document()


def shipped(path):
    return lambda: read(path.read_bytes(), filename=path.name).document


DOCUMENTS = [pytest.param(rich, id="rich"), *(pytest.param(shipped(path), id=path.stem) for path in BANKS)]


def odd_bank():
    """Codes that begin with a digit, and texts that the tools would take for something else."""
    bank = rich_bank()
    bank["consistency_pairs"] = []
    items = bank["sections"][0]["items"]
    items[0]["code"], items[1]["code"] = "1A", "pengantar"
    items[0]["stem"] = {"id": "=1+1 ${A2} *tebal* a_b", "en": "${x} <b>&amp;"}
    bank["sections"][0]["code"] = "9"
    return bank


# --- XLSForm -----------------------------------------------------------------------------------------------


def sheets_of(document):
    workbook = load_workbook(BytesIO(write_xlsform(document, form_version="3")))
    return {
        sheet.title: [
            dict(zip([cell.value for cell in sheet[1]], (cell.value for cell in row), strict=True))
            for row in sheet.iter_rows(min_row=2)
        ]
        for sheet in workbook
    }


@pytest.mark.parametrize("make", DOCUMENTS)
def test_pyxform_converts_the_form_without_a_warning(make):
    document, warnings = make(), []
    form = convert(write_xlsform(document, form_version="3"), warnings=warnings, file_type=".xlsx").xform
    assert warnings == []
    for language in LANGUAGES.values():
        assert f'<translation lang="{language}"' in form
    assert 'appearance="field-list"' in form


@pytest.mark.parametrize("make", DOCUMENTS)
def test_every_slot_has_one_field_with_exactly_its_answers(make):
    document = make()
    parsed, sheets = parse_document(document), sheets_of(make())
    choices = {}
    for row in sheets["choices"]:
        choices.setdefault(row["list_name"], []).append(row["name"])
    fields = {
        row["name"]: row["type"] for row in sheets["survey"] if (row["type"] or "").startswith("select_one")
    }
    assert list(fields) == [field_name(slot) for slot in parsed.slots]
    for item in parsed.items:
        values = [str(value) for value in item.values] + ["na"] * item.na_allowed
        for slot in item.slots:
            assert choices[fields[field_name(slot)].removeprefix("select_one ")] == values


def test_best_and_worst_must_differ_and_an_open_text_has_an_end():
    rows = {row["name"]: row for row in sheets_of(rich_document())["survey"]}
    assert rows["D2.worst"]["constraint"] == ". != ${D2.best}"
    assert "harus berbeda" in rows["D2.worst"]["constraint_message::Bahasa Indonesia (id)"]
    assert (rows["E4"]["type"], rows["E4"]["constraint"]) == ("text", "string-length(.) <= 1000")
    assert [name for name in rows if (name or "").startswith("D3.")] == ["D3.A", "D3.B", "D3.C", "D3.D"]


def test_a_section_is_one_page_with_its_instruction_in_both_languages():
    survey = sheets_of(rich_document())["survey"]
    [start] = [n for n, row in enumerate(survey) if row["name"] == "bagian.A"]
    assert (survey[start]["type"], survey[start]["appearance"]) == ("begin_group", "field-list")
    assert survey[start]["label::English (en)"] == "Section A"
    assert (survey[start + 1]["type"], survey[start + 1]["name"]) == ("note", "petunjuk.A")
    assert [row["type"] for row in survey].count("begin_group") == [row["type"] for row in survey].count(
        "end_group"
    )


def test_the_poles_of_a_contrast_stand_in_its_label():
    rows = {row["name"]: row for row in sheets_of(rich_document())["survey"]}
    assert "A: I ask first.\n\nB: I wait for news." in rows["B4"]["label::English (en)"]


def test_odd_codes_and_texts_stay_names_and_texts():
    document, warnings = complete(odd_bank()), []
    xlsx = write_xlsform(document, form_version="3")
    form = convert(xlsx, warnings=warnings, file_type=".xlsx").xform
    assert warnings == []
    assert "=1+1 $ {A2} \\*tebal\\* a\\_b" in form
    cells = [cell for sheet in load_workbook(BytesIO(xlsx)) for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}
    assert {"_1A", "pengantar", "pengantar."} <= {row["name"] for row in sheets_of(document)["survey"]}


# --- SurveyJS ----------------------------------------------------------------------------------------------


def elements_of(form):
    return {element["name"]: element for page in form["pages"] for element in page["elements"]}


def texts_of(value):
    """Every localised text, however deep."""
    if isinstance(value, dict):
        if "default" in value:
            yield value
        else:
            for each in value.values():
                yield from texts_of(each)
    elif isinstance(value, list):
        for each in value:
            yield from texts_of(each)


# What each type of element may and must hold; anything else is a mistake of ours.
KEYS = {
    "html": ({"html"}, set()),
    "radiogroup": ({"title", "choices"}, {"description"}),
    "rating": ({"title", "rateValues", "minRateDescription", "maxRateDescription", "displayMode"}, set()),
    "matrix": ({"title", "columns", "rows"}, {"description", "eachRowUnique"}),
    "comment": ({"title", "maxLength", "validators"}, set()),
}
TYPES = {
    "likert": "radiogroup",
    "bipolar": "rating",
    "sjt_best": "radiogroup",
    "sjt_best_worst": "matrix",
    "sjt_rate": "matrix",
    "forced_choice": "radiogroup",
    "single_choice": "radiogroup",
    "open_text": "comment",
}


@pytest.mark.parametrize("make", DOCUMENTS)
def test_the_form_fits_the_schema_of_surveyjs_and_our_own_stricter_one(make):
    document = make()
    form = json.loads(write_surveyjs(document))
    assert [error.message for error in Draft7Validator(SCHEMA).iter_errors(form)] == []
    assert set(form) == {"locale", "title", "description", "firstPageIsStartPage", "showProgressBar", "pages"}
    assert all(set(text) == {"default", "id"} and all(text.values()) for text in texts_of(form))
    parsed = parse_document(document)
    assert [page["name"] for page in form["pages"][1:]] == [f"bagian.{each.code}" for each in parsed.sections]
    elements = elements_of(form)
    assert list(elements)[1:] == [item.code for item in parsed.items]
    for element in elements.values():
        must, may = KEYS[element["type"]]
        assert must <= set(element) - {"type", "name"} <= must | may, element["name"]
    for item in parsed.items:
        element = elements[item.code]
        assert element["type"] == (
            "radiogroup" if item.type == "bipolar" and item.na_allowed else TYPES[item.type]
        )
        if item.slots:
            [answers] = [element[key] for key in ("choices", "rateValues", "columns") if key in element]
            assert [each["value"] for each in answers] == [str(v) for v in item.values] + [
                "na"
            ] * item.na_allowed
        if item.parts:
            assert tuple(row["value"] for row in element["rows"]) == item.parts


def test_best_and_worst_must_differ_and_an_open_text_has_an_end_in_surveyjs():
    elements = elements_of(json.loads(write_surveyjs(rich_document())))
    assert elements["D2"]["eachRowUnique"] is True
    assert "eachRowUnique" not in elements["D3"]
    assert elements["E4"]["maxLength"] == elements["E4"]["validators"][0]["maxLength"] == 1000


def test_the_introduction_is_text_and_not_markup():
    bank = rich_bank()
    bank["questionnaire"]["introduction"] = {"id": "<script>x</script>\n\nDua", "en": "a & b"}
    form = json.loads(write_surveyjs(complete(bank)))
    start = form["pages"][0]["elements"][0]["html"]
    assert start == {"default": "<p>a &amp; b</p>", "id": "<p>&lt;script&gt;x&lt;/script&gt;</p><p>Dua</p>"}


# --- No key ------------------------------------------------------------------------------------------------


def test_nothing_of_the_key_leaves_in_a_form():
    document = rich_document()
    form = convert(write_xlsform(document, form_version="3"), warnings=[], file_type=".xlsx").xform
    for text in (form, write_surveyjs(document)):
        for secret in (
            "Rahasia",
            "Secret",
            "4.6",
            "effectiveness",
            "key_basis",
            "RAPI-",
            "002-6a",
            "Kapan terakhir",
        ):
            assert secret not in text
