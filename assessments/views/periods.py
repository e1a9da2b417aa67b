"""Pages of periods for an agency's HR staff: the list, one period, its beginning, its end."""

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments.models import Campaign
from assessments.periods import actions, selectors
from assessments.periods.forms import LAST_CLOCK, ExtensionForm
from assessments.periods.reach import period_of, places_of
from assessments.policies import PolicyError

PERIODS_PER_PAGE = 20


def own_period(user, public_id) -> Campaign:
    """The period of an address if the person manages it, 404 otherwise."""
    try:
        return period_of(user, public_id)
    except ObjectDoesNotExist:
        raise Http404 from None


@require_safe
def campaigns(request):
    """The periods that the person manages."""
    places = places_of(request.user)
    page = Paginator(selectors.listed_periods(request.user), PERIODS_PER_PAGE).get_page(
        request.GET.get("page")
    )
    national = selectors.national_periods({place.agency.pk for place in places})
    context = {"page": page, "places": places, "national": national}
    return render(request, "assessments/periods/list.html", context)


@require_POST
def draft_campaign(request):
    """Begins a period in the chosen place, or in the only one there is."""
    places = {place.key: place for place in places_of(request.user)}
    chosen = request.POST.get("place") or (next(iter(places)) if len(places) == 1 else "")
    if chosen not in places:
        raise Http404
    place = places[chosen]
    title = _("Penilaian Mandiri ASN %(year)d") % {
        "year": timezone.localdate(timezone=place.agency.zone).year
    }
    campaign = actions.draft_period(agency=place.agency, unit=place.unit, title=title, by=request.user)
    return redirect("assessments:campaign_questionnaires", campaign.public_id)


@require_safe
def campaign(request, public_id):
    """One period: what it is, and what may still be done with it. A draft leads into its form."""
    period = own_period(request.user, public_id)
    if period.state == Campaign.State.DRAFT:
        return redirect("assessments:campaign_questionnaires", public_id)
    asked = selectors.asked_versions(period)
    context = {
        "campaign": period,
        "agency": period.agency,
        "asked": asked,
        "minutes": selectors.minutes_of(asked),
        "people": period.assignments.count(),
        "takes_answers": period.opens_at <= timezone.now() < period.closes_at,
    }
    return render(request, "assessments/periods/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def discard_campaign(request, public_id):
    """Asks once more, then deletes a draft."""
    period = own_period(request.user, public_id)
    if request.method != "POST" and period.state == Campaign.State.DRAFT:
        return render(
            request, "assessments/periods/discard.html", {"campaign": period, "agency": period.agency}
        )
    try:
        if request.method == "POST":
            actions.discard_draft(campaign=period, by=request.user)
            messages.success(request, _("Draf dihapus."))
            return redirect("assessments:campaigns")
    except PolicyError as error:
        messages.warning(request, str(error))
    return redirect("assessments:campaign", public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def extend_campaign(request, public_id):
    """Moves the deadline of an open period to a later moment, with the reason."""
    period = own_period(request.user, public_id)
    if period.state != Campaign.State.OPEN:
        return redirect("assessments:campaign", public_id)
    form = ExtensionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        closes_at = form.moment("closes", period.agency.zone, LAST_CLOCK)
        try:
            actions.extend_period(
                campaign=period, closes_at=closes_at, reason=form.cleaned_data["reason"], by=request.user
            )
        except PolicyError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Batas waktu diperpanjang."))
            return redirect("assessments:campaign", public_id)
    context = {"campaign": period, "agency": period.agency, "form": form}
    return render(request, "assessments/periods/extend.html", context)
