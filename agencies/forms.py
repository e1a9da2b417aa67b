import re

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.nip import normalise
from accounts.nip_field import NipField
from agencies import roles
from agencies.authorization import Permission, has_permission
from agencies.importers.cells import unit_code
from agencies.models import RosterUpload, Unit
from agencies.roster.files import check_size
from tables.csv_files import UnreadableTable


class RosterForm(forms.Form):
    """A file of units or people."""

    kind = forms.ChoiceField(
        label=_("Isi berkas"),
        choices=[
            (RosterUpload.Kind.UNITS.value, _("Unit kerja")),
            (RosterUpload.Kind.PEOPLE.value, _("Pegawai")),
        ],
        widget=forms.RadioSelect,
        initial=RosterUpload.Kind.PEOPLE.value,
    )
    file = forms.FileField(
        label=_("Berkas CSV atau XLSX"),
        help_text=_("CSV paling besar 150 MB, XLSX paling besar 30 MB. Baris pertama memuat nama kolom."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx"}),
        allow_empty_file=True,  # the reader says it better
    )
    is_complete = forms.BooleanField(
        label=_("Berkas pegawai ini memuat semua pegawai dalam jangkauan saya"),
        help_text=_(
            "Pegawai yang tidak ada di dalamnya dianggap keluar: penempatannya diakhiri, datanya tidak dihapus. Anda "
            "melihat daftarnya sebelum apa pun ditulis."
        ),
        required=False,
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        try:
            check_size(file.size)
        except UnreadableTable as error:
            raise forms.ValidationError(str(error)) from None
        return file


class CodesForm(forms.Form):
    """For whom activation codes are made: a unit with everything below it, or named people of it."""

    unit = forms.CharField(
        label=_("Kode unit"),
        help_text=_("Unit itu dan semua di bawahnya. Kosong: seluruh jangkauan Anda."),
        max_length=80,
        required=False,
    )
    numbers = forms.CharField(
        label=_("NIP tertentu saja"),
        help_text=_("Satu NIP setiap baris, untuk lembar cetak. Kosong: semua yang belum aktif di unit itu."),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    is_again = forms.BooleanField(
        label=_("Juga bagi yang masih memegang kode"),
        help_text=_("Kode yang sudah mereka pegang lalu tidak berlaku lagi. Perlu bila lembarnya hilang."),
        required=False,
    )

    def __init__(self, *args, agency, **kwargs):
        super().__init__(*args, **kwargs)
        self._agency = agency

    def clean_unit(self):
        code = unit_code(self.cleaned_data["unit"])
        if not code:
            return None
        unit = Unit.objects.filter(agency=self._agency, code=code).first()
        if unit is None:
            raise forms.ValidationError(gettext("Tidak ada unit dengan kode ini. Periksa kodenya."))
        return unit

    def clean_numbers(self):
        lines = re.split(r"[\r\n;,]+", self.cleaned_data["numbers"])
        return [normalise(line) for line in lines if line.strip()]


class ForgottenForm(forms.Form):
    """Who forgot the password, and how it was made sure that it is this person."""

    nip = NipField(max_length=60)
    reason = forms.CharField(
        label=_("Cara Anda memastikan bahwa itu benar orangnya"),
        help_text=_("Misalnya: datang sendiri dan menunjukkan KTP. Tercatat dalam jejak audit."),
        max_length=200,
    )


class RoleForm(forms.Form):
    """A role for somebody, over a unit with everything below it or over the whole agency."""

    nip = forms.CharField(
        label=_("NIP"),
        help_text=_("18 angka; spasi boleh"),
        max_length=60,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    role = forms.ChoiceField(
        label=_("Peran"),
        choices=[(str(role), name) for role, name in roles.GIVEN_HERE.items()],
        widget=forms.RadioSelect,
    )
    unit = forms.CharField(
        label=_("Kode unit"),
        help_text=_("Peran berlaku di unit itu dan semua di bawahnya. Kosong: seluruh instansi."),
        max_length=80,
        required=False,
    )
    reason = forms.CharField(
        label=_("Alasan"),
        help_text=_("Misalnya nomor surat penugasan. Tercatat dalam jejak audit."),
        max_length=200,
    )

    def __init__(self, *args, agency, by, **kwargs):
        super().__init__(*args, **kwargs)
        self._agency, self._by = agency, by

    def clean_nip(self):
        """The person."""
        person = roles.person_in_reach(self._by, self._agency, normalise(self.cleaned_data["nip"]))
        if person is None:
            raise forms.ValidationError(
                gettext("Tidak ada pegawai dengan NIP itu dalam jangkauan Anda. Tidak ada yang diubah.")
            )
        return person

    def clean_unit(self):
        """The unit, or None for the whole agency."""
        code = unit_code(self.cleaned_data["unit"])
        unit = Unit.objects.filter(agency=self._agency, code=code).first() if code else None
        if code and unit is None:
            raise forms.ValidationError(gettext("Tidak ada unit dengan kode ini. Periksa kodenya."))
        reach = {"unit": unit} if unit else {"agency": self._agency}
        if not has_permission(self._by, Permission.GRANT_ROLES, **reach):
            raise forms.ValidationError(
                gettext("Itu di luar jangkauan Anda. Isi kode unit yang Anda urus, atau unit di bawahnya.")
            )
        return unit
