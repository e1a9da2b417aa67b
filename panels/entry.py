"""How an expert without an account gets in: the secret link once, from then on a signed cookie for this one panel."""

from functools import wraps

from allauth.core.internal import ratelimit
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.signing import BadSignature
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from panels import policies
from panels.models import PanelInvitation
from panels.tokens import digest

_COOKIE = "cermin_panel"
_DIGITS = 32  # of the fingerprint in the cookie: a new link ends the cookies of the one before


def find_invitation(token):
    """The invitation that a token opens; None for a token that is unknown or was replaced."""
    return (
        PanelInvitation.objects.select_related("panel__questionnaire")
        .filter(link_digest=digest(token))
        .first()
    )


def admit(response, invitation):
    """Lets the browser in: a cookie that goes to the pages of this panel only, until the browser or the day ends."""
    panel_id = invitation.panel.public_id
    response.set_signed_cookie(
        _COOKIE,
        f"{invitation.public_id}.{invitation.link_digest[:_DIGITS]}",
        salt=_salt(panel_id),
        path=reverse("panels:introduction", args=[panel_id]),
        max_age=settings.SESSION_COOKIE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",  # a strict cookie would not come along on the way here from a mail programme
    )
    return response


def expert_page(view):
    """Hands the invitation to a page of an expert; everybody else gets a page that says how to get in."""

    @login_not_required
    @wraps(view)
    def guarded(request, panel_id, **kwargs):
        invitation = _admitted(request, panel_id)
        if invitation is None:
            return refused(request, _no_entry(), status=404)
        try:
            policies.check_link(invitation, now=timezone.now())
        except policies.LinkDead as dead:
            return refused(request, str(dead), status=410)
        return private(view(request, invitation, **kwargs))

    return guarded


def private(response):
    """Keeps a page out of caches and of search engines."""
    add_never_cache_headers(response)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def refused(request, reason, *, status):
    """The page that says why a link or a page does not open, and what to do."""
    return private(render(request, "panels/refused.html", {"reason": reason}, status=status))


def too_many(request, action, key=None):
    """The answer to somebody who asks too often (ACCOUNT_RATE_LIMITS), else None."""
    # The package's public function never counts a GET, and the link is one.
    if ratelimit.consume(request, app="allauth.account", action=action, key=key, limit_get=True):
        return None
    return private(ratelimit.respond_429(request))


def _admitted(request, panel_id):
    try:
        value = request.get_signed_cookie(_COOKIE, salt=_salt(panel_id), max_age=settings.SESSION_COOKIE_AGE)
    except (KeyError, BadSignature):
        return None
    public_id, _dot, fingerprint = value.partition(".")
    invitations = PanelInvitation.objects.select_related("panel__questionnaire")
    invitation = invitations.filter(public_id=public_id, panel__public_id=panel_id).first()
    if invitation is None or not constant_time_compare(fingerprint, invitation.link_digest[:_DIGITS]):
        return None
    return invitation


def _salt(panel_id):
    return f"panels.entry.{panel_id}"


def _no_entry():
    return _(
        "Halaman ini dibuka melalui tautan undangan. Bukalah lagi tautan dalam undangan Anda; penilaian yang sudah "
        "tersimpan tidak hilang. Bila tautannya tidak ada lagi, mintalah yang baru kepada penyunting yang mengundang."
    )
