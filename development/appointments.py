"""What of a plan belongs into a calendar: the middle and the date of a goal, and the next self-assessment."""

from collections.abc import Iterator
from uuid import uuid5

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from development.calendar_files import Appointment, calendar_file
from development.models import Goal, PlanSettings
from development.reminding import DUE, HALF, half_way

# The newest notes of progress; a calendar is no diary.
_MOST_NOTES = 3


def file_of(appointments) -> bytes:
    """The appointments as a file, in the active time zone and language."""
    return calendar_file(
        appointments,
        zone=timezone.get_current_timezone(),
        now=timezone.now(),
        product=settings.PRODUCT_NAME,
        reminder=_("Pengingat rencana pengembangan"),
    )


def of_goal(goal: Goal) -> Iterator[Appointment]:
    """A goal's middle, if it has one, and its date."""
    half = half_way(goal.runs_from, goal.due_on)
    if half:
        yield _of_goal(goal, HALF, half, _("Setengah jalan: %(behaviour)s"))
    yield _of_goal(goal, DUE, goal.due_on, _("Sasaran: %(behaviour)s"))


def of_next_assessment(plan_settings: PlanSettings) -> Iterator[Appointment]:
    """The date on which the person wants to look again, if there is one."""
    if plan_settings.next_assessment_on is not None:
        yield Appointment(
            # Always the same for this person, and the secret key cannot be told from it.
            uid=str(uuid5(plan_settings.unsubscribe_key, "next assessment")),
            day=plan_settings.next_assessment_on,
            summary=_("Penilaian mandiri berikutnya"),
            description="",
            url=settings.SITE_URL + reverse("home"),
        )


def _of_goal(goal, kind, day, sentence):
    return Appointment(
        uid=f"{goal.public_id}-{kind}",
        day=day,
        summary=sentence % {"behaviour": goal.behaviour},
        description=_description(goal),
        url=settings.SITE_URL + reverse("development:goal", args=[goal.public_id]),
    )


def _description(goal):
    lines = [goal.when_then, _("Ukuran keberhasilan: %(measure)s") % {"measure": goal.measure}]
    if goal.supporter:
        lines.append(_("Pendukung: %(supporter)s") % {"supporter": goal.supporter})
    notes = goal.action_items.all()[:_MOST_NOTES]
    lines += [_("Catatan: %(note)s") % {"note": item.note} for item in notes]
    return "\n".join(lines)
