"""Resetting the second factor of somebody who lost it: a page of administrators, in two steps, always with a reason."""

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.nip_field import NipField
from agencies.actions import reset_second_factor
from agencies.authorization import Permission, require
from agencies.policies import NIP_IN_TEXT, PolicyError, check_factor_reset
from agencies.selectors import current_placement


class FactorResetForm(forms.Form):
    """Whose second factor, and why."""

    nip = NipField()
    reason = forms.CharField(
        label=_("Alasan"),
        help_text=_(
            "Bagaimana Anda memastikan bahwa itu benar orangnya, misalnya: datang sendiri dengan kartu pegawai. "
            "Tercatat di jejak audit."
        ),
        min_length=10,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_reason(self):
        if NIP_IN_TEXT.search(self.cleaned_data["reason"]):
            raise forms.ValidationError(gettext("Jangan menulis NIP di alasan; orangnya sudah tercatat."))
        return self.cleaned_data["reason"]


@require_http_methods(["GET", "HEAD", "POST"])
@require(Permission.MANAGE_PEOPLE)
def page(request):
    """Takes NIP and reason, shows whose it is, and resets when that is confirmed."""
    form = FactorResetForm(request.POST or None)
    if request.method != "POST":
        return render(request, "agencies/factor_reset.html", {"form": form})
    person = None
    if form.is_valid():
        person = User.objects.filter(nip=form.cleaned_data["nip"]).first()
        try:
            check_factor_reset(request.user, person)
        except PolicyError as refusal:
            form.add_error("nip", str(refusal))
    if not form.is_valid():
        return render(request, "agencies/factor_reset.html", {"form": form}, status=422)
    if request.POST.get("go") == "reset":
        reset_second_factor(person=person, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(
            request,
            gettext(
                "Faktor kedua %(name)s sudah diatur ulang, dan semua perangkatnya dikeluarkan. Saat masuk berikutnya "
                "ia memasang yang baru."
            )
            % {"name": person.get_full_name()},
        )
        return redirect("agencies:reset_factor")
    context = {"form": form, "person": person, "placement": current_placement(person)}
    return render(request, "agencies/factor_reset.html", context)
