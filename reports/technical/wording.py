"""The technical report as a document of blocks, in the active language and time zone; page and PDF draw the same."""

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from agencies.templatetags.local_time import date_and_clock, long_date
from questionnaires.changes import lines_of
from reports.numbers import decimal_text
from reports.technical.values import InstrumentReport, ResponseRate, TechnicalReport
from reports.technical.wording_figures import (
    NONE,
    climate,
    comparisons,
    decimals,
    missingness,
    quality,
    reliability,
    remarks,
)
from typesetting.blocks import Block, Bullets, Document, Facts, Heading, Note, Section, Table, Text

_MOST_CHANGES = 200  # lines; a version that changes more than that is a new questionnaire


def document_of(report: TechnicalReport, *, language: str) -> Document:
    """The whole report.

    Args:
        language: the active language, for screen readers.
    """
    now = timezone.now()
    return Document(
        title=_("Laporan teknis: %(campaign)s") % {"campaign": report.campaign},
        language="en" if language.startswith("en") else "id",
        made_at=now,
        kick=_("Mutu pengukuran"),
        subtitle=(
            report.agency,
            _("%(opened)s sampai %(closed)s")
            % {"opened": long_date(report.opened_at), "closed": long_date(report.closed_at)},
            _("Dibuat %(moment)s") % {"moment": date_and_clock(now)},
        ),
        description=_("Seberapa baik kuesioner sebuah periode mengukur; tidak memuat hasil siapa pun."),
        footer=_("Mutu pengukuran, bukan penilaian orang atau unit kerja."),
        sections=(
            Section("", _about(report)),
            *(section for each in report.instruments for section in _instrument(each)),
        ),
    )


def _about(report) -> list[Block]:
    return [
        Note(
            (
                _(
                    "Laporan ini menggambarkan alat ukur: seberapa lengkap, cermat, dan ajek jawabannya. "
                    "Laporan ini tidak menilai orang, unit kerja, atau instansi."
                ),
                _(
                    "Dasarnya selalu seluruh jawaban satu periode. Koefisien dari kurang dari 30 orang tidak "
                    "ditampilkan; dari kurang dari 100 orang bersifat sementara."
                ),
                _(
                    "Angka ini tidak membuktikan bahwa kuesioner sahih, dan tidak boleh dipakai untuk seleksi, "
                    "promosi, tunjangan, atau disiplin."
                ),
            ),
            title=_("Untuk apa laporan ini"),
        )
    ]


def _instrument(part: InstrumentReport) -> list[Section]:
    name = _("%(title)s, versi %(number)s") % {"title": part.title, "number": part.version}
    sections = [Section(name, [*_response(part), *_basis(part)])]
    if part.people:
        sections += [
            Section(_("Keandalan"), reliability(part)),
            Section(_("Kelengkapan jawaban"), missingness(part)),
            Section(_("Mutu jawaban"), quality(part)),
            Section(_("Butir yang perlu dilihat"), remarks(part)),
        ]
        if part.climate:
            sections.append(Section(_("Iklim unit kerja"), climate(part)))
        sections.append(Section(_("Apakah butir berlaku sama bagi semua kelompok"), comparisons(part)))
    sections.append(Section(_("Yang berubah"), _changes(part)))
    return sections


# --- who answered ---------------------------------------------------------------------------------------------------


def _response(part) -> list[Block]:
    whole = part.rates[0]
    sentence = _("%(sent)s dari %(asked)s orang yang diminta mengirim jawaban (%(percent)s%%).") % {
        "sent": number_format(whole.sent),
        "asked": number_format(whole.asked or 0),
        "percent": _percent_of(whole),
    }
    begun = _("%(started)s orang memulai; %(left)s di antaranya tidak mengirim.") % {
        "started": number_format(part.started),
        "left": number_format(part.started - part.people),
    }
    return [
        Heading(_("Siapa yang menjawab")),
        Text(f"{sentence} {begun}"),
        Table(
            (_("Kelompok"), _("Diminta"), _("Mengirim"), _("Persen")),
            [_rate_row(rate) for rate in part.rates],
            widths=(4, 1.4, 1.4, 1.4),
            numeric=(False, True, True, True),
        ),
        Text(
            _("Kelompok yang terlalu kecil, atau yang dapat dihitung dari sisanya, tidak diberi angka."),
            is_quiet=True,
        ),
    ]


def _rate_row(rate: ResponseRate):
    if rate.asked is None:
        return rate.label, NONE, NONE, NONE
    return rate.label, number_format(rate.asked), number_format(rate.sent), _percent_of(rate)


def _percent_of(rate) -> str:
    return NONE if rate.percent is None else decimal_text(rate.percent, 0)


def _basis(part) -> list[Block]:
    if part.basis is None:
        return []
    basis = part.basis
    nothing = _("belum ada saat jawaban dikirim")
    again = (
        _("%(times)s kali, di samping skor yang sudah diberitahukan") % {"times": basis.scored_again}
        if basis.scored_again
        else _("belum pernah")
    )
    return [
        Heading(_("Dasar perhitungan")),
        Facts(
            (
                (_("Butir"), number_format(part.items)),
                (_("Aturan"), basis.rule),
                (_("Mesin skor"), _("versi %(engines)s") % {"engines": ", ".join(basis.engines)}),
                (_("Kalibrasi"), "; ".join(basis.calibrations) or nothing),
                (_("Norma"), "; ".join(basis.norms) or nothing),
                (_("Dihitung ulang"), again),
            )
        ),
        Bullets(basis.rule_sentences),
    ]


# --- what changed ---------------------------------------------------------------------------------------------------


def _changes(part) -> list[Block]:
    return [*_since_version(part.earlier_version), *_since_campaign(part)]


def _since_version(earlier) -> list[Block]:
    if earlier is None:
        return [Text(_("Ini versi pertama kuesioner ini."))]
    lines = lines_of(earlier.changes)
    rules = [f"{each.what}: {each.before or NONE} → {each.after or NONE}" for each in earlier.rule_changes]
    shown = [line.strip() for line in lines[:_MOST_CHANGES]]
    if len(lines) > _MOST_CHANGES:
        shown.append(_("… dan %(count)s baris lagi") % {"count": len(lines) - _MOST_CHANGES})
    return [
        Heading(_("Sejak versi %(number)s") % {"number": earlier.number}),
        Bullets(shown),
        Text(_("Aturan skor berubah:") if rules else _("Aturan skor tidak berubah.")),
        *([Bullets(rules)] if rules else []),
    ]


def _since_campaign(part) -> list[Block]:
    earlier = part.earlier_campaign
    if earlier is None:
        return [Text(_("Kuesioner ini belum pernah ditanyakan di sini sebelumnya."))]
    rows = [
        (scale.name, decimals(earlier.alphas.get(scale.code), 2), decimals(scale.statistics.alpha, 2))
        for scale in part.scales
    ]
    sentence = _(
        "%(campaign)s (versi %(version)s): %(people)s orang mengirim jawaban, %(percent)s%% dari yang diminta. "
        "Perbedaan alfa dapat berasal dari orang yang berbeda; perubahan skor tidak dinilai di sini."
    ) % {
        "campaign": earlier.title,
        "version": earlier.version,
        "people": number_format(earlier.people),
        "percent": _percent_of(earlier.rate),
    }
    return [
        Heading(_("Sejak periode sebelumnya")),
        Text(sentence),
        Table(
            (_("Skala"), _("Alfa dulu"), _("Alfa sekarang")),
            rows,
            widths=(4, 1.4, 1.4),
            numeric=(False, True, True),
        ),
    ]
