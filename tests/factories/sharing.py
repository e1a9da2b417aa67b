"""Shares of reports, given by the action."""

from datetime import timedelta

from django.utils import timezone

from reports.sharing import actions
from reports.sharing.parts import USUAL_DAYS, Choice, Part

EVERYTHING = frozenset(Part) - {Part.DIMENSION}


def choice(*dimensions, parts=()):
    return Choice(frozenset(dimensions), frozenset(parts))


def share_of(attempt, recipient, *dimensions, parts=(), days=USUAL_DAYS, **fields):
    """A share of a submitted attempt; without a choice the areas are shared."""
    if not dimensions and not parts:
        parts = [Part.AREAS]
    return actions.give_share(
        attempt=attempt,
        recipient=recipient,
        choice=choice(*dimensions, parts=parts),
        last_day=timezone.localdate() + timedelta(days=days),
        by=attempt.person,
        **fields,
    )
