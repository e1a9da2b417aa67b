"""The four steps of a period's form. Each is a plain form that is stored when it is sent, forwards or backwards."""

import tempfile
from pathlib import Path

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from agencies.models import Unit
from assessments.models import Audience, Campaign
from assessments.periods import actions, selectors
from assessments.periods.audience import sizes_of
from assessments.periods.checking import Step, find_problems
from assessments.periods.forms import PeopleForm, QuestionnairesForm, TimesForm
from assessments.periods.nip_lists import read_list
from assessments.policies import PolicyError
from assessments.views.periods import own_period
from questionnaires.models import Version
from tables.csv_files import UnreadableTable

PAGES = {
    Step.QUESTIONNAIRES: "assessments:campaign_questionnaires",
    Step.PEOPLE: "assessments:campaign_people",
    Step.TIMES: "assessments:campaign_times",
    Step.CHECK: "assessments:campaign_check",
}


def step(number):
    """View decorator: the draft of the address in place of its id; what is open already leads to its own page."""

    def decorate(view):
        @require_http_methods(["GET", "HEAD", "POST"])
        def guarded(request, public_id):
            period = own_period(request.user, public_id)
            if period.state == Campaign.State.DRAFT:
                return view(request, period)
            if request.method == "POST":
                messages.warning(request, _("Periode ini sudah dibuka, jadi isinya tidak berubah lagi."))
            return redirect("assessments:campaign", public_id)

        guarded.step = number
        return guarded

    return decorate


def _page(request, period, number, template, **context):
    context |= {"campaign": period, "agency": period.agency, "step": number}
    return render(request, f"assessments/periods/{template}", context)


def _onward(request, period, number):
    """Where the pressed button leads after saving: on, back, to any step, or out."""
    go = request.POST.get("go")
    if go == "later":
        messages.success(request, _("Draf tersimpan. Anda atau rekan Anda dapat melanjutkannya kapan saja."))
        return redirect("assessments:campaigns")
    wanted = {"back": number - 1, **{f"step:{page.value}": page for page in Step}}.get(go, number + 1)
    return redirect(PAGES[Step(min(wanted, Step.CHECK))], period.public_id)


def _refused(form, period, error):
    """Shows what was typed again, above it why it was not stored; sending it once more is then allowed."""
    form.add_error(None, str(error))
    period.refresh_from_db()
    form.show_revision(period.revision)


@step(Step.QUESTIONNAIRES)
def questionnaires(request, period):
    """Step 1: which published versions, with their minutes and what they measure."""
    offered = selectors.offered_versions()
    asked = [str(entry.version_id) for entry in selectors.asked_versions(period)]
    initial = {"title": period.title, "versions": asked, "seen_revision": period.revision}
    form = QuestionnairesForm(request.POST or None, initial=initial, offered=offered)
    if form.is_valid():
        ticked = set(form.cleaned_data["versions"])
        order = [
            int(key) for key in (*filter(ticked.__contains__, asked), *sorted(ticked - set(asked), key=int))
        ]
        versions = Version.objects.defer("document").in_bulk(order)
        try:
            actions.choose_questionnaires(
                campaign=period,
                title=form.cleaned_data["title"],
                versions=[versions[pk] for pk in order],
                seen_revision=form.cleaned_data["seen_revision"],
                by=request.user,
            )
            return _onward(request, period, Step.QUESTIONNAIRES)
        except PolicyError as error:
            _refused(form, period, error)
    chosen = set(form["versions"].value() or ())
    minutes = selectors.minutes_of(entry for entry in offered if str(entry.version_id) in chosen)
    context = {"form": form, "offered": offered, "chosen": chosen, "minutes": minutes}
    return _page(request, period, Step.QUESTIONNAIRES, "questionnaires.html", **context)


@step(Step.PEOPLE)
def people(request, period):
    """Step 2: whom, with the number of people by unit. A new choice shows its numbers before it leads on."""
    audience = period.audience
    chosen = list(audience.units.order_by("path"))
    form = PeopleForm(request.POST or None, request.FILES or None, initial=_initial_people(period))
    if request.method == "POST":
        stored, shown = chosen, request.POST.getlist("shown")
        chosen = selectors.ticked_units(
            period, stored=stored, shown=shown, ticked=request.POST.getlist("unit")
        )
    if form.is_valid():
        answer = _save_people(request, period, form, chosen)
        if answer is not None:
            return answer
    try:
        picker = selectors.unit_picker(period, code=request.GET.get("di"), chosen=chosen)
    except Unit.DoesNotExist:
        raise Http404 from None
    audience.refresh_from_db()
    context = {
        "form": form,
        "picker": picker,
        "sizes": sizes_of(period),
        "audience": audience,
        "list_problems": selectors.list_problems(audience),
        "listed": audience.listed.count(),
        "is_list": audience.base == Audience.Base.LIST,
    }
    return _page(request, period, Step.PEOPLE, "people.html", **context)


