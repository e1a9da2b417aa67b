"""Forms about the protection of personal data."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from agencies.models import Agency
from privacy.models import DataRequest
from privacy.request_models import LONGEST_REQUEST

_Kind = DataRequest.Kind


class RequestForm(forms.Form):
    """What somebody asks of the agency about their own data."""

    kind = forms.ChoiceField(
        label=_("Apa yang Anda minta?"),
        choices=[
            (_Kind.CORRECTION.value, _("Perbaiki data saya, misalnya nama, gelar, surel, atau unit kerja")),
            (_Kind.QUESTION.value, _("Jawab pertanyaan atau keberatan saya tentang pemakaian data saya")),
            (_Kind.ERASURE.value, _("Hapus semua data saya di sini untuk selamanya")),
        ],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("Uraian"),
        help_text=_(
            "Dibaca administrator instansi Anda. Jangan menulis jawaban penilaian atau hal kesehatan di sini."
        ),
        max_length=LONGEST_REQUEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    is_sure = forms.BooleanField(
        label=_("Untuk penghapusan: saya tahu bahwa laporan dan rencana saya ikut hilang dan tidak kembali"),
        required=False,
    )

    def clean(self):
        given = super().clean()
        if given.get("kind") == _Kind.ERASURE and not given.get("is_sure"):
            self.add_error(
                "is_sure", gettext("Centang pernyataan ini bila Anda memang meminta semua data dihapus.")
            )
        return given


class AnswerForm(forms.Form):
    """What the person reads."""

    answer = forms.CharField(
        label=_("Jawaban kepada pegawai"),
        help_text=_("Apa yang dilakukan, atau mengapa tidak. Tanpa NIP."),
        max_length=LONGEST_REQUEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class CorrectionForm(AnswerForm):
    """The account as it should be. Places of work come with the roster."""

    field_order = ("name", "title_before", "title_after", "email", "answer")

    name = forms.CharField(label=_("Nama"), max_length=User._meta.get_field("name").max_length)
    title_before = forms.CharField(
        label=_("Gelar depan"), max_length=User._meta.get_field("title_before").max_length, required=False
    )
    title_after = forms.CharField(
        label=_("Gelar belakang"), max_length=User._meta.get_field("title_after").max_length, required=False
    )
    email = forms.EmailField(label=_("Surel"), required=False)

    CORRECTED = ("name", "title_before", "title_after", "email")

    @classmethod
    def initial_of(cls, person) -> dict:
        return {name: getattr(person, name) for name in cls.CORRECTED}

    def values(self) -> dict:
        return {name: self.cleaned_data[name] for name in (*self.CORRECTED, "answer")}


class ContactForm(forms.Form):
    """Whom people ask about their data."""

    contact = forms.CharField(
        label=_("Kontak petugas pelindungan data pribadi"),
        help_text=_("Nama jabatan dengan surel atau telepon kantor. Tampil di pengantar dan di Data saya."),
        max_length=Agency._meta.get_field("dpo_contact").max_length,
    )


class NoticeForm(forms.Form):
    """The agency's own privacy notice."""

    text_id = forms.CharField(
        label=_("Pemberitahuan dalam bahasa Indonesia"),
        help_text=_("Siapa pengendali, untuk apa, dasar hukumnya, data apa, berapa lama, dan hak pegawai."),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 14}),
    )
    text_en = forms.CharField(
        label=_("Pemberitahuan dalam bahasa Inggris"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 14, "lang": "en"}),
    )
