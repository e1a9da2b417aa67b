"""Pages of the parts of a version. They are reached from the version's page and lead back to it."""

from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.forms.models import BaseInlineFormSet
from django.forms.widgets import Script
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from questionnaires import actions, policies
from questionnaires.actions.editing import version_of
from questionnaires.admin.access import BankAdmin, may_edit, may_view, require
from questionnaires.admin.fields import FeedbackForm, PairForm, PartForm, ScaleForm, formfield_for
from questionnaires.admin.overview import list_problems
from questionnaires.document import build_document
from questionnaires.models import (
    ConsistencyPair,
    FeedbackText,
    FeedbackTip,
    Item,
    ItemOption,
    Option,
    ResponseSet,
    Scale,
    Section,
    Version,
)


def version_url(version):
    """The page of a version, where all its parts are listed."""
    return reverse("admin:questionnaires_version_change", args=[version.pk])


def preview_url(row):
    """Where a page or an item is drawn as the respondent sees it."""
    section = row.section if isinstance(row, Item) else row
    number = Section.objects.filter(version=row.version_id, position__lte=section.position).count()
    address = f"{reverse('admin:questionnaires_version_preview', args=[row.version_id])}?bagian={number}"
    return f"{address}&butir={row.code}" if isinstance(row, Item) else address


class PartRows:
    """Rows inside a part; they can be changed when the part can."""

    extra = 0

    def has_view_permission(self, request, obj=None):
        return may_view(request.user)

    def has_change_permission(self, request, obj=None):
        return may_edit(request.user) and (obj is None or policies.can_edit(version_of(obj)))

    def has_add_permission(self, request, obj=None):
        return self.has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return self.has_change_permission(request, obj)


