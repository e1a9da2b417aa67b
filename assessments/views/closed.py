"""What a person reads where nothing can be changed any more."""

from django.shortcuts import redirect, render

from assessments.models import Attempt
from questionnaires.document import load_document


def closed(request, attempt, refusal):
    """Why nothing can be changed any more; whoever has sent the answers is taken to the report."""
    if attempt.state == Attempt.State.SUBMITTED and request.method != "POST":
        return redirect("reports:personal", attempt.public_id)
    context = {"attempt": attempt, "document": load_document(attempt.version_id), "reason": str(refusal)}
    return render(
        request, "assessments/closed.html", context, status=409 if request.method == "POST" else 200
    )


def refused(request, refusal):
    return render(request, "assessments/closed.html", {"reason": str(refusal)}, status=409)
