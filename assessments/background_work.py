"""What workers do for periods."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from assessments.letters.actions import KIND as WRITE
from assessments.letters.sending import send_letters
from assessments.models import Campaign
from assessments.periods.actions import OPENING, open_period
from assessments.policies import PolicyError
from background.kinds import background_work
from background.running import WorkRefused


@background_work(OPENING, label=_("Membuka periode"))
def open_for_everybody(run):
    """Opens a large period: everybody is asked when the job ends, or nobody."""
    campaign = Campaign.objects.get(pk=run.subject_id)
    try:
        with run.concluding():
            open_period(
                campaign=campaign, seen_revision=campaign.opening_revision, by=run.by, progress=run.progress
            )
    except PolicyError as error:
        raise WorkRefused(str(error)) from None


@background_work(WRITE, label=_("Mengirim surel periode"))
def write_to_people(run):
    """Sends what is due. Each letter is claimed by a row of its own, so a run that is taken up sends nothing twice."""
    campaign = Campaign.objects.select_related("agency", "letters").get(pk=run.subject_id)
    sent = send_letters(campaign, by=run.by, progress=run.progress)
    if sent.failed:
        raise WorkRefused(
            gettext_noop(
                "Sebagian surel ditolak peladen surel. Yang sudah terkirim tetap terkirim; sisanya dikirim bila Anda "
                "menekan tombolnya lagi. Bila berulang, hubungi operator teknis."
            )
        )
