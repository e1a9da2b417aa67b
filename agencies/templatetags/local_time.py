"""Times as people in Indonesia write them: ``23 November 2026 pukul 23.59 WIB``."""

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

register = template.Library()

ZONE_NAMES = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}


@register.filter
def clock(moment):
    """Hours and minutes without the zone: ``10.32`` in Indonesian, ``10:32`` in English."""
    separator = "." if (get_language() or "id").startswith("id") else ":"
    return f"{timezone.localtime(moment):%H{separator}%M}" if moment else ""


@register.filter
def long_date(moment):
    """Day, month in words and year, in the language of the page."""
    return date_format(timezone.localtime(moment), "j F Y") if moment else ""


@register.filter
def date_and_clock(moment):
    """Date and time with the zone in letters, so that nobody in another zone misses a deadline."""
    if not moment:
        return ""
    return _("%(date)s pukul %(clock)s %(zone)s") % {
        "date": long_date(moment),
        "clock": clock(moment),
        "zone": _zone(),
    }


@register.simple_tag
def server_clock():
    """The time to the second, for whoever compares the clock of a telephone with it."""
    separator = "." if (get_language() or "id").startswith("id") else ":"
    return f"{timezone.localtime():%H{separator}%M{separator}%S} {_zone()}"


def _zone():
    return ZONE_NAMES.get(timezone.get_current_timezone_name(), timezone.get_current_timezone_name())
