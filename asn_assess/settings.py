"""Settings: one file, driven by the environment, failing closed.

Every variable is listed with a line of explanation in ``.env.example``. A file ``.env`` beside ``manage.py`` is
read if it is there (``make run`` writes one for a local trial); real environment variables win over it.
"""

from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
env.read_env(BASE_DIR / ".env")


def _required(name, hint):
    value = env.str(name, default="")
    if not value:
        raise ImproperlyConfigured(
            f"Pengaturan {name} belum diisi. {hint} Untuk mencoba di komputer sendiri, jalankan `make run`: "
            "berkas .env dibuatkan. (The setting is missing; see .env.example.)"
        )
    return value


def _boolean(name):
    text = env.str(name, default="0").strip().lower()
    if text in {"1", "true", "yes", "on"}:
        return True
    if text in {"", "0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"Pengaturan {name} bernilai {text!r}; isilah 1 (ya) atau 0 (tidak).")


def _whole_number(name, default):
    text = env.str(name, default=str(default))
    if not text.strip().isdigit():
        raise ImproperlyConfigured(f"Pengaturan {name} bernilai {text!r}; isilah dengan bilangan bulat.")
    return int(text)


def _database(setting, url):
    hint = (
        "Contoh: postgres://pengguna:sandi@localhost:5432/cermin atau sqlite:////srv/cermin/cermin.sqlite3."
    )
    if urlsplit(url).scheme not in {"postgres", "postgresql", "sqlite"}:
        # The address may hold a password, so it is not repeated in the message.
        raise ImproperlyConfigured(f"Pengaturan {setting} tidak dapat dipahami. {hint}")
    database = environ.Env.db_url_config(url)
    if not database["NAME"]:
        raise ImproperlyConfigured(f"Pengaturan {setting} tidak menyebut nama basis data. {hint}")
    if database["ENGINE"].endswith("sqlite3"):
        if database["NAME"] != ":memory:":
            Path(database["NAME"]).parent.mkdir(parents=True, exist_ok=True)
        # Several processes write to one file: take the write lock at BEGIN and wait for it, or writers lose data.
        database["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        }
    else:
        database["CONN_MAX_AGE"] = _whole_number("DATABASE_CONN_MAX_AGE", 600)
        database["CONN_HEALTH_CHECKS"] = True
    return database


def _databases():
    """The database, and under ``replica`` a standby that pages of frozen results may read from."""
    main = env.str("DATABASE_URL", default="") or f"sqlite:///{BASE_DIR / 'var' / 'cermin.sqlite3'}"
    databases = {"default": _database("DATABASE_URL", main)}
    if standby := env.str("DATABASE_REPLICA_URL", default=""):
        databases["replica"] = _database("DATABASE_REPLICA_URL", standby)
        if {database["ENGINE"] for database in databases.values()} != {"django.db.backends.postgresql"}:
            raise ImproperlyConfigured("DATABASE_REPLICA_URL hanya dapat dipakai bila keduanya PostgreSQL.")
        databases["replica"]["TEST"] = {"MIRROR": "default"}
    return databases


# --- What kind of installation this is -------------------------------------------------------------------

# A trial on one's own computer: plain http on the loopback address. Never set on a server.
CERMIN_LOCAL = _boolean("CERMIN_LOCAL")
# The demo world may be built, and the sign-in page offers its people. Never set on a server.
CERMIN_DEMO = _boolean("CERMIN_DEMO")
if CERMIN_DEMO and not CERMIN_LOCAL:
    raise ImproperlyConfigured(
        "CERMIN_DEMO hanya boleh dipakai bersama CERMIN_LOCAL: orang contoh mempunyai kata sandi yang diketahui umum."
    )

DEBUG = _boolean("DEBUG")
if DEBUG and not CERMIN_LOCAL:
    raise ImproperlyConfigured(
        "DEBUG hanya boleh dipakai bersama CERMIN_LOCAL: halamannya membocorkan isi sistem."
    )

SECRET_KEY = _required(
    "SECRET_KEY", "Isilah dengan teks acak yang panjang dan rahasia, berbeda untuk setiap server."
)
# Keys that were SECRET_KEY once: what they sealed and signed is still read, nothing new is made with them.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
# Keys under which the NIP is sealed in the database, the newest first; without any it is sealed under SECRET_KEY.
NIP_KEYS = env.list("NIP_KEYS", default=[])
if any(len(key) < 32 for key in NIP_KEYS):
    raise ImproperlyConfigured(
        "Pengaturan NIP_KEYS memuat kunci yang terlalu pendek; setiap kunci paling sedikit 32 huruf acak."
    )
if CERMIN_LOCAL:
    ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
else:
    ALLOWED_HOSTS = [
        host.strip()
        for host in _required(
            "ALLOWED_HOSTS", "Isilah dengan nama host, misalnya cermin.instansi.go.id."
        ).split(",")
    ]
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

PRODUCT_NAME = env.str("PRODUCT_NAME", default="Cermin ASN")

# --- E-mail: reminders, and that something was shared; without a server it is printed where the product runs ---


def _email():
    """The settings of Django's mail for one address, such as ``smtp+tls://user:password@mail.example:587``."""
    url = env.str("EMAIL_URL", default="") or "consolemail://"
    scheme = urlsplit(url).scheme
    if scheme not in environ.Env.EMAIL_SCHEMES or (scheme.startswith("smtp") and not urlsplit(url).hostname):
        # The address may hold a password, so it is not repeated in the message.
        raise ImproperlyConfigured(
            "Pengaturan EMAIL_URL tidak dapat dipahami. Contoh: smtp+tls://pengguna:sandi@surel.instansi.go.id:587, "
            "consolemail:// atau filemail:////srv/cermin/surel."
        )
    return environ.Env.email_url_config(url)


def _site_url():
    """Where the product is reached, for links in e-mails: without a slash at the end."""
    default = "http://127.0.0.1:8000" if CERMIN_LOCAL else f"https://{ALLOWED_HOSTS[0].lstrip('.')}"
    url = (env.str("SITE_URL", default="") or default).rstrip("/")
    if urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).netloc:
        raise ImproperlyConfigured(
            f"Pengaturan SITE_URL bernilai {url!r}; isilah seperti https://cermin.instansi.go.id."
        )
    return url


def _oidc_server_url():
    url = env.str("OIDC_SERVER_URL", default="").rstrip("/")
    allowed = {"http", "https"} if CERMIN_LOCAL else {"https"}
    if url and (urlsplit(url).scheme not in allowed or not urlsplit(url).netloc):
        raise ImproperlyConfigured(
            "Pengaturan OIDC_SERVER_URL tidak dapat dipahami; isilah seperti https://masuk.instansi.go.id/realms/asn."
        )
    return url


def _oidc_apps(server_url):
    """The one sign-on that the environment names, as django-allauth wants it."""
    if not server_url:
        return []
    hint = "Nilainya diberikan pengelola layanan masuk ketika aplikasi ini didaftarkan di sana."
    return [
        {
            "provider_id": "instansi",
            "name": env.str("OIDC_NAME", default="akun instansi"),
            "client_id": _required("OIDC_CLIENT_ID", hint),
            "secret": _required("OIDC_CLIENT_SECRET", hint),
            "settings": {"server_url": server_url},
        }
    ]


globals().update(_email())
EMAIL_TIMEOUT = 15  # seconds; a mail server that is silent for longer is tried again at the next run
SITE_URL = _site_url()
DEFAULT_FROM_EMAIL = env.str("MAIL_FROM", default=f"no-reply@{urlsplit(SITE_URL).hostname}")

# --- Applications: each imports only those below it -----------------------------------------------------

INSTALLED_APPS = [
    *(["demo"] if CERMIN_DEMO else []),
    "monitoring",
    "privacy",
    "development",
    "reports",
    "assessments",
    "panels",
    "scoring",
    "questionnaires",
    "agencies",
    "background",
    "accounts",
    "audit",
    "backups",
    "agencies.admin_config.CerminAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "monitoring.middleware.MonitoringMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "accounts.middleware.ChosenLanguageMiddleware",
    "accounts.middleware.NoNulMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "accounts.middleware.SessionLimitsMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "accounts.middleware.PrivatePagesMiddleware",
    "agencies.middleware.AgencyTimeMiddleware",
    "agencies.middleware.StaffPowersMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
]

ROOT_URLCONF = "asn_assess.urls"
WSGI_APPLICATION = "asn_assess.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "agencies.context_processors.navigation",
                *(["demo.context_processors.people"] if CERMIN_DEMO else []),
            ],
        },
    },
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# --- Data ------------------------------------------------------------------------------------------------

