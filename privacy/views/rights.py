"""*Hak saya*: restrict, consent and withdraw at once, and ask the agency to correct, erase or answer."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import Consent
from agencies.selectors import agency_of
from development.policies import PolicyError
from privacy import requests, selectors
from privacy.forms import RequestForm


@require_http_methods(["GET", "HEAD", "POST"])
def rights(request):
    """Everything that the person may decide, and what was asked so far with its clock."""
    form = None
    if request.method == "POST":
        handle = _POSTS.get(request.POST.get("go"))
        if handle is None:
            raise Http404
        form = handle(request)
        if form is None:
            return redirect("privacy:rights")
    context = {
        "form": form or RequestForm(),
        "agency": agency_of(request.user),
        "restriction": selectors.restriction_of(request.user),
        "choices": selectors.choices_of(request.user),
        "requests": selectors.requests_of(request.user),
    }
    return render(request, "privacy/rights.html", context, status=422 if form else 200)


def _ask(request):
    form = RequestForm(request.POST)
    if not form.is_valid():
        return form
    kind, text = form.cleaned_data["kind"], form.cleaned_data["text"]
    try:
        asked = requests.ask(person=request.user, kind=kind, text=text)
    except requests.RequestRefused as refusal:
        form.add_error("text", str(refusal))
        return form
    messages.success(
        request,
        _("Permintaan Anda tersimpan dan dijawab instansi dalam %(hours)d jam.")
        % {"hours": (asked.due_at - asked.asked_at).total_seconds() // 3600},
    )
    return None


def _restrict(request):
    if requests.restrict(person=request.user):
        messages.success(request, _("Pemakaian data Anda dibatasi mulai sekarang."))


def _lift(request):
    if requests.lift(person=request.user):
        messages.success(request, _("Pembatasan dicabut. Data Anda dipakai lagi seperti sebelumnya."))


def _choose(request):
    purpose = request.POST.get("purpose")
    if purpose not in Consent.Purpose.values:
        raise Http404
    wanted = request.POST.get("wanted") == "1"
    try:
        requests.choose(person=request.user, purpose=Consent.Purpose(purpose), wanted=wanted)
    except (requests.RequestRefused, PolicyError) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request,
            _("Persetujuan Anda tersimpan.")
            if wanted
            else _("Persetujuan Anda ditarik dan berlaku seketika."),
        )


_POSTS = {"ask": _ask, "restrict": _restrict, "lift": _lift, "choose": _choose}
