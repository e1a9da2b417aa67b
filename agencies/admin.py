from django.contrib import admin

from accounts.models import User
from agencies import actions
from agencies.admin_permissions import ReadOnlyAdmin
from agencies.authorization import Permission, scope_of
from agencies.models import Agency, Placement, RoleGrant, Unit
from audit.models import AuditEvent
from audit.presenters import describe


class InReachAdmin(ReadOnlyAdmin):
    """Rows of the agencies within the person's reach. ``agency_lookup`` is the path from the row to its agency."""

    view_permission = Permission.MANAGE_PEOPLE
    agency_lookup = "agency"

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        scope = scope_of(request.user, self.view_permission)
        if request.user.is_superuser or scope.is_everywhere:
            return rows
        return rows.filter(**{f"{self.agency_lookup}__in": scope.agency_ids})


@admin.register(User)
class UserAdmin(InReachAdmin, admin.ModelAdmin):
    """People, without NIP and password; accounts are made and closed by actions."""

    agency_lookup = "placements__unit__agency"
    list_display = ["get_full_name", "is_active", "created_at"]
    search_fields = ["name"]
    fields = ["name", "title_before", "title_after", "email", "is_active", "created_at"]

    def get_queryset(self, request):
        return super().get_queryset(request).distinct()


@admin.register(Agency)
class AgencyAdmin(InReachAdmin, admin.ModelAdmin):
    agency_lookup = "pk"
    list_display = ["name", "kind", "time_zone", "valid_from", "valid_to"]
    list_filter = ["kind", "time_zone"]
    search_fields = ["name", "code"]


@admin.register(Unit)
class UnitAdmin(InReachAdmin, admin.ModelAdmin):
    list_display = ["name", "agency", "parent", "depth"]
    list_select_related = ["agency", "parent"]
    search_fields = ["name", "code"]


@admin.register(Placement)
class PlacementAdmin(InReachAdmin, admin.ModelAdmin):
    agency_lookup = "unit__agency"
    list_display = ["person", "unit", "job_category", "employment_kind", "valid_from", "valid_to"]
    list_select_related = ["person", "unit"]


@admin.register(RoleGrant)
class RoleGrantAdmin(InReachAdmin, admin.ModelAdmin):
    """Roles within reach; giving and taking back go through the actions and so into the trail."""

    view_permission = Permission.GRANT_ROLES
    list_display = ["user", "role", "agency", "unit", "granted_by", "granted_at"]
    list_select_related = ["user", "agency", "unit", "granted_by"]
    fields = ["user", "role", "agency", "unit"]
    autocomplete_fields = ["user"]

    def has_add_permission(self, request, *args):
        # Only the technical superuser for now: an agency's administrator grants on the product's own pages.
        return request.user.is_superuser

    def has_delete_permission(self, request, obj=None):
        return request.user.is_superuser

    def save_model(self, request, obj, form, change):
        granted = actions.grant_role(
            user=obj.user, role=obj.role, agency=obj.agency, unit=obj.unit, by=request.user
        )
        obj.pk = granted.pk

    def delete_model(self, request, obj):
        actions.revoke_role(grant=obj, by=request.user)

    def delete_queryset(self, request, queryset):
        for grant in queryset:
            actions.revoke_role(grant=grant, by=request.user)


@admin.register(AuditEvent)
class AuditEventAdmin(ReadOnlyAdmin, admin.ModelAdmin):
    """The trail, for reading only. It lives here because who may read it is decided by role grants."""

    view_permission = Permission.VIEW_AUDIT
    list_display = ["at", "sentence", "agency_id"]
    list_filter = ["event"]
    date_hierarchy = "at"
    show_full_result_count = False

    def get_queryset(self, request):
        events = super().get_queryset(request)
        scope = scope_of(request.user, self.view_permission)
        if request.user.is_superuser or scope.is_everywhere:
            return events
        return events.filter(agency_id__in=scope.agency_ids)

    @admin.display(description="peristiwa")
    def sentence(self, event):
        return describe(event)
