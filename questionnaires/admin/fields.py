"""Form fields and forms of the editor's room."""

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from questionnaires.bank_files import LARGEST_WORKBOOK
from questionnaires.feedback_bands import ALL_BANDS, BANDS_OF_KIND
from questionnaires.models import Scale

NUMBER_LISTS = {"positive_values", "neutral_values", "accept"}
# From here on a text is a sentence and gets more than one line.
SENTENCE = 200  # characters


class WordListField(forms.CharField):
    """A list of short texts, written with commas."""

    separator = ", "

    def prepare_value(self, value):
        return self.separator.join(str(entry) for entry in value) if isinstance(value, list) else value

    def to_python(self, value):
        entries = (entry.strip() for entry in (super().to_python(value) or "").split(","))
        return [entry for entry in entries if entry]

    def has_changed(self, initial, data):
        return (initial or []) != self.to_python(data)


class NumberListField(WordListField):
    """A list of whole numbers, written with commas."""

    def to_python(self, value):
        try:
            return [int(entry) for entry in super().to_python(value)]
        except ValueError:
            raise ValidationError(_("Isilah bilangan bulat yang dipisahkan koma, misalnya 4, 5.")) from None

    def has_changed(self, initial, data):
        try:
            return super().has_changed(initial, data)
        except ValidationError:
            return True


def formfield_for(db_field):
    """The form field of a model field where the stock one is not good enough; else None."""
    if isinstance(db_field, models.JSONField):
        kind = NumberListField if db_field.name in NUMBER_LISTS else WordListField
        return kind(
            label=capfirst(db_field.verbose_name),
            required=not db_field.blank,
            help_text=_("Pisahkan dengan koma. %(more)s") % {"more": db_field.help_text},
        )
    if isinstance(db_field, models.TextField):
        return db_field.formfield(widget=AdminTextareaWidget(attrs={"rows": 5}))
    if isinstance(db_field, models.CharField) and not db_field.choices and db_field.max_length >= SENTENCE:
        return db_field.formfield(widget=AdminTextareaWidget(attrs={"rows": 2}))
    return None


class PartForm(forms.ModelForm):
    """A part of a draft. The admin page sets ``version`` and, for a new part, the ``owner`` it is added to."""

    version = None
    owner_field = "version"
    owner = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.owner is not None:
            setattr(self.instance, self.owner_field, self.owner)
            if hasattr(self.instance, "version_id"):
                self.instance.version = self.version

    def _get_validation_exclusions(self):
        # What the page fills in by itself takes part in the constraints all the same.
        return super()._get_validation_exclusions() - {"version", self.owner_field}

    def clean(self):
        cleaned = super().clean()
        code, model = cleaned.get("code"), self._meta.model
        # Said here because the constraint can only speak of "version and code".
        if (
            code
            and model.objects.filter(version=self.version, code=code).exclude(pk=self.instance.pk).exists()
        ):
            self.add_error("code", _("Kode ini sudah dipakai di versi ini."))
        return cleaned


class ScaleForm(PartForm):
    """Says in a sentence what the constraint on parents means."""

    def clean(self):
        cleaned = super().clean()
        is_facet, parent = cleaned.get("kind") == Scale.Kind.FACET, cleaned.get("parent")
        if is_facet and parent is None:
            self.add_error("parent", _("Aspek harus berada di bawah sebuah dimensi."))
        if parent is not None and not is_facet:
            self.add_error("parent", _("Hanya aspek yang boleh berada di bawah dimensi."))
        return cleaned


class PairForm(PartForm):
    """Two different items, once."""

    def clean(self):
        cleaned = super().clean()
        first, second = cleaned.get("first"), cleaned.get("second")
        if first and first == second:
            self.add_error("second", _("Pilih butir yang berbeda."))
        return cleaned


class FeedbackForm(PartForm):
    """The bands are the product's, not the editor's; which ones, depends on the kind of the scale."""

    band = forms.ChoiceField(label=_("kategori"), choices=[(band, band) for band in ALL_BANDS])

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        scale = self.owner or (self.instance.scale if self.instance.pk else None)
        if scale is not None:
            self.fields["band"].choices = [(band, band) for band in BANDS_OF_KIND.get(scale.kind, ())]


class UploadForm(forms.Form):
    """A bank file to import."""

    file = forms.FileField(
        label=_("Berkas bank (YAML atau XLSX)"),
        widget=forms.FileInput(attrs={"accept": ".yaml,.yml,.xlsx"}),
    )

    def clean_file(self):
        upload = self.cleaned_data["file"]
        if upload.size > LARGEST_WORKBOOK:
            raise ValidationError(
                _("Berkas ini terlalu besar; paling besar %(limit)d kB.")
                % {"limit": LARGEST_WORKBOOK // 1024}
            )
        return upload


class PublishForm(forms.Form):
    """What the approver says about the new version."""

    change_note = forms.CharField(
        label=_("Catatan perubahan"),
        help_text=_("Apa yang baru pada versi ini dan mengapa. Catatan ini tersimpan bersama versi."),
        widget=AdminTextareaWidget(attrs={"rows": 4}),
    )
