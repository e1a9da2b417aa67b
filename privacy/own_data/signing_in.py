"""How the person signs in and where: never a secret, a key, or the fingerprint of one."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.utils.translation import gettext_lazy as _

from accounts.browsers import describe_browser
from accounts.models import ActivationCode
from privacy.own_data.values import Coded, Column, Group, Kind, Part, Table

SESSIONS = Table(
    "sessions",
    Group.SIGNING_IN,
    _("Perangkat yang masuk"),
    _("Dicatat agar Anda dapat mengenali dan mengeluarkan perangkat asing."),
    (
        Column("browser", _("Peramban")),
        Column("system", _("Sistem")),
        Column("address", _("Alamat jaringan")),
        Column("created_at", _("Masuk"), Kind.MOMENT),
        Column("last_seen_at", _("Terakhir dipakai"), Kind.MOMENT),
        Column("user_agent", _("Sebutan peramban"), is_technical=True),
    ),
)
FACTORS = Table(
    "second_factors",
    Group.SIGNING_IN,
    _("Faktor kedua"),
    _("Yang Anda pasang selain kata sandi. Rahasianya tersegel dan tidak ikut dalam salinan ini."),
    (
        Column("type", _("Jenis"), Kind.CODED),
        Column("name", _("Nama")),
        Column("created_at", _("Dipasang"), Kind.MOMENT),
        Column("last_used_at", _("Terakhir dipakai"), Kind.MOMENT),
    ),
)
CODES = Table(
    "activation_codes",
    Group.SIGNING_IN,
    _("Kode dari SDM"),
    _("Kode untuk memasang kata sandi yang masih berlaku; kodenya sendiri tidak kami simpan."),
    (
        Column("is_for_forgotten", _("Untuk kata sandi yang terlupa"), Kind.YES_NO),
        Column("issued_at", _("Dibuat"), Kind.MOMENT),
        Column("expires_at", _("Berlaku sampai"), Kind.MOMENT),
    ),
)
ADDRESSES = Table(
    "email_addresses",
    Group.SIGNING_IN,
    _("Alamat surel"),
    _("Alamat yang dikenal layanan masuk."),
    (
        Column("email", _("Surel")),
        Column("verified", _("Terbukti milik Anda"), Kind.YES_NO),
        Column("primary", _("Utama"), Kind.YES_NO),
    ),
)
ACCOUNTS = Table(
    "external_accounts",
    Group.SIGNING_IN,
    _("Akun layanan masuk"),
    _("Akun instansi atau nasional yang Anda pakai untuk masuk ke sini, dan keterangan yang diberikannya."),
    (
        Column("provider", _("Layanan")),
        Column("uid", _("Id di sana")),
        Column("date_joined", _("Dihubungkan"), Kind.MOMENT),
        Column("last_login", _("Terakhir dipakai"), Kind.MOMENT),
        Column("extra_data", _("Keterangan dari sana")),
    ),
)
TABLES = (SESSIONS, FACTORS, CODES, ADDRESSES, ACCOUNTS)

_FACTOR_NAMES = {
    Authenticator.Type.TOTP: _("Aplikasi autentikator"),
    Authenticator.Type.WEBAUTHN: _("Kunci sandi"),
    Authenticator.Type.RECOVERY_CODES: _("Kode pemulihan"),
}


def parts_of(user):
    """``(parts, records)``: the tables of this room, and the rows that events of the trail may be about."""
    factors = list(Authenticator.objects.filter(user=user).order_by("-created_at", "-pk"))
    sessions = UserSession.objects.filter(user=user).order_by("-last_seen_at", "-pk")
    codes = ActivationCode.objects.filter(user=user)
    addresses = EmailAddress.objects.filter(user=user).order_by("-primary", "pk")
    accounts = SocialAccount.objects.filter(user=user).order_by("-date_joined", "-pk")
    parts = (
        Part(SESSIONS, [_session(row) for row in sessions]),
        Part(FACTORS, [_factor(row) for row in factors]),
        Part(CODES, [(row.is_for_forgotten, row.issued_at, row.expires_at) for row in codes]),
        Part(ADDRESSES, [(row.email, row.verified, row.primary) for row in addresses]),
        Part(ACCOUNTS, [_account(row) for row in accounts]),
    )
    return parts, []


def _session(row):
    return (*describe_browser(row.user_agent), row.ip, row.created_at, row.last_seen_at, row.user_agent)


def _factor(row):
    # ``data`` holds the secret; of a passkey it also holds the name that its owner gave.
    name = row.data.get("name") if row.type == Authenticator.Type.WEBAUTHN else None
    return (Coded(row.type, str(_FACTOR_NAMES[row.type])), name, row.created_at, row.last_used_at)


def _account(row):
    told = "; ".join(f"{name}: {value}" for name, value in sorted(row.extra_data.items()))
    return (row.provider, row.uid, row.date_joined, row.last_login, told or None)
