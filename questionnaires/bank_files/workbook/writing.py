"""From a document to a workbook that an editor likes to fill in, and the empty one to begin with."""

from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from questionnaires.bank_documents import to_bank
from questionnaires.bank_files.workbook import columns as c
from questionnaires.bank_files.workbook import guide
from questionnaires.bank_files.workbook.cells import text_of_list, written
from questionnaires.bank_files.workbook.package import MOST_ROWS
from questionnaires.bank_files.workbook.rows import head_values, rows_of

LONGEST_CELL = 32_767  # characters; no spreadsheet keeps more
# What is typed stays as typed: no dates, no formulas, no lost zeros.
_AS_TYPED, _GENERAL = "@", "General"
_NUMBER_KINDS = (c.Kind.WHOLE, c.Kind.DECIMAL)
_BOLD, _TITLE = Font(bold=True), Font(bold=True, size=14)
_HEADING = PatternFill("solid", fgColor="FFDCE6EF")
_REQUIRED = PatternFill("solid", fgColor="FFFCE9C8")
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_HEAD_WIDTHS, _GUIDE_WIDTHS = (30, 60, 60), (30, 10, 70, 40)
# Where the codes come from that a column refers to.
_REFERENCES = {
    (c.FEEDBACK, "scale"): (c.SCALES, "code"),
    (c.SCALES, "parent"): (c.SCALES, "code"),
    (c.ITEMS, "section"): (c.SECTIONS, "code"),
    (c.ITEMS, "scale"): (c.SCALES, "code"),
    (c.ITEMS, "response_set"): (c.RESPONSE_SETS, "code"),
    (c.OPTIONS, "item"): (c.ITEMS, "code"),
    (c.OPTIONS, "scale"): (c.SCALES, "code"),
    (c.PAIRS, "first"): (c.ITEMS, "code"),
    (c.PAIRS, "second"): (c.ITEMS, "code"),
}


class TooLongForACell(ValueError):
    """A text of a draft is longer than a spreadsheet can keep; the message is the sentence for the editor."""


def write_workbook(document) -> bytes:
    """The workbook of a document; reading it back gives the same document and hash.

    Raises:
        TooLongForACell: possible in a draft only, whose texts have not been checked yet.
    """
    return _workbook(to_bank(document))


def workbook_template() -> bytes:
    """A workbook without content: instructions with examples, headings, lists to choose from."""
    return _workbook({})


def _workbook(bank):
    workbook = Workbook(write_only=True)
    try:
        _write_guide(workbook.create_sheet(c.GUIDE_NAME))
        _write_head(workbook.create_sheet(c.HEAD.name), bank)
        for sheet in c.TABLES:
            _write_table(workbook.create_sheet(sheet.name), sheet, rows_of(bank, sheet))
    except TooLongForACell:
        for worksheet in workbook.worksheets:
            worksheet.close()  # a half-written sheet holds an open file
        raise
    stream = BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def _write_guide(worksheet):
    _set_widths(worksheet, _GUIDE_WIDTHS)
    worksheet.append([make_cell(worksheet, guide.TITLE, font=_TITLE)])
    for step in guide.STEPS:
        worksheet.append([make_cell(worksheet, step, alignment=None)])
    for name, about, lines in guide.tables():
        worksheet.append([])
        worksheet.append([make_cell(worksheet, name, font=_TITLE)])
        worksheet.append([make_cell(worksheet, about, alignment=None)])
        worksheet.append([make_cell(worksheet, text, font=_BOLD, fill=_HEADING) for text in guide.HEADINGS])
        for line in lines:
            worksheet.append([make_cell(worksheet, text) for text in line])