class NamedFields(BaseInlineFormSet):
    """Rows of a table whose fields carry their names: the heading of a column is no label of a field."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        for field in form.fields.values():
            field.widget.attrs["aria-label"] = capfirst(field.label)


class PartTable(PartRows, admin.TabularInline):
    """Short rows as a table."""

    formset = NamedFields


class PartStack(PartRows, admin.StackedInline):
    """Rows with sentences: each a small form, both languages side by side."""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        return formfield_for(db_field) or super().formfield_for_dbfield(db_field, request, **kwargs)


class PartAdmin(BankAdmin):
    """One part of a version. A new one is added to the owner that the address names, such as ``?section=12``."""

    form = PartForm
    owner_model = Version
    owner_field = "version"
    # Choices that must come from the same version: form field -> related name of the version.
    choices_of_version = {}

    def get_model_perms(self, request):
        return {}  # not in the index: a part is found through its version

    def changelist_view(self, request, extra_context=None):
        require(may_view(request.user))
        return redirect("admin:questionnaires_version_changelist")

    def add_view(self, request, form_url="", extra_context=None):
        version = version_of(self._owner(request))
        require(may_edit(request.user) and policies.can_edit(version))
        return super().add_view(request, form_url, extra_context)

    def version_of(self, request, obj):
        # Deleting a page asks once for every item of it.
        memo = request.__dict__.setdefault("_bank_versions", {})
        key = getattr(obj, "version_id", None) or obj.pk
        if (type(obj), key) not in memo:
            memo[type(obj), key] = version_of(obj)
        return memo[type(obj), key]

    def _owner(self, request):
        return get_object_or_404(self.owner_model, pk=_whole(request.GET.get(self.owner_field)))

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        return formfield_for(db_field) or super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.owner = None if obj else self._owner(request)
        form.owner_field = self.owner_field
        form.version = self.version_of(request, obj) if obj else version_of(form.owner)
        for name, table in self.choices_of_version.items():
            if name in form.base_fields:
                form.base_fields[name].queryset = getattr(form.version, table).all()
                form.base_fields[name].widget = form.base_fields[
                    name
                ].widget.widget  # no "add" beside the choice
        if "competencies" in form.base_fields:
            form.base_fields["competencies"].widget = form.base_fields["competencies"].widget.widget
        return form

    def save_model(self, request, obj, form, change):
        changed = {name: form.cleaned_data[name] for name in form.changed_data}
        if change:
            if changed:
                self.save_changes(request, obj, changed)
            return
        actions.add_part(part=obj, by=request.user, competencies=form.cleaned_data.get("competencies") or ())

    def save_changes(self, request, obj, changed):
        actions.update_part(part=obj, by=request.user, **changed)

    def save_related(self, request, form, formsets, change):
        # The actions have written competencies already; only the small tables are left.
        for formset in formsets:
            self.save_formset(request, form, formset, change)

    def save_formset(self, request, form, formset, change):
        formset.save(commit=False)
        changed = [obj for obj, _fields in formset.changed_objects]
        if formset.new_objects or changed or formset.deleted_objects:
            actions.save_parts(
                version=version_of(form.instance),
                by=request.user,
                added=formset.new_objects,
                changed=changed,
                removed=formset.deleted_objects,
            )

    def delete_model(self, request, obj):
        request._version_of_deleted = version_of(obj)
        actions.remove_part(part=obj, by=request.user)

    def response_delete(self, request, obj_display, obj_id):
        self.message_user(request, _("“%(part)s” telah dihapus.") % {"part": obj_display})
        return HttpResponseRedirect(version_url(request._version_of_deleted))

    def response_post_save_add(self, request, obj):
        return HttpResponseRedirect(version_url(version_of(obj)))

    def response_post_save_change(self, request, obj):
        return HttpResponseRedirect(version_url(version_of(obj)))

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        version = version_of(obj) if obj else version_of(self._owner(request))
        context |= {
            "bank_version": version,
            "bank_version_url": version_url(version),
            "bank_preview_url": preview_url(obj) if isinstance(obj, Item | Section) else "",
            "bank_problems": self._problems(version, request.path) if obj else (),
        }
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _problems(self, version, path):
        """What is to be put right on this very page, with the fields that have it."""
        if version.status not in Version.OPEN:
            return ()
        return [listed for listed in list_problems(version, build_document(version)) if listed.url == path]

    def get_fieldsets(self, request, obj=None):
        """Without the fields that only make sense once there is an object."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is not None:
            return fieldsets
        return [
            (name, {**options, "fields": self._from_the_start(options["fields"])})
            for name, options in fieldsets
        ]

    def _from_the_start(self, fields):
        kept = (
            tuple(f for f in field if f not in self.only_on_change) if isinstance(field, tuple) else field
            for field in fields
        )
        return [field for field in kept if field and field not in self.only_on_change]

    only_on_change = ()

    def get_exclude(self, request, obj=None):
        declared = set(flatten_fieldsets(self.fieldsets)) if self.fieldsets else set()
        return [name for name in ("version", "position") if name not in declared]


def _whole(text):
    """A key from an address; None (and so 404) where it is not a number."""
    return int(text) if text and text.isdecimal() and len(text) < 19 else None


@admin.register(Section)
class SectionAdmin(PartAdmin):
    fieldsets = [
        (
            None,
            {"fields": ["code", ("title_ind", "title_eng"), ("instruction_ind", "instruction_eng")]},
        )
    ]


_VIGNETTES = (Item.Type.SJT_BEST, Item.Type.SJT_BEST_WORST, Item.Type.SJT_RATE)
TYPES_WITH_OPTIONS = (*_VIGNETTES, Item.Type.FORCED_CHOICE, Item.Type.SINGLE_CHOICE)
FIRST_OPTIONS = 4


def _for(*types):
    """Classes of a fieldset that only items of these types need; a script hides the others."""
    return ["bank-for", *(f"bank-for-{each}" for each in types)]


class ItemOptionInline(PartStack):
    model = ItemOption
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("code", "effectiveness", "sd", "scale"),
                    ("text_ind", "text_eng"),
                    ("reason_ind", "reason_eng"),
                ]
            },
        )
    ]

    def get_extra(self, request, obj=None, **kwargs):
        # Empty rows are no options; they are there for whoever works without JavaScript.
        needs_first = obj is None or (obj.type in TYPES_WITH_OPTIONS and not obj.options.exists())
        return FIRST_OPTIONS if needs_first else 0

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        field = formset.form.base_fields["scale"]
        field.queryset = obj.version.scales.all() if obj else Scale.objects.none()
        field.widget = getattr(field.widget, "widget", field.widget)  # no "add" beside the choice
        return formset


