"""The plan as a PDF to download. Its name says nothing about anybody."""

from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from development import selectors
from development.printing import printed
from typesetting import pdf


@require_safe
def plan(request):
    """The person's own plan, for the talk with the superior."""
    found = selectors.plan_of_person(request.user, today=timezone.localdate())
    prefetch_related_objects([planned.goal for planned in found.open_goals], "action_items")
    document = printed(found, person=request.user.get_full_name(), language=get_language())
    return HttpResponse(
        pdf(document),
        content_type="application/pdf",
        headers={"Content-Disposition": 'attachment; filename="rencana.pdf"'},
    )
