"""Sending answers in, and the report that comes back."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from assessments.actions import submit_attempt
from assessments.models import Attempt
from assessments.policies import AttemptClosed, PolicyError
from assessments.selectors import own_attempt
from reports.personal import personal_report
from reports.personal.printing import printed
from reports.sharing.selectors import shares_given_by
from typesetting import pdf


@require_http_methods(["GET", "HEAD", "POST"])
def submit(request, public_id):
    """Takes the answers as final and shows the report in the same response."""
    attempt = own_attempt(request.user, public_id, to_score=request.method == "POST")
    if request.method != "POST":
        if attempt.state == Attempt.State.SUBMITTED:
            return redirect("reports:personal", public_id)
        return redirect("assessments:review", public_id)
    try:
        sheet = submit_attempt(attempt=attempt, by=request.user)
    except PolicyError as error:
        return render(
            request,
            "reports/not_submitted.html",
            {
                "attempt": attempt,
                "sentence": str(error),
                "is_closed": isinstance(error, AttemptClosed),
                "zone": _zone_of(attempt),
            },
            status=409,
        )
    attempt.state = Attempt.State.SUBMITTED
    attempt.submitted_at = sheet.attempt.submitted_at
    attempt.answers = sheet.attempt.answers
    return _render_report(request, attempt, sheet=sheet)


@require_safe
def personal(request, public_id):
    """The person's own report; whoever has not finished is led back to where they were."""
    attempt = own_attempt(request.user, public_id)
    if attempt.state != Attempt.State.SUBMITTED:
        return redirect("assessments:resume", public_id)
    return _render_report(request, attempt, shares=shares_given_by(request.user, attempt=attempt))


@require_safe
def personal_pdf(request, public_id):
    """The same report as a PDF to keep; its name says nothing about anybody."""
    attempt = own_attempt(request.user, public_id)
    if attempt.state != Attempt.State.SUBMITTED:
        return redirect("assessments:resume", public_id)
    language = get_language()
    with timezone.override(_zone_of(attempt)):
        report = personal_report(attempt, language=language)
        document = printed(report, language=language, minimum_group_size=_minimum_of(attempt))
    return HttpResponse(
        pdf(document),
        content_type="application/pdf",
        headers={"Content-Disposition": 'attachment; filename="laporan.pdf"'},
    )


def _render_report(request, attempt, *, sheet=None, shares=()):
    report = personal_report(attempt, sheet=sheet, language=get_language())
    context = {
        "report": report,
        "minimum_group_size": _minimum_of(attempt),
        "zone": _zone_of(attempt),
        "shares": shares,
    }
    return render(request, "reports/personal.html", context)


def _minimum_of(attempt):
    return attempt.assignment.campaign.minimum_group_size if attempt.assignment else None


def _zone_of(attempt):
    """The time zone of the agency for which the person answered, wherever the person works today."""
    return attempt.assignment.agency.zone if attempt.assignment else timezone.get_current_timezone()
