"""The official frameworks: to look at. They are loaded by ``manage.py import_frameworks``."""

from django.contrib import admin

from questionnaires.admin.access import BankAdmin, may_view
from questionnaires.models import Competency, Framework


class CompetencyInline(admin.TabularInline):
    model = Competency
    extra = 0
    can_delete = False

    def has_view_permission(self, request, obj=None):
        return may_view(request.user)

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


@admin.register(Framework)
class FrameworkAdmin(BankAdmin):
    list_display = ["name_ind", "code", "source"]
    inlines = [CompetencyInline]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False
