"""*Data saya*: what is held about the signed-in person, who looked at it, and a copy to take along."""

import json

from allauth.core.internal import ratelimit
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_safe

from agencies.selectors import agency_of
from privacy import actions
from privacy.own_data import own_data
from privacy.own_data.as_csv import to_csv
from privacy.own_data.as_json import schema, to_json
from privacy.own_data.as_pdf import to_document
from privacy.own_data.pages import page_of, rooms_of
from privacy.retention import RULES
from typesetting import pdf

ROWS_PER_PAGE = 50
# Events on a page and on paper; JSON and CSV hold every one.
NEWEST_EVENTS = 500


@require_safe
def my_data(request):
    """Every table with its first rows."""
    data = own_data(request.user, newest_events=NEWEST_EVENTS)
    context = {"rooms": rooms_of(data), "retention": RULES, "agency": agency_of(request.user)}
    return render(request, "privacy/my_data.html", context)


@require_safe
def part(request, part):
    """One table, page by page."""
    data = own_data(request.user, newest_events=NEWEST_EVENTS)
    try:
        found = data.part(part)
    except KeyError:
        raise Http404 from None
    page = Paginator(found.rows, ROWS_PER_PAGE).get_page(request.GET.get("page"))
    context = {"shown": page_of(found, page.object_list), "page": page}
    return render(request, "privacy/part.html", context)


@require_GET
def copy_as_json(request):
    return _copy(request, "json", "application/json", to_json)


@require_GET
def copy_as_csv(request):
    return _copy(request, "csv", "text/csv; charset=utf-8", to_csv)


@require_GET
def copy_as_pdf(request):
    return _copy(
        request, "pdf", "application/pdf", lambda data: pdf(to_document(data)), newest_events=NEWEST_EVENTS
    )


def _copy(request, form, content_type, write, *, newest_events=None):
    """The file, after the trail knows of it; its name says nothing about anybody."""
    limit = ratelimit.consume_or_429(request, app="allauth.account", action="own_data", limit_get=True)
    if limit is not None:
        return limit
    content = write(own_data(request.user, newest_events=newest_events))
    actions.note_copy(person=request.user, form=form, by=request.user)
    return HttpResponse(
        content,
        content_type=content_type,
        headers={
            "Content-Disposition": f'attachment; filename="data-saya.{form}"',
            "Cache-Control": "no-store, private",
        },
    )


@require_safe
def json_schema(request):
    """What the fields of the JSON file mean, for programs."""
    return HttpResponse(
        json.dumps(schema(), ensure_ascii=False, indent=2), content_type="application/schema+json"
    )
