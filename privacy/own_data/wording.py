"""Cells as people read them, in the active language and the person's own time."""

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from agencies.templatetags.local_time import date_and_clock
from privacy.own_data.values import Coded, Kind, Value

NOTHING = "–"


def in_words(value: Value, kind: Kind) -> str:
    """One cell for a page or a printed document; a dash where nothing is held."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, Coded):
        return value.words
    if kind == Kind.YES_NO:
        return _("ya") if value else _("tidak")
    if kind == Kind.MOMENT:
        return date_and_clock(value)
    if kind == Kind.DAY:
        return date_format(value, "j F Y")
    return number_format(value) if kind == Kind.NUMBER else str(value)


def for_programs(value: Value, kind: Kind):
    """One cell for a spreadsheet: times that sort, the words of a code, nothing where nothing is held."""
    if isinstance(value, Coded):
        return value.words
    if kind == Kind.YES_NO and value is not None:
        return _("ya") if value else _("tidak")
    if kind == Kind.MOMENT and value is not None:
        return timezone.localtime(value).isoformat(timespec="seconds")
    return value.isoformat() if kind == Kind.DAY and value is not None else value
