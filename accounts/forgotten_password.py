"""A forgotten password: asking for a link by NIP. Everybody is answered alike, with an account or without."""

from allauth.core.internal import ratelimit
from django import forms
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts import notices
from accounts.models import User
from accounts.nip_field import NipField
from accounts.sealing import keyed_hash


class ForgottenPasswordForm(forms.Form):
    """Whose password was forgotten."""

    nip = NipField(autocomplete="username")


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request):
    """Takes the NIP; the mail is written later by the queue, which has an entry for an unknown number too."""
    form = ForgottenPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        _ask_for_link(request, form.cleaned_data["nip"])
        return redirect("account_reset_password_done")
    status = 422 if form.is_bound else 200
    return render(request, "account/forgotten_password.html", {"form": form}, status=status)


def _ask_for_link(request, nip):
    known = User.objects.filter(nip=nip).values_list("pk", flat=True).first()
    # Too many requests are dropped without a word: a word would tell that somebody else has asked.
    within = ratelimit.consume(request, app="allauth.account", action="password_link", key=keyed_hash(nip))
    notices.send_password_link.enqueue((known or 0) if within else 0)


@login_not_required
@require_safe
def asked(request):
    """The same page for everybody who has asked."""
    return render(request, "account/forgotten_password_asked.html")
