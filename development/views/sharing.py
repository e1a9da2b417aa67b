"""Giving one person a look at chosen parts of a report, and the look itself."""

from allauth.core.internal import ratelimit
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agencies.templatetags.local_time import date_and_clock
from assessments.models import Attempt
from assessments.selectors import own_attempt
from development.selectors import with_plan
from development.share_form import ShareForm
from questionnaires.document import load_document
from reports.personal import personal_report
from reports.sharing.actions import give_share, look_at_share
from reports.sharing.cutting import cut
from reports.sharing.parts import Part
from reports.sharing.policies import ShareEnded, SharingRefused
from reports.sharing.selectors import choice_of, received_share, shares_given_by


@require_http_methods(["GET", "HEAD", "POST"])
def give(request, public_id):
    """The form, then what the recipient would see, then giving; the three steps need nothing but plain posts."""
    attempt = own_attempt(request.user, public_id)
    if attempt.state != Attempt.State.SUBMITTED:
        return redirect("assessments:resume", public_id)
    document = load_document(attempt.version_id)
    going = [item for item in shares_given_by(request.user, attempt=attempt) if item.is_open]
    context = {"attempt": attempt, "title": document.title, "going": going[0] if going else None}
    if request.method != "POST":
        context["form"] = ShareForm(owner=request.user, document=document)
        return render(request, "development/give_share.html", context)
    if going:
        return render(request, "development/give_share.html", context, status=409)
    form, is_allowed = _asked(request, document)
    context["form"] = form
    go = request.POST.get("go")
    if go not in {"preview", "change", "give"}:
        raise Http404
    if form.is_valid() and go == "give":
        share = _given(request, attempt, form)
        if share is not None:
            return redirect("reports:share", share.public_id)
    elif form.is_valid() and go == "preview":
        now = timezone.now()
        context |= {"shared": _shown(attempt, form.choice, given_at=now), "now": now}
        return render(request, "development/share_preview.html", context)
    return render(request, "development/give_share.html", context, status=200 if is_allowed else 429)


def _asked(request, document):
    """``(form, whether the person may try another NIP and name)``; only wrong ones are counted."""
    usage = ratelimit.consume(request, app="allauth.account", action="share_lookup")
    form = ShareForm(request.POST, owner=request.user, document=document, may_ask=bool(usage))
    form.is_valid()
    if usage and not form.has_wrong_person:
        usage.rollback()
    return form, bool(usage)


def _given(request, attempt, form):
    """The share, or None with the reason in the form."""
    try:
        share = give_share(
            attempt=attempt,
            recipient=form.recipient,
            choice=form.choice,
            last_day=form.cleaned_data["last_day"],
            note=form.cleaned_data["note"],
            wants_mail=form.cleaned_data["wants_mail"],
            by=request.user,
        )
    except SharingRefused as refusal:
        form.add_error(None, str(refusal))
        return None
    said = _("Dibagikan kepada %(name)s sampai %(moment)s.")
    messages.success(
        request,
        said % {"name": form.recipient.get_full_name(), "moment": date_and_clock(share.ends_at)},
    )
    return share


@require_safe
def shared(request, share_id):
    """What was shared with the person; every opening is recorded, and nobody else's page exists."""
    share = received_share(request.user, share_id)
    try:
        look = look_at_share(share=share, by=request.user)
    except ShareEnded as ended:
        return render(request, "development/share_ended.html", {"sentence": str(ended)}, status=410)
    shown = _shown(share.attempt, choice_of(share), given_at=share.given_at)
    return render(request, "development/shared.html", {"share": share, "shared": shown, "look": look})


def _shown(attempt, choice, *, given_at):
    """The chosen parts, the plan among them, in the reader's language."""
    shared = cut(personal_report(attempt, language=get_language()), choice)
    parts = shared.parts
    if choice.has(Part.PLAN):
        parts = with_plan(shared, owner=attempt.person, given_at=given_at)
    return {
        "title": shared.title,
        "person": shared.person,
        "submitted_at": shared.submitted_at,
        "parts": parts,
    }
