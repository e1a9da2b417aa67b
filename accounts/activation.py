"""The page where a code sets a password: the first one, or a new one for whoever forgot it."""

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from allauth.core.internal import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.actions import CodeRefused, set_password_with_code
from accounts.forms import ActivationForm
from accounts.sealing import keyed_hash


@sensitive_post_parameters("nip", "code", "password", "again")
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def activate(request):
    """Sets a password with a code, and signs in. The answer does not tell who has an account and who has not."""
    if request.user.is_authenticated:
        return redirect("home")
    form = ActivationForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _page(request, form, 422 if form.is_bound else 200)
    given = form.cleaned_data
    if not _may_try(request, given["nip"]):
        form.add_error(
            None,
            _(
                "Terlalu banyak percobaan. Tidak ada yang berubah; tunggu lima menit, lalu coba lagi dengan kode yang "
                "sama."
            ),
        )
        return _page(request, form, 429)
    try:
        user = set_password_with_code(nip=given["nip"], code=given["code"], password=given["password"])
    except CodeRefused as refusal:
        form.add_error("code", str(refusal))
    except ValidationError as refusal:
        form.add_error("password", refusal)
    else:
        messages.success(request, _("Kata sandi Anda sudah dipasang. Kodenya tidak berlaku lagi."))
        # As after the door: whoever keeps a second factor is asked for it.
        record_authentication(request, user, method="code")
        return perform_login(request, user)
    return _page(request, form, 422)


def _may_try(request, nip):
    """By number and address, so that a stranger's guesses do not lock the person out; guesses are hopeless anyway."""
    key = keyed_hash(f"{nip}:{get_adapter().get_client_ip(request)}")
    return ratelimit.consume(request, app="allauth.account", action="activate", key=key)


def _page(request, form, status):
    return render(request, "account/activate.html", {"form": form}, status=status)
