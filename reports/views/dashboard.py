"""Pages of an agency's analysts: participation while a campaign runs, frozen results afterwards, closing."""

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.authorization import Permission, has_permission
from assessments.models import Campaign
from assessments.periods.forms import ReasonForm
from assessments.policies import PolicyError
from reports.pages.national import national_page
from reports.participation import campaigns_for, participation
from reports.reach import campaign_of_agency, campaign_to_close, campaign_to_freeze, reach_of, unit_named
from reports.replica import read_frozen
from reports.results import NotClosed, ask_to_freeze, close_and_ask_to_freeze, freezing_job
from reports.selectors import agency_dashboard, release_of

ENTRIES_PER_PAGE = 30


@require_safe
def dashboards(request):
    """Campaigns of which the person may open a page."""
    entries = campaigns_for(request.user)
    page = Paginator(entries, ENTRIES_PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "is_national": has_permission(request.user, Permission.VIEW_NATIONAL_RESULTS)}
    return render(request, "reports/dashboards.html", context)


@require_safe
def national(request, campaign_id):
    """All agencies of a campaign side by side, in the order of their names; for national analysts."""
    try:
        page = national_page(
            request.user,
            campaign_id,
            questionnaire=request.GET.get("kuesioner", ""),
            number=request.GET.get("page"),
        )
    except ObjectDoesNotExist:
        raise Http404 from None
    return render(request, "reports/national.html", {"page": page, "campaign": page.campaign})


@require_safe
def agency(request, campaign_id, agency_code, unit_code=None):
    """One agency in one campaign: participation as long as nothing is frozen, then the results."""
    reach = reach_of(request.user)
    try:
        campaign, its_agency = campaign_of_agency(
            reach, campaign_id=campaign_id, agency_code=agency_code, frozen_exists=release_of
        )
        release = release_of(campaign, its_agency)
        unit = unit_named(its_agency, unit_code)
        context = {
            "campaign": campaign,
            "agency": its_agency,
            "may_manage": has_permission(
                request.user, Permission.MANAGE_CAMPAIGN, agency=its_agency, unit=campaign.unit
            ),
        }
        if release is None:
            context["page"] = participation(request.user, campaign, its_agency, unit)
            if campaign.state == Campaign.State.CLOSED:
                context["job"] = freezing_job(campaign, its_agency)
            return render(request, "reports/participation.html", context)
        context["page"] = read_frozen(
            release, lambda: agency_dashboard(request.user, campaign, its_agency, unit, release=release)
        )
        return render(request, "reports/agency.html", context)
    except ObjectDoesNotExist:
        raise Http404 from None


@require_http_methods(["GET", "HEAD", "POST"])
def close(request, campaign_id):
    """Asks once more and for the reason, then ends the campaign for good and freezes its results."""
    try:
        campaign = campaign_to_close(request.user, campaign_id=campaign_id)
    except ObjectDoesNotExist:
        raise Http404 from None
    its_agency = campaign.agency
    back = redirect("reports:agency", campaign.public_id, its_agency.code)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if campaign.state != Campaign.State.OPEN and request.method != "POST":
        return back
    if campaign.state == Campaign.State.OPEN and not form.is_valid():
        context = {"campaign": campaign, "agency": its_agency, "form": form}
        return render(request, "reports/close.html", context)
    try:
        reason = form.cleaned_data["reason"] if form.is_valid() else ""
        job = close_and_ask_to_freeze(campaign=campaign, by=request.user, reason=reason)
    except PolicyError as error:
        messages.warning(request, str(error))
        return back
    if _is_done(job):
        messages.success(request, _("Periode ditutup dan hasilnya dibekukan."))
    else:
        messages.success(request, _("Periode ditutup. Hasilnya sedang dibekukan."))
    return back


def _is_done(job) -> bool:
    return job is None or job.state == job.State.DONE


@require_POST
def freeze_results(request, campaign_id, agency_code):
    """Asks for the results of a closed campaign for one agency; pressing twice changes nothing."""
    try:
        campaign, its_agency = campaign_to_freeze(
            request.user, campaign_id=campaign_id, agency_code=agency_code
        )
    except ObjectDoesNotExist:
        raise Http404 from None
    try:
        job = ask_to_freeze(campaign=campaign, agency=its_agency, by=request.user)
        messages.success(request, _("Hasil dibekukan.") if _is_done(job) else _("Hasil sedang dibekukan."))
    except NotClosed as error:
        messages.warning(request, str(error))
    return redirect("reports:agency", campaign.public_id, its_agency.code)
