"""The demo's people have a password that everybody knows, so nothing here runs on a real installation."""

from django.conf import settings
from django.core.management.base import CommandError


def require_demo():
    """Raises CommandError unless the settings say that this is a demo."""
    if not settings.CERMIN_DEMO:
        raise CommandError(
            "Dunia contoh hanya boleh dibuat pada pemasangan percobaan (CERMIN_DEMO=1 dan CERMIN_LOCAL=1), "
            "karena kata sandi orang-orangnya diketahui umum."
        )
