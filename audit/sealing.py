"""Sealing: giving events their links, in batches, one sealer at a time."""

import logging
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, Max, OuterRef
from django.utils import timezone

from audit.chain import GENESIS, Entry, commitment_to, link_hash, new_salt
from audit.models import AuditEvent, AuditLink, SealingState

logger = logging.getLogger(__name__)

# Events sealed in one transaction: SQLite's one writer is held for about a twentieth of a second.
BATCH = 1_000
# No transaction of the product lasts a tenth of this; see SealingState.
LONGEST_TRANSACTION = timedelta(hours=6)


@dataclass(frozen=True)
class Sealed:
    """How many events got their link, and the end of the chain; ``head`` is what to note elsewhere."""

    number: int
    position: int
    head: bytes


def seal(*, batch=BATCH) -> Sealed:
    """Gives every event that has none a link; safe with other sealers at the same time, and when killed.

    The head is written to the log, which an intruder of the database does not reach.
    """
    number, after, is_more = 0, 0, True
    while is_more:
        made, after, position, head = _seal_batch(batch, after)
        number += made
        is_more = made == batch
    if number:
        logger.info("audit trail sealed up to position %d, head %s", position, head.hex())
    return Sealed(number, position, head)


@transaction.atomic
def _seal_batch(batch, after):
    """Seals the oldest events beyond an id. Those below it that come to light meanwhile wait for the next run."""
    state = _hold()
    last = AuditLink.objects.order_by("-position").values_list("position", "hash").first()
    position, head = (last[0], bytes(last[1])) if last else (0, GENESIS)
    newest = AuditEvent.objects.aggregate(newest=Max("pk"))["newest"] or 0
    events = list(unsealed(state).filter(pk__gt=after)[:batch])
    links = []
    for event in events:
        position += 1
        salt = new_salt()
        commitment = commitment_to(event.actor_label, salt)
        head = link_hash(head, position, entry_of(event), commitment)
        links.append(
            AuditLink(position=position, event_id=event.pk, salt=salt, commitment=commitment, hash=head)
        )
    AuditLink.objects.bulk_create(links)
    if len(events) < batch:
        _settle(state, newest)
    return len(events), events[-1].pk if events else after, position, head


def unsealed(state=None):
    """Events without a link, oldest first."""
    settled = state.settled_id if state else 0
    links = AuditLink.objects.filter(event_id=OuterRef("pk"))
    return AuditEvent.objects.filter(~Exists(links), pk__gt=settled).order_by("pk")


@dataclass(frozen=True)
class EndOfChain:
    """What an auditor notes elsewhere. ``waiting``: events without a link, of which only so many are counted."""

    position: int
    head: str
    waiting: int
    is_cut: bool


def end_of_chain(*, most_waiting=1_000) -> EndOfChain:
    """Three queries, however long the chain is."""
    last = AuditLink.objects.order_by("-position").first()
    waiting = unsealed(SealingState.objects.first())[: most_waiting + 1].count()
    return EndOfChain(
        position=last.position if last else 0,
        head=(bytes(last.hash) if last else GENESIS).hex(),
        waiting=min(waiting, most_waiting),
        is_cut=waiting > most_waiting,
    )


def entry_of(event: AuditEvent) -> Entry:
    return Entry(
        event_id=event.pk,
        at=event.at,
        event=event.event,
        actor_id=event.actor_id,
        agency_id=event.agency_id,
        target_model=event.target_model,
        target_id=event.target_id,
        detail=event.detail,
    )


def _hold():
    """The state, held until the transaction ends; whatever another sealer did before is visible from here on."""
    SealingState.objects.get_or_create(pk=1, defaults={"noted_at": timezone.now()})
    return SealingState.objects.select_for_update().get(pk=1)


def _settle(state, newest):
    now = timezone.now()
    if now - state.noted_at >= LONGEST_TRANSACTION:
        state.settled_id, state.noted_id, state.noted_at = state.noted_id, newest, now
        state.save(update_fields=["settled_id", "noted_id", "noted_at"])
