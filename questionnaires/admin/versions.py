"""The page of a version: its head, its content as a tree, its problems, and the steps of its life."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop
from django.views.decorators.http import require_POST

from questionnaires import actions, policies
from questionnaires.admin import exchange, ordering, previewing
from questionnaires.admin.access import BankAdmin, may_edit, may_publish, may_view, refused, require
from questionnaires.admin.fields import PublishForm, formfield_for
from questionnaires.admin.overview import build_overview
from questionnaires.admin.parts import version_url
from questionnaires.changes import present
from questionnaires.document import build_document
from questionnaires.models import Version


@dataclass(frozen=True)
class Step:
    """A step of a version's life that one button takes."""

    label: str
    allows: Any
    is_possible: Any
    take: Any
    done: str
    # What is lost; a step that loses something asks once more.
    warning: str = ""


def _may_edit_or_publish(user):
    return may_edit(user) or may_publish(user)


STEPS = {
    "ajukan": Step(
        gettext_noop("Ajukan untuk ditelaah"),
        may_edit,
        policies.can_submit,
        actions.submit_for_review,
        gettext_noop("Versi %(number)d diajukan untuk ditelaah."),
    ),
    "kembalikan": Step(
        gettext_noop("Kembalikan ke draf"),
        _may_edit_or_publish,
        policies.can_return,
        actions.return_to_draft,
        gettext_noop("Versi %(number)d kembali menjadi draf."),
    ),
    "salin": Step(
        gettext_noop("Mulai draf baru dari versi ini"),
        may_edit,
        lambda version: version.status in Version.FROZEN and policies.can_start_draft(version.questionnaire),
        lambda *, version, by: actions.start_draft(
            questionnaire=version.questionnaire, copy_from=version, by=by
        ),
        gettext_noop("Draf versi %(number)d dimulai."),
    ),
    "tarik": Step(
        gettext_noop("Tarik"),
        may_publish,
        policies.can_retire,
        actions.retire_version,
        gettext_noop("Versi %(number)d ditarik."),
        gettext_noop(
            "Versi ini tidak dapat dipakai lagi untuk pengisian baru. Laporan yang sudah ada tetap seperti semula."
        ),
    ),
    "hapus": Step(
        gettext_noop("Hapus draf"),
        may_edit,
        lambda version: version.status == Version.Status.DRAFT,
        actions.discard_draft,
        gettext_noop("Draf dihapus."),
        gettext_noop("Seluruh isi draf ini hilang dan tidak dapat dikembalikan."),
    ),
}