DATABASES = _databases()
DATABASE_ROUTERS = ["reports.replica.ReplicaRouter"] if "replica" in DATABASES else []
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Shared by all workers, so that a rate limit counts every attempt.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "shared_cache"},
}

# --- Background work: a queue in the database and workers (manage.py run_worker) ---------------------------------

# Without workers, whoever asks for work waits until it is done: for tests and for a first look.
WITHOUT_WORKERS = _boolean("WITHOUT_WORKERS")
if WITHOUT_WORKERS and not CERMIN_LOCAL:
    raise ImproperlyConfigured(
        "WITHOUT_WORKERS hanya boleh dipakai bersama CERMIN_LOCAL: pekerjaan besar akan menahan peladen."
    )
TASKS = {
    "default": {
        "BACKEND": (
            "django_tasks.backends.immediate.ImmediateBackend"
            if WITHOUT_WORKERS
            else "django_tasks_db.DatabaseBackend"
        )
    }
}
# A job whose worker has been silent for so long is taken up by another one.
WORK_LEASE_SECONDS = _whole_number("WORK_LEASE_SECONDS", 60)

# --- Sign-in -----------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["agencies.backends.PersonBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["name", "nip", "email"]},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = "nip"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_USER_DISPLAY = "accounts.adapter.user_display"
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_FORMS = {
    "login": "accounts.forms.SignInForm",
    "change_password": "accounts.forms.NewPasswordForm",
    "reauthenticate": "accounts.forms.ConfirmPasswordForm",
    "reset_password_from_key": "accounts.forms.PasswordByLinkForm",
}
PASSWORD_RESET_TIMEOUT = 60 * 60  # seconds for which the mailed link opens
ACCOUNT_SESSION_REMEMBER = False
# A whole office often shares one address, so the limit by address is wide; wrong passwords count by NIP and address
# (accounts.adapter), and by NIP alone against guessing from many addresses.
# An expert's link cannot be guessed; its limits keep the guessing from costing anything.
ACCOUNT_RATE_LIMITS = {
    "login": "600/m/ip",
    "login_failed": "300/m/ip,5/5m/key",
    "login_failed_anywhere": "50/h/key",
    # Links for a forgotten password: by NIP, so that nobody's mailbox is filled.
    "password_link": "600/m/ip,3/h/key",
    "reset_password_from_key": "300/m/ip",
    "activate": "300/m/ip,5/5m/key",
    "panel_link": "300/m/ip",
    "panel_link_unknown": "30/m/ip",
    "panel_save": "120/m/key",
    # Wrong NIP and name of the person to share a report with; a right one is not counted.
    "share_lookup": "10/h/user",
    # Copies of one's own data: each is made anew, and the printed one takes a second.
    "own_data": "30/h/user",
}
# A second factor beside the password: compulsory for every role beyond respondent (docs/adr/0018-second-factor.md).
MFA_ADAPTER = "agencies.second_factor.StaffSecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = (
    "required"  # by PIN, finger or face: the device is one factor, this the other
)
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = CERMIN_LOCAL  # http://localhost; browsers offer passkeys there too
MFA_RATE_LIMITS = {
    "webauthn_login": "300/m/ip"
}  # nothing can be guessed there, and an office shares an address
MFA_TOTP_TOLERANCE = 1  # steps of 30 seconds that a telephone's clock may be off, to either side
MFA_RECOVERY_CODE_DIGITS = 8
MFA_FORMS = {
    "authenticate": "accounts.second_factor_forms.SignInCodeForm",
    "reauthenticate": "accounts.second_factor_forms.ConfirmCodeForm",
    "activate_totp": "accounts.second_factor_forms.NewAppForm",
    "add_webauthn": "accounts.passkey_forms.NewPasskeyForm",
    "edit_webauthn": "accounts.passkey_forms.PasskeyNameForm",
    "authenticate_webauthn": "accounts.passkey_forms.SignInPasskeyForm",
    "reauthenticate_webauthn": "accounts.passkey_forms.ConfirmPasskeyForm",
    "login_webauthn": "accounts.passkey_forms.OnlyPasskeyForm",
}
# Staff powers are entered by confirming, and run out: after so long without use, and after so long in any case.
STAFF_POWERS_IDLE_SECONDS = 60 * _whole_number("STAFF_POWERS_IDLE_MINUTES", 30)
STAFF_POWERS_SECONDS = 60 * _whole_number("STAFF_POWERS_MINUTES", 8 * 60)
# An agency's or the national sign-on (OpenID Connect, authorization code with PKCE); only if OIDC_SERVER_URL is set.
OIDC_SERVER_URL = _oidc_server_url()
OIDC_NIP_CLAIM = env.str("OIDC_NIP_CLAIM", default="preferred_username")
OIDC_AGENCY = env.str(
    "OIDC_AGENCY", default=""
)  # code of the one agency for whose people it may speak; empty: all
SOCIALACCOUNT_ADAPTER = "agencies.sign_on.SignOnAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": _oidc_apps(OIDC_SERVER_URL)}
}
ALLAUTH_TRUSTED_PROXY_COUNT = _whole_number("TRUSTED_PROXY_COUNT", 0)
# A session ends after so long without use, and after so long in any case: one working day and a long evening.
SESSION_IDLE_SECONDS = 60 * _whole_number("SESSION_IDLE_MINUTES", 120)
SESSION_COOKIE_AGE = 60 * _whole_number("SESSION_MINUTES", 12 * 60)

