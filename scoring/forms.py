"""The form of a scoring rule: shares, bands and composites, checked as a whole by the rule's own laws."""

from fractions import Fraction

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from questionnaires.bank_documents import number
from scoring.composites import PART_KINDS, find_strangers
from scoring.level_rules import CATEGORIES, USUAL_LEVELS
from scoring.levels import LEVELS
from scoring.policies import NO_LEVEL_ITEMS
from scoring.rule_differences import share_text
from scoring.rules import find_problems, from_document
from scoring.selectors import has_level_items

# Lists of bands that a rule document may hold, and what they are the bands of.
BAND_LISTS = {"bands": _("Kategori dimensi"), "situational_bands": _("Kategori pertimbangan situasional")}
LONGEST_TEXT = 160  # characters; a sentence on a phone


class ShareField(forms.CharField):
    """A share of all, written as a percentage or a fraction: ``80%``, ``80``, ``2/3``. Cleaned to a Fraction."""

    def to_python(self, value):
        text = super().to_python(value).replace("%", "").replace(" ", "").replace(",", ".")
        try:
            share = Fraction(text) if "/" in text else Fraction(text) / 100
        except (ValueError, ZeroDivisionError):
            raise ValidationError(gettext("Isilah persentase atau pecahan, misalnya 80% atau 2/3.")) from None
        if not 0 < share <= 1 or share.denominator > 1000:
            raise ValidationError(gettext("Bagian harus lebih dari 0 dan paling banyak 100%."))
        return share


class RuleForm(forms.Form):
    """A rule but for its composites (:class:`CompositeForm`). Starts from a rule document, gives one back."""

    label_ind = forms.CharField(label=_("Nama aturan (Indonesia)"), max_length=LONGEST_TEXT)
    label_eng = forms.CharField(label=_("Nama aturan (Inggris)"), max_length=LONGEST_TEXT)
    answered = ShareField(
        label=_("Bagian butir yang harus terjawab"),
        help_text=_("Dari butir yang berlaku bagi orang itu, misalnya 80%."),
    )
    applicable = ShareField(
        label=_("Bagian butir yang harus berlaku"),
        help_text=_("Dari seluruh butir skala; selebihnya boleh dijawab “tidak berlaku”, misalnya 50%."),
    )
    minimum_items = forms.IntegerField(
        label=_("Jawaban paling sedikit"),
        min_value=1,
        max_value=20,
        help_text=_("Skala yang lebih pendek harus terjawab semua."),
    )
    shows_levels = forms.BooleanField(
        label=_("Tampilkan indikasi mandiri level kompetensi"),
        required=False,
        help_text=_(
            "Hanya dari butir yang ditulis untuk satu level, dan selalu dengan keterangan bahwa ini bukan hasil "
            "penilaian kompetensi. Biasanya tidak ditampilkan."
        ),
    )

    def __init__(self, *args, document, **kwargs):
        self.document = document
        super().__init__(*args, initial=_initial(document), **kwargs)
        for name in self.band_lists():
            for band in document[name]:
                self.fields |= _band_fields(name, band)
        self.fields |= _level_fields()

    def band_lists(self):
        return [name for name in BAND_LISTS if name in self.document]

    def band_rows(self):
        """For the page: ``(heading, [(code, fields)])`` of every list of bands."""
        for name in self.band_lists():
            rows = [
                (band["code"], [self[field] for field in _band_fields(name, band)])
                for band in self.document[name]
            ]
            yield BAND_LISTS[name], rows

    def level_fields(self):
        """For the page: the level that each category of posts requires."""
        return [self[name] for name in _level_fields()]

    def rule_document(self) -> dict:
        """The document that the form says; parts that no field speaks of stay as they were."""
        data = self.cleaned_data
        made = {
            **self.document,
            "label": {"id": data["label_ind"], "en": data["label_eng"]},
            "completeness": {
                "answered_numerator": data["answered"].numerator,
                "answered_denominator": data["answered"].denominator,
                "applicable_numerator": data["applicable"].numerator,
                "applicable_denominator": data["applicable"].denominator,
                "minimum_items": data["minimum_items"],
            },
        }
        for name in self.band_lists():
            made[name] = [_band(name, band, data) for band in self.document[name]]
        made.pop("level_indication", None)
        if data["shows_levels"]:
            levels = {category: data[f"level_{category}"] for category in CATEGORIES}
            required = {category: level for category, level in levels.items() if level is not None}
            made["level_indication"] = {"required_levels": required}
        return made


def _initial(document):
    need = document["completeness"]
    initial = {
        "label_ind": document["label"]["id"],
        "label_eng": document["label"]["en"],
        "answered": share_text(need["answered_numerator"], need["answered_denominator"]),
        "applicable": share_text(need["applicable_numerator"], need["applicable_denominator"]),
        "minimum_items": need["minimum_items"],
    }
    for name in BAND_LISTS:
        for band in document.get(name, ()):
            key = f"{name}_{band['code']}"
            initial[f"{key}_minimum"] = band["minimum"]
            for part in ("name", "sentence"):
                initial[f"{key}_{part}_ind"] = band[part]["id"]
                initial[f"{key}_{part}_eng"] = band[part]["en"]
    levels = document.get("level_indication")
    required = levels["required_levels"] if levels else USUAL_LEVELS
    return (
        initial
        | {"shows_levels": levels is not None}
        | {f"level_{code}": required[code] for code in required}
    )


def _level_fields():
    return {
        f"level_{category}": forms.IntegerField(
            label=name, required=False, min_value=LEVELS[0], max_value=LEVELS[-1]
        )
        for category, name in CATEGORIES.items()
    }


