"""Forms of the development plan."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from development import policies
from development.actions import WORDING
from development.methods import method_choices
from development.models import ActionItem, Goal, GoalStep

OWN_WORDS = "sendiri"


class Words(forms.CharField):
    """Text whose length is checked here and said with both numbers.

    The browser gets no ``maxlength``: it would cut what somebody pastes without a word.
    """

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.error_messages["max_length"] = _(
            "Paling panjang %(limit_value)d karakter, sedangkan yang Anda tulis %(show_value)d. "
            "Tulisan Anda masih ada di sini; ringkaslah, lalu simpan lagi."
        )

    def widget_attrs(self, widget):
        attrs = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return attrs


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

    behaviour = Words(
        label=_("Perilaku atau langkah"),
        help_text=_("Satu hal yang dapat dilihat orang lain, dengan kata-kata Anda sendiri."),
        max_length=_longest(Goal, "behaviour"),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Tuliskan satu perilaku atau langkah.")},
    )
    when_then = Words(
        label=_("Ketika …, saya akan …"),
        help_text=_("Contoh: Ketika rapat Senin dimulai, saya akan meminta pendapat dua rekan lebih dahulu."),
        max_length=_longest(Goal, "when_then"),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Tuliskan kapan Anda melakukannya.")},
    )
    measure = Words(
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
    method = forms.ChoiceField(
        label=_("Cara belajar"),
        error_messages={
            "required": _("Pilih satu cara belajar."),
            "invalid_choice": _("Cara belajar itu tidak dikenal. Pilih salah satu dari daftar."),
        },
    )
    jp = JpField(help_text=_("Perkiraan jam belajar; boleh 0."))
    supporter = Words(
        label=_("Siapa yang mendukung"),
        help_text=_("Misalnya rekan, atasan, atau pembimbing. Nama ini tidak dikirim kepada siapa pun."),
        max_length=_longest(Goal, "supporter"),
        required=False,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = timezone.localdate()
        self.fields["method"].choices = [("", _("Pilih cara belajar")), *method_choices()]
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


class ChangeGoalForm(GoalForm):
    """The form over a goal that exists, with room for why it changes."""

    note = Words(
        label=_("Mengapa diubah"),
        help_text=_("Satu kalimat untuk Anda sendiri. Yang lama tetap dapat dibaca dalam riwayat."),
        max_length=_longest(GoalStep, "note"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    @classmethod
    def of(cls, goal, data=None):
        return cls(data, initial={name: getattr(goal, name) for name in WORDING}, prefix="ubah")


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
        # A tip says how it is learnt; whoever writes own words still has to.
        self.fields["method"].required = False
        self.fields["method"].help_text = _("Kosongkan untuk memakai cara dan JP dari saran.")
        self.fields["behaviour"].required = False
        self.fields["behaviour"].help_text = _(
            "Kosongkan bila saran di atas sudah cukup; yang Anda tulis di sini didahulukan."
        )

    def clean(self):
        cleaned = super().clean()
        chosen = cleaned.pop("tip", None)
        if chosen in self.tips:
            cleaned["behaviour"] = cleaned.get("behaviour") or self.texts[chosen]
            cleaned["method"] = cleaned.get("method") or self.tips[chosen].method
            if not self.data.get("jp", "").strip():
                cleaned["jp"] = self.tips[chosen].jp
        elif "tip" not in self.errors:
            for name in ("behaviour", "method"):
                if cleaned.get(name) == "":
                    self.add_error(name, self.fields[name].error_messages["required"])
        return cleaned


class ProgressForm(forms.Form):
    """A note of progress and the lesson hours that it took."""

    note = Words(
        label=_("Apa yang sudah Anda lakukan?"),
        max_length=_longest(ActionItem, "note"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Tuliskan satu kalimat tentang kemajuan Anda.")},
    )
    jp = JpField(help_text=_("Dihitung ke dalam JP tahun ini; boleh 0."))


class StatusForm(forms.Form):
    """Why a goal begins or ends; one sentence, or none."""

    note = Words(
        label=_("Catatan"),
        max_length=_longest(GoalStep, "note"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class NextAssessmentForm(forms.Form):
    """When the person wants to look in the mirror again; nothing written means no date."""

    day = forms.DateField(
        label=_("Tanggal penilaian berikutnya"),
        required=False,
        error_messages={"invalid": _("Tanggal ini tidak dapat dibaca; tuliskan seperti 31-12-2026.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        self.fields["day"].widget = forms.DateInput(
            format="%Y-%m-%d", attrs={"type": "date", "min": f"{today:%Y-%m-%d}"}
        )

    def clean_day(self):
        day = self.cleaned_data["day"]
        if day is not None:
            try:
                policies.check_next_assessment(day, today=timezone.localdate())
            except policies.PolicyError as error:
                raise forms.ValidationError(str(error)) from None
        return day
