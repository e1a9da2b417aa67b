"""How an event of the trail is said in words, apart from how it is stored."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "user.created": _("akun dibuat"),
    "user.activated": _("akun diaktifkan"),
    "user.deactivated": _("akun dinonaktifkan"),
    "agency.created": _("instansi dibuat"),
    "unit.added": _("unit kerja ditambahkan"),
    "unit.moved": _("unit kerja dipindahkan"),
    "person.placed": _("pegawai ditempatkan"),
    "role.granted": _("peran diberikan"),
    "role.revoked": _("peran dicabut"),
    "questionnaire.created": _("kuesioner dibuat"),
    "version.draft_started": _("draf dimulai"),
    "version.imported": _("berkas bank diimpor"),
    "version.edited": _("draf disunting"),
    "version.submitted_for_review": _("draf diajukan untuk ditelaah"),
    "version.returned_to_draft": _("dikembalikan menjadi draf"),
    "version.published": _("versi diterbitkan"),
    "version.retired": _("versi ditarik"),
    "scoring_rule.published": _("aturan skor diterbitkan"),
    "campaign.created": _("periode dibuat"),
    "campaign.opened": _("periode dibuka"),
    "campaign.closed": _("periode ditutup"),
    "campaign.people_assigned": _("pegawai diminta mengisi"),
    "attempt.started": _("pengisian dimulai"),
    "attempt.submitted": _("jawaban dikirim"),
    "results.frozen": _("hasil dibekukan"),
    "goal.added": _("sasaran ditambahkan"),
    "goal.progress_recorded": _("kemajuan dicatat"),
    "goal.changed": _("sasaran diubah"),
    "goal.completed": _("sasaran selesai"),
}


def describe(event) -> str:
    """One sentence for one event: who did what to which record."""
    what = SENTENCES.get(event.event, event.event)
    return f"{event.actor_label}: {what} ({event.target_model} {event.target_id})"
