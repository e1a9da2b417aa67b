"""The personal report as a printed document: the order and the sentences of the page, with every table open."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.templatetags.local_time import date_and_clock, long_date
from reports.bands import zones_of
from reports.personal.printing_judgements import (
    judgement_section,
    own_answers_section,
    preference_section,
)
from reports.personal.printing_levels import levels_section
from reports.personal.printing_newer import newer_section
from reports.personal.values import ANSWERED, Dimension, ItemLine, PersonalReport
from reports.templatetags.report_numbers import decimals
from typesetting.blocks import (
    Block,
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


def printed(report: PersonalReport, *, language: str, minimum_group_size: int | None = None) -> Document:
    """The report as a document in the active language and time zone.

    Args:
        language: the active language, for screen readers.
        minimum_group_size: of the campaign that asked; None for somebody who asked themselves.
    """
    sections = [
        Section("", _about(report, minimum_group_size)),
        _profile(report),
        newer_section(report.newer),
        _strengths(report),
        _growth(report),
        *(judgement_section(judgement) for judgement in report.judgements),
        _composites(report),
        _contrasts(report),
        preference_section(report),
        own_answers_section(report),
        levels_section(report),
        _reflection(report),
        _working(report),
        _method(report),
        _crosswalk(report),
    ]
    head = report.head
    return Document(
        kick=_("Laporan pribadi"),
        title=head.title,
        subtitle=[head.person, _sent(head), *([head.campaign] if head.campaign else [])],
        language=language,
        made_at=timezone.now(),
        description=_("Untuk pengembangan diri, bukan penilaian resmi"),
        footer=_("Cermin ASN. Untuk pengembangan diri, bukan penilaian resmi."),
        sections=[section for section in sections if section.blocks],
    )


def _sent(head):
    return _("Terkirim %(date)s · versi %(number)s · aturan skor %(rule)s") % {
        "date": date_and_clock(head.submitted_at),
        "number": head.version_number,
        "rule": head.rule_number,
    }


def _about(report, minimum_group_size) -> list[Block]:
    sentences = [
        _(
            "Laporan ini cermin jawaban Anda sendiri. Ini bukan penilaian kompetensi resmi dan tidak menentukan "
            "jabatan, kinerja, atau penghasilan."
        ),
        _(
            "Selain bagian yang Anda sendiri bagikan, hanya Anda yang dapat membukanya; atasan dan pengelola SDM "
            "tidak."
        ),
    ]
    if minimum_group_size:
        sentences.append(
            _(
                "Mereka hanya melihat rangkuman kelompok yang berisi paling sedikit %(minimum_group_size)s responden."
            )
            % {"minimum_group_size": minimum_group_size}
        )
    found: list[Block] = [Note(sentences, title=_("Untuk pengembangan diri, bukan penilaian resmi"))]
    if report.quality_note:
        found.append(Note([report.quality_note], title=_("Sebelum membaca")))
    return found


# --- profile ------------------------------------------------------------------------------------------------------


def _profile(report) -> Section:
    zones = [Zone(zone.start, zone.width, zone.shade) for zone in zones_of(report.bands)]
    found: list[Block] = []
    for dimension in report.dimensions:
        found += _dimension(dimension, zones)
    if report.scored_dimensions:
        found += _precision(report)
    found += [Heading(_("Profil sebagai tabel")), _profile_table(report)]
    if report.comparison:
        found += _comparison(report.comparison)
    return Section(report.headline, found)


def _profile_table(report):
    rows = [
        (one.name, str(one.display), _interval(one), one.band_words)
        if one.is_scored
        else (one.name, "–", "–", one.not_scored)
        for one in report.dimensions
    ]
    columns = [_("Dimensi"), _("Skor"), _("Kira-kira"), _("Kategori")]
    return Table(columns, rows, widths=(3, 1, 1.3, 3), numeric=(False, True, True, False))


def _interval(dimension):
    return f"{dimension.precision.low}–{dimension.precision.high}" if dimension.precision else "–"


def _precision(report) -> list[Block]:
    meaning = _(
        "Angka merangkum jawaban Anda pada skala 0–100; bukan nilai ujian dan bukan level kompetensi."
    )
    if report.calibration is None:
        return [Text(_("Skor awal: ketelitian belum diketahui.") + " " + meaning, is_quiet=True)]
    words = {
        "number": report.calibration.number,
        "people": report.calibration.people,
        "first": date_format(report.calibration.first_day, "j F Y"),
        "last": date_format(report.calibration.last_day, "j F Y"),
    }
    source = (
        _("Ketelitian berasal dari kalibrasi nomor %(number)s: %(people)s orang, %(first)s sampai %(last)s.")
        % words
    )
    return [
        Text(meaning, is_quiet=True),
        Text(f"{source} {report.calibration.population}", is_quiet=True),
    ]


def _comparison(comparison) -> list[Block]:
    rows = [(line.name, str(line.percentile)) for line in comparison.lines]
    return [
        Heading(_("Perbandingan dengan kelompok")),
        Text(
            _(
                "Persentil adalah bagian kelompok yang skornya di bawah skor Anda. Penilaian diri orang lain cenderung "
                "tinggi; membandingkan diri dengan perilaku nyata lebih berguna."
            ),
            is_quiet=True,
        ),
        Table([_("Dimensi"), _("Persentil")], rows, widths=(4, 1), numeric=(False, True)),
        Text(comparison.sample.population, is_quiet=True),
    ]


def _dimension(dimension: Dimension, zones) -> list[Block]:
    if not dimension.is_scored:
        return [Heading(dimension.name), Text(dimension.not_scored)]
    precision, change = dimension.precision, dimension.change
    score = _("Skor %(score)s") % {"score": dimension.display}
    sure = f", {precision.sentence}" if precision else ""
    drawn = _("skor %(s)s dari 100") % {"s": dimension.display}
    track = Track(
        dimension.display,
        zones,
        alt=f"{dimension.name}: {drawn}{sure}",
        low=precision.low if precision else None,
        high=precision.high if precision else None,
        previous=change.previous if change else None,
    )
    said = f"{score}{sure}. {dimension.band_words}. {dimension.meaning or dimension.sentence}"
    return [Heading(dimension.name), Text(said), track, *_fine_print(dimension)]


def _fine_print(dimension) -> list[Block]:
    precision, change = dimension.precision, dimension.change
    found: list[Block] = []
    if precision:
        chances = f"{_('Peluang kategori')}: {precision.probabilities}."
        found.append(Text(f"{precision.caution} {chances}".strip(), is_quiet=True))
    if change:
        words = {
            "previous": change.previous,
            "date": long_date(change.at),
            "score": dimension.display,
        }
        moved = _("Dari %(previous)s pada %(date)s menjadi %(score)s") % words
        found.append(Text(f"{moved}: {change.sentence}."))
    if dimension.facets:
        found.append(Text(dimension.facets))
    return found


# --- what stands out, and what can be tried -----------------------------------------------------------------------


def _strengths(report) -> Section:
    found: list[Block] = []
    for area in report.strengths:
        found.append(Heading(_named(area)))
        found.append(Bullets([f"{_behaviour(line)} ({line.answer})" for line in area.items]))
    return Section(_("Kekuatan relatif"), found)


def _growth(report) -> Section:
    found: list[Block] = []
    for area in report.growth:
        found.append(Heading(_named(area)))
        if area.questions:
            found.append(Bullets(area.questions))
        if area.tips:
            found.append(Text(_("Yang dapat dicoba dua minggu ini"), is_quiet=True))
            found.append(Bullets([_tip(tip) for tip in area.tips], is_numbered=True))
    if report.further_growth:
        others = ", ".join(report.further_growth)
        found.append(Text(f"{_('Dimensi lain yang juga masih jarang muncul')}: {others}.", is_quiet=True))
    return Section(_("Area pengembangan"), found)


def _named(area):
    return f"{area.name} ({_('cenderung')})" if area.is_tendency else area.name


def _behaviour(line: ItemLine):
    if line.is_contrast:
        return line.left if line.is_reversed else line.right
    return line.stem


def _tip(tip):
    learnt = " · ".join([tip.method, f"{tip.jp} {_('JP')}"] if tip.method and tip.jp else [tip.method])
    return f"{tip.text} ({learnt})" if learnt else tip.text


def _composites(report) -> Section:
    lines = [_composite(line) for line in report.composites]
    return Section(_("Skor gabungan"), [Bullets(lines)] if lines else [])


def _composite(line):
    if line.display is None:
        waiting = _("belum dapat dihitung, karena ini belum mempunyai skor:")
        return f"{line.name}: {waiting} {', '.join(line.missing)}."
    parts = [
        f"{part.name} {part.display}" + (f" ({decimals(part.share, 0)}%)" if line.is_weighted else "")
        for part in line.parts
    ]
    from_ = _("Rata-rata berbobot dari") if line.is_weighted else _("Rata-rata dari")
    return f"{line.name}: {line.display}. {from_} {', '.join(parts)}."


def _contrasts(report) -> Section:
    found: list[Block] = []
    for contrast in report.contrasts:
        position = _("Jawaban Anda: posisi %(value)s dari 7, dari kiri ke kanan") % {"value": contrast.value}
        found.append(Slider(contrast.value, contrast.left, contrast.right, alt=position))
        found.append(Text(f"{contrast.answer}. {contrast.question}"))
    return Section(_("Letak Anda pada pasangan pilihan ini"), found)


def _reflection(report) -> Section:
    found: list[Block] = [Bullets(report.prompts)]
    if report.style_note:
        found.append(Note([report.style_note]))
    return Section(_("Tiga pertanyaan sebelum menutup laporan"), found)


# --- how it was computed ------------------------------------------------------------------------------------------


def _working(report) -> Section:
    found: list[Block] = []
    for dimension in report.dimensions:
        found += [Heading(dimension.name), Text(dimension.definition, is_quiet=True), _items(dimension)]
        if dimension.calculation:
            found += _sum(dimension.calculation, dimension.precision)
    return Section(_("Bagaimana skor ini dihitung?"), found)


def _items(dimension) -> Table:
    rows = [
        (
            f"A: {line.left}\nB: {line.right}" if line.is_contrast else line.stem,
            f"{line.answer} ({line.value})" if line.state == ANSWERED else line.answer,
            f"({line.keyed} − {line.lowest}) ÷ ({line.highest} − {line.lowest})"
            if line.state == ANSWERED
            else _("Tidak ikut dihitung."),
            decimals(line.score, 2) if line.state == ANSWERED else "–",
        )
        for line in dimension.items
    ]
    columns = [_("Butir"), _("Jawaban Anda"), _("Perhitungan"), _("Skor butir")]
    return Table(columns, rows, widths=(6, 3, 3, 1.6), numeric=(False, False, False, True))


def _sum(total, precision) -> list[Block]:
    added = ngettext("Jumlah skor %(number)s butir", "Jumlah skor %(number)s butir", total.count) % {
        "number": total.count
    }
    if total.is_weighted:
        added += " " + _("(skor × bobot)")
    share = decimals(total.weight, 2) if total.is_weighted else str(total.count)
    counted = {"count": total.count, "applicable": total.applicable, "needed": total.needed}
    answered = _("%(count)s dari %(applicable)s butir yang berlaku (paling sedikit %(needed)s)") % counted
    rows = [
        (_("Terjawab"), answered),
        (added, decimals(total.total, 2)),
        (
            _("Dibagi jumlah bobot") if total.is_weighted else _("Dibagi banyaknya butir"),
            f"{decimals(total.total, 2)} ÷ {share} = {decimals(total.mean, 4)}",
        ),
        (_("Dikalikan 100"), decimals(total.score, 2)),
        (_("Ditampilkan (dibulatkan, 0,5 ke atas)"), str(total.display)),
    ]
    if total.band:
        cut = f"{total.band} ({total.band_low}–{total.band_high})"
        rows.append((_("Kategori menurut angka yang tampil"), cut))
    if precision:
        rows.append((_("Rentang ketelitian 95%"), f"{precision.working}: {precision.sentence}"))
    found: list[Block] = [Facts(rows)]
    if total.is_prorated:
        found.append(
            Text(_("Ada butir yang belum dijawab; skor adalah rata-rata butir yang dijawab."), is_quiet=True)
        )
    return found


def _method(report) -> Section:
    head = report.head
    made_with = _("Versi kuesioner %(number)s, aturan skor %(rule)s, mesin skor %(engine)s.") % {
        "number": head.version_number,
        "rule": head.rule_number,
        "engine": head.engine_version,
    }
    return Section(
        _("Aturan skor dalam kata-kata"),
        [
            Bullets(report.rule_sentences),
            Text(_("Kunci penyusun, belum divalidasi panel ahli.") + " " + made_with, is_quiet=True),
        ],
    )


def _crosswalk(report) -> Section:
    found: list[Block] = []
    for framework in report.crosswalks:
        found += [Heading(framework.framework), Text(framework.source, is_quiet=True)]
        rows = [(entry.name, " · ".join(entry.dimensions)) for entry in framework.entries]
        found.append(Table([_("Kompetensi"), _("Dimensi")], rows))
    if found:
        found.insert(
            0,
            Text(
                _(
                    "Peta isi, bukan skor: dimensi mana yang membicarakan kompetensi mana. Level kompetensi ditetapkan "
                    "melalui penilaian oleh asesor."
                ),
                is_quiet=True,
            ),
        )
    return Section(_("Kaitan dengan BerAKHLAK dan standar kompetensi"), found)
