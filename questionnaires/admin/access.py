"""Who may do what in the editor's room, and the base of its pages."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect

from agencies.authorization import Permission, acts_as_superuser, has_permission
from questionnaires import policies


def may(user, *permissions) -> bool:
    """Whether the person holds one of the permissions; the technical superuser holds them all."""
    return acts_as_superuser(user) or any(has_permission(user, permission) for permission in permissions)


def may_view(user) -> bool:
    return may(user, Permission.VIEW_BANK, Permission.EDIT_BANK, Permission.PUBLISH_BANK)


def may_edit(user) -> bool:
    return may(user, Permission.EDIT_BANK)


def may_publish(user) -> bool:
    return may(user, Permission.PUBLISH_BANK)


def require(is_allowed):
    """403 unless the person may."""
    if not is_allowed:
        raise PermissionDenied


class BankAdmin(admin.ModelAdmin):
    """Read for whoever holds a bank role, write for editors and only in a draft."""

    actions = None

    class Media:
        css = {"all": ["questionnaires/bank-admin.css"]}

    def version_of(self, request, obj):
        """The version that decides whether the object can be changed; None where there is none."""
        return None

    def has_module_permission(self, request):
        return may_view(request.user)

    def has_view_permission(self, request, obj=None):
        return may_view(request.user)

    def has_add_permission(self, request):
        return may_edit(request.user)

    def has_change_permission(self, request, obj=None):
        if not may_edit(request.user):
            return False
        version = self.version_of(request, obj) if obj else None
        return version is None or policies.can_edit(version)

    def has_delete_permission(self, request, obj=None):
        return self.has_change_permission(request, obj)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        # "Save and add another" would forget to which version the next one belongs.
        context = {"show_save_and_add_another": False, **(extra_context or {})}
        try:
            return super().changeform_view(request, object_id, form_url, context)
        except policies.PolicyError as error:
            return refused(request, error)

    def delete_view(self, request, object_id, extra_context=None):
        try:
            return super().delete_view(request, object_id, extra_context)
        except policies.PolicyError as error:
            return refused(request, error)


def refused(request, error, to=None):
    """Back to where the person was, with the sentence why not."""
    messages.error(request, str(error))
    return HttpResponseRedirect(to or request.get_full_path())
