"""What workers do for periods."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from assessments.letters.actions import KIND as WRITE
from assessments.letters.sending import send_letters
from assessments.models import Campaign
from background.kinds import background_work
from background.running import WorkRefused


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
