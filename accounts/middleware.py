"""Middleware of every request: language, well-formed addresses, sessions that end, pages that no cache may keep."""

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib import auth, messages
from django.core.exceptions import BadRequest
from django.utils import translation
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from django.utils.translation import gettext as _

from accounts import session_limits
from accounts.second_factor import server_time
from accounts.sessions import note_last_seen


class ChosenLanguageMiddleware:
    """Indonesian, unless the person pressed the language switch.

    Django's own LocaleMiddleware follows the browser's language; many phones in Indonesia are set to English although
    their owners read Indonesian, so here only the remembered choice counts.
    """

    def __init__(self, get_response):
        self.get_response = get_response
        self.known = {code for code, _ in settings.LANGUAGES}

    def __call__(self, request):
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        language = chosen if chosen in self.known else settings.LANGUAGE_CODE
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ["Cookie"])
        return response


class NoNulMiddleware:
    """400 for a NUL in the query string: no page asks for one, and PostgreSQL cannot store or compare it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("NUL in the query string")
        return self.get_response(request)


class SessionLimitsMiddleware:
    """Signs out whoever has been away for too long; the door then leads back to the page that was asked for."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated:
            now = server_time()
            if session_limits.is_over(request.session, now=now):
                auth.logout(request)
                messages.info(
                    request,
                    _(
                        "Anda lama tidak aktif, jadi kami mengeluarkan akun Anda. Jawaban Anda tersimpan; masuklah "
                        "kembali untuk melanjutkan."
                    ),
                )
            elif session_limits.note_use(request.session, now=now):
                key, address = request.session.session_key, get_adapter().get_client_ip(request)
                note_last_seen(session_key=key, address=address)
        return self.get_response(request)


class PrivatePagesMiddleware:
    """What a signed-in person sees stays out of every cache, the browser's own included."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.user.is_authenticated:
            add_never_cache_headers(response)
        return response
