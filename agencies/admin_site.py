"""Django admin as a room of the product: the same door, and only those whose roles have work there."""

from django.contrib.admin import AdminSite
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _

from agencies.authorization import may_enter_admin


class CerminAdminSite(AdminSite):
    """The admin without a sign-in form of its own; who may enter is decided by role grants."""

    site_header = "Cermin ASN · Administrasi"
    site_title = "Cermin ASN"
    index_title = "Bank butir dan data"
    enable_nav_sidebar = False

    def has_permission(self, request):
        """Whether the person may be here; somebody who has not entered staff powers is led there instead."""
        return may_enter_admin(request.user)

    @method_decorator(login_not_required)
    def login(self, request, extra_context=None):
        if self.has_permission(request):
            return redirect("admin:index")
        if request.user.is_authenticated:
            raise PermissionDenied(_("Akun Anda tidak mempunyai pekerjaan di halaman administrasi."))
        return redirect_to_login(request.GET.get("next") or request.path)

    def password_change(self, request, extra_context=None):
        return redirect("account_change_password")

    def logout(self, request, extra_context=None):
        return redirect("account_logout")
