"""Signing out, and what a browser needs when the network is gone (public: it says nothing about anybody)."""

from functools import cache
from pathlib import Path

from allauth.account import views as allauth_views
from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe


def sign_out(request):
    """As allauth does it; besides, the browser forgets answers that still wait in it (static/js/answer.js)."""
    response = allauth_views.logout(request)
    if request.method == "POST":
        response.headers["Clear-Site-Data"] = '"storage"'
    return response


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
