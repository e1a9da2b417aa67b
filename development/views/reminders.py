"""Stopping reminders by the link in each of them: no sign-in, one button, nothing told about anybody."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from development import actions
from development.models import PlanSettings


# Mail programs press the button themselves (RFC 8058), so there is no form of ours and no token; the key in the link
# is what allows it, and all it allows is to be left alone.
@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request, key):
    """Asks before it stops reminders; a link alone changes nothing, because mail scanners follow links."""
    settings = PlanSettings.objects.filter(unsubscribe_key=key).first()
    if settings is None:
        raise Http404
    if request.method == "POST":
        actions.stop_reminders(settings=settings)
        settings.refresh_from_db()
    return render(request, "development/stop_reminders.html", {"is_stopped": not settings.wants_reminders})
