"""What workers do for the protection of data: mail those who are touched by an incident."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from agencies.authorization import Permission, reach_of_roles
from background.kinds import background_work
from background.running import WorkRefused
from privacy import incidents
from privacy.incident_letters import send_letters
from privacy.models import Incident

_NO_REACH = gettext_noop("Hak Anda atas pegawai instansi ini sudah dicabut. Tidak ada yang dikirim.")
_STOPPED = gettext_noop(
    "Peladen surel menolak atau tidak menjawab. Yang sudah terkirim tercatat; minta lagi pengirimannya, dan hanya yang "
    "belum diberi tahu yang disurati."
)


@background_work(incidents.MAIL, label=_("Memberi tahu orang yang terdampak insiden"))
def mail_letters(run):
    """Each person is told once, whoever asks how often."""
    incident = Incident.objects.select_related("agency").get(pk=run.subject_id)
    if run.by is None or not reach_of_roles(run.by, Permission.MANAGE_PEOPLE).covers(incident.agency_id):
        raise WorkRefused(_NO_REACH)
    sent = send_letters(incident, by=run.by, progress=run.progress)
    if sent.failed:
        raise WorkRefused(_STOPPED)
