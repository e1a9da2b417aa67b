"""Passkeys: what a browser sends after a device was unlocked, taken with a grain of salt."""

import contextlib
import logging

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.utils.translation import gettext_lazy as _

logger = logging.getLogger(__name__)

_LONGEST_NAME = 60
_LONGEST_CREDENTIAL = 20_000  # characters; real ones have some thousand
_TEXTS = ("id", "rawId", "type", "authenticatorAttachment")
_TEXTS_OF_RESPONSE = ("clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle")


class CredentialField(forms.JSONField):
    """A credential in which only texts stand where texts belong; the rest of what was sent is left out.

    The package below takes a number where it expects bytes as a number of bytes to make room for: a visitor could ask
    it for all the memory of the machine.
    """

    def to_python(self, value):
        if isinstance(value, str) and len(value) > _LONGEST_CREDENTIAL:
            raise get_adapter().validation_error("passkey_refused")
        with _refusing_nonsense():
            value = super().to_python(value)
        if value is None:
            return None
        if not isinstance(value, dict) or not isinstance(value.get("response"), dict):
            raise get_adapter().validation_error("passkey_refused")
        response = _texts(value["response"], _TEXTS_OF_RESPONSE)
        transports = value["response"].get("transports")
        if isinstance(transports, list):
            response["transports"] = [each for each in transports if isinstance(each, str)]
        results = {"credProps": {"rk": True}} if _is_kept_by_the_device(value) else {}
        return {**_texts(value, _TEXTS), "response": response, "clientExtensionResults": results}


def _texts(values, names):
    found = {name: values[name] for name in names if values.get(name) is not None}
    if not all(isinstance(text, str) for text in found.values()):
        raise get_adapter().validation_error("passkey_refused")
    return found


def _is_kept_by_the_device(value):
    results = value.get("clientExtensionResults")
    properties = results.get("credProps") if isinstance(results, dict) else None
    return isinstance(properties, dict) and properties.get("rk") is True


@contextlib.contextmanager
def _refusing_nonsense():
    """Whatever fails while the bytes of strangers are read is a refusal and no fault of the product."""
    try:
        yield
    except forms.ValidationError:
        raise
    except Exception as error:
        logger.info("passkey refused: %s", type(error).__name__)
        raise get_adapter().validation_error("passkey_refused") from error


class _Careful(forms.Form):
    """Reads a credential with care, and refuses what is none like a wrong one."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["credential"] = CredentialField(widget=forms.HiddenInput)

    def clean_credential(self):
        with _refusing_nonsense():
            return super().clean_credential()


class NewPasskeyForm(AddWebAuthnForm):
    """A new passkey. It is always one that its device opens by PIN, finger or face: so it is two factors by itself."""

    # Read by the script of the page, which then asks the device for a key that can sign in alone.
    passwordless = forms.BooleanField(
        initial=True, widget=forms.CheckboxInput(attrs={"checked": True, "hidden": True})
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["credential"] = CredentialField(widget=forms.HiddenInput)
        name = self.fields["name"]
        name.label, name.max_length = _("Nama kunci sandi"), _LONGEST_NAME
        name.help_text = _("Supaya Anda mengenalinya nanti, misalnya Ponsel saya")
        name.widget.attrs.update(maxlength=_LONGEST_NAME)

    def clean_name(self):
        return super().clean_name()[:_LONGEST_NAME]

    def clean(self):
        # The package leaves a credential unchecked that Python takes for false, such as a bare 0.
        if not self.cleaned_data.get("credential"):
            raise get_adapter().validation_error("passkey_refused")
        with _refusing_nonsense():
            return super().clean()


class PasskeyNameForm(EditWebAuthnForm):
    """Another name for a passkey."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        name = self.fields["name"]
        name.label = _("Nama kunci sandi")
        name.widget.attrs.update(maxlength=_LONGEST_NAME)

    def clean_name(self):
        return self.cleaned_data["name"][:_LONGEST_NAME]


class SignInPasskeyForm(_Careful, AuthenticateWebAuthnForm):
    """The second step of signing in, by passkey instead of a code."""


class OnlyPasskeyForm(_Careful, LoginWebAuthnForm):
    """Signing in by passkey alone."""


class ConfirmPasskeyForm(_Careful, ReauthenticateWebAuthnForm):
    """Confirming by passkey that it is still the same person."""
