"""Frozen results as files: asking for one with a purpose, how far it is, and fetching it."""

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agencies.policies import PolicyError
from reports.exports.actions import ask, note_download
from reports.exports.files import kept_file
from reports.exports.forms import ExportForm
from reports.exports.models import Export
from reports.exports.selectors import export_of, exports_page
from reports.views.unit_pages import opened_unit

_CONTENT_TYPES = {
    Export.Form.CSV: "text/csv; charset=utf-8",
    Export.Form.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Export.Form.PDF: "application/pdf",
}


@require_http_methods(["GET", "HEAD", "POST"])
def exports(request, **address):
    """Takes the wish for a file of a unit and all below it, and lists the person's own files."""
    campaign, agency, opened = opened_unit(request, **address)
    form, status = ExportForm(request.POST if request.method == "POST" else None), 200
    if request.method == "POST":
        if form.is_valid() and _asked(request, form, opened):
            return redirect("reports:exports", campaign.public_id, agency.code, opened.unit.code)
        status = 422
    now = timezone.now()
    content = exports_page(request.user, opened, number=request.GET.get("page"), now=now)
    context = {
        "campaign": campaign,
        "agency": agency,
        "tab": "exports",
        "page": opened,
        "content": content,
        "form": form,
    }
    return render(request, "reports/exports.html", context, status=status)


def _asked(request, form, opened) -> bool:
    """Whether the file is asked for; why not stands beside the purpose."""
    try:
        ask(
            release=opened.release,
            unit=opened.unit_row,
            unit_path=opened.path,
            language=get_language(),
            by=request.user,
            **form.cleaned_data,
        )
    except PolicyError as refusal:
        form.add_error("purpose", str(refusal))
        return False
    messages.success(
        request, _("Permintaan dicatat. Berkasnya dibuat di latar dan muncul di daftar di bawah.")
    )
    return True


@require_safe
def export_file(request, export_id):
    """The file, for whoever asked for it and still reaches what is in it."""
    try:
        export = export_of(request.user, export_id)
    except ObjectDoesNotExist:
        raise Http404 from None
    try:
        if request.method == "GET":
            note_download(export=export, by=request.user)
    except PolicyError as refusal:
        messages.warning(request, str(refusal))
        release = export.release
        return redirect("reports:exports", release.campaign.public_id, release.agency.code, export.unit.code)
    response = StreamingHttpResponse(kept_file(export), content_type=_CONTENT_TYPES[export.form])
    name = f"hasil-{export.unit.code}-{timezone.localdate(export.asked_at):%Y%m%d}.{export.form}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store, private"
    return response
