"""What experts do through their link: begin, save, finish. They have no account, so the trail calls them by number."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.actions import record
from panels import material, policies
from panels.actions.panels import lock_invitation
from panels.models import PanelNote, PanelRating


@dataclass(frozen=True)
class _Expert:
    """Stands in the trail for somebody without an account."""

    invitation_id: int
    pk: None = None

    def get_full_name(self):
        return f"pakar panel (undangan {self.invitation_id})"


@transaction.atomic
def begin(*, invitation):
    """Notes that the expert has begun; coming back changes nothing."""
    current = lock_invitation(invitation)
    policies.check_takes_ratings(current, now=timezone.now())
    if current.opened_at is None:
        current.opened_at = timezone.now()
        current.save(update_fields=["opened_at"])
        record(event="panel.rating_begun", by=_Expert(current.pk), target=current.panel)
    return current


@transaction.atomic
def save_ratings(*, invitation, ratings, notes=None):
    """Saves a page of ratings, and what the expert remarks on its items. The trail is written when all is finished.

    Args:
        ratings: ``{(item code, target code): value}``; what is not named stays as it is.
        notes: ``{item code: text}``; an empty text removes the remark.

    Raises:
        PolicyError: nothing can be rated now, or something is rated that the panel does not ask.
    """
    current, notes = lock_invitation(invitation), notes or {}
    now = timezone.now()
    policies.check_takes_ratings(current, now=now)
    asked = material.read(current.panel.material)
    items = {item for item, _target in asked.keys}
    if not asked.keys >= ratings.keys() or not items >= notes.keys():
        raise policies.PolicyError(
            _(
                "Halaman ini mengirim butir yang tidak ditanyakan panel. Tidak ada penilaian yang diubah; "
                "muat ulang halaman."
            )
        )
    if current.opened_at is None:
        current.opened_at = now
        current.save(update_fields=["opened_at"])
    PanelRating.objects.bulk_create(
        [
            PanelRating(invitation=current, item_code=item, target=target, value=value, saved_at=now)
            for (item, target), value in ratings.items()
        ],
        update_conflicts=True,
        unique_fields=["invitation", "item_code", "target"],
        update_fields=["value", "saved_at"],
    )
    _save_notes(current, notes, now)
    return current


def _save_notes(invitation, notes, now):
    kept = {item: text for item, text in notes.items() if text}
    dropped = notes.keys() - kept.keys()
    if dropped:
        invitation.notes.filter(item_code__in=dropped).delete()
    PanelNote.objects.bulk_create(
        [
            PanelNote(invitation=invitation, item_code=item, text=text, saved_at=now)
            for item, text in kept.items()
        ],
        update_conflicts=True,
        unique_fields=["invitation", "item_code"],
        update_fields=["text", "saved_at"],
    )


@transaction.atomic
def finish(*, invitation):
    """The expert is done: from here the ratings count, and nobody changes them, the expert included.

    Raises:
        PolicyError: nothing can be rated now, or nothing has been rated.
    """
    current = lock_invitation(invitation)
    now = timezone.now()
    policies.check_takes_ratings(current, now=now)
    rated = current.ratings.count()
    if not rated:
        raise policies.PolicyError(
            _("Anda belum menilai apa pun. Nilailah sedikitnya satu vinyet atau pasangan.")
        )
    current.finished_at = now
    current.save(update_fields=["finished_at"])
    record(
        event="panel.rating_finished", by=_Expert(current.pk), target=current.panel, detail={"ratings": rated}
    )
    return current
