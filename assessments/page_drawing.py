"""A page of items as its respondent sees it.

The page around the items is the same for everybody too, but for a name, a time, a count and some tokens. It is drawn
once by its template, for nobody: no request and no person is at hand when it is prepared, so nothing of one person can
stand in another's page.
"""

from functools import lru_cache
from types import SimpleNamespace
from uuid import UUID

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape

from agencies import staff_powers
from agencies.authorization import holds_staff_role
from assessments import answers as answer_bytes
from assessments.answers import Progress
from assessments.gaps import Prepared, gap
from questionnaires.document import load_document

_TEMPLATE = "assessments/section.html"
_NO_ATTEMPT = UUID(int=0)
# Five banks of up to ten pages in two languages, before and after the first save, and the versions before them.
_MOST_PREPARED = 512


def draw_section(request, attempt, context: dict, *, is_special: bool, status: int = 200) -> HttpResponse:
    """The page of ``context`` as a response; what is special (problems, messages) is drawn by the template itself."""
    if is_special or len(get_messages(request)):
        return render(request, _TEMPLATE, context | {"attempt": attempt}, status=status)
    user = request.user
    page = prepared_page(
        attempt.version_id,
        context["number"],
        translation.get_language(),
        is_saved=bool(context["saved_at"]),
        has_staff_powers=holds_staff_role(user) and staff_powers.count_for(user),
    )
    values = {
        "attempt": str(attempt.public_id),
        "name": escape(user.get_full_name()),
        "token": get_token(request),
        "base": context["base"],
        "saved": context["saved_at"],
        "answered": str(context["progress"].answered),
        "minutes": str(context["progress"].minutes_left),
        "items": "".join(context["items"]),
    }
    return HttpResponse(page.filled(values), status=status)


@lru_cache(maxsize=_MOST_PREPARED)
def prepared_page(version_id, number, language, *, is_saved, has_staff_powers) -> Prepared:
    """The page for everybody who has saved answers, or who has not."""
    document = load_document(version_id)
    total = answer_bytes.progress(document, {}).total
    path = reverse("assessments:section", args=[_NO_ATTEMPT, number])
    context = {
        "request": SimpleNamespace(path=path, get_full_path=path),
        "product_name": settings.PRODUCT_NAME,
        "user": SimpleNamespace(is_authenticated=True, get_full_name=gap("name")),
        "nav": {"staff_powers_are_open": has_staff_powers},
        "csrf_token": gap("token"),
        "attempt": SimpleNamespace(public_id=_NO_ATTEMPT),
        "document": document,
        "section": document.sections[number - 1],
        "number": number,
        "base": gap("base"),
        "saved_at": gap("saved") if is_saved else "",
        "progress": Progress(answered=gap("answered"), total=total, minutes_left=gap("minutes")),
        "items": [gap("items")],
    }
    with translation.override(language):
        return Prepared.of(render_to_string(_TEMPLATE, context).replace(str(_NO_ATTEMPT), gap("attempt")))
