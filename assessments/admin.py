from django.contrib import admin

from agencies.admin_permissions import ReadOnlyAdmin
from assessments.models import Attempt, Campaign, CampaignInstrument, ScoreSheet


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

    list_display = ["pk", "rule", "engine_version", "is_current", "created_at"]
    list_select_related = ["rule__version"]
    list_filter = ["engine_version", "is_current"]
    fields = ["rule", "engine_version", "is_current", "created_at"]
