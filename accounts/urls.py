"""The addresses of the account. The names are django-allauth's own, so that its views find them."""

from allauth.account import views as allauth_views
from allauth.mfa.base import views as factor_views
from allauth.mfa.recovery_codes import views as recovery_views
from allauth.mfa.totp import views as app_views
from allauth.mfa.webauthn import views as passkey_views
from allauth.socialaccount.providers.openid_connect import views as oidc_views
from django.urls import path, re_path
from django.views.decorators.http import require_http_methods
from django.views.generic import RedirectView

from accounts import activation, forgotten_password, views

# Accounts and e-mail addresses are kept by the agency: there is no signing up and no managing of addresses here.
urlpatterns = [
    path("masuk/", allauth_views.login, name="account_login"),
    path("keluar/", views.sign_out, name="account_logout"),
    path("aktivasi/", activation.activate, name="account_activate"),
    path("nonaktif/", allauth_views.account_inactive, name="account_inactive"),
    path("konfirmasi/", allauth_views.reauthenticate, name="account_reauthenticate"),
    path("kata-sandi/", allauth_views.password_change, name="account_change_password"),
    path("kata-sandi/baru/", allauth_views.password_set, name="account_set_password"),
    path(
        "lupa-kata-sandi/",
        forgotten_password.ask,
        name="account_reset_password",
    ),
    path("lupa-kata-sandi/terkirim/", forgotten_password.asked, name="account_reset_password_done"),
    re_path(
        r"^lupa-kata-sandi/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        allauth_views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "lupa-kata-sandi/selesai/",
        allauth_views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("masuk/<slug:provider_id>/mulai/", oidc_views.login, name="openid_connect_login"),
    path("masuk/<slug:provider_id>/kembali/", oidc_views.callback, name="openid_connect_callback"),
    path("masuk/dibatalkan/", views.sign_on_cancelled, name="socialaccount_login_cancelled"),
    path("masuk/gagal/", views.sign_on_failed, name="socialaccount_login_error"),
    path("perangkat/", views.places, name="usersessions_list"),
    path("masuk/kode/", factor_views.authenticate, name="mfa_authenticate"),
    path("masuk/kunci-sandi/", passkey_views.login_webauthn, name="mfa_login_webauthn"),
    path(
        "konfirmasi/kunci-sandi/", passkey_views.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"
    ),
    path("dua-faktor/kunci-sandi/", RedirectView.as_view(pattern_name="mfa_index"), name="mfa_list_webauthn"),
    path("dua-faktor/kunci-sandi/baru/", passkey_views.add_webauthn, name="mfa_add_webauthn"),
    path("dua-faktor/kunci-sandi/<int:pk>/nama/", passkey_views.edit_webauthn, name="mfa_edit_webauthn"),
    path("dua-faktor/kunci-sandi/<int:pk>/hapus/", views.remove_passkey, name="mfa_remove_webauthn"),
    path("konfirmasi/kode/", factor_views.reauthenticate, name="mfa_reauthenticate"),
    path("dua-faktor/", factor_views.index, name="mfa_index"),
    path("dua-faktor/aplikasi/pasang/", app_views.activate_totp, name="mfa_activate_totp"),
    path("dua-faktor/aplikasi/lepas/", app_views.deactivate_totp, name="mfa_deactivate_totp"),
    path("dua-faktor/kode-pemulihan/", recovery_views.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "dua-faktor/kode-pemulihan/baru/",
        recovery_views.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "dua-faktor/kode-pemulihan/unduh/",
        recovery_views.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
]

# The package's views answer any method they do not know with the page.
for _address in urlpatterns:
    _address.callback = require_http_methods(["GET", "HEAD", "POST"])(_address.callback)
