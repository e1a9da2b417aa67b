"""The e-mails of a period: their texts, to whom they go now, and the link that stops reminders."""

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from assessments.letters import actions
from assessments.letters.forms import LettersForm
from assessments.letters.selectors import recipients_of
from assessments.letters.sending import person_of_token
from assessments.letters.wording import PLACES
from assessments.models import Campaign, Letters, MailChoice
from assessments.policies import PolicyError
from assessments.views.periods import own_period
from background.models import BackgroundJob


@require_http_methods(["GET", "HEAD", "POST"])
def letters(request, public_id):
    """What the period writes, how many it reaches now, and the button that sends."""
    period = own_period(request.user, public_id)
    if period.state == Campaign.State.CLOSED:
        return redirect("assessments:campaign", public_id)
    stored = Letters.objects.filter(campaign=period).first()
    is_sending = request.method == "POST" and request.POST.get("go") == "send"
    form = LettersForm(
        request.POST if request.method == "POST" and not is_sending else None,
        initial=LettersForm.initial_of(stored),
    )
    try:
        if is_sending:
            _send(request, period)
            return redirect("assessments:letters", public_id)
        if form.is_valid():
            actions.set_letters(campaign=period, by=request.user, **form.cleaned_data)
            messages.success(request, _("Teks surel tersimpan. Belum ada yang dikirim karenanya."))
            return redirect("assessments:letters", public_id)
    except PolicyError as error:
        messages.warning(request, str(error))
        if is_sending:
            return redirect("assessments:letters", public_id)
    return render(request, "assessments/periods/letters.html", _context(period, stored, form))


def _context(period, stored, form):
    now = timezone.now()
    job = BackgroundJob.objects.filter(kind=actions.KIND, subject_id=period.pk).first()
    # As with participation: of a handful of people a number would tell who has answered.
    is_countable = period.assignments.count() >= period.minimum_group_size
    return {
        "campaign": period,
        "agency": period.agency,
        "form": form,
        "stored": stored,
        "places": PLACES.items(),
        "recipients": recipients_of(period, stored, now=now) if stored and is_countable else None,
        "job": job,
        "takes_answers": period.state == Campaign.State.OPEN and period.opens_at <= now < period.closes_at,
    }


def _send(request, period):
    job = actions.ask_to_send(campaign=period, by=request.user)
    if job.state == BackgroundJob.State.FAILED:
        messages.warning(request, _(job.reason))
    elif job.is_finished:
        messages.success(request, _("Surel terkirim."))
    else:
        messages.success(
            request, _("Surel sedang dikirim. Muat ulang halaman ini untuk melihat kemajuannya.")
        )


# Mail programs press the button themselves (RFC 8058), so there is no token of ours; the signature in the link is what
# allows it, and all it allows is to be left alone, or not.
@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request, token):
    """Asks before it stops reminders; a link alone changes nothing, because mail scanners follow links."""
    person = get_user_model().objects.filter(pk=person_of_token(token)).first()
    if person is None:
        raise Http404
    if request.method == "POST":
        actions.set_reminders_wanted(person=person, wanted=request.POST.get("go") == "start")
    is_stopped = MailChoice.objects.filter(person=person, wants_reminders=False).exists()
    return render(request, "assessments/periods/stop_letters.html", {"is_stopped": is_stopped})
