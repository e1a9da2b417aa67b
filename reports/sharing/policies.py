"""What a share may be, and whether it may still be looked at; the message is the sentence that the user reads."""

from datetime import timedelta

from django.utils.translation import gettext as _

from agencies.templatetags.local_time import date_and_clock
from assessments.models import Attempt
from questionnaires.version_document import VersionDocument
from reports.models import ReportShare
from reports.sharing.parts import LONGEST_DAYS, Choice, Part
from scoring.plan import SITUATIONAL


class SharingRefused(ValueError):
    """What was asked cannot be shared, or not any more."""


class ShareEnded(SharingRefused):
    """The recipient came too late."""


def has_judgement(document: VersionDocument) -> bool:
    """Whether a version has situational scales, so that their part can be shared."""
    return any(scale.kind == SITUATIONAL for scale in document.scales)


def check_choice(document: VersionDocument, choice: Choice):
    """Raises unless at least one part is chosen and the report has all of them."""
    if choice.is_empty:
        raise SharingRefused(_("Pilih paling sedikit satu bagian untuk dibagikan."))
    unknown = choice.dimensions - {scale.code for scale in document.dimensions}
    if unknown or (choice.has(Part.JUDGEMENT) and not has_judgement(document)):
        raise SharingRefused(_("Bagian itu tidak ada dalam laporan ini. Pilih dari daftar."))
    if choice.has(Part.ANSWERS) and not choice.has_answers_of_something:
        raise SharingRefused(
            _("Jawaban per butir menyertai dimensi atau pertimbangan situasional; pilih salah satunya juga.")
        )


def check_last_day(day, *, today):
    """Raises unless a share may end on the day."""
    if not today < day <= today + timedelta(days=LONGEST_DAYS):
        raise SharingRefused(
            _("Tanggal berakhir paling cepat besok dan paling lama %(days)s hari lagi.")
            % {"days": LONGEST_DAYS}
        )


def check_recipient(recipient, *, owner):
    """Raises unless the recipient is somebody else who can sign in."""
    if recipient.pk == owner.pk:
        raise SharingRefused(_("Laporan ini sudah milik Anda sendiri; isikan NIP dan nama orang lain."))
    if not recipient.is_active:
        raise SharingRefused(_("Akun penerima tidak aktif lagi. Tidak ada yang dibagikan."))


def check_report_can_be_shared(attempt, *, owner):
    """Raises unless it is the owner's own report and nobody else is looking at it."""
    if attempt.person_id != owner.pk or attempt.state != Attempt.State.SUBMITTED:
        raise SharingRefused(_("Hanya laporan Anda sendiri yang sudah terkirim yang dapat dibagikan."))
    if ReportShare.objects.filter(attempt=attempt, ended_at__isnull=True).exists():
        raise SharingRefused(already_shared())


def already_shared() -> str:
    return _(
        "Laporan ini sedang dibagikan kepada satu orang. "
        "Tarik kembali dahulu bila ingin mengganti orang atau bagiannya."
    )


def ending_of(share, *, now) -> str:
    """How the share ended, one of ``ReportShare.Ending``; empty as long as it may be looked at.

    Args:
        share: with attempt, owner and recipient loaded.
    """
    if share.ended_at is not None:
        return share.ending
    if share.ends_at <= now:
        return ReportShare.Ending.EXPIRED
    if not (share.owner.is_active and share.recipient.is_active):
        return ReportShare.Ending.LEFT
    submitted_at = share.attempt.submitted_at
    if submitted_at is None or submitted_at > share.given_at:
        return ReportShare.Ending.CHANGED
    return ""


def check_share_is_open(share, *, now):
    """Raises ShareEnded unless the recipient may look.

    The sentence is the same however it ended: nobody has to explain to a superior why they took something back.
    """
    if ending_of(share, now=now):
        last = min(filter(None, (share.ended_at, share.ends_at, now)))
        raise ShareEnded(
            _("Laporan ini dibagikan kepada Anda sampai %(moment)s.") % {"moment": date_and_clock(last)}
        )
