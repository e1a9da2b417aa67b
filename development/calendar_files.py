"""Calendar files (RFC 5545). Pure; knows no Django. Escaping, folding and time zones are icalendar's.

What a person wrote goes in as text. The file leaves the product, so every appointment is marked private.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event

# Before the day begins, on the clock of the person's agency.
_MORNING = time(8, 0)
_LENGTH = timedelta(minutes=15)


@dataclass(frozen=True)
class Appointment:
    """Something to think of in the morning of a day. A newer file replaces what has the same ``uid``."""

    uid: str
    day: date
    summary: str
    description: str
    url: str


def calendar_file(
    appointments: Iterable[Appointment], *, zone: ZoneInfo, now: datetime, product: str, reminder: str
) -> bytes:
    """The file.

    Args:
        now: when the file is made, with its zone.
        product: what made it, for ``PRODID``.
        reminder: what a phone says when it rings.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//{product}//")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for appointment in appointments:
        calendar.add_component(_event(appointment, zone, now, reminder))
    calendar.add_missing_timezones()
    return calendar.to_ical()


def _event(appointment, zone, now, reminder):
    start = datetime.combine(appointment.day, _MORNING, tzinfo=zone)
    event = Event()
    event.add("uid", appointment.uid)
    event.add("dtstamp", now)
    event.add("dtstart", start)
    event.add("dtend", start + _LENGTH)
    event.add("summary", _printable(appointment.summary).replace("\n", " "))
    if appointment.description:
        event.add("description", _printable(appointment.description))
    event.add("url", appointment.url)
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")  # a reminder keeps nobody busy
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", reminder)
    alarm.add("trigger", timedelta(0))
    event.add_component(alarm)
    return event


def _printable(text):
    """The text without control characters, which RFC 5545 forbids; line ends become line feeds."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in lines if c in "\n\t" or unicodedata.category(c) != "Cc")
