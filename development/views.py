"""The person's desk and development plan. Everything here is the signed-in person's own."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agencies.authorization import Permission, has_permission
from assessments.selectors import home_of
from development import actions, policies, selectors
from development.forms import GoalForm, GoalFromReportForm, ProgressForm


@require_safe
def home(request):
    """What waits for the person, what was begun, what is finished, and the next step of the plan."""
    context = {"home": None, "next_goal": selectors.next_goal_of(request.user)}
    if has_permission(request.user, Permission.TAKE_QUESTIONNAIRE):
        context["home"] = home_of(request.user)
    return render(request, "development/home.html", context)


@require_safe
def plan(request):
    """The person's goals, and the year's lesson hours."""
    return render(
        request,
        "development/plan.html",
        {"plan": selectors.plan_of_person(request.user, today=timezone.localdate())},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def add(request):
    """A new goal, in own words or from a dimension of the person's own report."""
    source = _source(request)
    data = request.POST if request.method == "POST" else None
    form = GoalFromReportForm(data, tips=source.tips) if source and source.tips else GoalForm(data)
    if request.method == "POST" and form.is_valid():
        origin = {"attempt": source.attempt, "scale_code": source.scale.code} if source else {}
        try:
            goal = actions.add_goal(person=request.user, by=request.user, **form.cleaned_data, **origin)
        except policies.PolicyError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Sasaran tersimpan. Langkah pertama paling baik dimulai minggu ini."))
            return redirect("development:goal", goal.public_id)
    context = {"form": form, "source": source, "has_room": policies.can_goal_be_added(request.user)}
    return render(request, "development/add.html", context)


def _source(request):
    """The dimension named in the address, or None for own words."""
    report, scale_code = request.GET.get("laporan", ""), request.GET.get("dimensi", "")
    if not report or not scale_code:
        return None
    try:
        public_id = UUID(report)
    except ValueError:
        raise Http404 from None
    return selectors.report_source(request.user, public_id, scale_code)


@require_http_methods(["GET", "HEAD", "POST"])
def goal(request, public_id):
    """One goal: note progress, begin, rewrite, complete."""
    planned = selectors.planned_goal(request.user, public_id, today=timezone.localdate())
    forms = {"progress_form": ProgressForm(), "change_form": GoalForm.for_goal(planned.goal)}
    if request.method == "POST":
        handle = _POSTS.get(request.POST.get("go"))
        if handle is None:
            raise Http404
        try:
            invalid = handle(request, planned.goal)
        except policies.PolicyError as error:
            messages.error(request, str(error))
            invalid = None
        if invalid is None:
            return redirect("development:goal", public_id)
        forms.update(invalid)
    return render(request, "development/goal.html", {"planned": planned, **forms})


def _note_progress(request, goal):
    form = ProgressForm(request.POST)
    if not form.is_valid():
        return {"progress_form": form}
    actions.record_progress(goal=goal, by=request.user, **form.cleaned_data)
    messages.success(request, _("Kemajuan tercatat."))


def _begin(request, goal):
    actions.start_goal(goal=goal, by=request.user)
    messages.success(request, _("Sasaran ini sedang berjalan."))


def _complete(request, goal):
    actions.complete_goal(goal=goal, by=request.user)
    messages.success(request, _("Sasaran selesai. Selamat atas langkah yang sudah Anda jalani."))


def _change(request, goal):
    form = GoalForm.for_goal(goal, request.POST)
    if not form.is_valid():
        return {"change_form": form}
    actions.change_goal(goal=goal, by=request.user, **form.cleaned_data)
    messages.success(request, _("Sasaran diubah; catatan kemajuan tetap ada."))


# Each answers with the forms to show again, or with None when the person may go on.
_POSTS = {"progress": _note_progress, "begin": _begin, "complete": _complete, "change": _change}
