"""The rooms of an agency's administrators: bringing files of units and people, their differences, applying them."""

import csv
import tempfile
from pathlib import Path

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agencies.authorization import Permission, has_permission, require
from agencies.forms import RosterForm
from agencies.importers.columns import label_of
from agencies.policies import PolicyError
from agencies.roster import actions, templates
from agencies.roster.files import kept_rows, open_file
from agencies.roster.pages import roster_page
from agencies.selectors import agencies_of_administrator, roster_upload, roster_uploads
from tables.csv_files import UnreadableTable, harmless

UPLOADS_PER_PAGE = 20


@require_safe
@require(Permission.MANAGE_PEOPLE)
def rooms(request):
    """The agencies that the person looks after; straight on when there is only one."""
    agencies = list(agencies_of_administrator(request.user)[:2])
    if len(agencies) == 1:
        return redirect("agencies:room", agencies[0].code)
    page = Paginator(agencies_of_administrator(request.user), UPLOADS_PER_PAGE).get_page(
        request.GET.get("page")
    )
    return render(request, "agencies/rooms.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@require(Permission.MANAGE_PEOPLE)
def room(request, agency_code):
    """Takes a file for an agency, and lists those brought before."""
    agency = get_object_or_404(agencies_of_administrator(request.user), code=agency_code)
    form, status = RosterForm(request.POST or None, request.FILES or None), 200
    if request.method == "POST":
        if form.is_valid():
            try:
                return redirect("agencies:roster", _bring(form.cleaned_data, agency, request.user).public_id)
            except (UnreadableTable, PolicyError) as error:
                form.add_error("file", str(error))
        status = 422
    uploads = Paginator(roster_uploads(request.user, agency), UPLOADS_PER_PAGE).get_page(
        request.GET.get("page")
    )
    looks_after_all = has_permission(request.user, Permission.MANAGE_PEOPLE, agency=agency)
    context = {"agency": agency, "form": form, "page": uploads, "looks_after_all": looks_after_all}
    return render(request, "agencies/room.html", context, status=status)


def _bring(given, agency, by):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "unggahan"
        with path.open("wb") as file:
            for chunk in given["file"].chunks():
                file.write(chunk)
        header, rows = open_file(path, given["kind"])
        return actions.bring(
            agency=agency,
            kind=given["kind"],
            header=header,
            rows=rows,
            is_complete=given["is_complete"],
            by=by,
        )


@require_http_methods(["GET", "HEAD", "POST"])
@require(Permission.MANAGE_PEOPLE)
def roster(request, upload_id):
    """How far the reading is, then the differences; applying, reading again and throwing away."""
    upload = _upload(request, upload_id)
    if request.method == "POST":
        try:
            _STEPS.get(request.POST.get("go", ""), _unknown)(upload=upload, by=request.user)
        except PolicyError as refusal:
            messages.warning(request, str(refusal))
        return redirect("agencies:roster", upload.public_id)
    return render(request, "agencies/roster.html", {"agency": upload.agency, "page": roster_page(upload)})


def _unknown(*, upload, by):
    raise PolicyError(_("Langkah itu tidak dikenal. Tidak ada yang diubah."))


_STEPS = {"apply": actions.ask_to_apply, "again": actions.read_again, "discard": actions.discard}


@require_safe
@require(Permission.MANAGE_PEOPLE)
def rejected(request, upload_id):
    """The rows that were not taken, as they came, with what is wrong with each: to mend and to upload again."""
    upload = _upload(request, upload_id)
    header = [*(label_of(upload.kind, key) for key in upload.columns), _("Yang perlu diperbaiki")]

    def lines():
        writer = csv.writer(_Echo(), delimiter=";")
        yield "\ufeff" + writer.writerow([_("Baris"), *header])
        for rows in kept_rows(upload, is_rejected=True):
            for number, cells in rows:
                yield writer.writerow([number, *(harmless(cell) for cell in cells)])

    response = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="baris-ditolak.csv"'
    return response


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, text):
        return text


@require_safe
@require(Permission.MANAGE_PEOPLE)
def template(request, file_name):
    """A file to fill in."""
    if file_name not in templates.FILES:
        raise Http404
    _kind, form = templates.FILES[file_name]
    response = HttpResponse(templates.content_of(file_name), content_type=templates.CONTENT_TYPES[form])
    name = file_name.replace("-", ".").replace("pegawai", "templat-pegawai").replace("unit", "templat-unit")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _upload(request, upload_id):
    try:
        return roster_upload(request.user, upload_id)
    except ObjectDoesNotExist:
        raise Http404 from None
