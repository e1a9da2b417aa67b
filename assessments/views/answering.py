"""Filling in: one page of items, saved by the form itself or by the script that posts the same form."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.authorization import Permission, check_permission
from agencies.templatetags.local_time import clock
from assessments import actions, interrupted, policies, selectors
from assessments import answers as answer_bytes
from assessments.forms import SectionForm
from assessments.item_drawing import draw_published
from assessments.page_drawing import draw_section
from assessments.saving import save_page
from assessments.section_page import Page
from assessments.views.closed import closed
from questionnaires.document import load_document


# Open to visitors only to keep what arrives after a session has ended; nothing is shown to them.
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def section(request, public_id, number):
    """One page of items. A post saves it and goes on, back, or home."""
    if not request.user.is_authenticated:
        if request.method == "POST":
            interrupted.keep(request)
        return redirect_to_login(request.path)
    attempt = selectors.own_attempt(request.user, public_id, to_answer=True)
    check_permission(request.user, Permission.TAKE_QUESTIONNAIRE)
    document = load_document(attempt.version_id)
    if not 1 <= number <= len(document.sections):
        return redirect("assessments:resume", attempt.public_id)
    try:
        policies.check_attempt_takes_answers(attempt, now=timezone.now())
        if request.method == "POST":
            return _save_section(request, attempt, document, number)
    except policies.AttemptClosed as refusal:
        return closed(request, attempt, refusal)
    kept = interrupted.take(request)
    if kept is None:
        return _draw_section(request, attempt, document, number)
    form = SectionForm(kept, section=document.sections[number - 1])
    form.is_valid()
    return _draw_section(request, attempt, document, number, form=form, was_interrupted=True)


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
            texts=form.texts,
        )
    except actions.StaleRevision:
        return _draw_section(request, attempt, document, number, form=form, status=409, is_busy=True)
    if saved.conflicts:
        return _draw_section(
            request, attempt, document, number, form=form, status=409, conflicts=saved.conflicts
        )
    go = request.POST.get("go")
    if go == "autosave":
        return _acknowledge(attempt, document, page, form)
    if go == "later":
        messages.success(request, _("Jawaban Anda tersimpan. Lanjutkan kapan saja dari Beranda."))
    return _onward(go, attempt, document, number)


def _acknowledge(attempt, document, page, form):
    """What the page may call saved: the server's time, and the answers that the page is now drawn from."""
    given = answer_bytes.decode(document, attempt.answers)
    progress = answer_bytes.progress(document, given)
    return JsonResponse(
        {
            "saved": _("Tersimpan %(time)s") % {"time": clock(attempt.saved_at)},
            "base": answer_bytes.page_token(page, given),
            "seen": form.texts.marks,
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


def _draw_section(
    request,
    attempt,
    document,
    number,
    *,
    form=None,
    status=200,
    conflicts=(),
    is_busy=False,
    was_interrupted=False,
):
    has_texts = any(item.is_open_text for item in document.sections[number - 1].items)
    page = Page(
        document,
        number,
        stored=answer_bytes.decode(document, attempt.answers),
        texts=selectors.texts_of(attempt) if has_texts else {},
        form=form,
        conflicts=conflicts,
    )
    rows = page.rows()
    context = page.context() | {
        "saved_at": clock(attempt.saved_at) if attempt.revision else "",
        "items": [draw_published(attempt.version_id, row) for row in rows],
        "problems": _problems(rows, form, is_busy),
        # Drawn with choices that are not stored: the script must not put older ones, waiting in the browser, over them.
        "redrawn": "interrupted" if was_interrupted else "refused" if form is not None else "",
    }
    is_special = form is not None or bool(conflicts)
    return draw_section(request, attempt, context, is_special=is_special, status=status)


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
