"""What a person has shared and with whom others share: lists, and the owner's page of one share.

Giving and looking stand in ``development``, because a share may show the plan.
"""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from reports.sharing.actions import revoke_share
from reports.sharing.selectors import looks_of, own_share, shares_given_by, shares_with


@require_safe
def shares(request):
    """What others share with the person now, and everything that the person has shared."""
    context = {"received": shares_with(request.user), "given": shares_given_by(request.user)}
    return render(request, "reports/shares.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def share(request, share_id):
    """One share for its owner: who, what, until when, every look; and taking it back."""
    item = own_share(request.user, share_id)
    if request.method == "POST":
        if request.POST.get("go") != "revoke":
            raise Http404
        if revoke_share(share=item.share, by=request.user):
            messages.success(
                request, _("Ditarik kembali. Mulai sekarang halaman itu tidak dapat dibuka lagi.")
            )
        else:
            messages.info(request, _("Pembagian ini sudah berakhir sebelumnya; tidak ada yang berubah."))
        return redirect("reports:share", share_id)
    return render(request, "reports/share.html", {"item": item, "looks": looks_of(item.share)})
