"""Before the first item: the introduction, and the way back into what was begun."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from agencies.authorization import Permission, check_permission, require
from agencies.data_protection import current_version
from agencies.selectors import current_placement
from assessments import actions, policies, selectors
from assessments import answers as answer_bytes
from assessments.models import Attempt
from assessments.views.closed import refused
from questionnaires.document import load_document


@require_http_methods(["GET", "HEAD", "POST"])
@require(Permission.TAKE_QUESTIONNAIRE)
def introduction(request, code):
    """One screen before the first item of a questionnaire that nobody asked for; a post begins."""
    return _introduce(request, selectors.published_version(code), None)


@require_http_methods(["GET", "HEAD", "POST"])
def task(request, assignment_id, code):
    """One screen before the first item of a questionnaire asked in a campaign; a post begins."""
    assignment = selectors.own_assignment(request.user, assignment_id)
    check_permission(request.user, Permission.TAKE_QUESTIONNAIRE)
    return _introduce(request, selectors.version_in_campaign(assignment.campaign, code), assignment)


def _introduce(request, version, assignment):
    if request.method == "POST":
        try:
            attempt = actions.start_attempt(
                person=request.user, version=version, assignment=assignment, by=request.user
            )
        except policies.PolicyError as refusal:
            return refused(request, refusal)
        return redirect("assessments:resume", attempt.public_id)
    begun = selectors.begun_attempt(request.user, version, assignment)
    if begun is not None:
        return redirect("assessments:resume", begun.public_id)
    document = load_document(version.pk)
    placement = current_placement(request.user)
    agency = assignment.agency if assignment else (placement.unit.agency if placement else None)
    context = {
        "document": document,
        "version": version,
        "assignment": assignment,
        "campaign": assignment.campaign if assignment else None,
        "agency": agency,
        "notice_version": _notice_version(assignment, agency),
    }
    return render(request, "assessments/introduction.html", context)


def _notice_version(assignment, agency):
    if assignment:
        return assignment.campaign.notice_version
    return current_version(agency) if agency else ""


@require_safe
def resume(request, public_id):
    """Back to where the person was, on whatever device."""
    attempt = selectors.own_attempt(request.user, public_id)
    if attempt.state == Attempt.State.SUBMITTED:
        return redirect("reports:personal", attempt.public_id)
    document = load_document(attempt.version_id)
    given = answer_bytes.decode(document, attempt.answers)
    if answer_bytes.progress(document, given).is_complete:
        return redirect("assessments:review", attempt.public_id)
    return redirect(
        "assessments:section", attempt.public_id, answer_bytes.first_unfinished_section(document, given)
    )
