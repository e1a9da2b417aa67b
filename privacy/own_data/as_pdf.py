"""The person's data as a printed document; what is technical is left to the other two files."""

from django.utils.translation import gettext as _

from agencies.templatetags.local_time import date_and_clock
from privacy.own_data.values import Kind, OwnData, Part
from privacy.own_data.wording import in_words
from typesetting.blocks import Block, Document, Facts, Heading, Note, Section, Table, Text

MOST_COLUMNS = 5  # of a table on paper; a wider one is printed row by row
# Columns with sentences get more of the width.
_WIDE = {"statement", "answer", "detail", "note", "replaced", "parts"}


def to_document(data: OwnData) -> Document:
    """The document to hand to ``typesetting.pdf``."""
    return Document(
        kick=_("Data saya"),
        title=_("Salinan data pribadi saya"),
        subtitle=[data.name, _("Dibuat %(moment)s") % {"moment": date_and_clock(data.made_at)}],
        language=data.language,
        made_at=data.made_at,
        description=_("Segala yang tersimpan tentang saya, dan siapa yang membukanya"),
        footer=_("Cermin ASN. Salinan data pribadi, dibuat oleh pemiliknya sendiri."),
        sections=[
            Section("", [_about()]),
            *(Section(str(part.table.title), _blocks(part)) for part in data.parts),
        ],
    )


def _about():
    return Note(
        [
            _(
                "Kata sandi, kode, dan rahasia faktor kedua tidak ada di sini: yang tersimpan hanya sidik atau bentuk "
                "tersegelnya."
            ),
            _("Kode skala, id, dan angka antara ada di salinan JSON dan CSV."),
        ]
    )


def _blocks(part: Part) -> list[Block]:
    blocks: list[Block] = [Text(str(part.table.about), is_quiet=True)]
    if not part.rows:
        return [*blocks, Text(_("Tidak ada yang tersimpan."))]
    if part.is_cut:
        blocks.append(Text(_("Hanya yang terbaru; seluruhnya ada di salinan JSON dan CSV."), is_quiet=True))
    columns, rows = part.shown_columns, part.shown_rows(part.rows)
    if len(rows) == 1:
        return [*blocks, Facts(_facts(rows[0]))]
    if len(columns) <= MOST_COLUMNS:
        return [*blocks, _table(columns, rows)]
    for number, row in enumerate(rows, start=1):
        blocks += [Heading(_("Nomor %(number)s") % {"number": number}), Facts(_facts(row))]
    return blocks


def _table(columns, rows):
    return Table(
        columns=[str(column.label) for column in columns],
        rows=[[in_words(cell, column.kind) for column, cell in row] for row in rows],
        widths=[3 if column.code in _WIDE else 1 for column in columns],
        numeric=[column.kind == Kind.NUMBER for column in columns],
    )


def _facts(row):
    return [(str(column.label), in_words(cell, column.kind)) for column, cell in row]
