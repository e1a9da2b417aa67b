"""Frozen scoring material to look at, and the page of a version, to which scoring adds the rule."""

from dataclasses import astuple

from django.contrib import admin
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from agencies.admin_permissions import ReadOnlyAdmin
from agencies.authorization import Permission
from questionnaires.models import Version
from scoring.models import Calibration, CalibrationSet, NormSet, NormTable, ScoringRule
from scoring.norms import NormGroup, conversion_table
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


class FrozenFiguresAdmin(FrozenAdmin):
    """Calibrations and norms are statistics of whole instruments: for whoever runs the measurement."""

    view_permission = Permission.MANAGE_MEASUREMENT

    def get_queryset(self, request):
        return (
            super()
            .get_queryset(request)
            .select_related("rule__version", "frozen_by")
            .defer("rule__version__document", "rule__document")
        )


class ScaleInline(ReadOnlyAdmin, admin.TabularInline):
    view_permission = Permission.MANAGE_MEASUREMENT
    extra = 0


class CalibrationInline(ScaleInline):
    model = Calibration


class NormTableInline(ScaleInline):
    model = NormTable
    exclude = ["frequencies"]  # several hundred pairs a scale, and nothing that one reads
    readonly_fields = ["conversion"]

    @admin.display(description=_("skor → persentil, T, sten"))
    def conversion(self, table):
        lines = conversion_table(NormGroup.from_rows(table.frequencies))
        return format_html_join("", "{} → {}, {}, {}<br>", map(_shown, lines))


def _shown(line):
    return ["–" if value is None else value for value in astuple(line)]


@admin.register(CalibrationSet)
class CalibrationSetAdmin(FrozenFiguresAdmin):
    list_display = ["version", "number", "campaign_code", "people", "frozen_at", "frozen_by"]
    inlines = [CalibrationInline]


@admin.register(NormSet)
class NormSetAdmin(FrozenFiguresAdmin):
    list_display = ["version", "number", "campaign_code", "people", "frozen_at", "frozen_by"]
    inlines = [NormTableInline]
