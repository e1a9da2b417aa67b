"""A version as an XLSForm, for ODK Collect, KoboToolbox and their kin: what a respondent reads and may answer.

Nothing of the key is in it: no weights, no effectiveness, no reasons, no accepted values. A field is named like the
slot it answers (:func:`field_name`), so ``manage.py score_responses`` takes the exported answers as they are. Like in
our own form no answer is compulsory; what is left out counts as missing.

Specification: xlsform.org; ``pyxform`` proves in the suite that this is one.
"""

from io import BytesIO

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from questionnaires.bank_files.form_texts import (
    LEAST_APT,
    MOST_APT,
    MUST_DIFFER,
    joined,
    poles_of,
    too_long,
)
from questionnaires.bank_files.workbook.writing import make_cell
from questionnaires.version_document import (
    BEST,
    BIPOLAR,
    NOT_APPLICABLE,
    OPEN_TEXT,
    RESPONSE_SET_TYPES,
    SJT_BEST_WORST,
    SJT_RATE,
    WORST,
    field_name,
    parse_document,
)

LANGUAGES = {"id": "Bahasa Indonesia (id)", "en": "English (en)"}
_TRANSLATED = ("label", "constraint_message")
_SURVEY = ("type", "name", "label", "required", "relevant", "appearance", "constraint", "constraint_message")
_CHOICES = ("list_name", "name", "label")
_SETTINGS = ("form_title", "form_id", "version", "default_language", "style")
_WIDTHS = {"label": 60, "constraint_message": 40}
# Names of what is no answer: codes of items hold no dot, and slots with one end in a part.
_INTRODUCTION, _PAGE, _INSTRUCTION, _SITUATION = "pengantar", "bagian.{}", "petunjuk.{}", "soal.{}"


def write_xlsform(document, *, form_version: str) -> bytes:
    """The XLSForm of a document without blocking problems.

    Args:
        form_version: what the form calls its version.
    """
    parsed = parse_document(document)
    form = _Form()
    form.add_version(parsed)
    settings = {
        "form_title": f"{parsed.title.id} / {parsed.title.en}",
        "form_id": parsed.questionnaire,
        "version": form_version,
        "default_language": LANGUAGES["id"],
        "style": "pages",
    }
    workbook = Workbook(write_only=True)
    _write_sheet(workbook.create_sheet("survey"), _SURVEY, form.survey)
    _write_sheet(workbook.create_sheet("choices"), _CHOICES, form.choices)
    _write_sheet(workbook.create_sheet("settings"), _SETTINGS, [settings])
    stream = BytesIO()
    workbook.save(stream)
    return stream.getvalue()


class _Form:
    """The rows of both sheets, in the order of the form; a list of choices is written once."""

    def __init__(self):
        self.survey, self.choices, self._lists = [], [], set()

    def add_version(self, parsed):
        self._add("note", f"{_INTRODUCTION}.", parsed.introduction)
        for section in parsed.sections:
            self._add("begin_group", _PAGE.format(section.code), section.title, appearance="field-list")
            self._add("note", _INSTRUCTION.format(section.code), section.instruction)
            for item in section.items:
                self._add_item(item)
            self.survey.append({"type": "end_group"})

    def _add_item(self, item):
        name = field_name(item.code)
        if item.type == OPEN_TEXT:
            self._add_open_text(item, name)
            return
        answers = f"select_one {self._list_of(item)}"
        if item.type == SJT_BEST_WORST:
            self._add("note", _SITUATION.format(item.code), joined(item.vignette, item.stem))
            self._add(answers, f"{name}.{BEST}", MOST_APT)
            differs = {"constraint": f". != ${{{name}.{BEST}}}", "constraint_message": MUST_DIFFER}
            self._add(answers, f"{name}.{WORST}", LEAST_APT, **differs)
        elif item.type == SJT_RATE:
            self._add("note", _SITUATION.format(item.code), joined(item.vignette, item.stem))
            for option in item.options:
                self._add(answers, f"{name}.{option.code}", option.text)
        else:
            poles = poles_of(item) if item.type == BIPOLAR else None
            self._add(answers, name, joined(item.vignette, item.stem, poles))

    def _add_open_text(self, item, name):
        limit = {
            "constraint": f"string-length(.) <= {item.longest}",
            "constraint_message": too_long(item.longest),
        }
        self._add("text", name, item.stem, appearance="multiline", **limit)

    def _add(self, kind, name, label, **more):
        self.survey.append({"type": kind, "name": name, "label": label, **more})

    def _list_of(self, item):
        """The name of the item's list of choices, which is made where it is not there yet."""
        if item.type not in RESPONSE_SET_TYPES:
            name, options = f"butir_{item.code}", [(option.code, option.text) for option in item.options]
        else:
            kept = item.response_set
            name, options = f"set_{kept.code}", [(str(o.value), o.label) for o in kept.options]
            if item.na_allowed:
                name, options = f"setna_{kept.code}", [*options, (NOT_APPLICABLE, kept.na_label)]
        if name not in self._lists:
            self._lists.add(name)
            self.choices += [{"list_name": name, "name": code, "label": text} for code, text in options]
        return name


def _write_sheet(worksheet, columns, rows):
    """Rows under their headings; a translated column becomes one a language."""
    parts = [
        (column, language)
        for column in columns
        for language in (LANGUAGES if column in _TRANSLATED else (None,))
    ]
    for number, (column, _language) in enumerate(parts, start=1):
        worksheet.column_dimensions[get_column_letter(number)].width = _WIDTHS.get(column, 20)
    worksheet.freeze_panes = "A2"
    worksheet.append(
        [
            make_cell(worksheet, f"{column}::{LANGUAGES[language]}" if language else column)
            for column, language in parts
        ]
    )
    for row in rows:
        worksheet.append(
            [make_cell(worksheet, _value(row.get(column), language)) for column, language in parts]
        )


def _value(value, language):
    if value is None or language is None:
        return value
    return _as_read(value.in_language(language))


def _as_read(text):
    """A text that shows as it stands: the tools take ``${name}`` for an answer, ``*`` and ``_`` for emphasis."""
    for mark in ("*", "_"):
        text = text.replace(mark, f"\\{mark}")
    return text.replace("${", "$ {")
