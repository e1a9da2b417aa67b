"""The page of codes: for people who cannot sign in yet, on paper or by mail, and for whoever forgot the password."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies import activation
from agencies.activation_mail import tell_of_forgotten_code
from agencies.authorization import Permission, require
from agencies.forms import CodesForm, ForgottenForm
from agencies.policies import PolicyError
from agencies.selectors import agencies_of_administrator
from typesetting import pdf


@require_http_methods(["GET", "HEAD", "POST"])
@require(Permission.MANAGE_PEOPLE)
def codes(request, agency_code):
    """Makes codes. One is seen on its sheet or in its mail, and nowhere else."""
    agency = get_object_or_404(agencies_of_administrator(request.user), code=agency_code)
    go = request.POST.get("go", "")
    form = CodesForm(request.POST if go in {"print", "mail"} else None, agency=agency)
    forgotten = ForgottenForm(request.POST if go == "forgotten" else None)
    asked = forgotten if go == "forgotten" else form
    if asked.is_valid():
        try:
            return _DO[go](request, agency, asked.cleaned_data)
        except PolicyError as refusal:
            asked.add_error("unit" if asked is form else "nip", str(refusal))
    context = {
        "agency": agency,
        "form": form,
        "forgotten": forgotten,
        "asked": asked,
        "waiting": activation.count_waiting(request.user, agency),
        "mailing": activation.last_mailing(agency),
    }
    return render(request, "agencies/codes.html", context, status=422 if request.method == "POST" else 200)


def _print(request, agency, given):
    return _sheet(
        activation.issue_sheet(agency=agency, by=request.user, language=get_language(), **given),
        "kode-aktivasi",
    )


def _mail(request, agency, given):
    activation.ask_to_mail(agency=agency, unit=given["unit"], by=request.user)
    messages.success(request, _("Kode sedang dibuat dan dikirim. Halaman ini menunjukkan sejauh mana."))
    return redirect("agencies:codes", agency.code)


def _forgotten(request, agency, given):
    document, person = activation.issue_slip(
        agency=agency, number=given["nip"], reason=given["reason"], by=request.user, language=get_language()
    )
    tell_of_forgotten_code(person=person, agency=agency)
    return _sheet(document, "kode-kata-sandi")


_DO = {"print": _print, "mail": _mail, "forgotten": _forgotten}


def _sheet(document, name):
    response = HttpResponse(pdf(document), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return response
