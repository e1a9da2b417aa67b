"""The room of an agency's administrators for personal data: requests with their clocks, and whom people may ask."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from agencies import data_protection
from agencies.authorization import Permission, require
from agencies.policies import PolicyError
from privacy import requests, selectors
from privacy.forms import AnswerForm, ContactForm, CorrectionForm
from privacy.models import DataRequest
from privacy.selectors import TimedRequest

REQUESTS_PER_PAGE = 20


@require_http_methods(["GET", "HEAD", "POST"])
@require(Permission.MANAGE_PEOPLE)
def protection(request, agency_code):
    """Requests that wait, the contact, notices and incidents; a post changes the contact."""
    agency = selectors.protected_agency(request.user, agency_code)
    form = ContactForm(request.POST or None, initial={"contact": agency.dpo_contact})
    if form.is_valid():
        try:
            data_protection.change_dpo_contact(
                agency=agency, contact=form.cleaned_data["contact"], by=request.user
            )
        except PolicyError as refusal:
            form.add_error("contact", str(refusal))
        else:
            messages.success(request, _("Kontak tersimpan dan langsung tampil bagi pegawai."))
            return redirect("privacy:protection", agency.code)
    now = timezone.now()
    page = Paginator(selectors.requests_at(agency), REQUESTS_PER_PAGE).get_page(request.GET.get("page"))
    page.object_list = [TimedRequest(each, now) for each in page.object_list]
    context = {
        "agency": agency,
        "form": form,
        "page": page,
        "notices": data_protection.versions_of(agency),
        "incidents": selectors.incidents_at(agency),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "privacy/protection.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@require(Permission.MANAGE_PEOPLE)
def request(request, agency_code, request_id):
    """One request: what is asked, its clock, and the ways to answer it."""
    agency = selectors.protected_agency(request.user, agency_code)
    asked = selectors.request_at(agency, request_id)
    form = _form_of(asked, request.POST or None)
    if request.method == "POST":
        # Whoever declines need not fill in what would be corrected.
        is_declined = request.POST.get("go") == "decline"
        checked = AnswerForm(request.POST) if is_declined else form
        if checked.is_valid():
            try:
                _DO.get(request.POST.get("go"), _answer)(request, asked, checked)
            except requests.RequestRefused as refusal:
                form.add_error("answer", str(refusal))
            else:
                return redirect("privacy:protection", agency.code)
    context = {"agency": agency, "asked": TimedRequest(asked, timezone.now()), "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "privacy/request.html", context, status=status)


def _form_of(asked, posted):
    if asked.kind == DataRequest.Kind.CORRECTION:
        return CorrectionForm(posted, initial=CorrectionForm.initial_of(asked.person))
    return AnswerForm(posted)


def _answer(request, asked, form):
    requests.answer(request=asked, by=request.user, answer=form.cleaned_data["answer"])
    messages.success(request, _("Permintaan dijawab; orangnya diberi tahu."))


def _correct(request, asked, form):
    if not isinstance(form, CorrectionForm):
        return _answer(request, asked, form)
    requests.correct(request=asked, by=request.user, **form.values())
    messages.success(request, _("Data diperbaiki dan permintaan dijawab; orangnya diberi tahu."))
    return None


def _decline(request, asked, form):
    requests.decline(request=asked, by=request.user, answer=form.cleaned_data["answer"])
    messages.success(request, _("Permintaan ditolak dengan alasannya; orangnya diberi tahu."))


def _erase(request, asked, form):
    removed = requests.erase(request=asked, by=request.user)
    messages.success(
        request,
        ngettext(
            "Data orang ini dihapus untuk selamanya: %(count)d baris.",
            "Data orang ini dihapus untuk selamanya: %(count)d baris.",
            removed,
        )
        % {"count": removed},
    )


_DO = {"answer": _answer, "correct": _correct, "decline": _decline, "erase": _erase}
