"""Where a code is typed: at sign-in, when confirming, and when an authenticator app is set up."""

import re

from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.one_time_codes import DIGITS, PERIOD, drift_of
from accounts.sealing import unseal
from accounts.second_factor import server_time

# How far a clock may be off, in steps, so that the sentence can say so: ten minutes to either side.
_EXPLAINED = 20
# allauth forgets a used code after one step; with the tolerance it would be right for longer.
_ACCEPTED_FOR = PERIOD * (2 * settings.MFA_TOTP_TOLERANCE + 1)


def is_spent(user, code) -> bool:
    """Whether the person has used the code already."""
    return cache.get(_spent_key(user, code)) is not None


def _spent_key(user, code):
    return f"second-factor-spent:{user.pk}:{code}"


class _CodeForm(forms.Form):
    """A code with blanks or dashes allowed, and a refusal that says what is the matter with it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        code = self.fields["code"]
        code.label = _("Kode")
        code.help_text = self.code_help
        code.error_messages["required"] = _("Isikan kodenya.")
        code.widget = forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "autofocus": True}
        )

    code_help = _("6 angka dari aplikasi autentikator, atau satu kode pemulihan (8 angka)")
    lengths = (DIGITS, settings.MFA_RECOVERY_CODE_DIGITS)

    def clean_code(self):
        code = re.sub(r"[\s.\-]", "", self.cleaned_data["code"])
        if not re.fullmatch(r"[0-9]+", code) or len(code) not in self.lengths:
            raise forms.ValidationError(self.shape_sentence())
        self.cleaned_data["code"] = code
        if is_spent(self.user, code):
            raise _already_used()
        try:
            super().clean_code()
        except forms.ValidationError as refusal:
            if getattr(refusal, "code", None) == "incorrect_code":
                self._explain(code)
            raise
        if len(code) == DIGITS and not cache.add(_spent_key(self.user, code), 1, _ACCEPTED_FOR):
            raise _already_used()
        return code

    def shape_sentence(self):
        return gettext(
            "Kode aplikasi autentikator terdiri atas 6 angka, kode pemulihan 8 angka. Periksa kembali yang Anda isikan."
        )

    def app_secret(self):
        """The secret against which a code of six digits is checked; None for somebody without an app."""
        app = Authenticator.objects.filter(user=self.user, type=Authenticator.Type.TOTP).first()
        return unseal(app.data["secret"]) if app else None

    def _explain(self, code):
        """Raises the better sentence for a code that would be right but for the clock that made it."""
        secret = self.app_secret() if len(code) == DIGITS else None
        drift = secret and drift_of(secret, code, moment=server_time(), within=_EXPLAINED)
        if not drift:
            return
        # Whoever guesses has learnt nothing that can be used: a code whose time is still to come is spent at once.
        cache.set(_spent_key(self.user, code), 1, _ACCEPTED_FOR + PERIOD * max(drift, 0))
        raise forms.ValidationError(_drift_sentence(drift), code="clock_off")


def _drift_sentence(drift):
    minutes = max(1, round(abs(drift) * PERIOD / 60))
    amount = ngettext("sekitar %(count)d menit", "sekitar %(count)d menit", minutes) % {"count": minutes}
    if drift < 0:
        return gettext(
            "Kode ini sudah lewat waktunya %(amount)s. Bila kode itu masih tampil, jam ponsel Anda terlambat: setel "
            "jam ponsel ke otomatis, bandingkan dengan jam peladen di halaman ini, lalu pakai kode berikutnya."
        ) % {"amount": amount}
    return gettext(
        "Jam ponsel Anda terlalu cepat %(amount)s. Setel jam ponsel ke otomatis, bandingkan dengan jam peladen di "
        "halaman ini, lalu pakai kode berikutnya."
    ) % {"amount": amount}


def _already_used():
    return forms.ValidationError(
        gettext(
            "Kode ini baru saja dipakai, dan satu kode berlaku satu kali. Tunggu kode berikutnya (30 detik)."
        ),
        code="already_used",
    )


class SignInCodeForm(_CodeForm, AuthenticateForm):
    """The second step of signing in."""


class ConfirmCodeForm(_CodeForm, ReauthenticateForm):
    """Confirming by code that it is still the same person."""


class NewAppForm(_CodeForm, ActivateTOTPForm):
    """Setting up an authenticator app: the first code proves that it was scanned."""

    code_help = _("6 angka yang tampil di aplikasi sesudah gambar dipindai")
    lengths = (DIGITS,)

    def shape_sentence(self):
        return gettext("Kode aplikasi autentikator terdiri atas 6 angka. Periksa kembali yang Anda isikan.")

    def app_secret(self):
        return self.secret