def _write_head(worksheet, bank):
    worksheet.freeze_panes = "B2"
    _set_widths(worksheet, _HEAD_WIDTHS)
    values = head_values(bank)
    for row, column in enumerate(c.HEAD.columns, start=2):
        _add_validation(worksheet, column, f"B{row}")
    worksheet.append([make_cell(worksheet, text, font=_BOLD, fill=_HEADING) for text in c.HEAD_HEADINGS])
    for column in c.HEAD.columns:
        key = column.keys
        parts = [(*key, "id"), (*key, "en")] if key[0] in c.HEAD_PAIRS else [key]
        label = make_cell(
            worksheet, column.heading, font=_BOLD, fill=_REQUIRED if column.is_required else _HEADING
        )
        worksheet.append([label, *(_value_cell(worksheet, column, values.get(part)) for part in parts)])


def _write_table(worksheet, sheet, rows):
    worksheet.freeze_panes = "C2" if sheet is c.ITEMS else "B2"
    _set_widths(worksheet, [column.width for column in sheet.columns])
    for number, column in enumerate(sheet.columns, start=1):
        letter = get_column_letter(number)
        # A new row has the format of its column, and its list.
        worksheet.column_dimensions[letter].number_format = _format(column)
        reference = _REFERENCES.get((sheet, column.keys[0])) if len(column.keys) == 1 else None
        _add_validation(worksheet, column, f"{letter}2:{letter}{MOST_ROWS}", reference)
    worksheet.auto_filter.ref = f"A1:{get_column_letter(len(sheet.columns))}{len(rows) + 1}"
    worksheet.append(
        [
            make_cell(
                worksheet, column.heading, font=_BOLD, fill=_REQUIRED if column.is_required else _HEADING
            )
            for column in sheet.columns
        ]
    )
    for row in rows:
        worksheet.append([_value_cell(worksheet, column, row.get(column.keys)) for column in sheet.columns])


def _set_widths(worksheet, widths):
    for number, width in enumerate(widths, start=1):
        worksheet.column_dimensions[get_column_letter(number)].width = width


def _add_validation(worksheet, column, cells, reference=None):
    """The list to choose from, and the note that shows when a cell is chosen."""
    if not (column.choices or column.note or reference):
        return
    rule = DataValidation(allow_blank=True, showErrorMessage=True, errorTitle=column.heading)
    if column.choices:
        rule.type, rule.formula1 = "list", f'"{",".join(column.choices.values())}"'
        rule.error = f"Pilih salah satu: {', '.join(column.choices.values())}."
    elif reference:
        rule.type, rule.formula1 = "list", _codes_of(*reference)
        rule.errorStyle = "warning"  # a code may be written before the row that it names
        rule.error = f"Kode ini belum ada di lembar {reference[0].name}."
    if column.note:
        rule.showInputMessage, rule.promptTitle, rule.prompt = True, column.heading, column.note
    rule.add(cells)
    worksheet.data_validations.append(rule)


def _codes_of(sheet, key):
    letter = get_column_letter(1 + [column.keys for column in sheet.columns].index((key,)))
    return f"'{sheet.name}'!${letter}$2:${letter}${MOST_ROWS}"


def _format(column):
    return _GENERAL if column.kind in _NUMBER_KINDS else _AS_TYPED


def _value_cell(worksheet, column, value):
    if column.choices and value is not None:
        value = column.choices.get(value, value)
    elif isinstance(value, list):
        value = text_of_list(value)
    return make_cell(worksheet, value, number_format=_format(column))


def make_cell(worksheet, value, *, font=None, fill=None, alignment=_WRAPPED, number_format=_AS_TYPED):
    """A cell that keeps its value as it is: a text that begins with ``=`` is no formula.

    Raises:
        TooLongForACell: see there.
    """
    if isinstance(value, str):
        value = written(value)
        if len(value) > LONGEST_CELL:
            raise TooLongForACell(
                f"Teks yang dimulai dengan “{value[:40]}” terlalu panjang untuk satu sel lembar kerja "
                f"({len(value)} karakter). Pendekkan dahulu, atau ekspor sebagai YAML."
            )
    cell = WriteOnlyCell(worksheet, value=value)
    if isinstance(value, str):
        cell.data_type = "s"  # the library takes "=..." for a formula
    cell.number_format = number_format
    if font:
        cell.font = font
    if fill:
        cell.fill = fill
    if alignment:
        cell.alignment = alignment
    return cell
