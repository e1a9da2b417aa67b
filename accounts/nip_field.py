"""A NIP in a form: typed with blanks, dots or dashes, cleaned to the number as it is kept."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.nip import NipError, parse_nip


def nip_number(text: str) -> str:
    """The number as it is kept.

    Raises:
        ValidationError: with the sentence of :func:`accounts.nip.parse_nip` in the language of the page.
    """
    try:
        return parse_nip(text, today=timezone.localdate()).number
    except NipError as error:
        # The sentence is a message id; the values go in after translation.
        raise forms.ValidationError(gettext(error.sentence) % error.values) from None


class NipField(forms.CharField):
    """``autocomplete``: "username" where people type their own."""

    def __init__(self, *, autocomplete="off", **options):
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": autocomplete})
        told = {"label": _("NIP"), "help_text": _("18 angka; spasi boleh"), "widget": widget}
        super().__init__(**told | options)

    def clean(self, value):
        return nip_number(super().clean(value))
