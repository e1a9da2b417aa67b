"""Pages of the psychometrician: the technical reports of closed campaigns, on the screen and as PDF."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from agencies.authorization import Permission, require
from assessments.models import Campaign
from assessments.samples import DamagedAnswers
from reports.technical import technical_report
from reports.technical.wording import document_of
from typesetting import pdf

CAMPAIGNS_PER_PAGE = 30


def _campaigns():
    """Closed campaigns of all agencies: the permission is never given for less."""
    closed = Campaign.objects.filter(state=Campaign.State.CLOSED)
    return closed.select_related("agency").order_by("-closed_at", "-pk")


@require_safe
@require(Permission.MANAGE_MEASUREMENT)
def technical_reports(request):
    """Closed campaigns, newest first."""
    campaigns = _campaigns().prefetch_related("instruments__version__questionnaire")
    page = Paginator(campaigns, CAMPAIGNS_PER_PAGE).get_page(request.GET.get("page"))
    rows = [(campaign, _zone_of(campaign)) for campaign in page]
    return render(request, "reports/technical_list.html", {"page": page, "rows": rows})


@require_safe
@require(Permission.MANAGE_MEASUREMENT)
def technical(request, campaign_id):
    """The report of one campaign."""
    campaign = get_object_or_404(_campaigns(), public_id=campaign_id)
    return render(request, "reports/technical.html", {"campaign": campaign, "document": _document(campaign)})


@require_safe
@require(Permission.MANAGE_MEASUREMENT)
def technical_pdf(request, campaign_id):
    """The same as a file."""
    campaign = get_object_or_404(_campaigns(), public_id=campaign_id)
    return HttpResponse(
        pdf(_document(campaign)),
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="laporan-teknis-{campaign.code}.pdf"'},
    )


def _document(campaign):
    language = get_language()
    with timezone.override(_zone_of(campaign)):
        try:
            return document_of(technical_report(campaign, language=language), language=language)
        except DamagedAnswers as error:
            raise Http404(str(error)) from None


def _zone_of(campaign):
    """A national campaign belongs to no agency; its days are read in the zone of the installation."""
    return campaign.agency.zone if campaign.agency else timezone.get_default_timezone()
