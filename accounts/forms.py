from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm, ResetPasswordKeyForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.nip_field import NipField, nip_number

GOOD_PASSWORD = _(
    "Paling sedikit 12 karakter, tidak hanya angka, tidak mirip dengan nama Anda, dan bukan kata sandi yang "
    "umum. Beberapa kata yang hanya Anda hubungkan mudah diingat dan sulit ditebak."
)


class SignInForm(LoginForm):
    """NIP and password. The NIP may be written with blanks, dots or dashes."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields.pop("remember", None)
        login = self.fields["login"]
        login.label = _("NIP")
        login.help_text = _("18 angka; spasi boleh")
        # Wide enough for a number pasted with blanks; the length is checked with a sentence of our own.
        login.max_length = None
        login.validators = []
        login.widget = forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "username", "autofocus": True}
        )
        self.fields["password"].label = _("Kata sandi")
        self.fields["password"].help_text = ""
        self.fields["password"].widget.attrs = {"autocomplete": "current-password"}

    def clean_login(self):
        return nip_number(self.cleaned_data["login"])


class ActivationForm(forms.Form):
    """Number, code from paper or mail, and a password."""

    nip = NipField(autocomplete="username", max_length=60)
    code = forms.CharField(
        label=_("Kode"),
        help_text=_("Dua belas huruf dan angka dari pengelola SDM; tanda hubung boleh dilewati"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "characters"}),
    )
    password = forms.CharField(
        label=_("Kata sandi baru"),
        help_text=GOOD_PASSWORD,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
    )
    again = forms.CharField(
        label=_("Kata sandi baru, sekali lagi"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
    )

    def clean_password(self):
        validate_password(self.cleaned_data["password"])
        return self.cleaned_data["password"]

    def clean(self):
        given = super().clean()
        if "password" in given and given.get("again") and given["again"] != given["password"]:
            self.add_error("again", gettext("Kedua kata sandi tidak sama. Ketik ulang."))
        return given


class NewPasswordForm(ChangePasswordForm):
    """Changing the own password, in our words: the packages' Indonesian is stiff and addresses nobody."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        old, new, again = (self.fields[name] for name in ("oldpassword", "password1", "password2"))
        old.label, new.label, again.label = (
            _("Kata sandi sekarang"),
            _("Kata sandi baru"),
            _("Kata sandi baru, sekali lagi"),
        )
        for field in (old, new, again):
            field.widget.attrs.pop("placeholder", None)  # the label says it, and stays
        old.help_text = ""
        new.help_text = GOOD_PASSWORD


class PasswordByLinkForm(ResetPasswordKeyForm):
    """A new password by a link that was mailed."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        new, again = self.fields["password1"], self.fields["password2"]
        new.label, again.label = _("Kata sandi baru"), _("Kata sandi baru, sekali lagi")
        new.help_text = GOOD_PASSWORD
        for field in (new, again):
            field.widget.attrs.pop("placeholder", None)


class ConfirmPasswordForm(ReauthenticateForm):
    """Confirming by password that it is still the same person."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        password = self.fields["password"]
        password.label, password.help_text = _("Kata sandi"), ""
        password.widget.attrs = {"autocomplete": "current-password", "autofocus": True}
