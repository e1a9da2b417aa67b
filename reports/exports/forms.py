import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from reports.exports.models import LONGEST_PURPOSE, Export


class ExportForm(forms.Form):
    """Asks for a file. ``request_key`` makes pressing twice the same as pressing once."""

    form = forms.ChoiceField(
        label=_("Bentuk berkas"),
        choices=[
            (
                Export.Form.PDF.value,
                _("PDF: laporan unit ini dan ringkasan unit tepat di bawahnya, untuk dicetak"),
            ),
            (
                Export.Form.XLSX.value,
                _(
                    "XLSX: buku kerja unit ini dan semua unit di bawahnya, satu lembar untuk setiap jenis angka"
                ),
            ),
            (
                Export.Form.CSV.value,
                _("CSV: unit ini dan semua unit di bawahnya, satu baris untuk setiap angka"),
            ),
        ],
        widget=forms.RadioSelect,
        initial=Export.Form.XLSX.value,
    )
    purpose = forms.CharField(
        label=_("Untuk apa berkas ini dipakai?"),
        help_text=_(
            "Tercatat di jejak audit dan tercetak di dalam berkas bersama nama Anda. Jangan menulis nama atau NIP "
            "pegawai."
        ),
        max_length=LONGEST_PURPOSE,
        error_messages={"required": _("Tulis untuk apa berkas ini dipakai. Belum ada yang dibuat.")},
    )
    request_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
