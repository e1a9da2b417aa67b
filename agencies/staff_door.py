"""The door of the staff rooms: set up a second factor if there is none, confirm that it is still you, go on.

A post that found the door shut is kept in the session and done after entering, so that nothing written is lost.
"""

import json

from allauth.account.adapter import get_adapter
from allauth.core.internal.httpkit import deserialize_request, serialize_request
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import second_factor
from agencies import staff_powers
from agencies.authorization import holds_staff_role
from audit.actions import record

_KEPT = "staff_kept_post"
# A longer post (a big upload, say) is not kept; the person is told to send it again.
_MOST_KEPT = 200_000  # bytes


def lead_to_the_door(request):
    """A redirect to the door; a post is kept in the session until then."""
    request.session.pop(_KEPT, None)
    if request.method == "POST":
        _keep(request)
    way_back = request.get_full_path() if request.method in {"GET", "HEAD", "POST"} else reverse("home")
    return _to("staff_door", next=way_back)


@require_safe
def enter(request):
    """Opens staff powers for whoever has just confirmed; leads everybody else to what is missing."""
    way_back = _safe(request, request.GET.get("next"))
    if not holds_staff_role(request.user):
        return redirect("home")
    if staff_powers.are_open(request.session, now=second_factor.server_time()):
        return _go_on(request, way_back)
    if not second_factor.has_second_factor(request.user):
        return render(request, "agencies/second_factor_needed.html", {"way_back": way_back})
    if not (second_factor.was_shown_in(request) and second_factor.confirmed_lately(request)):
        return HttpResponseRedirect(f"{_confirm_url(request)}?{urlencode({'next': request.get_full_path()})}")
    staff_powers.open_powers(request.session, now=second_factor.server_time())
    staff_powers.bind(request.user, is_open=True)
    record(event="staff_powers.entered", by=request.user, target=request.user)
    return _go_on(request, way_back)


@require_POST
def leave(request):
    """Lays staff powers down, before they run out by themselves."""
    if staff_powers.SESSION_KEY in request.session:
        staff_powers.close_powers(request.session)
        record(event="staff_powers.left", by=request.user, target=request.user)
        messages.success(request, _("Anda keluar dari ruang kerja. Halaman pribadi Anda tetap terbuka."))
    return redirect("home")


def _confirm_url(request):
    """Where the person confirms: by the second factor unless this session has seen it, else as they like."""
    methods = get_adapter().get_reauthentication_methods(request.user)
    if not second_factor.was_shown_in(request):
        methods = [method for method in methods if method["id"].startswith("mfa_")]
        if not second_factor.has_app(request.user):
            methods.reverse()  # the passkey before a recovery code
    return methods[0]["url"]


def _to(name, **query):
    return HttpResponseRedirect(f"{reverse(name)}?{urlencode(query)}")


def _safe(request, url):
    if url and url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure()):
        return url
    return reverse("home")


def _keep(request):
    if request.FILES or len(request.POST.urlencode()) > _MOST_KEPT:
        request.session[_KEPT] = None
        return
    request.session[_KEPT] = serialize_request(request)


def _go_on(request, way_back):
    """To where the person was going; a post that was kept is done now."""
    if _KEPT not in request.session:
        return redirect(way_back)
    kept = request.session.pop(_KEPT)
    if kept is None:
        messages.warning(
            request,
            _(
                "Berkas atau isian panjang yang Anda kirim belum kami terima. Kirimlah sekali lagi dari halaman ini."
            ),
        )
        return redirect(way_back)
    if json.loads(kept)["path"] != way_back.partition("?")[0]:
        return redirect(way_back)
    again = deserialize_request(kept, request)
    match = resolve(again.path_info)
    again.resolver_match = match
    return match.func(again, *match.args, **match.kwargs)
