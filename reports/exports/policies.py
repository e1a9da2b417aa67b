"""Whether results may be taken away; the message is the sentence that the user reads."""

import re
from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from agencies.policies import PolicyError
from reports.exports.models import LONGEST_PURPOSE, Export

SHORTEST_PURPOSE = 10  # letters
KEPT_FOR = timedelta(days=7)
MOST_KEPT = 20  # files of one person that are being made or may still be fetched

_NUMBER_OF_A_PERSON = re.compile(r"(?:\d[\s.-]*){18}")


def checked_purpose(text: str) -> str:
    """The purpose on one line.

    Raises:
        PolicyError: it says nothing, says too much, or names a person by number; it goes into the file and the trail.
    """
    purpose = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    if sum(map(str.isalpha, purpose)) < SHORTEST_PURPOSE:
        raise PolicyError(
            _("Tulis untuk apa berkas ini dipakai, sedikitnya %(least)d huruf.") % {"least": SHORTEST_PURPOSE}
        )
    if len(purpose) > LONGEST_PURPOSE:
        raise PolicyError(_("Tulis tujuannya paling banyak %(most)d huruf.") % {"most": LONGEST_PURPOSE})
    if _NUMBER_OF_A_PERSON.search(purpose):
        raise PolicyError(_("Jangan menulis NIP dalam tujuan; tujuan ini tercetak di dalam berkas."))
    return purpose


def check_can_ask(by, *, now):
    """Raises PolicyError for somebody who has left many files lying."""
    # One that failed is never made; after a week it no longer counts.
    is_coming = Q(made_at__isnull=True, asked_at__gt=now - KEPT_FOR)
    kept = Export.objects.filter(is_coming | Q(removed_at__isnull=True, expires_at__gt=now), asked_by=by)
    if kept.count() >= MOST_KEPT:
        raise PolicyError(
            _(
                "Anda sudah mempunyai %(most)d berkas ekspor yang masih berlaku. Tunggu sampai salah satunya "
                "kedaluwarsa; tidak ada yang dibuat."
            )
            % {"most": MOST_KEPT}
        )


def check_has_file(export: Export, *, now):
    """Raises PolicyError unless the file may be fetched."""
    if export.made_at is None:
        raise PolicyError(_("Berkas ini belum selesai dibuat. Tunggu, lalu muat ulang halaman ini."))
    if export.removed_at is not None or export.expires_at <= now:
        raise PolicyError(_("Berkas ini sudah kedaluwarsa dan dihapus. Minta lagi bila masih diperlukan."))
