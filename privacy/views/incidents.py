"""Incidents: reporting one, who was touched, and the letters."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from agencies.authorization import Permission, require
from privacy import incident_letters, incidents, selectors
from privacy.incident_form import IncidentForm
from privacy.requests import RequestRefused
from typesetting import pdf


@require_http_methods(["GET", "HEAD", "POST"])
@require(Permission.MANAGE_PEOPLE)
def report(request, agency_code):
    """What was open, between which moments; who was touched is on the next page."""
    agency = selectors.protected_agency(request.user, agency_code)
    with timezone.override(agency.zone):
        form = IncidentForm(request.POST or None)
        if form.is_valid():
            incident = incidents.report_incident(agency=agency, by=request.user, **form.cleaned_data)
            return redirect("privacy:incident", agency.code, incident.public_id)
    status = 422 if request.method == "POST" else 200
    return render(request, "privacy/report_incident.html", {"agency": agency, "form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@require(Permission.MANAGE_PEOPLE)
def incident(request, agency_code, incident_id):
    """How many are touched, and whether they have been told; a post has workers mail the rest."""
    agency, found = _found(request, agency_code, incident_id)
    if request.method == "POST":
        try:
            incidents.ask_to_mail(incident=found, by=request.user)
        except RequestRefused as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, _("Surat sedang dikirim. Halaman ini menunjukkan sejauh mana."))
        return redirect("privacy:incident", agency.code, found.public_id)
    now = timezone.now()
    context = {
        "agency": agency,
        "incident": found,
        "numbers": incidents.numbers_of(found),
        "mailing": incidents.last_mailing(found),
        "hours_left": int((found.due_at - now).total_seconds() / 3600),
        "is_late": now > found.due_at,
        "letters_per_file": incidents.LETTERS_PER_FILE,
    }
    return render(request, "privacy/incident.html", context)


@require_GET
@require(Permission.MANAGE_PEOPLE)
def letters(request, agency_code, incident_id):
    """A file of letters on paper (``?berkas=1``), or without a number the report to the authority."""
    _agency, found = _found(request, agency_code, incident_id)
    numbers = incidents.numbers_of(found)
    asked = request.GET.get("berkas", "")
    if not asked:
        return _file(incident_letters.to_authority(found, numbers), "laporan-insiden")
    number = int(asked) if asked.isdecimal() and len(asked) < 6 else 0
    if number not in numbers.files:
        raise Http404
    document = incident_letters.papers(found, number)
    incidents.note_print(incident=found, number=number, by=request.user)
    return _file(document, f"surat-{number}")


def _found(request, agency_code, incident_id):
    agency = selectors.protected_agency(request.user, agency_code)
    found = get_object_or_404(
        selectors.incidents_at(agency).select_related("agency", "reported_by"), public_id=incident_id
    )
    return agency, found


def _file(document, name):
    response = HttpResponse(pdf(document), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    response["Cache-Control"] = "no-store, private"
    return response