# --- Language and time ---------------------------------------------------------------------------------------

# Source texts are Indonesian; locale/en holds the English.
LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = True
TIME_ZONE = "Asia/Jakarta"

# --- Static files ----------------------------------------------------------------------------------------------

STATIC_URL = "static/"
# A trial serves straight from the source folders; a server runs `collectstatic` first.
STATIC_ROOT = None if CERMIN_LOCAL else env.str("STATIC_ROOT", default="") or BASE_DIR / "var" / "static"
WHITENOISE_USE_FINDERS = CERMIN_LOCAL
WHITENOISE_AUTOREFRESH = DEBUG
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if CERMIN_LOCAL
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}

# --- Security ----------------------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        # A form that leads to the sign-on is redirected there, which this directive has to allow.
        "form-action": [SELF, *([f"https://{urlsplit(OIDC_SERVER_URL).netloc}"] if OIDC_SERVER_URL else [])],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True  # forms carry the token; no script asks for the cookie
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
if not CERMIN_LOCAL:
    SECURE_SSL_REDIRECT = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    LANGUAGE_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    if _boolean("BEHIND_TLS_PROXY"):
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# --- Logs: never a NIP (see accounts.logging), and metrics -----------------------------------------------------


def _log_format():
    chosen = env.str("LOG_FORMAT", default="") or ("plain" if CERMIN_LOCAL else "json")
    if chosen not in {"plain", "json"}:
        raise ImproperlyConfigured(f"Pengaturan LOG_FORMAT bernilai {chosen!r}; isilah plain atau json.")
    return chosen


def _metrics_token():
    token = env.str("METRICS_TOKEN", default="")
    if token and len(token) < 20:
        raise ImproperlyConfigured(
            "Pengaturan METRICS_TOKEN terlalu pendek; isilah sedikitnya 20 karakter acak."
        )
    return token


# Prometheus reads /metrics with this token; without one there is no such page and nothing is counted.
METRICS_TOKEN = _metrics_token()
LOG_FORMAT = _log_format()
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "accounts.logging.WithoutNip",
            "format": "%(asctime)s %(levelname)s %(name)s: %(message)s",
        },
        "json": {"()": "monitoring.logs.JsonLines"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "INFO", "propagate": False},
        # A line for every request: for machines that read it, not for somebody who tries the product.
        "monitoring.requests": {"level": "INFO" if LOG_FORMAT == "json" else "WARNING"},
    },
}
