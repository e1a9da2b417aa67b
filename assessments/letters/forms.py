"""The form of what a period writes to its people."""

from django import forms
from django.utils.translation import gettext as now_in
from django.utils.translation import gettext_lazy as _

from assessments.letters.timing import (
    FEWEST_DAYS,
    MOST_DAYS,
    MOST_REMINDERS,
    USUAL_DAYS,
    USUAL_REMINDERS,
)
from assessments.letters.wording import WordingError, check_wording
from assessments.periods.forms import whole_number

# Indonesian whatever the language of the page: the letters go out in Indonesian.
INVITATION = """\
Yth. {nama},

{instansi} mengundang Anda mengisi {periode}. Waktunya sekitar {menit} menit, dan boleh dilanjutkan kapan saja sampai {batas_waktu}.

Mulailah di sini (Anda perlu masuk dahulu):
{tautan}

Setelah mengirim jawaban, Anda langsung menerima laporan pribadi. Ini untuk pengembangan diri Anda, bukan penilaian resmi.
"""  # noqa: E501
REMINDER = """\
Yth. {nama},

{periode} masih menunggu Anda sampai {batas_waktu}. Yang sudah Anda isi tetap tersimpan; Anda dapat melanjutkannya di sini:
{tautan}

Bila Anda sedang berhalangan, abaikan saja surel ini.
"""  # noqa: E501


class LetterText(forms.CharField):
    """A text with named places; a place that nobody knows is refused here."""

    def __init__(self, **kwargs):
        # As with other long texts, the browser gets no maxlength: it would cut what somebody pastes without a word.
        super().__init__(widget=forms.Textarea(attrs={"rows": 12}), strip=False, required=False, **kwargs)
        # Never empty, but what is missing is said by the wording's own sentences.
        self.needed_later = True

    def validate(self, value):
        try:
            check_wording(value)
        except WordingError as error:
            raise forms.ValidationError(now_in(error.sentence) % error.values) from None


class LettersForm(forms.Form):
    """Both texts, how often at most, and whether the scheduler sends by itself."""

    invitation = LetterText(label=_("Undangan"), help_text=_("Dikirim sekali kepada setiap orang."))
    reminder = LetterText(
        label=_("Pengingat"), help_text=_("Hanya kepada yang belum selesai dan tidak menolaknya.")
    )
    most_reminders = whole_number(
        _("Paling banyak pengingat"),
        _("Untuk satu orang; 0 berarti tidak ada."),
        0,
        MOST_REMINDERS,
    )
    days_between = whole_number(
        _("Jarak antarsurel (hari)"),
        _("Tidak lebih cepat daripada ini."),
        FEWEST_DAYS,
        MOST_DAYS,
    )
    is_automatic = forms.BooleanField(
        label=_("Kirim otomatis selama periode berjalan"),
        help_text=_("Tanpa ini surel hanya dikirim bila Anda menekan tombol Kirim sekarang."),
        required=False,
    )

    @classmethod
    def initial_of(cls, letters) -> dict:
        if letters is None:
            return {
                "invitation": INVITATION,
                "reminder": REMINDER,
                "most_reminders": USUAL_REMINDERS,
                "days_between": USUAL_DAYS,
                "is_automatic": False,
            }
        return {name: getattr(letters, name) for name in cls.base_fields}
