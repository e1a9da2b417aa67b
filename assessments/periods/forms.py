"""Forms of a period. A draft may be incomplete, so they refuse only what cannot be stored; the check says the rest."""

from datetime import datetime, time

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.data_protection import versions_of
from agencies.models import EmploymentKind, JobCategory
from assessments.models import SMALLEST_GROUP, Audience, Campaign
from assessments.periods.nip_lists import MOST_BYTES

# When a period opens and closes if only the day is given: the beginning and the very end of it.
FIRST_CLOCK, LAST_CLOCK = time(8), time(23, 59)
_CLOCKS = ["%H:%M", "%H.%M", "%H:%M:%S"]


class StepForm(forms.Form):
    """A step over a draft; ``seen_revision`` says which state of the draft it was drawn from.

    Fields in ``NEEDED_LATER`` may wait in a draft and not in a period, so they are not called optional.
    """

    NEEDED_LATER: tuple[str, ...] = ()

    seen_revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self.NEEDED_LATER:
            self.fields[name].needed_later = True

    def show_revision(self, revision):
        """Draws the form over a newer state of the draft, with everything else as it was typed."""
        self.data = self.data.copy()
        self.data["seen_revision"] = str(revision)


class QuestionnairesForm(StepForm):
    """Step 1."""

    NEEDED_LATER = ("title",)

    title = forms.CharField(
        label=_("Judul periode"),
        help_text=_("Tampil kepada pegawai, misalnya: Penilaian Mandiri ASN 2026."),
        required=False,
        max_length=Campaign._meta.get_field("title").max_length,
    )
    # Drawn by the template, one card a questionnaire.
    versions = forms.MultipleChoiceField(
        label=_("Kuesioner"),
        required=False,
        error_messages={
            "invalid_choice": _(
                "Satu kuesioner yang Anda pilih tidak terbit lagi. Pilih sekali lagi dari daftar."
            )
        },
    )

    def __init__(self, *args, offered, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["versions"].choices = [(str(entry.version_id), entry.title) for entry in offered]


class PeopleForm(StepForm):
    """Step 2; the units themselves are ticked in a list of their own, see :mod:`assessments.views.period_steps`."""

    base = forms.ChoiceField(
        label=_("Siapa yang diminta mengisi?"),
        choices=[
            (Audience.Base.WHOLE, _("Semua pegawai")),
            (Audience.Base.UNITS, _("Pegawai di unit kerja yang dipilih, beserta unit di bawahnya")),
            (Audience.Base.LIST, _("Pegawai dalam daftar NIP yang diunggah")),
        ],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Pilih salah satu."),
            "invalid_choice": _("Pilih salah satu dari daftar."),
        },
    )
    nip_list = forms.FileField(
        label=_("Daftar NIP (berkas CSV)"),
        help_text=_(
            "Satu kolom bernama NIP; kolom lain diabaikan. Daftar baru menggantikan daftar sebelumnya. Simpan dari "
            "lembar kerja dengan kolom bertipe teks, agar angka terakhir NIP tidak hilang."
        ),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,text/csv"}),
    )
    job_categories = forms.MultipleChoiceField(
        label=_("Hanya jenis jabatan"),
        help_text=_("Biarkan kosong bila semua jenis jabatan diminta."),
        choices=JobCategory.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    employment_kinds = forms.MultipleChoiceField(
        label=_("Hanya jenis kepegawaian"),
        help_text=_("Biarkan kosong bila semua jenis kepegawaian diminta."),
        choices=EmploymentKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def clean_nip_list(self):
        file = self.cleaned_data["nip_list"]
        if file and file.size > MOST_BYTES:
            raise forms.ValidationError(
                _(
                    "Berkas ini %(size)d MB, sedangkan paling besar %(most)d MB. Daftar sebelumnya tetap dipakai."
                ),
                params={"size": file.size // 10**6, "most": MOST_BYTES // 10**6},
            )
        return file


def _day(label):
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": _("Tanggal ini tidak dapat dibaca; tuliskan seperti 31-12-2026.")},
    )


def _clock(label, help_text=""):
    return forms.TimeField(
        label=label,
        help_text=help_text,
        required=False,
        input_formats=_CLOCKS,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={"invalid": _("Jam ini tidak dapat dibaca; tuliskan seperti 23.59.")},
    )


def whole_number(label, help_text, smallest, largest=None):
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        min_value=smallest,
        max_value=largest,
        error_messages={
            "required": _("Isilah dengan bilangan bulat."),
            "invalid": _("Isilah dengan bilangan bulat."),
            "min_value": _("Paling sedikit %(limit_value)s."),
            "max_value": _("Paling banyak %(limit_value)s."),
        },
    )


class MomentsMixin:
    """A day and a time of day, read by the clock of the agency."""

    def moment(self, name, zone, default):
        """The moment of two fields; None without a day."""
        day = self.cleaned_data[f"{name}_day"]
        if day is None:
            return None
        return datetime.combine(day, self.cleaned_data[f"{name}_clock"] or default, tzinfo=zone)


class TimesForm(MomentsMixin, StepForm):
    """Step 3."""

    NEEDED_LATER = (
        "opens_day", "opens_clock", "closes_day", "closes_clock", "legal_basis", "dpia_reference", "notice_version",
    )  # fmt: skip

    opens_day = _day(_("Dibuka pada"))
    opens_clock = _clock(_("Jam dibuka"))
    closes_day = _day(_("Batas waktu"))
    closes_clock = _clock(_("Jam batas waktu"))
    legal_basis = forms.CharField(
        label=_("Dasar hukum"),
        help_text=_(
            "Peraturan yang memberi instansi tugas ini. Tampil dalam pengantar bersama UU 27/2022 Pasal 20 ayat (2) "
            "huruf e."
        ),
        required=False,
        max_length=Campaign._meta.get_field("legal_basis").max_length,
    )
    dpia_reference = forms.CharField(
        label=_("Rujukan penilaian dampak (DPIA)"),
        help_text=_("Nomor atau tanggal dokumen DPIA. Tanpa ini periode tidak dapat dibuka."),
        required=False,
        max_length=Campaign._meta.get_field("dpia_reference").max_length,
    )
    notice_version = forms.ChoiceField(
        label=_("Pemberitahuan privasi"),
        help_text=_(
            "Yang dapat dibaca pegawai sebelum mulai. Pemberitahuan sendiri diterbitkan administrator instansi di "
            "halaman Pelindungan data."
        ),
        required=False,
        error_messages={
            "invalid_choice": _("Pemberitahuan itu tidak ada di instansi ini. Pilih dari daftar.")
        },
    )
    minimum_group_size = whole_number(
        _("Jumlah minimum responden"),
        _("Hasil kelompok yang lebih kecil tidak ditampilkan."),
        SMALLEST_GROUP,
        32_767,
    )
    participation_target = whole_number(
        _("Target partisipasi (%)"), _("Dari semua pegawai yang diminta."), 1, 100
    )

    RULES = ("legal_basis", "dpia_reference", "notice_version", "minimum_group_size", "participation_target")

    def __init__(self, *args, agency, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["notice_version"].choices = versions_of(agency)

    @classmethod
    def initial_of(cls, campaign) -> dict:
        zone = campaign.agency.zone
        opens = campaign.opens_at and campaign.opens_at.astimezone(zone)
        closes = campaign.closes_at and campaign.closes_at.astimezone(zone)
        return {
            "opens_day": opens and opens.date(),
            "opens_clock": opens.time() if opens else FIRST_CLOCK,
            "closes_day": closes and closes.date(),
            "closes_clock": closes.time() if closes else LAST_CLOCK,
            **{name: getattr(campaign, name) for name in cls.RULES},
        }

    def values(self, zone) -> dict:
        """What the action takes."""
        return {
            "opens_at": self.moment("opens", zone, FIRST_CLOCK),
            "closes_at": self.moment("closes", zone, LAST_CLOCK),
            **{name: self.cleaned_data[name] for name in self.RULES},
        }


class ReasonForm(forms.Form):
    """Why something that was announced changes; the trail keeps it."""

    reason = forms.CharField(
        label=_("Alasan"),
        help_text=_("Satu kalimat untuk jejak audit, tanpa nama orang."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Tuliskan alasannya; alasan ini dicatat dalam jejak audit.")},
    )


class ExtensionForm(MomentsMixin, ReasonForm):
    """A later deadline, and why."""

    closes_day = _day(_("Batas waktu baru"))
    closes_clock = _clock(_("Jam batas waktu"))

    field_order = ("closes_day", "closes_clock", "reason")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["closes_clock"].needed_later = True
        self.fields["closes_day"].required = True
        self.fields["closes_day"].error_messages["required"] = _("Pilih tanggal.")
        self.fields["closes_clock"].initial = LAST_CLOCK
