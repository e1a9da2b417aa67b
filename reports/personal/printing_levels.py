"""The printed self-indication of competency levels, with the sentence that says what it is not."""

from django.utils.translation import gettext as _

from typesetting.blocks import Block, Note, Section, Table, Text


def levels_section(report) -> Section:
    """Empty where the rule does not turn the indication on."""
    title = _("Indikasi mandiri level kompetensi")
    if report.levels is None:
        return Section(title, [])
    rows = [
        (
            line.name,
            line.words,
            "–" if line.required is None else str(line.required),
            ". ".join(text for text in (line.gap.capitalize(), line.reason) if text) or "–",
        )
        for line in report.levels.lines
    ]
    columns = [_("Kompetensi"), _("Indikasi mandiri"), _("Dipersyaratkan"), _("Keterangan")]
    found: list[Block] = [
        Note([report.levels.disclaimer], title=_("Bukan hasil penilaian kompetensi")),
        Text(report.levels.post),
        Table(columns, rows, widths=(2, 2, 1.5, 4), numeric=(False, False, True, False)),
    ]
    return Section(title, found)
