"""Calendar files to download. Their names say nothing about anybody."""

from itertools import chain

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from development import appointments, selectors


@require_safe
def goal(request, public_id):
    """The appointments of one of the person's own goals."""
    planned = selectors.planned_goal(request.user, public_id, today=timezone.localdate())
    return _download(appointments.of_goal(planned.goal), "sasaran.ics")


@require_safe
def plan(request):
    """The appointments of every goal that is not completed, and of the next self-assessment."""
    goals = map(appointments.of_goal, selectors.open_goals_of(request.user))
    following = appointments.of_next_assessment(selectors.settings_of(request.user))
    return _download(chain(chain.from_iterable(goals), following), "rencana.ics")


def _download(found, name):
    return HttpResponse(
        appointments.file_of(found),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
