"""The page of roles: who holds one within the own reach, giving one, taking one back."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.authorization import Permission, require
from agencies.forms import RoleForm
from agencies.policies import PolicyError
from agencies.roles import give_role, given_roles, rows_of, withdraw_role
from agencies.selectors import agencies_of_administrator

ROLES_PER_PAGE = 25


@require_http_methods(["GET", "HEAD", "POST"])
@require(Permission.GRANT_ROLES)
def roles(request, agency_code):
    """Lists, gives and takes back."""
    agency = get_object_or_404(agencies_of_administrator(request.user), code=agency_code)
    if request.method == "POST" and request.POST.get("go") == "withdraw":
        return _withdraw(request, agency)
    form, status = RoleForm(request.POST or None, agency=agency, by=request.user), 200
    if request.method == "POST":
        if form.is_valid() and _give(request, agency, form):
            return redirect("agencies:roles", agency.code)
        status = 422
    page = Paginator(given_roles(request.user, agency), ROLES_PER_PAGE).get_page(request.GET.get("page"))
    context = {"agency": agency, "form": form, "page": page, "rows": rows_of(page.object_list)}
    return render(request, "agencies/roles.html", context, status=status)


def _give(request, agency, form):
    given = form.cleaned_data
    try:
        give_role(
            user=given["nip"],
            role=given["role"],
            agency=agency,
            unit=given["unit"],
            reason=given["reason"],
            by=request.user,
        )
    except PolicyError as refusal:
        form.add_error("nip", str(refusal))
        return False
    messages.success(request, _("Peran diberikan dan tercatat dalam jejak audit."))
    return True


def _withdraw(request, agency):
    # A number that is none is no row, like one out of reach.
    number = request.POST.get("grant", "")
    grant = get_object_or_404(given_roles(request.user, agency), pk=number if number.isdecimal() else None)
    try:
        withdraw_role(grant=grant, reason=request.POST.get("reason", "")[:200], by=request.user)
    except PolicyError as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Peran dicabut dan tercatat dalam jejak audit."))
    return redirect("agencies:roles", agency.code)
