"""Pages of the person who answers: introduction, filling in, reviewing."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agencies.authorization import Permission, check_permission, require
from agencies.selectors import current_placement
from agencies.templatetags.local_time import clock
from assessments import actions, policies, selectors
from assessments import answers as answer_bytes
from assessments.forms import SectionForm
from assessments.models import Attempt
from assessments.saving import save_page
from questionnaires.document import load_document
from questionnaires.version_document import Answer, Item
from scoring import quality


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
            return _refused(request, refusal)
        return redirect("assessments:resume", attempt.public_id)
    begun = selectors.begun_attempt(request.user, version, assignment)
    if begun is not None:
        return redirect("assessments:resume", begun.public_id)
    document = load_document(version.pk)
    placement = current_placement(request.user)
    context = {
        "document": document,
        "version": version,
        "assignment": assignment,
        "campaign": assignment.campaign if assignment else None,
        "agency": assignment.agency if assignment else (placement.unit.agency if placement else None),
    }
    return render(request, "assessments/introduction.html", context)


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


@dataclass(frozen=True)
class Row:
    """One item on the page: its number in the form, what is chosen, and what is wrong with it, if anything."""

    item: Item
    number: int
    chosen: Answer | None
    error: str = ""


@require_http_methods(["GET", "HEAD", "POST"])
def section(request, public_id, number):
    """One page of items. A post saves it and goes on, back, or home."""
    attempt = selectors.own_attempt(request.user, public_id)
    check_permission(request.user, Permission.TAKE_QUESTIONNAIRE)
    document = load_document(attempt.version_id)
    if not 1 <= number <= len(document.sections):
        return redirect("assessments:resume", attempt.public_id)
    try:
        policies.check_attempt_takes_answers(attempt, now=timezone.now())
        if request.method == "POST":
            return _save_section(request, attempt, document, number)
    except policies.AttemptClosed as refusal:
        return _closed(request, attempt, refusal)
    return _draw_section(request, attempt, document, number)


def _save_section(request, attempt, document, number):
    page = document.sections[number - 1]
    form = SectionForm(request.POST, section=page)
    if not form.is_valid():
        return _draw_section(request, attempt, document, number, form=form, status=400)
    try:
        saved = save_page(
            attempt=attempt,
            section=page,
            base=form.drawn_from,
            mine=form.mine,
            by=request.user,
            seconds=form.cleaned_data["seconds"],
        )
    except actions.StaleRevision:
        return _draw_section(request, attempt, document, number, form=form, status=409, is_busy=True)
    if saved.conflicts:
        return _draw_section(
            request, attempt, document, number, form=form, status=409, conflicts=saved.conflicts
        )
    go = request.POST.get("go")
    if go == "autosave":
        return _acknowledge(attempt, document, page)
    if go == "later":
        messages.success(request, _("Jawaban Anda tersimpan. Lanjutkan kapan saja dari Beranda."))
    return _onward(go, attempt, document, number)


def _acknowledge(attempt, document, page):
    """What the page may call saved: the server's time, and the answers that the page is now drawn from."""
    given = answer_bytes.decode(document, attempt.answers)
    progress = answer_bytes.progress(document, given)
    return JsonResponse(
        {
            "saved": _("Tersimpan %(time)s") % {"time": clock(attempt.saved_at)},
            "base": answer_bytes.page_token(page, given),
            "answered": progress.answered,
            "progress": _("%(answered)s dari %(total)s butir · sekitar %(minutes)s menit lagi")
            % {"answered": progress.answered, "total": progress.total, "minutes": progress.minutes_left},
        }
    )


def _onward(go, attempt, document, number):
    if go == "later":
        return redirect("home")
    if go == "stay":
        return redirect("assessments:section", attempt.public_id, number)
    if go == "back" and number > 1:
        return redirect("assessments:section", attempt.public_id, number - 1)
    if go == "back":
        return redirect("home")
    if go == "review" or number == len(document.sections):
        return redirect("assessments:review", attempt.public_id)
    return redirect("assessments:section", attempt.public_id, number + 1)


