"""What the state of a panel and of an invitation allows. ``check_x`` raises with the sentence the reader reads."""

from django.utils.translation import gettext as _

from agencies.templatetags.local_time import date_and_clock
from panels.material import find_gaps
from panels.models import ExpertPanel

MOST_EXPERTS = 60  # of one panel; ICC(2,k) gains nothing beyond a few dozen raters


class PolicyError(ValueError):
    """The state does not allow it; the message is the sentence that the reader reads."""


class LinkDead(PolicyError):
    """The link was withdrawn, or the panel is over."""


def is_over(panel, *, now) -> bool:
    """Whether experts can no longer rate: closed by an editor, or past its time."""
    return panel.state == ExpertPanel.State.CLOSED or panel.closes_at <= now


def check_window(*, opens_at, closes_at, now):
    if closes_at <= opens_at:
        raise PolicyError(_("Panel harus ditutup sesudah dibuka. Perbaiki salah satu waktunya."))
    if closes_at <= now:
        raise PolicyError(_("Waktu penutupan sudah lewat. Pilih waktu yang akan datang."))


def check_material(material):
    """Whether there is something to rate, and all of it can be read."""
    if not material["vignettes"] and not material["pairs"]:
        raise PolicyError(
            _("Versi ini tidak mempunyai vinyet atau pasangan dua kutub, jadi tidak ada yang dinilai panel.")
        )
    gaps = find_gaps(material)
    if gaps:
        raise PolicyError(
            _("Butir %(codes)s belum lengkap dalam dua bahasa. Lengkapilah sebelum pakar membacanya.")
            % {"codes": ", ".join(gaps)}
        )


def check_invite(experts, *, already):
    """Whether these experts can be added to those already asked."""
    asked = list(already)
    if len(asked) + len(experts) > MOST_EXPERTS:
        raise PolicyError(_("Satu panel paling banyak berisi %(number)d pakar.") % {"number": MOST_EXPERTS})
    names = [expert.name for expert in (*asked, *experts)]
    emails = [expert.email.lower() for expert in (*asked, *experts) if expert.email]
    for values, sentence in (
        (names, _("“%(value)s” sudah diundang. Bedakan nama yang sama, misalnya dengan gelar atau kota.")),
        (emails, _("Surel %(value)s sudah dipakai pakar lain di panel ini.")),
    ):
        repeated = [value for value in values if values.count(value) > 1]
        if repeated:
            raise PolicyError(sentence % {"value": repeated[0]})


def check_link(invitation, *, now):
    """Whether the link still opens anything."""
    if invitation.revoked_at is not None:
        raise LinkDead(
            _(
                "Undangan ini dicabut oleh penyunting. Penilaian Anda tidak dihitung dan tidak perlu dilanjutkan."
            )
        )
    if is_over(invitation.panel, now=now):
        saved = (
            _("Penilaian yang sudah Anda selesaikan tetap tersimpan dan dihitung. Terima kasih.")
            if invitation.finished_at
            else _(
                "Penilaian yang belum diselesaikan tidak dihitung. Hubungi penyunting bila masa panel perlu "
                "diperpanjang."
            )
        )
        raise LinkDead(f"{_('Masa penilaian panel ini sudah berakhir.')} {saved}")


def check_takes_ratings(invitation, *, now):
    """Whether the expert may rate now."""
    check_link(invitation, now=now)
    if invitation.finished_at is not None:
        raise PolicyError(
            _(
                "Anda sudah menyelesaikan penilaian ini, jadi tidak ada yang diubah. Penilaian Anda tersimpan dan "
                "dihitung."
            )
        )
    if invitation.panel.opens_at > now:
        raise PolicyError(
            _("Panel ini baru dibuka pada %(moment)s. Simpan tautan Anda dan kembalilah pada waktu itu.")
            % {"moment": date_and_clock(invitation.panel.opens_at)}
        )


def check_open(panel):
    if panel.state == ExpertPanel.State.CLOSED:
        raise PolicyError(
            _("Panel ini sudah ditutup; penilaiannya tidak berubah lagi. Buatlah panel baru bila perlu.")
        )


def check_apply(panel):
    if panel.state != ExpertPanel.State.CLOSED:
        raise PolicyError(
            _("Angka panel masih sementara selama panel dibuka. Tutuplah panel sebelum memakai kuncinya.")
        )


def check_revoke(invitation):
    check_open(invitation.panel)
    if invitation.finished_at is not None:
        raise PolicyError(
            _(
                "Pakar ini sudah menyelesaikan penilaiannya; penilaian itu tetap dihitung dan undangannya tidak dapat "
                "dicabut."
            )
        )
    if invitation.revoked_at is not None:
        raise PolicyError(_("Undangan ini sudah dicabut."))


def check_new_link(invitation):
    check_open(invitation.panel)
    if invitation.revoked_at is not None:
        raise PolicyError(
            _("Undangan ini sudah dicabut. Undanglah pakar itu lagi bila ia tetap diminta menilai.")
        )
    if invitation.finished_at is not None:
        raise PolicyError(_("Pakar ini sudah selesai menilai; ia tidak memerlukan tautan lagi."))
