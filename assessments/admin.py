from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from agencies.admin_permissions import ReadOnlyAdmin
from agencies.authorization import Permission
from assessments.admin_actions import MEASURING
from assessments.bank_quality import item_words, quality_report
from assessments.item_page import page_context
from assessments.models import Attempt, Campaign, CampaignInstrument, ScoreSheet
from assessments.samples import DamagedAnswers, SampleNotFound


class CampaignInstrumentInline(ReadOnlyAdmin, admin.TabularInline):
    model = CampaignInstrument
    extra = 0


@admin.register(Campaign)
class CampaignAdmin(ReadOnlyAdmin, admin.ModelAdmin):
    list_display = ["title", "agency", "state", "opens_at", "closes_at"]
    list_select_related = ["agency"]
    list_filter = ["state"]
    inlines = [CampaignInstrumentInline]


@admin.register(Attempt)
class AttemptAdmin(ReadOnlyAdmin, admin.ModelAdmin):
    """That attempts exist and how far they are; whose they are and what was answered is nobody's business here."""

    list_display = ["public_id", "version", "state", "started_at", "submitted_at"]
    list_select_related = ["version"]
    list_filter = ["state"]
    fields = ["public_id", "version", "state", "started_at", "saved_at", "submitted_at"]


@admin.register(ScoreSheet)
class ScoreSheetAdmin(ReadOnlyAdmin, admin.ModelAdmin):
    """By which rule and engine sheets were made; the scores themselves belong to the person."""

    list_display = ["pk", "rule", "engine_version", "number", "created_at"]
    list_select_related = ["rule__version"]
    list_filter = ["engine_version"]
    fields = ["rule", "engine_version", "number", "created_at"]


@admin.register(CampaignInstrument)
class ItemStatisticsAdmin(ReadOnlyAdmin, admin.ModelAdmin):
    """Item statistics of the questionnaires of closed campaigns, for whoever runs the measurement.

    Always the whole sample of one campaign: no unit, no agency, no "all campaigns". The samples of two campaigns
    share no attempt, so that no two pages can be subtracted to learn what a few people answered.
    """

    view_permission = Permission.MANAGE_MEASUREMENT
    actions = MEASURING
    list_display = ["campaign", "version"]
    list_display_links = ["campaign", "version"]
    ordering = ["-campaign__closed_at", "position"]

    class Media:
        css = {"all": ["css/item-statistics.css"]}

    def get_queryset(self, request):
        closed = super().get_queryset(request).filter(campaign__state=Campaign.State.CLOSED)
        return closed.select_related("campaign", "version").defer("version__document")

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"title": _("Mutu butir"), **(extra_context or {})})

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if object_id is None:
            raise PermissionDenied  # nothing is added here
        instrument = self.get_object(request, object_id)
        if instrument is None or not self.has_view_permission(request, instrument):
            raise Http404
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        language = get_language() or "id"
        version = instrument.version
        try:
            report = quality_report(version=version, campaign=instrument.campaign, language=language)
        except (SampleNotFound, DamagedAnswers) as error:
            messages.warning(request, str(error))
            return HttpResponseRedirect(reverse("admin:assessments_campaigninstrument_changelist"))
        context = {
            **self.admin_site.each_context(request),
            **page_context(report, item_words(version=version, language=language)),
            "opts": self.opts,
            "media": self.media,
            "instrument": instrument,
        }
        context["title"] = _("Mutu butir: {title}").format(title=report.title)
        return render(request, "admin/assessments/item_statistics.html", context)
