"""Consents to extras: what exactly is asked, and what somebody answered."""

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import Consent

_Purpose = Consent.Purpose

NAMES = {
    _Purpose.PERIOD_REMINDERS: _("Pengingat periode lewat surel"),
    _Purpose.PLAN_REMINDERS: _("Pengingat rencana lewat surel"),
    _Purpose.REPORT_SHARE: _("Berbagi laporan dengan satu orang"),
}

# What each purpose asks, with the number of the wording. Whoever changes a sentence counts its number up: a consent
# says which wording it was given to (tests/accounts/test_consents.py holds them together).
WORDINGS = {
    _Purpose.PERIOD_REMINDERS: (
        1,
        _("Saya mau diingatkan lewat surel bila suatu periode penilaian belum saya selesaikan."),
    ),
    _Purpose.PLAN_REMINDERS: (
        1,
        _("Saya mau diingatkan lewat surel tentang sasaran rencana pengembangan saya."),
    ),
    _Purpose.REPORT_SHARE: (
        1,
        _(
            "Saya mau satu orang pilihan saya melihat bagian laporan yang saya pilih, sampai tanggal tertentu."
        ),
    ),
}


def record_consent(*, person, purpose, is_given, language=None):
    """Keeps one choice; the action that carries it out calls this in its own transaction, and adds the event.

    Args:
        language: in which the wording was read; the active one where it is not given.
    """
    wording, _text = WORDINGS[purpose]
    return Consent.objects.create(
        person=person,
        purpose=purpose,
        wording=wording,
        language=language or get_language() or "id",
        is_given=is_given,
        decided_at=timezone.now(),
    )


def latest_consents(person) -> dict:
    """The person's latest choice of every purpose of which there is one."""
    latest = {}
    for consent in Consent.objects.filter(person=person).order_by("decided_at", "pk"):
        latest[consent.purpose] = consent
    return latest
