"""The person's desk and development plan. Everything here is the signed-in person's own."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agencies.authorization import Permission, has_permission
from assessments.selectors import home_of
from development import actions, policies, selectors
from development.forms import (
    ChangeGoalForm,
    GoalForm,
    GoalFromReportForm,
    NextAssessmentForm,
    ProgressForm,
    StatusForm,
)
from development.history import history_of
from reports.sharing.selectors import shares_with


@require_safe
def home(request):
    """What waits for the person, what was begun, what is finished, and the next step of the plan."""
    context = {
        "home": None,
        "next_goal": selectors.next_goal_of(request.user),
        "received": shares_with(request.user),
    }
    if has_permission(request.user, Permission.TAKE_QUESTIONNAIRE):
        context["home"] = home_of(request.user)
    return render(request, "development/home.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request):
    """The person's goals, the year's lesson hours, when to look again, and reminders."""
    form = None
    if request.method == "POST":
        handle = _PLAN_POSTS.get(request.POST.get("go"))
        if handle is None:
            raise Http404
        form = handle(request)
        if form is None:
            return redirect("development:plan")
    found = selectors.plan_of_person(request.user, today=timezone.localdate())
    suggested = found.settings.next_assessment_on or found.suggested_assessment_on
    context = {
        "plan": found,
        "assessment_form": form or NextAssessmentForm(initial={"day": suggested}),
        "can_be_reminded": policies.can_person_be_reminded(request.user),
    }
    return render(request, "development/plan.html", context)


def _set_next_assessment(request):
    form = NextAssessmentForm(request.POST)
    if not form.is_valid():
        return form
    actions.set_next_assessment(person=request.user, day=form.cleaned_data["day"], by=request.user)
    messages.success(request, _("Tanggal penilaian berikutnya tersimpan."))
    return None


def _set_reminders(request):
    wanted = request.POST.get("wanted") == "1"
    language = get_language() or "id"
    try:
        actions.set_reminders(person=request.user, wanted=wanted, language=language, by=request.user)
    except policies.PolicyError as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request, _("Pengingat lewat surel aktif.") if wanted else _("Pengingat lewat surel berhenti.")
        )


# Each answers with the form to show again, or with None when the person may go on.
_PLAN_POSTS = {"assessment": _set_next_assessment, "reminders": _set_reminders}


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
    if source is None and context["has_room"]:
        context["offers"] = selectors.growth_offers(request.user)
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
    forms = {
        "progress_form": ProgressForm(),
        "begin_form": StatusForm(prefix="mulai"),
        "complete_form": StatusForm(prefix="selesai"),
        "change_form": ChangeGoalForm.of(planned.goal),
    }
    if request.method == "POST":
        handle = _GOAL_POSTS.get(request.POST.get("go"))
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
        forms["wrong_form"] = next(iter(invalid.values()))
    context = {"planned": planned, "history": history_of(planned.goal), **forms}
    return render(request, "development/goal.html", context)


def _note_progress(request, goal):
    form = ProgressForm(request.POST)
    if not form.is_valid():
        return {"progress_form": form}
    actions.record_progress(goal=goal, by=request.user, **form.cleaned_data)
    messages.success(request, _("Kemajuan tercatat."))


def _begin(request, goal):
    form = StatusForm(request.POST, prefix="mulai")
    if not form.is_valid():
        return {"begin_form": form}
    actions.start_goal(goal=goal, by=request.user, **form.cleaned_data)
    messages.success(request, _("Sasaran ini sedang berjalan."))


def _complete(request, goal):
    form = StatusForm(request.POST, prefix="selesai")
    if not form.is_valid():
        return {"complete_form": form}
    actions.complete_goal(goal=goal, by=request.user, **form.cleaned_data)
    messages.success(request, _("Sasaran selesai. Selamat atas langkah yang sudah Anda jalani."))


def _change(request, goal):
    form = ChangeGoalForm.of(goal, request.POST)
    if not form.is_valid():
        return {"change_form": form}
    if actions.change_goal(goal=goal, by=request.user, **form.cleaned_data):
        messages.success(
            request, _("Sasaran diubah; yang lama ada dalam riwayat, catatan kemajuan tetap ada.")
        )
    else:
        messages.info(request, _("Tidak ada yang berbeda, jadi sasaran tetap seperti semula."))


# Each answers with the form to show again, or with None when the person may go on.
_GOAL_POSTS = {"progress": _note_progress, "begin": _begin, "complete": _complete, "change": _change}
