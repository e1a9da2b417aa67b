"""How an event of the trail is said in words, apart from how it is stored."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "user.created": _("akun dibuat"),
    "user.activated": _("akun diaktifkan"),
    "user.code_issued": _("kode aktivasi dibuat"),
    "user.forgotten_code_issued": _("kode untuk kata sandi yang terlupa dibuat"),
    "user.password_set_by_code": _("kata sandi baru dipasang dengan kode"),
    "user.deactivated": _("akun dinonaktifkan"),
    "user.password_changed": _("kata sandi diganti"),
    "user.password_reset_by_mail": _("kata sandi diganti lewat tautan surel"),
    "second_factor.app_added": _("aplikasi autentikator dipasang"),
    "second_factor.app_removed": _("aplikasi autentikator dilepas"),
    "second_factor.codes_renewed": _("kode pemulihan dibuat ulang"),
    "second_factor.passkey_added": _("kunci sandi dibuat"),
    "second_factor.passkey_removed": _("kunci sandi dihapus"),
    "second_factor.reset": _("faktor kedua diatur ulang oleh orang lain"),
    "sessions.ended": _("sesi di perangkat lain diakhiri"),
    "staff_powers.entered": _("ruang kerja dimasuki"),
    "staff_powers.left": _("ruang kerja ditinggalkan"),
    "user.made_superuser": _("akun dijadikan operator teknis"),
    "processing.restricted": _("pemakaian data sendiri dibatasi"),
    "processing.restriction_lifted": _("pembatasan pemakaian data dicabut"),
    "data_request.asked": _("permintaan tentang data pribadi diajukan"),
    "data_request.decided": _("permintaan tentang data pribadi dijawab"),
    "privacy_notice.published": _("pemberitahuan privasi diterbitkan"),
    "agency.dpo_contact_changed": _("kontak petugas pelindungan data pribadi diubah"),
    "incident.reported": _("insiden data dicatat"),
    "incident.people_told": _("orang yang terdampak insiden diberi tahu"),
    "incident.letters_printed": _("surat insiden dicetak"),
    "own_data.downloaded": _("salinan data sendiri diunduh"),
    "person.erased": _("data seseorang dihapus untuk selamanya"),
    "retention.applied": _("data yang masa simpannya habis dihapus"),
    "audit.names_erased": _("nama dihapus dari jejak audit"),
    "agency.created": _("instansi dibuat"),
    "unit.added": _("unit kerja ditambahkan"),
    "unit.moved": _("unit kerja dipindahkan"),
    "unit.renamed": _("nama unit kerja diubah"),
    "person.placed": _("pegawai ditempatkan"),
    "person.left": _("penempatan pegawai diakhiri"),
    "user.changed": _("data akun diubah"),
    "roster.uploaded": _("berkas daftar diunggah"),
    "roster.applied": _("berkas daftar diterapkan"),
    "roster.discarded": _("berkas daftar dibuang"),
    "job.asked": _("pekerjaan latar diminta"),
    "job.taken_up": _("pekerjaan latar dilanjutkan pekerja lain"),
    "job.failed": _("pekerjaan latar gagal"),
    "role.granted": _("peran diberikan"),
    "role.revoked": _("peran dicabut"),
    "questionnaire.created": _("kuesioner dibuat"),
    "framework.loaded": _("kerangka kompetensi dimuat"),
    "version.drafted": _("draf dimulai"),
    "version.imported": _("berkas bank diimpor"),
    "version.edited": _("draf disunting"),
    "version.keyed": _("angka panel ditulis ke draf"),
    "version.submitted": _("draf diajukan untuk ditelaah"),
    "version.returned": _("dikembalikan menjadi draf"),
    "version.published": _("versi diterbitkan"),
    "version.retired": _("versi ditarik"),
    "version.discarded": _("draf dihapus"),
    "scoring_rule.proposed": _("aturan skor disiapkan"),
    "scoring_rule.withdrawn": _("usulan aturan skor ditarik"),
    "scoring_rule.published": _("aturan skor diterbitkan"),
    "panel.created": _("panel ahli dibuat"),
    "panel.experts_invited": _("pakar diundang ke panel"),
    "panel.link_renewed": _("tautan pakar dibuat ulang"),
    "panel.invitation_revoked": _("undangan pakar dicabut"),
    "panel.extended": _("masa panel diubah"),
    "panel.rating_begun": _("pakar mulai menilai"),
    "panel.rating_finished": _("pakar selesai menilai"),
    "panel.closed": _("panel ahli ditutup"),
    "panel.applied": _("kunci panel dipakai pada draf"),
    "calibration.frozen": _("kalibrasi dibekukan"),
    "norm.frozen": _("kelompok norma dibekukan"),
    "campaign.created": _("periode dibuat"),
    "campaign.edited": _("draf periode disunting"),
    "campaign.discarded": _("draf periode dihapus"),
    "campaign.opened": _("periode dibuka"),
    "campaign.letters_set": _("teks surel periode disimpan"),
    "campaign.letters_sent": _("surel periode dikirim"),
    "mail.reminders_stopped": _("pengingat periode dihentikan"),
    "mail.reminders_wanted": _("pengingat periode dinyalakan"),
    "mail.reminders_stopped_by_link": _("pengingat periode dihentikan lewat tautan"),
    "mail.reminders_wanted_by_link": _("pengingat periode dinyalakan lewat tautan"),
    "campaign.extended": _("batas waktu periode diperpanjang"),
    "campaign.closed": _("periode ditutup"),
    "campaign.rescored": _("skor periode dihitung ulang"),
    "campaign.people_assigned": _("pegawai diminta mengisi"),
    "attempt.started": _("pengisian dimulai"),
    "attempt.submitted": _("jawaban dikirim"),
    "results.frozen": _("hasil dibekukan"),
    "export.asked": _("berkas hasil diminta"),
    "export.made": _("berkas hasil dibuat"),
    "export.downloaded": _("berkas hasil diunduh"),
    "export.removed": _("berkas hasil yang kedaluwarsa dihapus"),
    "share.given": _("laporan dibagikan kepada satu orang"),
    "share.looked_at": _("laporan yang dibagikan dibuka"),
    "share.revoked": _("pembagian laporan ditarik kembali"),
    "share.ended": _("pembagian laporan berakhir"),
    "goal.added": _("sasaran ditambahkan"),
    "goal.started": _("sasaran mulai dijalankan"),
    "goal.progress_recorded": _("kemajuan dicatat"),
    "goal.changed": _("sasaran diubah"),
    "goal.completed": _("sasaran selesai"),
    "goal.reminded": _("pengingat sasaran dikirim"),
    "plan.reminders_turned_on": _("pengingat rencana dinyalakan"),
    "plan.reminders_turned_off": _("pengingat rencana dimatikan"),
    "plan.reminders_stopped_by_link": _("pengingat rencana dihentikan lewat tautan"),
    "plan.next_assessment_set": _("tanggal penilaian berikutnya ditetapkan"),
}

# Parts of a draft: ``item.moved`` and the like.
PARTS = {
    "section": _("bagian"),
    "item": _("butir"),
    "scale": _("skala"),
    "responseset": _("set jawaban"),
    "feedbacktext": _("teks umpan balik"),
    "consistencypair": _("pasangan konsistensi"),
}
VERBS = {
    "added": _("ditambahkan"),
    "edited": _("disunting"),
    "moved": _("dipindahkan"),
    "removed": _("dihapus"),
}


def what_happened(name: str) -> str:
    """An event's name in words; the name itself where nobody has written any."""
    subject, _dot, verb = name.partition(".")
    if subject in PARTS and verb in VERBS:
        return f"{PARTS[subject]} {VERBS[verb]}"
    return str(SENTENCES.get(name, name))


def actor_of(event) -> str:
    """Who did it, also when the name has been erased since."""
    return event.actor_label or str(_("nama sudah dihapus"))


def describe(event) -> str:
    """One sentence for one event: who did what to which record."""
    return f"{actor_of(event)}: {what_happened(event.event)} ({event.target_model} {event.target_id})"
