"""Frozen results in Django admin: to be looked at by the technical superuser, to be changed by nobody."""

from django.contrib import admin

from agencies.authorization import may_enter_admin
from reports.models import ReleaseState, ResultCell


class FrozenAdmin(admin.ModelAdmin):
    """Read-only. What may not be shown is not in the rows, so this is no second door to it."""

    def has_view_permission(self, request, obj=None):
        return may_enter_admin(request.user) and request.user.is_superuser

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
    list_display = ["release", "unit", "version", "scale_code", "is_shown", "n", "mean"]
    list_select_related = ["release__campaign", "release__agency", "unit", "version"]
    list_filter = ["is_shown"]
    search_fields = ["unit__name", "scale_code"]
