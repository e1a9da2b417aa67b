"""Whether the state of a campaign or an attempt allows an action; the message is the sentence that the user reads."""

from django.utils.translation import gettext as _

from assessments.models import SMALLEST_GROUP, Attempt, Campaign, Letters
from questionnaires.models import Version


class PolicyError(ValueError):
    """What was asked cannot be done in the present state of things."""


class AttemptClosed(PolicyError):
    """The answers can no longer be changed: submitted already, or the campaign has ended."""


def check_campaign_dates(*, opens_at, closes_at):
    if closes_at <= opens_at:
        raise PolicyError(_("Batas waktu harus sesudah waktu pembukaan. Belum ada yang disimpan."))


def check_minimum_group_size(number):
    if number < SMALLEST_GROUP:
        raise PolicyError(
            _(
                "Jumlah minimum responden paling sedikit %(smallest)s agar tidak ada orang yang dapat dikenali."
            )
            % {"smallest": SMALLEST_GROUP}
        )


def check_version_can_be_asked(version):
    if version.status != Version.Status.PUBLISHED:
        raise PolicyError(_("Hanya versi kuesioner yang terbit yang dapat diisi."))


def check_campaign_not_opened(campaign):
    if campaign.state != Campaign.State.DRAFT:
        raise PolicyError(_("Periode ini sudah pernah dibuka."))


def check_campaign_can_open(campaign):
    """Raises unless the campaign is a complete draft: questionnaires, legal basis and impact assessment are there."""
    check_campaign_not_opened(campaign)
    if campaign.opens_at is None or campaign.closes_at is None:
        raise PolicyError(_("Isi dahulu waktu pembukaan dan batas waktu periode ini."))
    check_campaign_dates(opens_at=campaign.opens_at, closes_at=campaign.closes_at)
    if not campaign.instruments.exists():
        raise PolicyError(_("Pilih paling sedikit satu kuesioner sebelum membuka periode."))
    if not campaign.dpia_reference:
        raise PolicyError(
            _(
                "Isi dahulu rujukan penilaian dampak pelindungan data pribadi (DPIA); "
                "tanpa itu periode tidak dapat dibuka."
            )
        )
    if not campaign.legal_basis:
        raise PolicyError(_("Isi dahulu dasar hukum periode ini."))


def check_campaign_can_close(campaign, *, due_at=None):
    """Raises unless the campaign is open and, with ``due_at``, its deadline has passed by then."""
    if campaign.state != Campaign.State.OPEN:
        raise PolicyError(_("Hanya periode yang sedang dibuka yang dapat ditutup."))
    if due_at is not None and campaign.closes_at > due_at:
        raise PolicyError(_("Batas waktu periode ini sudah diperpanjang."))


def check_campaign_is_draft(campaign):
    """Raises once the campaign has been opened: from then on it stays what people were told."""
    if campaign.state != Campaign.State.DRAFT:
        raise PolicyError(
            _(
                "Periode ini sudah dibuka, jadi isinya tidak berubah lagi. Yang dapat diubah hanya batas waktunya."
            )
        )


def check_draft_can_be_discarded(campaign):
    check_campaign_is_draft(campaign)
    if campaign.assignments.exists():
        raise PolicyError(
            _("Sudah ada pegawai yang ditugasi dalam periode ini, jadi drafnya tidak dapat dihapus.")
        )


def check_campaign_can_be_extended(campaign, *, closes_at, reason, now):
    """Raises unless the campaign is open and the new deadline is later than the old one and still ahead."""
    if campaign.state != Campaign.State.OPEN:
        raise PolicyError(_("Hanya periode yang sedang dibuka yang dapat diperpanjang."))
    if closes_at <= campaign.closes_at:
        raise PolicyError(
            _(
                "Batas waktu baru harus sesudah batas waktu sekarang. "
                "Untuk mengakhiri lebih cepat, tutuplah periode ini."
            )
        )
    if closes_at <= now:
        raise PolicyError(_("Batas waktu baru sudah lewat. Pilih waktu yang akan datang."))
    check_reason(reason)


def check_letters_can_change(campaign):
    if campaign.state == Campaign.State.CLOSED:
        raise PolicyError(_("Periode ini sudah ditutup; tidak ada surel lagi yang dikirim."))


def check_letters_can_be_sent(campaign, *, now):
    """Raises unless the campaign has texts and somebody could answer what is written about."""
    if not Letters.objects.filter(campaign=campaign).exists():
        raise PolicyError(_("Simpan dahulu teks undangan dan pengingatnya."))
    try:
        check_campaign_takes_answers(campaign, now=now)
    except AttemptClosed:
        raise PolicyError(_("Surel hanya dikirim selama pegawai dapat mengisi.")) from None


def check_reason(reason):
    if not reason.strip():
        raise PolicyError(_("Tuliskan alasannya; alasan ini dicatat dalam jejak audit."))


def check_people_can_be_assigned(campaign):
    if campaign.state == Campaign.State.CLOSED:
        raise PolicyError(_("Periode ini sudah ditutup; tidak ada lagi yang dapat ditambahkan."))


def check_campaign_takes_answers(campaign, *, now):
    """Raises unless the campaign is open and its deadline has not passed."""
    if campaign.state == Campaign.State.DRAFT or now < campaign.opens_at:
        raise AttemptClosed(_("Periode ini belum dibuka."))
    if campaign.state == Campaign.State.CLOSED or now >= campaign.closes_at:
        raise AttemptClosed(
            _(
                "Batas waktu periode ini sudah lewat. Jawaban yang sudah tersimpan tetap ada dan tidak berubah, "
                "tetapi tidak dapat ditambah atau dikirim lagi."
            )
        )


def check_task_is_own(assignment, person):
    if assignment.person_id != person.pk:
        raise PolicyError(_("Tugas ini bukan milik akun yang sedang masuk."))


def check_version_is_in_campaign(campaign, version):
    if not campaign.instruments.filter(version=version).exists():
        raise PolicyError(_("Kuesioner ini tidak termasuk dalam periode tersebut."))


def check_attempt_takes_answers(attempt, *, now):
    """Raises AttemptClosed unless answers may still be changed and sent."""
    if attempt.state == Attempt.State.SUBMITTED:
        raise AttemptClosed(
            _("Jawaban Anda sudah terkirim dan tidak berubah. Laporan Anda dapat dibuka kapan saja.")
        )
    if attempt.assignment_id is not None:
        check_campaign_takes_answers(attempt.assignment.campaign, now=now)


def can_attempt_take_answers(attempt, *, now) -> bool:
    try:
        check_attempt_takes_answers(attempt, now=now)
    except AttemptClosed:
        return False
    return True


def check_attempt_can_be_submitted(document, answers):
    """Raises unless there is at least one answer: an empty form is no self-assessment."""
    if not answers:
        raise PolicyError(_("Belum ada satu butir pun yang dijawab, jadi belum ada yang dapat dikirim."))
