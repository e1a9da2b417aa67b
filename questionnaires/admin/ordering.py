"""Moving pages and items of a draft: by buttons (plain posts) and by mouse (the same posts, sent by a script)."""

import re

from django.http import Http404, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from questionnaires import actions, policies
from questionnaires.admin.access import refused
from questionnaires.admin.parts import version_url
from questionnaires.models import Item, Section

# "item-12-naik" is a step up, "item-12" alone was dropped somewhere.
_MOVE = re.compile(r"(section|item)-(\d{1,18})(?:-(naik|turun))?\Z")
_MODELS = {"section": Section, "item": Item}
_STEPS = {"naik": actions.UP, "turun": actions.DOWN}


def move(request, version):
    """Takes one move and answers where the row stands now: JSON for the script, the page for everybody else."""
    wanted = _MOVE.match(request.POST.get("pindah", ""))
    if wanted is None:
        raise Http404
    kind, key, direction = wanted.groups()
    row = get_object_or_404(_MODELS[kind].objects.filter(version=version), pk=key)
    try:
        row = _take(request, version, kind, row, direction)
    except policies.PolicyError as error:
        return refused(request, error, version_url(version))
    if request.headers.get("Accept") == "application/json":
        return JsonResponse(_place(kind, row))
    # The button that was pressed keeps the focus on the page that comes back.
    return HttpResponseRedirect(f"{version_url(version)}?fokus={wanted[0]}")


def _take(request, version, kind, row, direction):
    if direction:
        shift = actions.shift_section if kind == "section" else actions.shift_item
        return shift(**{kind: row}, step=_STEPS[direction], by=request.user)
    position = _whole(request.POST.get("posisi"))
    if kind == "section":
        return actions.move_section(section=row, position=position, by=request.user)
    target = get_object_or_404(version.sections, pk=_whole(request.POST.get("bagian")))
    return actions.move_item(item=row, section=target, position=position, by=request.user)


def _place(kind, row):
    if kind == "section":
        said = _("Bagian %(code)s kini di urutan %(place)d.") % {"code": row.code, "place": row.position}
        return {"section": None, "position": row.position, "said": said}
    # Positions may have gaps where an item has left; people count rows.
    place = row.section.items.filter(position__lte=row.position).count()
    said = _("Butir %(code)s kini urutan %(place)d di bagian %(section)s.") % {
        "code": row.code,
        "place": place,
        "section": row.section.code,
    }
    return {"section": row.section_id, "position": place, "said": said}


def _whole(text):
    if not (text and text.isdecimal() and len(text) < 10):
        raise Http404
    return int(text)
