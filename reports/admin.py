"""Frozen results in Django admin: their existence for the technical superuser to look at, for nobody to change."""

from django.contrib import admin

from agencies.authorization import acts_as_superuser
from reports.models import Benchmark, ReleaseState, ResultCell, ResultDetail


class FrozenAdmin(admin.ModelAdmin):
    """Read-only, and without a number about any group."""

    def has_view_permission(self, request, obj=None):
        return acts_as_superuser(request.user)

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(ReleaseState)
class ReleaseStateAdmin(FrozenAdmin):
    list_display = ["campaign", "agency", "frozen_at", "minimum_group_size"]
    list_select_related = ["campaign", "agency"]
    search_fields = ["campaign__title", "agency__name"]


@admin.register(ResultCell)
class ResultCellAdmin(FrozenAdmin):
    """Which cells there are. Their numbers are stored unrounded and unmasked, so only the pages may tell them."""

    list_display = fields = ["release", "unit", "version", "scale_code", "is_shown"]
    list_filter = ["is_shown"]
    search_fields = ["unit__name", "scale_code"]

    def get_queryset(self, request):
        cells = super().get_queryset(request)
        cells = cells.select_related("release__campaign", "release__agency", "unit", "version__questionnaire")
        return cells.defer("version__document")  # about 70 kB a row


@admin.register(ResultDetail)
class ResultDetailAdmin(FrozenAdmin):
    """Which details there are, as with the cells."""

    list_display = fields = ["release", "unit", "version", "kind"]
    list_filter = ["kind"]
    search_fields = ["unit__name"]

    def get_queryset(self, request):
        details = super().get_queryset(request)
        details = details.select_related(
            "release__campaign", "release__agency", "unit", "version__questionnaire"
        )
        return details.defer("version__document", "figures")


@admin.register(Benchmark)
class BenchmarkAdmin(FrozenAdmin):
    list_display = fields = ["campaign", "agency_kind", "version", "scale_code", "agencies"]
    list_filter = ["agency_kind"]

    def get_queryset(self, request):
        rows = super().get_queryset(request).select_related("campaign", "version__questionnaire")
        return rows.defer("version__document")
