"""Forms of the development plan."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from development import policies
from development.models import ActionItem, Goal

OWN_WORDS = "sendiri"


def _longest(model, name):
    return model._meta.get_field(name).max_length


class JpField(forms.IntegerField):
    """Lesson hours; nothing written means none."""

    def __init__(self, **kwargs):
        super().__init__(
            label=_("Jam pelajaran (JP)"),
            required=False,
            min_value=0,
            max_value=policies.MOST_JP,
            error_messages={
                "invalid": _("Isilah JP dengan bilangan bulat, misalnya 2."),
                "min_value": _("JP tidak boleh kurang dari 0."),
                "max_value": _("JP paling banyak %(limit_value)s."),
            },
            **kwargs,
        )

    def clean(self, value):
        return super().clean(value) or 0


class GoalForm(forms.Form):
    """A goal: one behaviour, when it happens, how it is measured, by which day, who helps."""

    behaviour = forms.CharField(
        label=_("Perilaku atau langkah"),
        help_text=_("Satu hal yang dapat dilihat orang lain, dengan kata-kata Anda sendiri."),
        max_length=_longest(Goal, "behaviour"),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Tuliskan satu perilaku atau langkah.")},
    )
    when_then = forms.CharField(
        label=_("Ketika …, saya akan …"),
        help_text=_("Contoh: Ketika rapat Senin dimulai, saya akan meminta pendapat dua rekan lebih dahulu."),
        max_length=_longest(Goal, "when_then"),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Tuliskan kapan Anda melakukannya.")},
    )
    measure = forms.CharField(
        label=_("Ukuran keberhasilan"),
        help_text=_("Bagaimana Anda tahu bahwa sasaran ini tercapai?"),
        max_length=_longest(Goal, "measure"),
        error_messages={"required": _("Tuliskan bagaimana Anda tahu bahwa sasaran ini tercapai.")},
    )
    due_on = forms.DateField(
        label=_("Tanggal"),
        error_messages={
            "required": _("Pilih tanggal."),
            "invalid": _("Tanggal ini tidak dapat dibaca; tuliskan seperti 31-12-2026."),
        },
    )
    jp = JpField(help_text=_("Perkiraan jam belajar; boleh 0."))
    supporter = forms.CharField(
        label=_("Siapa yang mendukung"),
        help_text=_("Misalnya rekan, atasan, atau pembimbing. Nama ini tidak dikirim kepada siapa pun."),
        max_length=_longest(Goal, "supporter"),
        required=False,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = timezone.localdate()
        latest = self.today + timedelta(days=policies.LONGEST_DAYS)
        self.fields["due_on"].widget = forms.DateInput(
            format="%Y-%m-%d",
            attrs={"type": "date", "min": f"{self.today:%Y-%m-%d}", "max": f"{latest:%Y-%m-%d}"},
        )
        self.fields["due_on"].help_text = _("Paling lama %(days)s hari lagi.") % {
            "days": policies.LONGEST_DAYS
        }

    def clean_due_on(self):
        due_on = self.cleaned_data["due_on"]
        try:
            policies.check_due_date(due_on, today=self.today)
        except policies.PolicyError as error:
            raise forms.ValidationError(str(error)) from None
        return due_on

    @classmethod
    def for_goal(cls, goal, data=None):
        """The form over a goal that exists."""
        names = ("behaviour", "when_then", "measure", "due_on", "jp", "supporter")
        return cls(data, initial={name: getattr(goal, name) for name in names}, prefix="ubah")


class GoalFromReportForm(GoalForm):
    """The same, beginning with the tips of a report: choose one, or write your own."""

    tip = forms.ChoiceField(
        label=_("Saran dari laporan Anda"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Pilih satu saran, atau pilih untuk menulis sendiri."),
            "invalid_choice": _("Saran ini tidak ada dalam laporan Anda. Pilih salah satu di bawah ini."),
        },
    )

    field_order = ("tip",)

    def __init__(self, data=None, *, tips, **kwargs):
        super().__init__(data, **kwargs)
        language = get_language() or "id"
        self.tips = {str(number): tip for number, tip in enumerate(tips, start=1)}
        self.texts = {number: tip.text.in_language(language) for number, tip in self.tips.items()}
        self.fields["tip"].choices = [*self.texts.items(), (OWN_WORDS, _("Tulis sendiri di bawah"))]
        self.fields["tip"].initial = next(iter(self.texts), OWN_WORDS)
        self.fields["behaviour"].required = False
        self.fields["behaviour"].help_text = _(
            "Kosongkan bila saran di atas sudah cukup; yang Anda tulis di sini didahulukan."
        )

    def clean(self):
        cleaned = super().clean()
        chosen = cleaned.pop("tip", None)
        if chosen in self.tips:
            cleaned["behaviour"] = cleaned.get("behaviour") or self.texts[chosen]
            if not self.data.get("jp", "").strip():
                cleaned["jp"] = self.tips[chosen].jp
        elif "tip" not in self.errors and cleaned.get("behaviour") == "":
            self.add_error("behaviour", _("Tuliskan satu perilaku atau langkah."))
        return cleaned


class ProgressForm(forms.Form):
    """A note of progress and the lesson hours that it took."""

    note = forms.CharField(
        label=_("Apa yang sudah Anda lakukan?"),
        max_length=_longest(ActionItem, "note"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Tuliskan satu kalimat tentang kemajuan Anda.")},
    )
    jp = JpField(help_text=_("Dihitung ke dalam JP tahun ini; boleh 0."))
