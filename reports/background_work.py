"""What workers do for results."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from agencies.models import Agency
from assessments.models import Campaign
from background.kinds import background_work
from background.running import WorkRefused
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
