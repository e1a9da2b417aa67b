from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.models import RosterUpload
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
