"""Pages of a version as a respondent would see them, drawn for its editor in a frame. Nothing is ever saved."""

from csp.constants import SELF
from csp.decorators import csp_replace
from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from agencies.authorization import Permission, require
from assessments.item_drawing import draw
from assessments.section_page import Page
from questionnaires.document import build_document
from questionnaires.models import Version
from questionnaires.version_document import parse_document

LANGUAGES = dict(settings.LANGUAGES)
_STEPS = {"next": 1, "review": 1, "back": -1}


@require_safe
@require(Permission.VIEW_BANK)
@xframe_options_sameorigin
@csp_replace({"frame-ancestors": [SELF]})
def preview(request, version_id, number):
    """One page of a version, published or not: 0 is the introduction, then the pages of items.

    ``?bahasa=en`` chooses the language; the buttons of the page send ``go`` and lead to the page beside.
    """
    version = get_object_or_404(Version.objects.select_related("questionnaire"), pk=version_id)
    document = parse_document(version.document or build_document(version))
    language = request.GET.get("bahasa")
    if language not in LANGUAGES:
        language = translation.get_language()
    if "go" in request.GET:
        beside = number + _STEPS.get(request.GET["go"], 0)
        beside = min(max(beside, 0), len(document.sections))
        return redirect(f"{reverse('assessments:preview', args=[version_id, beside])}?bahasa={language}")
    if number > len(document.sections):
        raise Http404
    with translation.override(language):
        return _draw(request, version, document, number)


def _draw(request, version, document, number):
    if number == 0:
        context = {"document": document, "version": version, "version_id": version.pk}
        return render(request, "assessments/preview_introduction.html", context)
    page = Page(document, number)
    context = page.context() | {"items": [draw(row) for row in page.rows()], "version_id": version.pk}
    return render(request, "assessments/preview_section.html", context)
