"""Signing in at an agency's or the national sign-on (OpenID Connect): it says who somebody is; nothing of it is kept.

The sign-on vouches for a NIP. Whose account that is, and whether the sign-on may speak for that person, is decided here
each time; no account is made, linked or changed, and a second factor is asked for as after a password.
"""

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, _build_apps_from_settings
from django.conf import settings
from django.shortcuts import redirect
from django.utils import timezone

from accounts.models import User
from accounts.nip import NipError, parse_nip
from agencies.selectors import current_placement


class SignOnAdapter(DefaultSocialAccountAdapter):
    """Fits django-allauth's social sign-in to people who all have an account already."""

    def list_apps(self, request, provider=None, client_id=None):
        """Only what the settings name: nobody adds a sign-on by writing to the database."""
        found = _build_apps_from_settings(provider=provider, client_id=client_id)
        return [app for apps in found.values() for app in apps]

    def populate_user(self, request, sociallogin, data):
        """Nobody is made of what a sign-on says, so none of it is taken over."""
        return sociallogin.user

    def pre_social_login(self, request, sociallogin):
        """Signs the person in by NIP, or leads to the page that says why not; the package goes no further."""
        claims = sociallogin.account.extra_data
        person = person_vouched_for({**claims.get("id_token", {}), **claims.get("userinfo", {})})
        if person is None:
            raise ImmediateHttpResponse(redirect("socialaccount_login_error"))
        # Without the sign-on's own number of the person, which often is the NIP.
        record_authentication(request, person, method="socialaccount", provider=sociallogin.account.provider)
        login = Login(user=person, redirect_url=sociallogin.get_redirect_url(request))
        raise ImmediateHttpResponse(perform_login(request, login))

    def is_open_for_signup(self, request, sociallogin):
        return False


def person_vouched_for(claims) -> User | None:
    """The person with an open account whom the claims name, if the sign-on may speak for that person."""
    try:
        nip = parse_nip(str(claims.get(settings.OIDC_NIP_CLAIM, "")), today=timezone.localdate()).number
    except NipError:
        return None
    person = User.objects.filter(nip=nip, is_active=True).first()
    if person is None or not settings.OIDC_AGENCY:
        return person
    placement = current_placement(person)
    return person if placement and placement.unit.agency.code == settings.OIDC_AGENCY else None
