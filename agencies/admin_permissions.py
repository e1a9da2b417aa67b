"""ModelAdmin mixins that ask :mod:`agencies.authorization` instead of Django's own permission tables."""

from agencies.authorization import Permission, acts_as_superuser, scope_of


class ReadOnlyAdmin:
    """Rows that may be looked at by those who hold ``view_permission``, and changed by nobody here."""

    view_permission: Permission | None = None

    def lookup_allowed(self, lookup, value, request):
        """Only the filters that the page offers: Django would let anybody search any column, letter by letter."""
        offered = {getattr(entry, "parameter_name", entry) for entry in self.get_list_filter(request)}
        return lookup in offered or lookup.removesuffix("__exact") in offered

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def has_view_permission(self, request, obj=None):
        if acts_as_superuser(request.user):
            return True
        return self.view_permission is not None and bool(scope_of(request.user, self.view_permission))

    def has_add_permission(self, request, *args):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
