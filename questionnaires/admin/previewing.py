"""The preview page of a version: two frames around the pages that respondents see."""

from csp.constants import SELF
from csp.decorators import csp_update
from django.conf import settings
from django.http import JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation

from audit.models import AuditEvent


@csp_update({"frame-src": [SELF]})
def preview(request, version, context):
    """``?bagian=2&butir=A3&bahasa=en``: the page (0 is the introduction), an item of it, and the language."""
    sections = list(version.sections.order_by("position").prefetch_related("items"))
    number = _number(request.GET.get("bagian"), len(sections))
    section = sections[number - 1] if number else None
    language = request.GET.get("bahasa")
    if language not in dict(settings.LANGUAGES):
        language = translation.get_language()
    # The address belongs to the app that draws the pages, one floor up: it is known here by its name only.
    frame = f"{reverse('assessments:preview', args=[version.pk, number])}?bahasa={language}"
    context |= {
        "sections": [(place, each) for place, each in enumerate(sections, start=1)],
        "number": number,
        "section": section,
        "before": number - 1 if number else None,
        "after": number + 1 if number < len(sections) else None,
        "language": language,
        "languages": settings.LANGUAGES,
        "frame": frame,
        "item_anchor": _anchor(sections, number, request.GET.get("butir")),
        "stamp": _stamp(version),
    }
    return render(request, "admin/questionnaires/version/preview.html", context)


def stamp(version):
    """A number that grows with every edit of the version."""
    return JsonResponse({"stamp": _stamp(version)})


def _stamp(version):
    events = AuditEvent.objects.filter(target_model=version._meta.label_lower, target_id=str(version.pk))
    return events.values_list("pk", flat=True).first() or 0


def _number(text, last):
    return min(int(text), last) if text and text.isdecimal() and len(text) < 6 else min(1, last)


def _anchor(sections, number, code):
    """The id under which an item is drawn: pages number their items through the whole form."""
    if not (number and code):
        return ""
    first = sum(len(section.items.all()) for section in sections[: number - 1])
    places = {item.code: place for place, item in enumerate(sections[number - 1].items.all(), start=1)}
    return f"b{first + places[code]}" if code in places else ""
