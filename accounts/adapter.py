"""How django-allauth is fitted to this product."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.core.internal import ratelimit
from django.utils.translation import gettext_lazy as _

from accounts import notices, session_limits
from accounts.sealing import keyed_hash
from accounts.second_factor import server_time
from accounts.sessions import end_sessions
from audit.actions import record

CONFIRMING = {
    "reauthenticate": _("Pakai kata sandi"),
    "mfa_reauthenticate": _("Pakai kode autentikator atau kode pemulihan"),
    "mfa_reauthenticate:webauthn": _("Pakai kunci sandi"),
}

# The package's notices about an account, as events of the trail.
CHANGES = {
    "account/email/password_changed": "user.password_changed",
    "account/email/password_reset": "user.password_reset_by_mail",
    "mfa/email/totp_activated": "second_factor.app_added",
    "mfa/email/totp_deactivated": "second_factor.app_removed",
    "mfa/email/recovery_codes_generated": "second_factor.codes_renewed",
    "mfa/email/webauthn_added": "second_factor.passkey_added",
    "mfa/email/webauthn_removed": "second_factor.passkey_removed",
}
ENDS_OTHER_SESSIONS = {"user.password_changed", "user.password_reset_by_mail"}


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by an agency, never by signing up; refusals say what to do next."""

    # A wrong password and an unknown NIP read alike, so that nobody can find out who has an account.
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _(
            "NIP dan kata sandi yang Anda masukkan tidak cocok. Periksa keduanya, lalu coba lagi; "
            "bila lupa kata sandi, hubungi pengelola SDM instansi Anda."
        ),
        "enter_current_password": _(
            "Kata sandi sekarang tidak cocok. Kata sandi Anda tidak berubah; coba ketik ulang."
        ),
        "incorrect_password": _("Kata sandi tidak cocok. Coba ketik ulang."),
        "too_many_login_attempts": _(
            "Terlalu banyak percobaan masuk yang gagal. Akun Anda tidak berubah; tunggu beberapa menit, lalu coba lagi."
        ),
    }

    def _get_login_attempts_cache_key(self, request, **credentials):
        """Wrong passwords count by account and address: nobody locks a colleague, or a stranger, out from elsewhere."""
        account = super()._get_login_attempts_cache_key(request, **credentials)
        return keyed_hash(f"{account}@{ratelimit.get_ip(request)}")

    def authenticate(self, request, **credentials):
        """Besides, by account alone, so that guessing from a thousand addresses ends too."""
        anywhere = ratelimit.consume(
            request,
            app="allauth.account",
            action="login_failed_anywhere",
            key=keyed_hash(super()._get_login_attempts_cache_key(request, **credentials)),
        )
        if not anywhere:
            raise self.validation_error("too_many_login_attempts")
        user = super().authenticate(request, **credentials)
        if user:
            anywhere.rollback()
        return user

    def pre_login(self, request, user, **kwargs):
        _without_nip(request)
        return super().pre_login(request, user, **kwargs)

    def login(self, request, user):
        super().login(request, user)
        _without_nip(request)
        session_limits.note_use(request.session, now=server_time())

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        """What the package would mail about the account: here it is written to the trail, and told to the person."""
        event = CHANGES.get(template_prefix)
        if event is None:
            return
        record(event=event, by=user, target=user)
        if event in ENDS_OTHER_SESSIONS:
            end_sessions(user=user, by=user, keep=self.request.session.session_key)
        notices.send_change.enqueue(user.pk, event)

    def get_reauthentication_methods(self, user):
        """The package's ways to confirm, named in our words."""
        methods = super().get_reauthentication_methods(user)
        return [
            {**method, "description": CONFIRMING.get(method["id"], method["description"])}
            for method in methods
        ]

    def is_open_for_signup(self, request):
        return False


def _without_nip(request):
    """Takes the NIP out of what the package notes in the session about how somebody signed in."""
    methods = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
    request.session[AUTHENTICATION_METHODS_SESSION_KEY] = [
        {name: value for name, value in method.items() if name not in {"username", "email"}}
        for method in methods
    ]


def user_display(user):
    """The name in allauth's messages; its default would show the NIP."""
    return user.get_full_name()
