"""The form of an incident."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from privacy.incidents import CLASSES
from privacy.models import Incident


def _moment(label, help_text=""):
    return forms.DateTimeField(
        label=label,
        help_text=help_text,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d %H.%M"],
    )


class IncidentForm(forms.Form):
    """What was open to strangers, and when; every time by the clock of the agency."""

    title = forms.CharField(
        label=_("Sebutan"),
        help_text=_("Misalnya: salinan basis data tertinggal di peladen uji. Tanpa nama orang."),
        max_length=Incident._meta.get_field("title").max_length,
    )
    data_classes = forms.MultipleChoiceField(
        label=_("Data yang terbuka"),
        choices=[(code, each.label) for code, each in CLASSES.items()],
        widget=forms.CheckboxSelectMultiple,
    )
    since = _moment(_("Terbuka sejak"))
    until = _moment(_("Terbuka sampai"), _("Saat kebocoran ditutup, atau sekarang."))
    noticed_at = _moment(_("Diketahui pada"), _("Sejak saat ini berjalan 3 × 24 jam."))
    what_happened = forms.CharField(
        label=_("Apa yang terjadi"),
        help_text=_("Dibaca orang yang terdampak: kapan dan bagaimana data mereka terbuka."),
        max_length=Incident._meta.get_field("what_happened").max_length,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    handling = forms.CharField(
        label=_("Penanganan dan pemulihan"),
        help_text=_("Apa yang sudah dilakukan, dan apa yang sebaiknya dilakukan orangnya."),
        max_length=Incident._meta.get_field("handling").max_length,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def clean(self):
        given = super().clean()
        since, until, noticed = given.get("since"), given.get("until"), given.get("noticed_at")
        now = timezone.now()
        if since and until and until <= since:
            self.add_error("until", gettext("Waktu ini mendahului awalnya."))
        if until and until > now:
            self.add_error("until", gettext("Waktu ini belum tiba. Isilah sampai sekarang."))
        if noticed and noticed > now:
            self.add_error("noticed_at", gettext("Waktu ini belum tiba."))
        if noticed and since and noticed < since:
            self.add_error("noticed_at", gettext("Insiden tidak dapat diketahui sebelum terjadi."))
        return given
