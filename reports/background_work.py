"""What workers do for results: freeze them, and make files of them."""

import tempfile
from pathlib import Path

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from agencies.models import Agency
from assessments.models import Campaign
from background.kinds import background_work
from background.running import WorkRefused
from reports.exports import actions as exports
from reports.exports.making import make
from reports.exports.models import Export
from reports.exports.selectors import check_within_reach
from reports.reach import frozen_reach, reach_of
from reports.results import FREEZE, NotClosed, freeze


@background_work(FREEZE, label=_("Membekukan hasil periode"))
def freeze_results(run):
    """Makes the results of an agency: all of them with the end of the job, or none."""
    campaign, agency = Campaign.objects.get(pk=run.subject_id), Agency.objects.get(pk=run.agency_id)
    try:
        with run.concluding():
            freeze(campaign=campaign, agency=agency, by=run.by, progress=run.progress)
    except NotClosed:
        raise WorkRefused(
            gettext_noop("Periode ini belum ditutup. Tutup dahulu, lalu bekukan hasilnya.")
        ) from None


_NO_REACH = gettext_noop("Hak Anda atas hasil ini sudah dicabut. Tidak ada berkas yang dibuat.")


@background_work(exports.EXPORT, label=_("Membuat berkas hasil"))
def make_export(run):
    """Makes a file beside the database, then keeps it with the end of the job: one file, or none."""
    export = Export.objects.select_related("release__agency", "release__campaign", "asked_by").get(
        pk=run.subject_id
    )
    reach = _reach_of_whoever_asked(export)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ekspor"
        with translation.override(export.language), timezone.override(export.release.agency.zone):
            line_count = make(export, reach, path, run.progress)
        with run.concluding():
            exports.keep(export=export, path=path, line_count=line_count, by=run.by)


def _reach_of_whoever_asked(export):
    """What the person may still see when the worker begins."""
    if export.asked_by is None:
        raise WorkRefused(_NO_REACH)
    try:
        reach = reach_of(export.asked_by)
        check_within_reach(reach, export.release, export.unit_path)
    except (PermissionDenied, ObjectDoesNotExist):
        raise WorkRefused(_NO_REACH) from None
    return frozen_reach(reach, export.release)
