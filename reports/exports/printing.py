"""The frozen results of one unit as a printed report, in the active language and time zone; drawn from its pages."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from agencies.templatetags.local_time import long_date
from reports.exports import printing_tables as tables
from reports.exports.marks import Mark, mark_headings
from reports.exports.models import Export
from reports.frozen_values import Respondents
from reports.pages.comparisons import ComparisonsPage, comparisons_page
from reports.pages.groups import GroupsPage, groups_page
from reports.pages.items import ItemsPage, items_page
from reports.pages.learning import LearningPage, learning_page
from reports.pages.reading import OpenedUnit, open_unit
from reports.selectors import Dashboard, agency_dashboard
from typesetting.blocks import Block, Bullets, Document, Facts, Heading, Note, Section, Text


@dataclass(frozen=True, eq=False)
class UnitReport:
    """Everything that the pages about one unit say, gathered for print."""

    opened: OpenedUnit
    summary: Dashboard
    items: tuple[ItemsPage, ...]
    groups: GroupsPage
    comparisons: ComparisonsPage
    learning: LearningPage


def read_report(export: Export) -> UnitReport:
    """What the person who asked may see of the unit today, as the pages show it.

    Raises:
        PermissionDenied: the person may see no group results at all any more.
        OutOfReach: the unit is outside the person's reach by now.
    """
    release = export.release
    campaign, agency = release.campaign, release.agency
    opened = open_unit(export.asked_by, campaign, agency, export.unit, release=release)
    return UnitReport(
        opened=opened,
        summary=agency_dashboard(export.asked_by, campaign, agency, export.unit, release=release),
        items=tuple(items_page(opened, asked.code) for asked in opened.asked),
        groups=groups_page(opened),
        comparisons=comparisons_page(opened, campaign, agency),
        learning=learning_page(opened),
    )


def document_of(report: UnitReport, mark: Mark) -> Document:
    """The report; its footer carries the mark to every page."""
    campaign, unit = report.opened.release.campaign, report.opened.unit
    return Document(
        title=_("Hasil %(unit)s") % {"unit": unit.name},
        language="en" if (get_language() or "id").startswith("en") else "id",
        made_at=timezone.now(),
        kick=report.opened.release.agency.name,
        subtitle=(
            campaign.title,
            _("Ditutup %(closed)s, dibekukan %(frozen)s")
            % {"closed": long_date(campaign.closed_at), "frozen": long_date(report.opened.frozen_at)},
        ),
        description=_("Hasil beku satu unit kerja; tidak memuat hasil seorang pun."),
        footer=_("Diekspor oleh %(by)s, %(at)s. Tujuan: %(purpose)s") % mark._asdict(),
        sections=(
            Section("", _about(report, mark)),
            Section(_("Ringkasan"), _summary(report.summary)),
            *(Section(_titled(_("Sebaran kategori"), page), _bands(page)) for page in report.items),
            Section(_("Kelompok"), _groups(report.groups)),
            *(
                Section(_titled(_("Persentase positif per butir"), page), _items(page))
                for page in report.items
            ),
            Section(_("Pembanding"), _comparisons(report.comparisons)),
            Section(_("Kebutuhan belajar"), _learning(report.learning)),
        ),
    )


def _titled(title, page: ItemsPage) -> str:
    return f"{title}: {tables.text(page.chosen.title)}"


def _about(report, mark) -> list[Block]:
    minimum = report.opened.minimum_group_size
    return [
        Facts(tuple(zip(mark_headings(), mark, strict=True))),
        Note(how_to_read(minimum), title=_("Cara membaca laporan ini")),
    ]


def how_to_read(minimum: int) -> tuple[str, ...]:
    """What whoever reads a file has to know, for every format."""
    return (
        _(
            "Angka adalah rata-rata skor 0–100 dari penilaian mandiri, bukan penilaian kompetensi resmi dan bukan "
            "peringkat unit."
        ),
        _(
            "Hasil hanya ditampilkan bila kelompoknya berisi paling sedikit %(minimum)s responden dan hasil kelompok "
            "kecil lain tidak dapat dihitung dari selisihnya. Angka yang disembunyikan diberi keterangan."
        )
        % {"minimum": minimum},
        _("Kunci penyusun, belum divalidasi panel ahli."),
    )


def _summary(summary: Dashboard) -> list[Block]:
    blocks: list[Block] = [Text(summary.headline)]
    respondents = summary.respondents
    if isinstance(respondents, Respondents):
        facts = (
            (_("Responden"), number_format(respondents.n)),
            (_("Diminta mengisi"), number_format(respondents.invited)),
            (_("Tingkat partisipasi"), f"{respondents.rate}%"),
        )
        blocks.append(Facts(facts))
    if summary.has_low_response:
        blocks.append(Text(tables.low_response()))
    for table in summary.tables:
        blocks.append(Heading(tables.title_of(table)))
        if table.message != summary.headline:
            blocks.append(Text(table.message))
        blocks.extend(tables.heat(table))
    return blocks


def _bands(page: ItemsPage) -> list[Block]:
    if not page.bands:
        return [Text(tables.hidden())]
    message = [Text(page.bands_message)] if page.bands_message else []
    blocks = [*message, tables.bands(page.bands, page.chosen.bands)]
    if page.judgement_bands:
        blocks.append(Heading(_("Pertimbangan situasional")))
        blocks.append(tables.bands(page.judgement_bands, page.chosen.situational_bands))
    return [*blocks, *_quality(page)]


def _quality(page: ItemsPage) -> list[Block]:
    return [Text(page.quality_message, is_quiet=True)] if page.quality else []


def _items(page: ItemsPage) -> list[Block]:
    if not page.has_items:
        return [Text(tables.hidden())]
    blocks: list[Block] = [Text(page.message)]
    for group in page.groups:
        blocks += [Heading(tables.text(group.name)), tables.items(group)]
    return blocks


def _groups(page: GroupsPage) -> list[Block]:
    if not page.tables and not page.gaps:
        return [Text(tables.hidden())]
    blocks: list[Block] = []
    for table in page.tables:
        blocks += [
            Heading(f"{tables.text(table.title)}: {table.by}"),
            Text(table.message),
            tables.group(table),
        ]
    for table in page.gaps:
        heading = _("%(title)s: staf dan pimpinan") % {"title": tables.text(table.title)}
        blocks += [Heading(heading), Text(table.message), tables.gap(table), Bullets(table.questions)]
    return blocks


def _comparisons(page: ComparisonsPage) -> list[Block]:
    if not page.tables:
        return [Text(tables.hidden())]
    blocks: list[Block] = [Text(message) for message in page.messages]
    for table in page.tables:
        title = tables.text(table.title)
        if table.is_judgement:
            title = _("%(questionnaire)s: pertimbangan situasional") % {"questionnaire": title}
        blocks += [Heading(title), Text(table.message), tables.compared(page, table)]
    return blocks


def _learning(page: LearningPage) -> list[Block]:
    blocks: list[Block] = [Text(page.headline)]
    for area in page.areas:
        heading = f"{tables.text(area.name)}: {tables.shown(area.own.cell)} ({tables.text(area.band.name)})"
        blocks.append(Heading(heading))
        if area.suggestions:
            blocks.append(tables.suggestions(area))
    return blocks
