"""Frozen scoring material to look at, and the page of a version, to which scoring adds the rule."""

from django.contrib import admin

from agencies.admin_permissions import ReadOnlyAdmin
from agencies.authorization import Permission
from questionnaires.models import Version
from scoring.models import Calibration, NormTable, ScoringRule
from scoring.rule_pages import VersionWithRuleAdmin

admin.site.register(Version, VersionWithRuleAdmin)


class FrozenAdmin(ReadOnlyAdmin, admin.ModelAdmin):
    """Published scoring material can be read by everybody who works on the banks."""

    view_permission = Permission.VIEW_BANK

    def get_queryset(self, request):
        # A version carries a document of some 70 kB; its name is all that is shown here.
        return super().get_queryset(request).select_related("version").defer("version__document")


@admin.register(ScoringRule)
class ScoringRuleAdmin(FrozenAdmin):
    list_display = ["version", "number", "published_at", "published_by"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("published_by")


@admin.register(Calibration)
class CalibrationAdmin(FrozenAdmin):
    list_display = ["version", "scale_code", "sample_size", "reliability", "frozen_at"]


@admin.register(NormTable)
class NormTableAdmin(FrozenAdmin):
    list_display = ["version", "scale_code", "population", "sample_size", "frozen_at"]
