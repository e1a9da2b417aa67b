"""The second factor beside the password: an authenticator app with its recovery codes, or a passkey."""

import time

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.sealing import seal, unseal

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def has_second_factor(user) -> bool:
    """Whether the person has set one up; recovery codes alone are none."""
    return Authenticator.objects.filter(user=user, type__in=FACTORS).exists()


def has_app(user) -> bool:
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()


def add_app(*, user, secret):
    """An authenticator app with a known secret, and recovery codes; for the demo and for tests."""
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)


def was_shown_in(request) -> bool:
    """Whether the second factor was shown in this session, at its beginning or later."""
    return any(record["method"] == "mfa" for record in get_authentication_records(request, request.user))


def confirmed_lately(request) -> bool:
    """Whether the person confirmed in the last minutes that it is still them."""
    has_record = any(
        record.get("reauthenticated") for record in get_authentication_records(request, request.user)
    )
    return has_record and did_recently_reauthenticate(request)


class SecondFactorAdapter(DefaultMFAAdapter):
    """What django-allauth asks about second factors: sealed secrets, no NIP on any screen, sentences that help."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _(
            "Kode tidak cocok. Pakailah kode yang sedang tampil di aplikasi autentikator Anda untuk Cermin ASN, "
            "atau satu kode pemulihan yang belum pernah dipakai."
        ),
        "passkey_refused": _(
            "Kunci sandi ini tidak dapat diterima. Tidak ada yang berubah; coba sekali lagi, atau pakai cara lain."
        ),
        "cannot_delete_authenticator": _(
            "Ini faktor kedua Anda yang terakhir, dan peran Anda mewajibkannya. Tidak ada yang dihapus; pasang "
            "dahulu penggantinya, lalu hapus yang ini."
        ),
        "cannot_generate_recovery_codes": _(
            "Kode pemulihan baru dapat dibuat sesudah aplikasi autentikator atau kunci sandi dipasang."
        ),
    }

    def encrypt(self, text):
        return seal(text)

    def decrypt(self, encrypted_text):
        return unseal(encrypted_text)

    def _get_user_identifier(self, user):
        """The name under which apps and browsers list the account; the package would show the NIP."""
        return user.get_full_name()

    def get_totp_issuer(self):
        return settings.PRODUCT_NAME

    def _get_site_name(self):
        return settings.PRODUCT_NAME

    def generate_authenticator_name(self, user, type):
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return str(_("Kunci sandi %(number)d") % {"number": number})


def server_time() -> float:
    """Seconds since 1970, as the check of a code reads them."""
    return time.time()