class VersionAdmin(BankAdmin):
    """Hung up by ``scoring.admin``, which adds the scoring rule: a version is published together with one."""

    publish_template = "admin/questionnaires/version/publish.html"
    compare_template = "admin/questionnaires/version/compare.html"
    list_display = ["__str__", "questionnaire", "number", "status", "published_at", "last_edited_by"]
    list_filter = ["status", "questionnaire"]
    list_select_related = ["questionnaire", "last_edited_by"]
    search_fields = ["title_ind", "title_eng", "questionnaire__code"]
    fieldsets = [
        (None, {"fields": [("title_ind", "title_eng"), ("summary_ind", "summary_eng")]}),
        (gettext_lazy("Pengantar"), {"fields": [("introduction_ind", "introduction_eng")]}),
        (gettext_lazy("Keterangan"), {"fields": [("minutes", "sources", "allow_ipsative")]}),
        (
            gettext_lazy("Riwayat"),
            {
                "fields": [
                    "questionnaire",
                    "number",
                    "status",
                    "derived_from",
                    "last_edited_by",
                    "published_at",
                    "published_by",
                    "change_note",
                    "content_hash",
                ]
            },
        ),
    ]
    readonly_fields = tuple(fieldsets[-1][1]["fields"])

    def version_of(self, request, obj):
        return obj

    def has_add_permission(self, request):
        return False  # a draft starts from its questionnaire, from another version or from a file

    def has_delete_permission(self, request, obj=None):
        return False  # a draft is discarded by its button

    def get_queryset(self, request):
        return (
            super()
            .get_queryset(request)
            .defer("document", "derived_from__document")
            .select_related("questionnaire", "derived_from", "last_edited_by", "published_by")
        )

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        return formfield_for(db_field) or super().formfield_for_dbfield(db_field, request, **kwargs)

    def save_model(self, request, obj, form, change):
        changed = {name: form.cleaned_data[name] for name in form.changed_data}
        if changed:
            actions.update_version(version=obj, by=request.user, **changed)

    def get_urls(self):
        wrap = self.admin_site.admin_view
        prefix = "questionnaires_version"
        return [
            path("<int:pk>/langkah/", wrap(require_POST(self.step_view)), name=f"{prefix}_step"),
            path("<int:pk>/pindah/", wrap(require_POST(self.move_view)), name=f"{prefix}_move"),
            path("<int:pk>/terbitkan/", wrap(self.publish_view), name=f"{prefix}_publish"),
            path("<int:pk>/pratinjau/", wrap(self.preview_view), name=f"{prefix}_preview"),
            path("<int:pk>/pratinjau/tanda/", wrap(self.stamp_view), name=f"{prefix}_stamp"),
            path("<int:pk>/ekspor/", wrap(self.export_view), name=f"{prefix}_export"),
            path("<int:pk>/ekspor/<slug:name>/", wrap(self.export_file_view), name=f"{prefix}_export_file"),
            path("<int:pk>/bandingkan/", wrap(self.compare_view), name=f"{prefix}_compare"),
            *super().get_urls(),
        ]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context |= {
            "overview": build_overview(obj),
            "bank_is_editable": self.has_change_permission(request, obj),
            "bank_steps": [
                {"name": name, "label": _(step.label), "warning": step.warning and _(step.warning)}
                for name, step in STEPS.items()
                if step.allows(request.user) and step.is_possible(obj)
            ],
            "bank_may_publish": may_publish(request.user) and obj.status == Version.Status.IN_REVIEW,
            "bank_compare_with": _published_beside(obj),
            "bank_focus": request.GET.get("fokus", ""),
        }
        return super().render_change_form(request, context, add, change, form_url, obj)

    def step_view(self, request, pk):
        """Takes one step of :data:`STEPS`."""
        version = version_at(request, pk)
        step = STEPS.get(request.POST.get("langkah"))
        if step is None:
            raise Http404
        require(step.allows(request.user))
        try:
            result = step.take(version=version, by=request.user)
        except policies.PolicyError as error:
            return refused(request, error, version_url(version))
        messages.success(request, _(step.done) % {"number": (result or version).number})
        if result is None:
            return redirect(
                reverse("admin:questionnaires_questionnaire_change", args=[version.questionnaire_id])
            )
        return redirect(version_url(result))

    def move_view(self, request, pk):
        """Moves a page or an item: a step up or down by its buttons, or to the place where it was dropped."""
        version = version_at(request, pk)
        require(may_edit(request.user))
        return ordering.move(request, version)

    def publish_view(self, request, pk):
        """Asks for the change note, shows what is about to change, and publishes."""
        version = version_at(request, pk)
        require(may_publish(request.user))
        form = PublishForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                version = self.publish(
                    version=version, change_note=form.cleaned_data["change_note"], by=request.user
                )
            except policies.PolicyError as error:
                return refused(request, error, version_url(version))
            messages.success(request, _("Versi %(number)d telah terbit.") % {"number": version.number})
            return redirect(version_url(version))
        published = _published_beside(version)
        context = self.page(request, version, _("Terbitkan")) | {
            "form": form,
            "published": published,
            "differences": present(published.document, build_document(version)) if published else None,
            **self.beside_content(published, version),
        }
        return render(request, self.publish_template, context)

    def publish(self, *, version, change_note, by):
        """The action behind the button."""
        return actions.publish_version(version=version, change_note=change_note, by=by)

    def beside_content(self, before, after):
        """What the pages that publish and compare show besides content; ``before`` may be None."""
        return {}

    def preview_view(self, request, pk):
        """The version as a respondent sees it, at the width of a phone and of a desk."""
        version = version_at(request, pk)
        return previewing.preview(request, version, self.page(request, version, _("Pratinjau")))

    def stamp_view(self, request, pk):
        """Whether the version has changed since; asked now and then by an open preview."""
        return previewing.stamp(version_at(request, pk))

    def export_view(self, request, pk):
        """The formats that the version can leave in."""
        version = version_at(request, pk)
        return exchange.formats(request, version, self.page(request, version, _("Ekspor")))

    def export_file_view(self, request, pk, name):
        """The version in one format."""
        return exchange.download(request, version_at(request, pk), name)

    def compare_view(self, request, pk):
        """What changed from the older to the newer of this version and another: the published one, or the one that the
        address names (``?dengan=3``: number 3).
        """
        version = version_at(request, pk)
        others = version.questionnaire.versions.exclude(pk=version.pk).order_by("-number")
        wanted = request.GET.get("dengan", "")
        if wanted.isdecimal() and len(wanted) < 6:
            other = get_object_or_404(others, number=int(wanted))
        else:
            other = _published_beside(version) or others.first()
        context = self.page(request, version, _("Bandingkan versi")) | {
            "other": other,
            "others": [(each.number, str(each)) for each in others.defer("document")],
        }
        if other:
            before, after = sorted([other, version], key=lambda each: each.number)
            context |= {
                "before": before,
                "after": after,
                "differences": present(_document(before), _document(after)),
                **self.beside_content(before, after),
            }
        return render(request, self.compare_template, context)

    def page(self, request, version, title):
        """What every page of a version besides the first needs."""
        return {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "version": version,
            "version_url": version_url(version),
            "media": self.media,
        }


def version_at(request, pk):
    """The version of an address, for somebody who may see the bank."""
    require(may_view(request.user))
    return get_object_or_404(Version.objects.select_related("questionnaire"), pk=pk)


def _document(version):
    return version.document or build_document(version)


def _published_beside(version):
    """The published version of the same questionnaire, if it is another one."""
    published = version.questionnaire.versions.filter(status=Version.Status.PUBLISHED)
    return published.exclude(pk=version.pk).first()