@admin.register(Item)
class ItemAdmin(PartAdmin):
    inlines = [ItemOptionInline]
    owner_model = Section
    owner_field = "section"
    choices_of_version = {"scale": "scales", "response_set": "response_sets", "section": "sections"}
    only_on_change = ("section",)
    fieldsets = [
        (None, {"fields": [("code", "section"), ("type", "role")]}),
        (
            _("Situasi"),
            {"fields": [("vignette_ind", "vignette_eng")], "classes": _for(*_VIGNETTES)},
        ),
        (_("Pernyataan atau pertanyaan"), {"fields": [("stem_ind", "stem_eng")]}),
        (
            _("Dua kutub"),
            {
                "fields": [("left_ind", "left_eng"), ("right_ind", "right_eng")],
                "classes": _for(Item.Type.BIPOLAR),
            },
        ),
        (
            _("Jawaban dan skor"),
            {"fields": [("response_set", "scale"), ("key", "weight"), ("na_allowed", "accept")]},
        ),
        (
            _("Kunci situasi"),
            {
                "fields": [("sjt_scoring", "key_basis"), ("panel_experts", "panel_icc")],
                "classes": _for(*_VIGNETTES),
            },
        ),
        (_("Teks terbuka"), {"fields": ["longest"], "classes": _for(Item.Type.OPEN_TEXT)}),
        (_("Refleksi"), {"fields": [("reflection_ind", "reflection_eng")]}),
        (_("Pemetaan"), {"fields": ["traits", "competencies", "level_target"]}),
        (
            _("Keberterimaan kutub"),
            {
                "fields": [("desirability_left", "desirability_right", "desirability_experts")],
                "classes": _for(Item.Type.BIPOLAR),
            },
        ),
    ]

    class Media:
        js = [Script("questionnaires/bank-item.js", type="module")]

    def save_changes(self, request, obj, changed):
        target = changed.pop("section", None)
        if changed:
            actions.update_item(item=obj, by=request.user, **changed)
        if target is not None:
            item = Item.objects.get(pk=obj.pk)
            actions.move_item(item=item, section=target, position=target.items.count() + 1, by=request.user)


class OptionInline(PartTable):
    model = Option

    def get_extra(self, request, obj=None, **kwargs):
        return 0 if obj else 5


@admin.register(ResponseSet)
class ResponseSetAdmin(PartAdmin):
    inlines = [OptionInline]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("code", "kind"),
                    ("positive_values", "neutral_values"),
                    ("na_label_ind", "na_label_eng"),
                ]
            },
        )
    ]


@admin.register(Scale)
class ScaleAdmin(PartAdmin):
    form = ScaleForm
    choices_of_version = {"parent": "scales"}
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("code", "kind"),
                    ("parent", "position"),
                    ("name_ind", "name_eng"),
                    ("definition_ind", "definition_eng"),
                ]
            },
        ),
        (_("Pemetaan"), {"fields": ["traits", "competencies"]}),
    ]
    only_on_change = ("position",)


class TipInline(PartStack):
    model = FeedbackTip
    fieldsets = [(None, {"fields": [("position", "method", "jp"), ("text_ind", "text_eng")]})]

    def get_extra(self, request, obj=None, **kwargs):
        return 0 if obj else 3


@admin.register(FeedbackText)
class FeedbackTextAdmin(PartAdmin):
    form = FeedbackForm
    owner_model = Scale
    owner_field = "scale"
    inlines = [TipInline]
    fieldsets = [(None, {"fields": ["band", ("meaning_ind", "meaning_eng")]})]


@admin.register(ConsistencyPair)
class ConsistencyPairAdmin(PartAdmin):
    form = PairForm
    choices_of_version = {"first": "items", "second": "items"}
    fieldsets = [(None, {"fields": [("first", "second")]})]
