from django.contrib import admin

from agencies.admin_permissions import ReadOnlyAdmin
from agencies.authorization import Permission
from scoring.models import Calibration, NormTable, ScoringRule


class FrozenAdmin(ReadOnlyAdmin, admin.ModelAdmin):
    """Published scoring material can be read by everybody who works on the banks."""

    view_permission = Permission.VIEW_BANK
    list_select_related = ["version"]


@admin.register(ScoringRule)
class ScoringRuleAdmin(FrozenAdmin):
    list_display = ["version", "number", "published_at", "published_by"]
    list_select_related = ["version", "published_by"]


@admin.register(Calibration)
class CalibrationAdmin(FrozenAdmin):
    list_display = ["version", "scale_code", "sample_size", "reliability", "frozen_at"]


@admin.register(NormTable)
class NormTableAdmin(FrozenAdmin):
    list_display = ["version", "scale_code", "population", "sample_size", "frozen_at"]
