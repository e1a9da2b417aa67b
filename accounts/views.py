"""Signing out here and elsewhere, and what a browser needs when the network is gone (public; tells of nobody)."""

from functools import cache
from pathlib import Path

from allauth.account import views as allauth_views
from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from accounts.sessions import end_sessions, places_of


def sign_out(request):
    """As allauth does it; besides, the browser forgets answers that still wait in it (static/js/answer.js)."""
    response = allauth_views.logout(request)
    if request.method == "POST":
        response.headers["Clear-Site-Data"] = '"storage"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def places(request):
    """Where the person is signed in; one of them or all others may be signed out."""
    here = request.session.session_key
    if request.method == "POST":
        text = request.POST.get("number", "")
        number = int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
        ended = 0
        if number is not None or request.POST.get("go") == "others":
            ended = end_sessions(user=request.user, by=request.user, number=number, keep=here)
        _say_ended(request, ended)
        return redirect("usersessions_list")
    return render(
        request, "usersessions/usersession_list.html", {"places": places_of(request.user, session_key=here)}
    )


def _say_ended(request, ended):
    if not ended:
        messages.info(request, _("Tidak ada yang dikeluarkan: perangkat itu sudah tidak masuk lagi."))
        return
    sentence = ngettext(
        "%(count)d perangkat dikeluarkan. Bila itu bukan Anda, gantilah juga kata sandi Anda.",
        "%(count)d perangkat dikeluarkan. Bila itu bukan Anda, gantilah juga kata sandi Anda.",
        ended,
    )
    messages.success(request, sentence % {"count": ended})


class RemovePasskeyView(RemoveWebAuthnView):
    """As allauth does it; besides, the last second factor of a role-holder stays."""

    def form_valid(self, form):
        if not get_adapter().can_delete_authenticator(self.object):
            messages.error(self.request, get_adapter().error_messages["cannot_delete_authenticator"])
            return redirect("mfa_index")
        return super().form_valid(form)


remove_passkey = RemovePasskeyView.as_view()


@login_not_required
@require_safe
def sign_on_failed(request):
    """Says what to do when a sign-on brought nobody whom we know; the same whatever the reason."""
    return render(request, "socialaccount/authentication_error.html")


@login_not_required
@require_safe
def sign_on_cancelled(request):
    return render(request, "socialaccount/login_cancelled.html")


@login_not_required
@require_safe
@cache_control(public=True, max_age=3600)
def offline(request):
    """The page that the service worker keeps and shows; the same for everybody, in both languages at once."""
    return render(request, "offline.html")


@login_not_required
@require_safe
@cache_control(no_cache=True)
def service_worker(request):
    """The worker's script, at the root: a worker may only look after what lies below its own address."""
    return HttpResponse(_worker_script(), content_type="text/javascript; charset=utf-8")


@cache
def _worker_script():
    return Path(finders.find("js/worker.js")).read_bytes()
