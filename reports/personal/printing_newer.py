"""The newer score sheet beside the told one, as printed blocks: every table of the page, nothing folded away."""

from django.utils.translation import gettext as _

from agencies.templatetags.local_time import long_date
from reports.personal.values import NewerSheet
from typesetting.blocks import Block, Bullets, Heading, Section, Table, Text


def newer_section(newer: NewerSheet | None) -> Section:
    """Empty where the answers were never scored again."""
    if newer is None:
        return Section("", [])
    found: list[Block] = [Text(newer.headline), Text(_lasting(newer), is_quiet=True), *_why(newer)]
    columns = [_("Angka"), _("Disampaikan kepada Anda"), _("Hitungan baru"), _("Perbedaan")]
    found.append(Table(columns, _rows(newer.scores), widths=(3, 3, 3, 2)))
    if newer.percentiles:
        found += [Heading(_("Persentil")), Table(columns, _rows(newer.percentiles), widths=(3, 3, 3, 2))]
    return Section(_("Hitungan baru di samping yang disampaikan kepada Anda"), found)


def _lasting(newer):
    return _(
        "Jawaban Anda tidak berubah; pada %(date)s jawaban itu dihitung lagi. Yang disampaikan kepada Anda pada "
        "%(told)s tetap berlaku di seluruh laporan ini, dalam rencana Anda, dan dalam hasil kelompok."
    ) % {"date": long_date(newer.made_at), "told": long_date(newer.told_at)}


def _why(newer) -> list[Block]:
    found: list[Block] = [Heading(_("Mengapa ada hitungan baru")), Bullets(newer.reasons)]
    found += [Text(population, is_quiet=True) for population in newer.populations]
    if newer.rule_changes:
        rows = [(one.what, one.before or "–", one.after or "–") for one in newer.rule_changes]
        found.append(Table([_("Aturan skor"), _("Dahulu"), _("Sekarang")], rows, widths=(3, 3, 3)))
    if newer.quality_note:
        found.append(Text(f"{_('Catatan mutu menurut aturan baru')}: {newer.quality_note}"))
    return found


def _rows(figures):
    return [(one.name, one.told, one.newer, one.verdict) for one in figures]
