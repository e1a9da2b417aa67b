"""What the pages about groups say in words. Functions of plain values; the language is the active one."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

# Points. Smaller differences of means are called alike (measurement.md 5.2).
ALIKE = 3


@dataclass(frozen=True)
class Place:
    """A shown mean of one dimension: its text, such as "71", and unrounded the mean and the 95 % interval, if any."""

    dimension: str
    display: str
    mean: float
    interval: tuple[float, float] | None


def is_apart(one: Place, other: Place) -> bool:
    """Whether the means may be called different: by 3 points or more, and with intervals that do not overlap.

    The same people stand behind both means, and how their answers go together is not stored. Without overlap the
    95 % interval of the difference excludes 0 whatever the correlation.
    """
    if one.interval is None or other.interval is None:
        return False
    high, low = (one, other) if one.mean >= other.mean else (other, one)
    return high.mean - low.mean >= ALIKE and high.interval[0] > low.interval[1]


def extremes(places: Sequence[Place]) -> tuple[Place, Place] | None:
    """The dimensions with the highest and the lowest mean of one unit, if these may be called different."""
    if not places:
        return None
    highest, lowest = max(places, key=_mean), min(places, key=_mean)
    return (highest, lowest) if is_apart(highest, lowest) else None


def of_dimensions(unit: str, places: Sequence[Place]) -> str:
    """How the dimensions of one unit stand to each other. Units are never compared with each other."""
    if not places:
        return _("Hasil %(unit)s tidak ditampilkan demi kerahasiaan.") % {"unit": unit}
    if len(places) < 2 or any(place.interval is None for place in places):
        return _("Hasil %(unit)s ditampilkan per dimensi, tanpa dibandingkan.") % {"unit": unit}
    apart = extremes(places)
    if apart is None:
        return _("Di %(unit)s, semua dimensi setara dalam ketelitiannya.") % {"unit": unit}
    highest, lowest = apart
    # Only these two are compared: a third dimension may be as high as the highest.
    return _(
        "Di %(unit)s, %(high)s (%(high_value)s) lebih sering muncul daripada %(low)s (%(low_value)s)."
    ) % {
        "unit": unit,
        "high": _lower(highest.dimension),
        "high_value": highest.display,
        "low": _lower(lowest.dimension),
        "low_value": lowest.display,
    }


def of_climate(unit: str, places: Sequence[Place]) -> str:
    """As :func:`of_dimensions`, of the themes by which the people of a unit describe it."""
    if not places:
        return _("Gambaran iklim %(unit)s tidak ditampilkan demi kerahasiaan.") % {"unit": unit}
    if len(places) < 2 or any(place.interval is None for place in places):
        return _("Gambaran iklim %(unit)s ditampilkan per tema, tanpa dibandingkan.") % {"unit": unit}
    apart = extremes(places)
    if apart is None:
        return _("Menurut pegawainya, semua tema iklim di %(unit)s setara dalam ketelitiannya.") % {
            "unit": unit
        }
    highest, lowest = apart
    return _(
        "Menurut pegawainya, di %(unit)s %(high)s (%(high_value)s) lebih kuat daripada %(low)s (%(low_value)s)."
    ) % {
        "unit": unit,
        "high": _lower(highest.dimension),
        "high_value": highest.display,
        "low": _lower(lowest.dimension),
        "low_value": lowest.display,
    }


def of_judgement(unit: str, places: Sequence[Place]) -> str:
    """The situational judgement of one unit. Scales of judgement have other situations and are not compared."""
    if not places:
        return _("Pertimbangan situasional %(unit)s tidak ditampilkan demi kerahasiaan.") % {"unit": unit}
    if len(places) > 1:
        return _("Pertimbangan situasional %(unit)s ditampilkan per skala, tanpa dibandingkan.") % {
            "unit": unit
        }
    return _("Rata-rata pertimbangan situasional di %(unit)s %(value)s dari 100 menurut kuncinya.") % {
        "unit": unit,
        "value": places[0].display,
    }


def _mean(place):
    return place.mean


def _lower(name):
    return name[:1].lower() + name[1:]


def of_participation(unit: str, rate, target: int) -> str:
    """How many have answered, against the target. ``rate`` is the text of a shown percentage, or None."""
    if rate is None:
        return _("Partisipasi %(unit)s tidak ditampilkan demi kerahasiaan.") % {"unit": unit}
    return _("%(rate)s%% pegawai di %(unit)s sudah selesai mengisi; targetnya %(target)s%%.") % {
        "rate": rate,
        "unit": unit,
        "target": target,
    }


def of_outlook(unit: str, outlook) -> str:
    """What a group still lacks until its results can be shown, reach the target and are precise."""
    if not outlook.is_enough:
        text = ngettext(
            "%(unit)s memerlukan %(missing)d jawaban lagi sebelum hasilnya dapat ditampilkan.",
            "%(unit)s memerlukan %(missing)d jawaban lagi sebelum hasilnya dapat ditampilkan.",
            outlook.missing_to_show,
        )
        return text % {"unit": unit, "missing": outlook.missing_to_show}
    if outlook.missing_to_target:
        text = ngettext(
            "Jawaban dari %(unit)s sudah cukup untuk ditampilkan; %(missing)d lagi untuk mencapai target.",
            "Jawaban dari %(unit)s sudah cukup untuk ditampilkan; %(missing)d lagi untuk mencapai target.",
            outlook.missing_to_target,
        )
        return text % {"unit": unit, "missing": outlook.missing_to_target}
    return _("%(unit)s sudah mencapai target.") % {"unit": unit}


def days_left(days: int) -> str:
    """Until the deadline, in whole calendar days of the agency's time zone."""
    if days < 0:
        return _("batas waktu sudah lewat")
    if days == 0:
        return _("berakhir hari ini")
    return ngettext("%(count)s hari lagi", "%(count)s hari lagi", days) % {"count": days}
