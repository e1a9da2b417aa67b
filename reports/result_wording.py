"""Names and sentences of the pages about one unit; the language is the active one. Functions of plain values."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.layout import EmploymentGroup, JobGroup, Side
from reports.sentences import ALIKE
from scoring.comparisons import EVEN, HIGHER, LOWER


def group_name(group: str) -> str:
    """A group of people as a page names it."""
    return {
        JobGroup.MANAGERIAL: _("Manajerial"),
        JobGroup.FUNCTIONAL: _("Fungsional"),
        JobGroup.OPERATIVE: _("Pelaksana"),
        EmploymentGroup.PERMANENT: _("PNS"),
        EmploymentGroup.CONTRACT: _("PPPK"),
        Side.STAFF: _("Staf"),
        Side.MANAGEMENT: _("Pimpinan"),
    }[group]


def size_of_gap(words: str | None, *, is_certain: bool) -> str:
    """How far staff and management are apart, by the conventions of Hedges' g."""
    if words is None:
        return _("tidak dapat dibandingkan")
    said = {
        "serupa": _("serupa"),
        "agak berbeda": _("agak berbeda"),
        "berbeda": _("berbeda"),
        "sangat berbeda": _("sangat berbeda"),
    }[words]
    if words == "serupa" or is_certain:
        return said
    return _("%(size)s, belum pasti") % {"size": said}


def of_groups(by: str, widest: tuple[str, tuple[str, str], tuple[str, str]] | None, difference: int) -> str:
    """How far the groups of a demographic are apart at the dimension where they are furthest.

    Args:
        by: what the groups are made by, in the words of the page.
        widest: dimension, then name and figure of its highest and of its lowest group.
    """
    if widest is None:
        return _("Rata-rata menurut %(by)s, tanpa dibandingkan.") % {"by": by}
    if difference < ALIKE:
        return _("Menurut %(by)s, semua kelompok setara: selisihnya kurang dari %(points)s poin.") % {
            "by": by,
            "points": ALIKE,
        }
    dimension, high, low = widest
    return _(
        "Menurut %(by)s, jarak terlebar ada pada %(dimension)s: %(high)s %(high_value)s, %(low)s %(low_value)s."
    ) % {
        "by": by,
        "dimension": _lower(dimension),
        "high": _lower_group(high[0]),
        "high_value": high[1],
        "low": _lower_group(low[0]),
        "low_value": low[1],
    }


def of_gap(theme: str, staff: str, management: str, size: str) -> str:
    """The theme about which staff and management differ most."""
    return _("Jarak terlebar ada pada %(theme)s: staf %(staff)s, pimpinan %(management)s (%(size)s).") % {
        "theme": _lower(theme),
        "staff": staff,
        "management": management,
        "size": size,
    }


def gap_questions(theme: str) -> tuple[str, ...]:
    """Three questions for a talk about a gap; they look for no verdict."""
    return (
        _("Kejadian apa yang membuat staf dan pimpinan memandang %(theme)s secara berbeda?")
        % {"theme": _lower(theme)},
        _("Apa yang dilihat satu pihak, tetapi belum dilihat pihak lain?"),
        _(
            "Satu hal apa yang dapat dicoba bersama dalam tiga bulan, dan bagaimana Anda tahu bahwa itu membantu?"
        ),
    )


def of_items(high: tuple[str, str] | None, low: tuple[str, str] | None, *, has_intervals: bool) -> str:
    """Which items get the most and the fewest positive answers, if these may be called different."""
    if high and low:
        return _(
            "Paling sering positif: “%(high)s” (%(high_value)s%%); paling jarang: “%(low)s” (%(low_value)s%%)."
        ) % {
            "high": high[0],
            "high_value": high[1],
            "low": low[0],
            "low_value": low[1],
        }
    if has_intervals:
        return _("Persentase jawaban positif semua butir setara dalam ketelitiannya.")
    return _("Persentase jawaban positif ditampilkan per butir, tanpa dibandingkan.")


def of_bands(dimension: str, percent: int, names: Sequence[str]) -> str:
    """The dimension with the most people in the lower bands."""
    return _(
        "Di dua kategori terbawah, %(dimension)s paling banyak: %(percent)s%% responden (%(bands)s)."
    ) % {
        "dimension": _lower(dimension),
        "percent": percent,
        "bands": _(" dan ").join(_lower(name) for name in names),
    }


def of_quality(percent: str) -> str:
    """How many of the answers show signs of haste; never whose."""
    return _("%(percent)s%% pengisian bertanda kurang cermat; semuanya tetap ikut dihitung.") % {
        "percent": percent
    }


def of_directions(other: str, directions: Sequence[str]) -> str:
    """How many scales stand higher, even or lower beside something."""
    return _(
        "Dibandingkan dengan %(other)s: %(higher)s lebih tinggi, %(even)s setara, %(lower)s lebih rendah."
    ) % {
        "other": other,
        "higher": directions.count(HIGHER),
        "even": directions.count(EVEN),
        "lower": directions.count(LOWER),
    }


def direction(code: str) -> str:
    return {HIGHER: _("lebih tinggi"), EVEN: _("setara"), LOWER: _("lebih rendah")}[code]


def change(code: str) -> str:
    """A direction of the same people's unit since an earlier wave."""
    return {HIGHER: _("naik"), EVEN: _("setara"), LOWER: _("turun")}[code]


def of_learning(unit: str, areas: Sequence[str]) -> str:
    """What a unit has to learn, from its frozen figures."""
    if not areas:
        return _("Profil %(unit)s merata: tidak ada area pengembangan yang menonjol.") % {"unit": unit}
    text = ngettext(
        "%(unit)s mempunyai %(count)d area pengembangan: %(areas)s.",
        "%(unit)s mempunyai %(count)d area pengembangan: %(areas)s.",
        len(areas),
    )
    return text % {"unit": unit, "count": len(areas), "areas": ", ".join(map(_lower, areas))}


def of_hidden_learning(unit: str) -> str:
    return _("Kebutuhan belajar %(unit)s tidak ditampilkan demi kerahasiaan.") % {"unit": unit}


def _lower(name):
    return name[:1].lower() + name[1:]


def _lower_group(name):
    """Group names that are abbreviations keep their capitals."""
    return name if name.isupper() else _lower(name)
