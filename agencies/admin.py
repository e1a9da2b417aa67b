from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.formats import localize
from django.utils.translation import gettext

from accounts.models import User
from agencies import actions
from agencies.admin_paging import LookaheadPaginator
from agencies.admin_permissions import ReadOnlyAdmin
from agencies.authorization import Permission, acts_as_superuser, scope_of
from agencies.models import Agency, Placement, RoleGrant, Unit
from agencies.policies import PolicyError, check_grant
from audit.models import AuditEvent
from audit.presenters import SENTENCES, describe
from audit.sealing import end_of_chain
from background.kinds import label_of
from background.models import BackgroundJob


class InReachAdmin(ReadOnlyAdmin):
    """Rows within the person's reach: of whole agencies, or of a unit and what is below it.

    ``agency_lookup`` leads from the row to its agency, ``path_lookup`` to the path of its unit. Rows without a unit
    (``path_lookup = None``) belong to the whole agency: whoever reaches a part of it only does not see them.
    """

    view_permission = Permission.MANAGE_PEOPLE
    agency_lookup = "agency"
    path_lookup: str | None = None
    # Further conditions on the rows that lead to the agency; they must hold for the same row as the lookups.
    reached_through = {}

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        scope = scope_of(request.user, self.view_permission)
        if acts_as_superuser(request.user) or scope.is_everywhere:
            return rows
        return rows.filter(
            scope.condition(agency=self.agency_lookup, path=self.path_lookup), **self.reached_through
        )


@admin.register(User)
class UserAdmin(InReachAdmin, admin.ModelAdmin):
    """People, without NIP and password; accounts are made and closed by actions.

    A person is read by those who reach the place where the person works now, and no longer by the one before.
    """

    agency_lookup = "placements__unit__agency"
    path_lookup = "placements__unit__path"
    reached_through = {"placements__valid_to__isnull": True}
    list_display = ["full_name", "is_active", "created_at"]
    # Not by NIP: a search stands in the address.
    search_fields = ["name"]
    fields = ["name", "title_before", "title_after", "email", "is_active", "created_at"]

    @admin.display(description="nama", ordering="name")
    def full_name(self, user):
        return user.get_full_name()


@admin.register(Agency)
class AgencyAdmin(InReachAdmin, admin.ModelAdmin):
    agency_lookup = "pk"
    list_display = ["name", "kind", "time_zone", "valid_from", "valid_to"]
    list_filter = ["kind", "time_zone"]
    search_fields = ["name", "code"]


@admin.register(Unit)
class UnitAdmin(InReachAdmin, admin.ModelAdmin):
    path_lookup = "path"
    list_display = ["name", "agency", "parent", "depth"]
    list_select_related = ["agency", "parent"]
    search_fields = ["name", "code"]


@admin.register(Placement)
class PlacementAdmin(InReachAdmin, admin.ModelAdmin):
    agency_lookup = "unit__agency"
    path_lookup = "unit__path"
    list_display = ["person", "unit", "job_category", "employment_kind", "valid_from", "valid_to"]
    list_select_related = ["person", "unit"]


class RoleGrantForm(forms.ModelForm):
    """Asks the policy before the action does, so that a refusal stands on the page and not in a log."""

    def clean(self):
        given = super().clean()
        if self.errors:
            return given
        try:
            check_grant(given["role"], given["agency"], given["unit"])
        except PolicyError as refusal:
            # On a field, because the constraints of a field with an error are not asked: one sentence is enough.
            self.add_error("role", ValidationError(str(refusal)))
            return given
        if given["unit"] is not None:
            given["agency"] = given["unit"].agency
        return given


@admin.register(RoleGrant)
class RoleGrantAdmin(InReachAdmin, admin.ModelAdmin):
    """Roles within reach; giving and taking back go through the actions and so into the trail."""

    view_permission = Permission.GRANT_ROLES
    path_lookup = "unit__path"
    form = RoleGrantForm
    list_display = ["user", "role", "agency", "unit", "granted_by", "granted_at"]
    list_select_related = ["user", "agency", "unit", "granted_by"]
    fields = ["user", "role", "agency", "unit"]
    autocomplete_fields = ["user"]

    def has_add_permission(self, request, *args):
        # The technical superuser only: administrators have a page of their own, which keeps to the reach.
        return acts_as_superuser(request.user)

    def has_delete_permission(self, request, obj=None):
        return acts_as_superuser(request.user)

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


@admin.register(BackgroundJob)
class BackgroundJobAdmin(InReachAdmin, admin.ModelAdmin):
    """What workers do for the agency, with the reason of what failed. It lives here for the same cause as the trail."""

    agency_lookup = "agency_id"
    list_display = ["what", "state", "progress", "asked_by", "asked_at", "finished_at", "why"]
    list_filter = ["state"]
    list_select_related = ["asked_by"]
    sortable_by = []
    show_full_result_count = False
    fields = [
        "what",
        "state",
        "progress",
        "why",
        "asked_by",
        "asked_at",
        "started_at",
        "alive_at",
        "finished_at",
        "attempts",
    ]

    @admin.display(description="pekerjaan")
    def what(self, job):
        return label_of(job.kind)

    @admin.display(description="kemajuan")
    def progress(self, job):
        return f"{localize(job.done)} / {localize(job.total)}" if job.total else "–"

    @admin.display(description="sebab kegagalan")
    def why(self, job):
        return gettext(job.reason) if job.reason else "–"


class EventFilter(admin.SimpleListFilter):
    """The known kinds of event. Django's own filter would look for them in the whole trail, on every page."""

    title = "peristiwa"
    parameter_name = "event"

    def lookups(self, request, model_admin):
        return list(SENTENCES.items())

    def queryset(self, request, queryset):
        return queryset.filter(event=self.value()) if self.value() else queryset


@admin.register(AuditEvent)
class AuditEventAdmin(InReachAdmin, admin.ModelAdmin):
    """The trail, for reading only. It lives here because who may read it is decided by role grants.

    An event knows its agency and not its unit, so an auditor of a single unit sees nothing: give that role for an
    agency or everywhere. No page may read the whole trail; it is the one table that only ever grows.
    """

    view_permission = Permission.VIEW_AUDIT
    agency_lookup = "agency_id"
    list_display = ["at", "sentence", "agency_id"]
    list_filter = [EventFilter]
    sortable_by = []
    show_full_result_count = False

    def get_paginator(self, request, queryset, per_page, *args, **kwargs):
        return LookaheadPaginator(queryset, per_page, page_asked=request.GET.get("p", "1"))

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"chain": end_of_chain(), **(extra_context or {})})

    @admin.display(description="peristiwa")
    def sentence(self, event):
        return describe(event)