def _band_fields(name, band):
    """The fields of one band; the code is the product's: feedback texts are written for it."""
    key, code = f"{name}_{band['code']}", band["code"]

    def text(label, **widget):
        return forms.CharField(label=f"{label}: {code}", max_length=LONGEST_TEXT, **widget)

    def sentence(label):
        return text(label, widget=AdminTextareaWidget(attrs={"rows": 2}))

    return {
        f"{key}_minimum": forms.IntegerField(
            label=gettext("Mulai dari skor: %(code)s") % {"code": code}, min_value=0, max_value=100
        ),
        f"{key}_name_ind": text(gettext("Nama (Indonesia)")),
        f"{key}_name_eng": text(gettext("Nama (Inggris)")),
        f"{key}_sentence_ind": sentence(gettext("Kalimat (Indonesia)")),
        f"{key}_sentence_eng": sentence(gettext("Kalimat (Inggris)")),
    }


def _band(name, band, data):
    key = f"{name}_{band['code']}"
    return {
        "code": band["code"],
        "minimum": data[f"{key}_minimum"],
        "name": {"id": data[f"{key}_name_ind"], "en": data[f"{key}_name_eng"]},
        "sentence": {"id": data[f"{key}_sentence_ind"], "en": data[f"{key}_sentence_eng"]},
    }


class CompositeForm(forms.Form):
    """One composite: a code, a name, and a weight for each scale that belongs to it (empty: it does not)."""

    code = forms.RegexField(
        label=_("Kode"),
        regex=r"^[A-Z0-9][A-Z0-9_-]*$",
        max_length=40,
        error_messages={"invalid": _("Gunakan huruf besar, angka, garis bawah, atau tanda hubung.")},
    )
    name_ind = forms.CharField(label=_("Nama (Indonesia)"), max_length=LONGEST_TEXT)
    name_eng = forms.CharField(label=_("Nama (Inggris)"), max_length=LONGEST_TEXT)

    def __init__(self, *args, scales, **kwargs):
        super().__init__(*args, **kwargs)
        self.scales = scales
        for code, name in scales.items():
            self.fields[f"weight_{code}"] = forms.DecimalField(
                label=gettext("Bobot: %(name)s") % {"name": name},
                required=False,
                min_value=0,
                max_value=1000,
                decimal_places=2,
            )

    def entry(self) -> dict:
        """The composite as it stands in a rule document."""
        data = self.cleaned_data
        weights = {code: data.get(f"weight_{code}") for code in self.scales}
        return {
            "code": data["code"],
            "name": {"id": data["name_ind"], "en": data["name_eng"]},
            "parts": [
                {"scale": code, "weight": number(weight)}
                for code, weight in weights.items()
                if weight is not None
            ],
        }


CompositeFormSet = forms.formset_factory(CompositeForm, extra=1, can_delete=True, max_num=10)


class RuleEditor:
    """The rule form and its composites as one: valid only if the whole is a rule that fits the version.

    Args:
        document: the rule document to start from.
        version: decides which scales a composite may be made of.
    """

    def __init__(self, data=None, *, document, version):
        self._kinds, scales, self._version = {}, {}, version
        for scale in version.scales.order_by("position"):
            self._kinds[scale.code] = scale.kind
            if scale.kind in PART_KINDS:
                scales[scale.code] = scale.name_ind
        self.form = RuleForm(data, document=document)
        self.composites = CompositeFormSet(
            data,
            prefix="composites",
            initial=[_composite_initial(entry) for entry in document.get("composites", ())],
            form_kwargs={"scales": scales},
        )
        self.problems = []
        self.rule = None

    def is_valid(self) -> bool:
        """Checks everything; afterwards ``rule`` is the rule or ``problems`` says why there is none."""
        # Both are asked, so that every fault is shown at once.
        if not all([self.form.is_valid(), self.composites.is_valid()]):
            return False
        document = self.form.rule_document()
        document.pop("composites", None)
        entries = [form.entry() for form in self.composites if _is_meant(form)]
        if entries:
            document["composites"] = entries
        self.problems = find_problems(document)
        if not self.problems:
            rule = from_document(document)
            self.problems = find_strangers(rule.composites, self._kinds)
            if rule.levels and not has_level_items(self._version):
                self.problems.append(NO_LEVEL_ITEMS)
            self.rule = None if self.problems else rule
        return self.rule is not None

    def faults(self) -> list[str]:
        """Everything that is wrong, as sentences."""
        found = [
            f"{self.form[name].label}: {text}" for name, texts in self.form.errors.items() for text in texts
        ]
        for form in self.composites.forms:
            found += [f"{form[name].label}: {text}" for name, texts in form.errors.items() for text in texts]
        return [*found, *self.composites.non_form_errors(), *self.problems]


def _is_meant(form):
    """The empty row at the end is no composite, nor is one that was ticked for removal."""
    return bool(form.cleaned_data.get("code")) and not form.cleaned_data.get("DELETE")


def _composite_initial(entry):
    return {
        "code": entry["code"],
        "name_ind": entry["name"]["id"],
        "name_eng": entry["name"]["en"],
        **{f"weight_{part['scale']}": part["weight"] for part in entry["parts"]},
    }


class PublishRuleForm(forms.Form):
    """What the approver says about a new rule."""

    change_note = forms.CharField(
        label=_("Catatan perubahan"),
        help_text=_("Apa yang baru pada aturan ini dan mengapa. Catatan ini tersimpan bersama aturan."),
        widget=AdminTextareaWidget(attrs={"rows": 3}),
    )
