"""Pages of an expert: the door, the introduction, one page a vignette, and the end."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from panels import actions, material, policies, selectors
from panels.entry import admit, expert_page, find_invitation, private, refused, too_many
from panels.forms import LONGEST_NOTE, PageForm, field_of, note_field_of, page_token
from questionnaires.version_document import Text
from scoring.panel_verdicts import FEWEST_EXPERTS


@require_safe
@login_not_required
def enter(request, token):
    """The secret link: on to the introduction, with a cookie in place of the token.

    Whatever the token is, the answer is a way to another address: no page, log or referrer keeps it, not even one that
    was copied without its last letter.
    """
    limited = too_many(request, "panel_link")
    if limited:
        return limited
    invitation = find_invitation(token)
    if invitation is None:
        response = too_many(request, "panel_link_unknown") or redirect("panels:unknown_link")
    else:
        response = admit(redirect("panels:introduction", invitation.panel.public_id), invitation)
    response.headers["Referrer-Policy"] = "no-referrer"
    return private(response)


@require_safe
@login_not_required
def unknown_link(request):
    """Says that a token opens nothing."""
    reason = _(
        "Tautan ini tidak dikenal: mungkin tidak tersalin utuh, atau sudah diganti dengan tautan yang lebih baru. "
        "Periksa tautan dalam undangan terakhir Anda, atau mintalah yang baru kepada penyunting yang mengundang."
    )
    return refused(request, reason, status=404)


@require_http_methods(["GET", "HEAD", "POST"])
@expert_page
def introduction(request, invitation):
    """What is asked, how long it takes, who sees what; a post begins."""
    if request.method == "POST":
        try:
            actions.begin(invitation=invitation)
        except policies.PolicyError as refusal:
            return _conflict(request, invitation, refusal)
        return _next_page(invitation)
    work = selectors.work_of(invitation)
    context = {
        **_shell(invitation),
        "work": work,
        "vignettes": len(work.material.vignettes),
        "pairs": len(work.material.pairs),
        "minutes": work.material.minutes,
        "fewest_experts": FEWEST_EXPERTS,
        "is_waiting": invitation.panel.opens_at > timezone.now(),
    }
    return render(request, "panels/introduction.html", context)


@dataclass(frozen=True)
class Row:
    """One thing to rate on a page."""

    field: str
    text: Text
    value: int | None
    error: str = ""


@dataclass(frozen=True)
class Block:
    """One vignette or pair on a page: what is read, what is rated, and the remark."""

    entry: material.Vignette | material.Pair
    number: int
    rows: tuple[Row, ...]
    note_field: str
    note: str
    note_error: str = ""


@require_http_methods(["GET", "HEAD", "POST"])
@expert_page
def page(request, invitation, number):
    """One vignette, or a few pairs. A post saves and goes on."""
    work = selectors.work_of(invitation)
    if not 1 <= number <= len(work.material.pages):
        return redirect("panels:introduction", invitation.panel.public_id)
    try:
        policies.check_takes_ratings(invitation, now=timezone.now())
        if request.method == "POST":
            return _save(request, invitation, work, number)
    except policies.PolicyError as refusal:
        return _conflict(request, invitation, refusal)
    return _draw(request, invitation, work, number)


def _save(request, invitation, work, number):
    limited = too_many(request, "panel_save", key=str(invitation.public_id))
    if limited:
        return limited
    current = work.material.pages[number - 1]
    form = PageForm(request.POST, page=current)
    if not form.is_valid():
        return _draw(request, invitation, work, number, form=form, status=400)
    actions.save_ratings(invitation=invitation, ratings=form.ratings, notes=form.notes)
    go, panel_id = request.POST.get("go"), invitation.panel.public_id
    if go == "later":
        messages.success(
            request, _("Penilaian Anda tersimpan. Buka lagi tautan undangan kapan saja untuk melanjutkan.")
        )
        return redirect("panels:introduction", panel_id)
    if go == "back":
        return (
            redirect("panels:page", panel_id, number - 1)
            if number > 1
            else redirect("panels:introduction", panel_id)
        )
    if number == len(work.material.pages):
        return redirect("panels:finish", panel_id)
    return redirect("panels:page", panel_id, number + 1)


def _draw(request, invitation, work, number, *, form=None, status=200):
    current = work.material.pages[number - 1]
    ratings, notes = work.ratings, work.notes
    if form is not None:
        # What the expert chose is drawn again, whatever was wrong with the rest of the page.
        ratings, notes = {**ratings, **form.shown}, form.remarks
    blocks = [_block(invitation, current, entry, ratings, notes, form) for entry in current.entries]
    context = {
        **_shell(invitation),
        "page": current,
        "pages": len(work.material.pages),
        "blocks": blocks,
        "work": work,
        "base": page_token(current, work.ratings, work.notes),
        "longest_note": LONGEST_NOTE,
        "problems": _problems(blocks, form),
    }
    return render(request, "panels/page.html", context, status=status)


def _block(invitation, current, entry, ratings, notes, form):
    errors = form.errors if form is not None else {}
    targets = material.in_own_order(entry.targets, expert=str(invitation.public_id), item=entry.code)
    rows = tuple(
        Row(
            field_of(entry.code, target.code),
            target.text,
            ratings.get((entry.code, target.code)),
            " ".join(errors.get(field_of(entry.code, target.code), ())),
        )
        for target in targets
    )
    note_field = note_field_of(entry.code)
    number = current.entries.index(entry) + 1
    note_error = " ".join(errors.get(note_field, ()))
    return Block(entry, number, rows, note_field, notes.get(entry.code, ""), note_error)


def _problems(blocks, form):
    """What the error summary says: ``target`` is the id that its link jumps to."""
    if form is None:
        return []
    problems = [
        {"target": row.field, "text": row.error} for block in blocks for row in block.rows if row.error
    ]
    problems += [
        {"target": block.note_field, "text": block.note_error} for block in blocks if block.note_error
    ]
    shared = [*form.non_field_errors(), *form.errors.get("base", ())]
    return problems + [{"target": "", "text": text} for text in shared]


@require_http_methods(["GET", "HEAD", "POST"])
@expert_page
def finish(request, invitation):
    """What is missing, and the button that makes the ratings count; after it, thanks."""
    if request.method == "POST":
        try:
            actions.finish(invitation=invitation)
        except policies.PolicyError as refusal:
            return _conflict(request, invitation, refusal)
        return redirect("panels:finish", invitation.panel.public_id)
    context = {**_shell(invitation), "work": selectors.work_of(invitation)}
    return render(request, "panels/finish.html", context)


def _next_page(invitation):
    unfinished = selectors.work_of(invitation).unfinished
    if unfinished:
        return redirect("panels:page", invitation.panel.public_id, unfinished[0].number)
    return redirect("panels:finish", invitation.panel.public_id)


def _shell(invitation):
    return {"invitation": invitation, "panel": invitation.panel}


def _conflict(request, invitation, refusal):
    """Why nothing can be rated now; a page that was only looked at says it without an error."""
    status = 409 if request.method == "POST" else 200
    context = {**_shell(invitation), "reason": str(refusal)}
    return render(request, "panels/closed.html", context, status=status)
