"""The mark that every file carries: who took the figures, when, and what for."""

from typing import NamedTuple

from django.utils.translation import gettext as _


class Mark(NamedTuple):
    """Texts as they stand in the file; never a number of a person."""

    by: str
    at: str
    purpose: str


def mark_headings() -> Mark:
    """The names of the columns that repeat the mark."""
    return Mark(_("Diekspor oleh"), _("Diminta pada"), _("Tujuan"))
