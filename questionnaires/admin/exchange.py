"""Bank files in and out of the editor's room: upload, dry run, confirmation, template, schema, help, exports."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from questionnaires import actions, bank_files, policies
from questionnaires.admin import stash
from questionnaires.admin.access import refused
from questionnaires.admin.fields import UploadForm
from questionnaires.admin.parts import version_url
from questionnaires.bank_files.workbook import columns, guide
from questionnaires.bank_schema import SCHEMA_FILE
from questionnaires.exporting import FORMATS, export, file_name
from questionnaires.importing import plan_import
from questionnaires.problems import Problem
from questionnaires.validation import competency_codes

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TEMPLATE_NAME, SCHEMA_NAME = "templat-bank-butir.xlsx", "bank-1.schema.json"
# In which sheet a position of the bank is filled in; the longest that fits counts.
_SHEETS = {
    "questionnaire": columns.HEAD,
    "response_sets": columns.RESPONSE_SETS,
    "scales": columns.SCALES,
    "feedback": columns.FEEDBACK,
    "sections": columns.SECTIONS,
    "items": columns.ITEMS,
    "options": columns.OPTIONS,
    "consistency_pairs": columns.PAIRS,
}


@dataclass(frozen=True)
class ListedProblem:
    """A problem with its line or cell, and the part of the help page that explains the place."""

    problem: Problem
    place: str
    help_anchor: str


def upload(request, context):
    """Takes a bank file: every problem with its line or cell, or else the differences and a button. Writes nothing."""
    form = UploadForm(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        content = file.read()
        bank_file = _read(content, file.name)
        context |= {"bank_file": bank_file, "problems": [_listed(each) for each in bank_file.problems]}
        if bank_file.is_valid:
            plan = plan_import(bank_file.document)
            context |= {"plan": plan, "differences": plan.changes}
            if not (plan.refusal or plan.same):
                kept = stash.Upload(bank_file.filename, content, plan.base)
                context["token"] = stash.keep(request.user, kept)
                context["minutes"] = stash.KEPT_FOR // 60
        else:
            status = 422
    elif request.method == "POST":
        status = 422
    return render(request, "admin/questionnaires/import.html", context | {"form": form}, status=status)


def confirm(request):
    """Makes a draft of the upload whose differences the person has just seen."""
    again = reverse("admin:questionnaires_import")
    kept = stash.find(request.user, request.POST.get("unggahan", ""))
    if kept is None:
        sentence = _(
            "Unggahan ini sudah tidak disimpan: terlalu lama menunggu, atau digantikan unggahan yang lebih baru. "
            "Belum ada yang diimpor; unggah sekali lagi."
        )
        return refused(request, sentence, again)
    bank_file = _read(kept.content, kept.name)
    try:
        version, created = actions.import_bank(bank_file=bank_file, by=request.user, base=kept.base)
    except policies.PolicyError as error:
        return refused(request, error, again)
    stash.drop(request.user)
    said = (
        _("Berkas diimpor sebagai draf versi %(number)d.")
        if created
        else _("Isi berkas ini sudah ada sebagai versi %(number)d; tidak ada yang diubah.")
    )
    messages.success(request, said % {"number": version.number})
    return redirect(version_url(version))


def template():
    """The empty workbook."""
    return _download(bank_files.workbook_template(), TEMPLATE_NAME, XLSX)


def schema():
    """The published JSON Schema of bank files, as it stands in the code."""
    return _download(SCHEMA_FILE.read_bytes(), SCHEMA_NAME, "application/schema+json; charset=utf-8")


def help_page(request, context):
    """What every sheet and column of a bank holds; where the problems of an import lead to."""
    tables = [
        {"anchor": _anchor(name), "name": name, "about": about, "lines": lines}
        for name, about, lines in guide.tables()
    ]
    context |= {"steps": guide.STEPS, "tables": tables, "headings": guide.HEADINGS}
    return render(request, "admin/questionnaires/import_help.html", context)


def formats(request, version, context):
    """The formats to choose from."""
    context |= {"formats": [(name, file_name(version, name), each) for name, each in FORMATS.items()]}
    return render(request, "admin/questionnaires/version/export.html", context)


def download(request, version, name):
    """The version in one format; a refusal leads back to the choice."""
    if name not in FORMATS:
        raise Http404
    try:
        content = export(version, name)
    except policies.PolicyError as error:
        return refused(request, error, reverse("admin:questionnaires_version_export", args=[version.pk]))
    return _download(content, file_name(version, name), FORMATS[name].content_type)


def _read(content, name):
    return bank_files.read(content, filename=name, competency_codes=competency_codes())


def _listed(problem):
    place = str(problem.line or "") or problem.cell
    return ListedProblem(problem, place, _anchor(_sheet_of(problem)))


def _sheet_of(problem):
    name = problem.cell.partition("!")[0]
    if name:
        return name
    known = [_SHEETS[key] for key in problem.keys if key in _SHEETS]
    return known[-1].name if known else columns.HEAD.name


def _anchor(sheet_name):
    return f"lembar-{sheet_name.casefold().replace(' ', '-')}"


def _download(content, name, content_type):
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
