"""Privacy notices: reading one, and publishing the agency's next."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agencies import data_protection
from agencies.authorization import Permission, require
from agencies.models import Agency
from agencies.policies import PolicyError
from privacy import selectors
from privacy.forms import NoticeForm
from privacy.retention import RULES


@require_safe
def notice(request, agency_code, version):
    """One version in the reader's language; where the agency has published none, the one of the product."""
    agency = get_object_or_404(Agency, code=agency_code)
    own = data_protection.notice_of(agency, version)
    text = (own.text_en if get_language() == "en" else own.text_id) if own else ""
    context = {
        "agency": agency,
        "notice": own,
        "name": data_protection.name_of(version if own else data_protection.STANDARD),
        "text": text,
        "retention": RULES,
    }
    return render(request, "privacy/notice.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@require(Permission.MANAGE_PEOPLE)
def publish(request, agency_code):
    """The form begins with the newest text; publishing makes the next number."""
    agency = selectors.protected_agency(request.user, agency_code)
    newest = agency.privacy_notices.order_by("-number").first()
    initial = {"text_id": newest.text_id, "text_en": newest.text_en} if newest else {}
    form = NoticeForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            published = data_protection.publish_notice(agency=agency, by=request.user, **form.cleaned_data)
        except PolicyError as refusal:
            form.add_error("text_id", str(refusal))
        else:
            messages.success(
                request,
                _("Pemberitahuan nomor %(number)d terbit dan dipakai periode berikutnya.")
                % {"number": published.number},
            )
            return redirect("privacy:protection", agency.code)
    status = 422 if request.method == "POST" else 200
    return render(request, "privacy/publish_notice.html", {"agency": agency, "form": form}, status=status)
