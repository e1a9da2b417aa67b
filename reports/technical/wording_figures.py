"""The sections of a technical report that are about figures: reliability, completeness, care and groups."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from reports.numbers import decimal_text
from scoring.quality import ATTENTION_FAMILY, CONSISTENCY, GOOD, LOW, PATTERN, REVIEW, SPEED
from scoring.statistics import PROVISIONAL, REASONS, item_remarks, scale_remarks
from typesetting.blocks import Block, Bullets, Heading, Table, Text, Track, Zone

NONE = "–"
# Where a reliability, times a hundred, stands (measurement.md 2.4): below .60 no score is shown, to .70 it is
# indicative.
_RELIABILITY_ZONES = (Zone(0, 60, 1), Zone(60, 10, 2), Zone(70, 30, 3))


# --- reliability ----------------------------------------------------------------------------------------------------


def reliability(part) -> list[Block]:
    found: list[Block] = [
        Text(
            _(
                "Alfa dan omega mengatakan seberapa seiring butir-butir sebuah skala. Garis pada tiap gambar adalah "
                "selang kepercayaannya menurut Feldt (95 persen). Di bawah 0,60 skor tidak layak ditampilkan; 0,60 "
                "sampai 0,69 hanya indikatif."
            )
        )
    ]
    for scale in part.scales:
        figures = scale.statistics
        if figures.alpha is None:
            continue
        low, high = (100 * max(0.0, end) for end in figures.alpha_ci95_feldt)
        sentence = _("%(scale)s: alfa %(alpha)s, selang %(low)s sampai %(high)s, %(people)s orang.") % {
            "scale": scale.name,
            "alpha": decimals(figures.alpha, 2),
            "low": decimals(figures.alpha_ci95_feldt[0], 2),
            "high": decimals(figures.alpha_ci95_feldt[1], 2),
            "people": number_format(figures.n_used),
        }
        found += [
            Text(sentence),
            Track(100 * max(0.0, figures.alpha), _RELIABILITY_ZONES, alt=sentence, low=low, high=high),
        ]
    found.append(
        Table(
            (
                _("Skala"),
                _("Orang"),
                _("Butir"),
                _("Alfa"),
                _("Omega"),
                _("Galat baku"),
                _("Skor 0"),
                _("Skor 100"),
            ),
            [_scale_row(scale) for scale in part.scales],
            widths=(3.4, 1.2, 1, 1.1, 1.2, 1.2, 1.1, 1.2),
            numeric=(False, *[True] * 7),
        )
    )
    found += _reasons(part.scales)
    return found


def _scale_row(scale):
    found = scale.statistics
    return (
        scale.name,
        number_format(found.n_used),
        f"{found.k_used}/{found.k_total}",
        decimals(found.alpha, 2),
        decimals(found.omega_total, 2),
        decimals(found.sem_0_100, 1),
        _share(found.scale_floor),
        _share(found.scale_ceiling),
    )


def _reasons(scales) -> list[Block]:
    """Why a coefficient is missing, each reason once with the scales that it concerns."""
    missing: dict[str, list[str]] = {}
    for scale in scales:
        for name in ("alpha", "omega_total"):
            reason = scale.statistics.reasons.get(name)
            if reason and scale.name not in missing.setdefault(reason, []):
                missing[reason].append(scale.name)
    provisional = [scale.name for scale in scales if scale.standing == PROVISIONAL]
    sentences = [f"{', '.join(names)}: {_(REASONS[reason])}" for reason, names in missing.items()]
    if provisional:
        sentences.append(
            _("Sementara, karena kurang dari 100 orang: %(scales)s.") % {"scales": ", ".join(provisional)}
        )
    return [Bullets(sentences)] if sentences else []


# --- completeness, care ---------------------------------------------------------------------------------------------


def missingness(part) -> list[Block]:
    rows = []
    for scale in part.scales:
        items = scale.statistics.items
        applicable = sum(item.n + item.missing for item in items)
        missing, not_applicable = (
            sum(getattr(item, name) for item in items) for name in ("missing", "not_applicable")
        )
        everything = applicable + not_applicable
        rows.append(
            (
                scale.name,
                number_format(scale.statistics.n_used),
                _share(missing / applicable if applicable else None),
                _share(not_applicable / everything if everything else None),
            )
        )
    return [
        Text(
            _(
                "Berapa orang menjawab semua butir sebuah skala, dan berapa persen jawabannya kosong atau tidak "
                "berlaku."
            )
        ),
        Table(
            (_("Skala"), _("Lengkap"), _("Kosong"), _("Tidak berlaku")),
            rows,
            widths=(4, 1.4, 1.4, 1.6),
            numeric=(False, True, True, True),
        ),
    ]


def quality(part) -> list[Block]:
    quality = part.quality
    if not quality.is_shown:
        return [Text(_("Kurang dari 30 orang; tidak ditampilkan."))]
    ratings = {
        GOOD: _("baik"),
        REVIEW: _("perlu ditinjau"),
        LOW: _("rendah"),
    }
    families = {
        SPEED: _("terlalu cepat dibaca"),
        PATTERN: _("pilihan yang sama berderet"),
        CONSISTENCY: _("jawaban yang saling bertentangan"),
        ATTENTION_FAMILY: _("butir perhatian tidak dipenuhi"),
    }
    rows = [
        (_("Mutu: %(name)s") % {"name": name}, _share(quality.ratings[code] / quality.people))
        for code, name in ratings.items()
    ]
    if quality.detailed:
        rows += [
            (_("Tanda: %(name)s") % {"name": name}, _share(quality.families[code] / quality.detailed))
            for code, name in families.items()
        ]
        rows.append((_("Jawaban serba ideal"), _share(quality.desirable / quality.detailed)))
    return [
        Text(
            _(
                "Tanda-tanda ini lemah: tidak ada jawaban yang dikeluarkan atau orang yang dinilai karenanya. Hanya "
                "contoh norma dan kalibrasi yang tidak memakai jawaban bermutu rendah."
            )
        ),
        Table((_("Petunjuk"), _("Orang")), rows, widths=(4, 1), numeric=(False, True)),
    ]


def remarks(part) -> list[Block]:
    sentences = []
    for scale in part.scales:
        found = scale.statistics
        sentences += [f"{scale.name}: {each.fill(_(each.message))}" for each in scale_remarks(found)]
        for item in found.items:
            sentences += [f"{item.code}: {each.fill(_(each.message))}" for each in item_remarks(item, found)]
    if not sentences:
        return [Text(_("Tidak ada butir yang menonjol."))]
    return [
        Text(_("Ini alasan untuk membaca ulang sebuah butir, bukan untuk menghapusnya.")),
        Bullets(sentences),
    ]


# --- groups ---------------------------------------------------------------------------------------------------------


def climate(part) -> list[Block]:
    rows = [
        (
            each.name,
            number_format(each.units),
            _("%(agreeing)s dari %(units)s") % {"agreeing": each.agreeing, "units": each.units},
            decimals(each.icc1, 2) if each.reason is None else _(REASONS[each.reason]),
        )
        for each in part.climate
    ]
    return [
        Text(
            _(
                "Rata-rata sebuah unit layak disebut iklim bila pegawainya cukup sepakat (r_wg dari 0,70) dan bila "
                "unit berbeda satu sama lain (ICC(1)). Hanya unit dengan cukup banyak jawaban yang dihitung."
            )
        ),
        Table(
            (_("Skala"), _("Unit"), _("Cukup sepakat"), "ICC(1)"),
            rows,
            widths=(3, 1, 1.6, 2.4),
            numeric=(False, True, False, True),
        ),
    ]


def comparisons(part) -> list[Block]:
    found: list[Block] = [
        Text(
            _(
                "Penjajakan: apakah orang dengan tingkat skor yang sama menjawab sebuah butir secara berbeda. Butir "
                "yang ditandai dibaca oleh ahli; tidak ada yang dihapus karenanya."
            )
        )
    ]
    for each in part.comparisons:
        found.append(Heading(each.label))
        if each.reason:
            found.append(Text(_(REASONS[each.reason])))
        elif not each.items:
            found.append(
                Text(_("%(count)s butir dibandingkan; tidak ada yang menonjol.") % {"count": each.compared})
            )
        else:
            found.append(_dif_table(each))
    return found


def _dif_table(comparison) -> Table:
    sizes = {"look": _("perlu dilihat"), "review": _("perlu ditinjau ahli")}
    return Table(
        (_("Butir"), _("Selisih (poin 0–100)"), _("Petunjuk")),
        [(item.code, decimals(100 * item.difference, 1), sizes[item.size]) for item in comparison.items],
        widths=(1, 1.4, 2),
        numeric=(False, True, False),
    )


def decimals(value, places) -> str:
    return NONE if value is None else decimal_text(round(value, places + 6), places)


def _share(value) -> str:
    """A share 0..1 as per cent without decimals; what rounds to nothing but is something says so."""
    if value is None:
        return NONE
    if 0 < value < 0.005:
        return "< 1%"
    return f"{decimal_text(100 * value, 0)}%"