def _initial_people(period):
    audience = period.audience
    return {
        "base": audience.base,
        "job_categories": audience.job_categories,
        "employment_kinds": audience.employment_kinds,
        "seen_revision": period.revision,
    }


def _save_people(request, period, form, chosen):
    """Stores step 2; None when the form has to be shown again."""
    before = sizes_of(period)
    try:
        rows = _uploaded(form.cleaned_data["nip_list"])
        with transaction.atomic():
            period = actions.choose_people(
                campaign=period,
                base=form.cleaned_data["base"],
                units=chosen,
                job_categories=form.cleaned_data["job_categories"],
                employment_kinds=form.cleaned_data["employment_kinds"],
                seen_revision=form.cleaned_data["seen_revision"],
                by=request.user,
            )
            if rows is not None:
                period = actions.replace_list(
                    campaign=period, rows=rows, seen_revision=period.revision, by=request.user
                )
    except (PolicyError, UnreadableTable) as error:
        _refused(form, period, error)
        return None
    go = request.POST.get("go", "next")
    here = redirect(PAGES[Step.PEOPLE], period.public_id)
    if go.startswith("unit:"):
        here.headers["Location"] += f"?di={go.removeprefix('unit:')}#unit"
        return here
    after = sizes_of(period)
    if go == "count" or (go == "next" and (after != before or rows is not None)):
        text = ngettext(
            "Tersimpan: %(people)d pegawai. Periksa jumlah setiap unit, lalu lanjutkan.",
            "Tersimpan: %(people)d pegawai. Periksa jumlah setiap unit, lalu lanjutkan.",
            after.total,
        )
        messages.info(request, text % {"people": after.total})
        return here
    return _onward(request, period, Step.PEOPLE)


def _uploaded(file):
    """The rows of an uploaded list; None without one."""
    if not file:
        return None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "daftar.csv")
        with path.open("wb") as copy:
            for chunk in file.chunks():
                copy.write(chunk)
        try:
            return list(read_list(path, today=timezone.localdate()))
        except UnreadableTable as error:
            said = str(error).removeprefix(f"{path}: ")
            raise UnreadableTable(
                _("Berkas tidak dapat dipakai: %(reason)s Daftar sebelumnya tetap berlaku.")
                % {"reason": said}
            ) from None


@step(Step.TIMES)
def times(request, period):
    """Step 3: when, by the clock of the agency, and by what right."""
    initial = {**TimesForm.initial_of(period), "seen_revision": period.revision}
    form = TimesForm(request.POST or None, initial=initial, agency=period.agency)
    if form.is_valid():
        try:
            actions.set_times_and_rules(
                campaign=period,
                seen_revision=form.cleaned_data["seen_revision"],
                by=request.user,
                **form.values(period.agency.zone),
            )
            return _onward(request, period, Step.TIMES)
        except PolicyError as error:
            _refused(form, period, error)
    return _page(request, period, Step.TIMES, "times.html", form=form)


@step(Step.CHECK)
def check(request, period):
    """Step 4: everything on one page, what is wrong in sentences, and the button that opens."""
    if request.method == "POST":
        is_opening = request.POST.get("go") == "open"
        return _open(request, period) if is_opening else _onward(request, period, Step.CHECK)
    sizes = sizes_of(period)
    problems = find_problems(period, sizes, now=timezone.now())
    asked = selectors.asked_versions(period)
    context = {
        "sizes": sizes,
        "audience": period.audience,
        "chosen_units": period.audience.units.order_by("path"),
        "asked": asked,
        "minutes": selectors.minutes_of(asked),
        "job": actions.opening_job(period),
        "blocking": [problem for problem in problems if problem.is_blocking],
        "remarks": [problem for problem in problems if not problem.is_blocking],
    }
    return _page(request, period, Step.CHECK, "check.html", **context)


def _open(request, period):
    seen = request.POST.get("seen_revision", "")
    try:
        asked = actions.ask_to_open(
            campaign=period, seen_revision=int(seen) if seen.isdigit() else -1, by=request.user
        )
    except PolicyError as error:
        messages.warning(request, str(error))
        return redirect(PAGES[Step.CHECK], period.public_id)
    if asked is None:
        messages.success(
            request, _("Periode sedang dibuka. Muat ulang halaman ini untuk melihat kemajuannya.")
        )
        return redirect(PAGES[Step.CHECK], period.public_id)
    text = ngettext(
        "Periode dibuka. %(people)d pegawai diminta mengisi.",
        "Periode dibuka. %(people)d pegawai diminta mengisi.",
        asked,
    )
    messages.success(request, text % {"people": asked})
    return redirect("assessments:campaign", period.public_id)
