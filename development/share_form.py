"""The form with which the owner of a report gives one person a look at chosen parts."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.nip_field import NipField
from development.forms import Words
from reports.sharing import policies
from reports.sharing.parts import LONGEST_DAYS, LONGEST_NOTE, USUAL_DAYS, Choice, Part
from reports.sharing.selectors import find_recipient

ALL_DIMENSIONS = "*"

NOT_FOUND = _(
    "Tidak ada pegawai aktif lain dengan NIP dan nama itu bersama-sama. Periksa keduanya; belum ada yang dibagikan."
)
TOO_MANY = _(
    "Terlalu banyak NIP dan nama yang tidak cocok. Isian Anda masih ada di sini dan belum ada yang dibagikan; "
    "coba lagi satu jam lagi."
)


class ShareForm(forms.Form):
    """With whom, what, until when; nothing is ticked beforehand."""

    nip = NipField(
        label=_("NIP penerima"),
        help_text=_("Tuliskan 18 angkanya. Di sini tidak ada daftar pegawai yang dapat dicari."),
        error_messages={"required": _("Isikan NIP penerima.")},
    )
    name = forms.CharField(
        label=_("Nama penerima"),
        help_text=_(
            "Paling sedikit dua kata dari namanya, dengan atau tanpa gelar. Keduanya harus cocok, "
            "agar salah ketik tidak membuka laporan Anda bagi orang lain."
        ),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Isikan nama penerima.")},
    )
    dimensions = forms.MultipleChoiceField(
        label=_("Profil per dimensi: skor, ketelitian, kategori, dan artinya"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Dimensi itu tidak ada dalam laporan ini. Pilih dari daftar.")},
    )
    parts = forms.MultipleChoiceField(
        label=_("Bagian lain"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Bagian itu tidak ada dalam laporan ini. Pilih dari daftar.")},
    )
    last_day = forms.DateField(
        label=_("Sampai tanggal"),
        error_messages={
            "required": _("Pilih tanggal."),
            "invalid": _("Tanggal ini tidak dapat dibaca; tuliskan seperti 31-12-2026."),
        },
    )
    note = Words(
        label=_("Pesan untuk penerima"),
        help_text=_("Misalnya apa yang ingin Anda bicarakan."),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    wants_mail = forms.BooleanField(
        label=_("Beri tahu lewat surel"),
        help_text=_("Hanya bila alamatnya terdaftar; tanpa nama Anda, isi, dan skor."),
        required=False,
        initial=True,
    )

    def __init__(self, data=None, *, owner, document, may_ask=True):
        today = timezone.localdate()
        super().__init__(data, initial={"last_day": today + timedelta(days=USUAL_DAYS)})
        self.owner, self.document, self.today, self.may_ask = owner, document, today, may_ask
        self.recipient = self.choice = None
        language = get_language() or "id"
        self.fields["dimensions"].choices = [
            (ALL_DIMENSIONS, _("Semua dimensi")),
            *((scale.code, scale.name.in_language(language)) for scale in document.dimensions),
        ]
        self.fields["parts"].choices = [
            (part.value, label)
            for part, label in PART_LABELS
            if part != Part.JUDGEMENT or policies.has_judgement(document)
        ]
        first, last = today + timedelta(days=1), today + timedelta(days=LONGEST_DAYS)
        self.fields["last_day"].widget = forms.DateInput(
            format="%Y-%m-%d",
            attrs={"type": "date", "min": f"{first:%Y-%m-%d}", "max": f"{last:%Y-%m-%d}"},
        )
        self.fields["last_day"].help_text = _("Paling lama %(days)s hari lagi; sampai pukul 23.59.") % {
            "days": LONGEST_DAYS
        }

    @property
    def has_wrong_person(self) -> bool:
        """Whether NIP and name were both well-formed and still belong to nobody: such a try counts."""
        return self.has_error("nip", "not_found")

    def clean_last_day(self):
        day = self.cleaned_data["last_day"]
        self._refuse_unless(lambda: policies.check_last_day(day, today=self.today))
        return day

    def clean(self):
        cleaned = super().clean()
        if not self.errors.keys() & {"dimensions", "parts"}:
            self.choice = self._chosen(cleaned)
            try:
                policies.check_choice(self.document, self.choice)
            except policies.SharingRefused as refusal:
                self.add_error("dimensions" if self.choice.is_empty else "parts", str(refusal))
        if not self.may_ask:
            raise forms.ValidationError(TOO_MANY)
        if not self.errors.keys() & {"nip", "name"}:
            self.recipient = find_recipient(self.owner, nip=cleaned["nip"], name=cleaned["name"])
            if self.recipient is None:
                self.add_error("nip", forms.ValidationError(NOT_FOUND, code="not_found"))
        return cleaned

    def _chosen(self, cleaned) -> Choice:
        dimensions = frozenset(cleaned["dimensions"])
        if ALL_DIMENSIONS in dimensions:
            dimensions = frozenset(scale.code for scale in self.document.dimensions)
        return Choice(dimensions, frozenset(map(Part, cleaned["parts"])))

    def _refuse_unless(self, check):
        try:
            check()
        except policies.SharingRefused as refusal:
            raise forms.ValidationError(str(refusal)) from None


PART_LABELS = (
    (
        Part.AREAS,
        _("Kekuatan dan area pengembangan: nama dimensi yang menonjol dan saran untuknya, tanpa skor"),
    ),
    (Part.JUDGEMENT, _("Pertimbangan situasional: skor, kategori, dan artinya")),
    (
        Part.ANSWERS,
        _("Jawaban saya butir demi butir, untuk dimensi dan pertimbangan situasional yang dicentang"),
    ),
    (
        Part.PLAN,
        _("Rencana pengembangan: sasaran yang berjalan saat ini, tanpa catatan dan tanpa nama pendukung"),
    ),
)