def _draw_section(request, attempt, document, number, *, form=None, status=200, conflicts=(), is_busy=False):
    page = document.sections[number - 1]
    stored = answer_bytes.decode(document, attempt.answers)
    shown = answer_bytes.of_section(page, stored)
    if form is not None:
        # What the person chose is drawn again, whatever was wrong with the rest of the page.
        shown = {**shown, **form.touched}
    rows = page_rows(document, number, shown, form, conflicts)
    context = section_context(document, number, rows, stored) | {
        "attempt": attempt,
        "problems": _problems(rows, form, is_busy),
        "conflicts": conflicts,
    }
    return render(request, "assessments/section.html", context, status=status)


def page_rows(document, number, shown, form=None, conflicts=()):
    """The items of one page as they are drawn, with what is chosen; ``shown`` maps item codes to answers."""
    first = sum(len(section.items) for section in document.sections[: number - 1])
    return [
        Row(item, first + index, shown.get(item.code), _error_of(item, form, conflicts))
        for index, item in enumerate(document.sections[number - 1].items, start=1)
    ]


def section_context(document, number, rows, stored):
    """What a page of items shows besides the attempt it belongs to; an editor's preview belongs to none."""
    page = document.sections[number - 1]
    return {
        "document": document,
        "section": page,
        "number": number,
        "rows": rows,
        "base": answer_bytes.page_token(page, stored),
        "progress": answer_bytes.progress(document, stored),
    }


def _error_of(item, form, conflicts):
    if item.code in conflicts:
        return _(
            "Butir ini dijawab berbeda di tab atau perangkat lain. Pilihan dari halaman ini ditandai di bawah."
        )
    errors = form.errors.get(item.code) if form is not None else None
    return errors[0] if errors else ""


def _problems(rows, form, is_busy):
    """What the error summary says: ``target`` is the id that its link jumps to."""
    problems = [
        {"target": f"b{row.number}", "text": f"{_('Butir')} {row.number}: {row.error}"}
        for row in rows
        if row.error
    ]
    if form is not None:
        shared = [*form.non_field_errors(), *form.errors.get("base", ())]
        problems += [{"target": "", "text": text} for text in shared]
    if is_busy:
        text = _(
            "Kuesioner ini sedang disimpan dari tempat lain. Pilihan Anda masih ada di halaman ini; coba simpan lagi."
        )
        problems.append({"target": "", "text": text})
    return problems


@dataclass(frozen=True)
class ReviewRow:
    """One item on the review page, with the page it stands on."""

    item: Item
    number: int
    section_number: int
    given: Answer | None


@require_safe
def review(request, public_id):
    """All answers before sending, unanswered items first."""
    attempt = selectors.own_attempt(request.user, public_id)
    check_permission(request.user, Permission.TAKE_QUESTIONNAIRE)
    document = load_document(attempt.version_id)
    try:
        policies.check_attempt_takes_answers(attempt, now=timezone.now())
    except policies.AttemptClosed as refusal:
        return _closed(request, attempt, refusal)
    given = answer_bytes.decode(document, attempt.answers)
    rows = [
        ReviewRow(item, index, document.section_numbers[item.code], given.get(item.code))
        for index, item in enumerate(document.items, start=1)
    ]
    context = {
        "attempt": attempt,
        "document": document,
        "progress": answer_bytes.progress(document, given),
        "unanswered": [row for row in rows if row.given is None],
        "not_yet_scored": selectors.dimensions_not_yet_scored(attempt, document, given),
        "was_fast": "speed" in quality.assess(document, given, attempt.page_seconds or None).families,
        "sections": [
            (number, section, [row for row in rows if row.section_number == number])
            for number, section in enumerate(document.sections, start=1)
        ],
    }
    return render(request, "assessments/review.html", context)


def _closed(request, attempt, refusal):
    """Why nothing can be changed any more; whoever has sent the answers is taken to the report."""
    if attempt.state == Attempt.State.SUBMITTED and request.method != "POST":
        return redirect("reports:personal", attempt.public_id)
    context = {"attempt": attempt, "document": load_document(attempt.version_id), "reason": str(refusal)}
    return render(
        request, "assessments/closed.html", context, status=409 if request.method == "POST" else 200
    )


def _refused(request, refusal):
    return render(request, "assessments/closed.html", {"reason": str(refusal)}, status=409)
