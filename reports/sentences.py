"""What the pages about groups say in words. Functions of plain values; the language is the active one."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

# Points. Smaller differences of means are called alike (measurement.md 5.2).
ALIKE = 3


@dataclass(frozen=True)
class Place:
    """A shown figure with what it is about; ``display`` is its text, such as "71" or "≥95"."""

    unit: str
    dimension: str
    value: int
    display: str


def of_units(places: Sequence[Place]) -> str:
    """Where the highest and the lowest shown figure of a heat map stand; a tie names no unit as the one."""
    if not places:
        return _("Belum ada hasil unit yang dapat ditampilkan.")
    highest, lowest = _extremes(places)
    if highest[0].value - lowest[0].value < ALIKE:
        return _("Semua unit dan dimensi yang ditampilkan berdekatan.")
    return _("Tertinggi: %(high)s (%(high_value)s). Terendah: %(low)s (%(low_value)s).") % {
        "high": _where(highest),
        "high_value": highest[0].display,
        "low": _where(lowest),
        "low_value": lowest[0].display,
    }


def of_dimensions(unit: str, places: Sequence[Place]) -> str:
    """How the dimensions of one unit stand to each other."""
    if not places:
        return _("Hasil %(unit)s tidak ditampilkan demi kerahasiaan.") % {"unit": unit}
    highest, lowest = _extremes(places)
    if highest[0].value - lowest[0].value < ALIKE:
        return _("%(unit)s: semua dimensi berdekatan.") % {"unit": unit}
    return _("%(unit)s: %(high)s paling sering muncul; %(low)s masih punya ruang untuk tumbuh.") % {
        "unit": unit,
        "high": _lower(_one_of({place.dimension for place in highest}, _("beberapa dimensi"))),
        "low": _lower(_one_of({place.dimension for place in lowest}, _("beberapa dimensi"))),
    }


def _extremes(places):
    top, bottom = max(place.value for place in places), min(place.value for place in places)
    return [p for p in places if p.value == top], [p for p in places if p.value == bottom]


def _where(places) -> str:
    return _("%(dimension)s di %(unit)s") % {
        "dimension": _lower(_one_of({place.dimension for place in places}, _("beberapa dimensi"))),
        "unit": _one_of({place.unit for place in places}, _("beberapa unit")),
    }


def _one_of(names, several):
    return next(iter(names)) if len(names) == 1 else several


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


def days_left(days: int) -> str:
    """Until the deadline, in whole calendar days of the agency's time zone."""
    if days < 0:
        return _("batas waktu sudah lewat")
    if days == 0:
        return _("berakhir hari ini")
    return ngettext("%(count)s hari lagi", "%(count)s hari lagi", days) % {"count": days}
