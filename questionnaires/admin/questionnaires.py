"""The list of questionnaires, and the two ways a version begins: an empty draft and a bank file."""

from django.contrib import admin, messages
from django.db.models import Count, Max, OuterRef, Q, Subquery
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from questionnaires import actions, policies
from questionnaires.admin import exchange
from questionnaires.admin.access import BankAdmin, may_edit, refused, require
from questionnaires.admin.parts import version_url
from questionnaires.models import Questionnaire, Version


@admin.register(Questionnaire)
class QuestionnaireAdmin(BankAdmin):
    list_display = ["title", "code", "version_count", "published_number", "newest_status"]
    fields = ["code"]

    def get_queryset(self, request):
        published = Q(versions__status=Version.Status.PUBLISHED)
        newest = Version.objects.filter(questionnaire=OuterRef("pk")).order_by("-number")
        return (
            super()
            .get_queryset(request)
            .annotate(
                _versions=Count("versions"),
                _published=Max("versions__number", filter=published),
                _title=Subquery(newest.values("title_ind")[:1]),
                _status=Subquery(newest.values("status")[:1]),
            )
        )

    @admin.display(description=gettext_lazy("judul"), ordering="_title")
    def title(self, obj):
        return obj._title or obj.code  # a questionnaire without a version has no title yet

    @admin.display(description=gettext_lazy("jumlah versi"), ordering="_versions")
    def version_count(self, obj):
        return obj._versions

    @admin.display(description=gettext_lazy("versi terbit"), ordering="_published", empty_value="–")
    def published_number(self, obj):
        return obj._published

    @admin.display(description=gettext_lazy("versi terbaru"), ordering="_status", empty_value="–")
    def newest_status(self, obj):
        return obj._status and Version.Status(obj._status).label

    def has_change_permission(self, request, obj=None):
        return False  # the code is part of every document and of addresses

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("impor/", wrap(self.import_view), name="questionnaires_import"),
            path(
                "impor/setuju/",
                wrap(require_POST(self.import_confirm_view)),
                name="questionnaires_import_confirm",
            ),
            path("impor/templat/", wrap(self.import_template_view), name="questionnaires_import_template"),
            path("impor/skema/", wrap(self.import_schema_view), name="questionnaires_import_schema"),
            path("impor/petunjuk/", wrap(self.import_help_view), name="questionnaires_import_help"),
            path("<int:pk>/draf/", wrap(require_POST(self.draft_view)), name="questionnaires_start_draft"),
            *super().get_urls(),
        ]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        versions = Version.objects.filter(questionnaire_id=object_id if object_id.isdecimal() else None)
        versions = versions.defer("document").select_related("published_by", "last_edited_by")
        versions = versions.order_by("-number")
        frozen = (version for version in versions if version.status in Version.FROZEN)
        context = {
            "bank_versions": [(version, version_url(version)) for version in versions],
            "bank_source": next(frozen, None),
            "bank_may_start": may_edit(request.user)
            and not any(version.status in Version.OPEN for version in versions),
        }
        return super().change_view(request, object_id, form_url, context | (extra_context or {}))

    def changelist_view(self, request, extra_context=None):
        context = {"bank_may_import": may_edit(request.user)}
        return super().changelist_view(request, context | (extra_context or {}))

    def save_model(self, request, obj, form, change):
        made = actions.create_questionnaire(code=form.cleaned_data["code"], by=request.user)
        obj.pk, obj._state.adding, obj._state.db = made.pk, False, made._state.db

    def draft_view(self, request, pk):
        """Opens an empty draft."""
        require(may_edit(request.user))
        questionnaire = get_object_or_404(Questionnaire, pk=pk)
        try:
            version = actions.start_draft(questionnaire=questionnaire, by=request.user)
        except policies.PolicyError as error:
            return refused(request, error, reverse("admin:questionnaires_questionnaire_change", args=[pk]))
        messages.success(request, _("Draf versi %(number)d dimulai.") % {"number": version.number})
        return redirect(version_url(version))

    def import_view(self, request):
        """Upload and dry run."""
        require(may_edit(request.user))
        return exchange.upload(request, self.page(request, _("Impor berkas bank")))

    def import_confirm_view(self, request):
        """Makes a draft of what was uploaded."""
        require(may_edit(request.user))
        return exchange.confirm(request)

    def import_template_view(self, request):
        require(may_edit(request.user))
        return exchange.template()

    def import_schema_view(self, request):
        require(may_edit(request.user))
        return exchange.schema()

    def import_help_view(self, request):
        require(may_edit(request.user))
        return exchange.help_page(request, self.page(request, _("Petunjuk mengisi bank")))

    def page(self, request, title):
        """What a page besides the stock ones needs."""
        return {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "media": self.media,
        }
