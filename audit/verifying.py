"""Verifying: whether the trail is still what was sealed. Reads everything once, in memory of a few thousand rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from django.utils import timezone

from audit.chain import GENESIS, commitment_to, link_hash
from audit.models import AuditEvent, AuditLink
from audit.sealing import entry_of, unsealed

CHUNK = 5_000
# Workers seal every few seconds; what is older and has no link was put in by another hand, or no worker is alive.
SEALED_WITHIN = timedelta(hours=1)


class FaultKind(StrEnum):
    REMOVED = "removed"
    ALTERED = "altered"
    LINK_MISSING = "link_missing"
    UNSEALED = "unsealed"
    HEAD_UNKNOWN = "head_unknown"


@dataclass(frozen=True)
class Fault:
    """``number``: the event's id, or the position in the chain where a link is missing; 0 for the head."""

    kind: FaultKind
    number: int


@dataclass
class Verification:
    """What was read besides faults. Complete once the faults have been walked to the end."""

    sealed: int = 0
    erased: int = 0
    waiting: int = 0
    head: bytes = GENESIS
    # Where the head that was noted elsewhere stands.
    known_at: int | None = None

    def faults(self, *, known_head: bytes | None = None) -> Iterator[Fault]:
        """Every fault, in the order of the chain.

        Args:
            known_head: a head that was noted at some time; it must stand in the chain, or its end was cut off or
                everything was sealed anew.
        """
        if known_head == GENESIS:
            self.known_at = 0
        position = 0
        while links := list(AuditLink.objects.filter(position__gt=position)[:CHUNK]):
            events = AuditEvent.objects.in_bulk([link.event_id for link in links])
            for link in links:
                if link.position != position + 1:
                    yield Fault(FaultKind.LINK_MISSING, position + 1)
                position = link.position
                yield from self._check(link, events.get(link.event_id))
                self.head = bytes(link.hash)
                if self.head == known_head:
                    self.known_at = position
        yield from self._unsealed()
        if known_head is not None and self.known_at is None:
            yield Fault(FaultKind.HEAD_UNKNOWN, 0)

    def _check(self, link, event):
        self.sealed += 1
        if event is None:
            yield Fault(FaultKind.REMOVED, link.event_id)
            return
        salt, commitment = bytes(link.salt), bytes(link.commitment)
        is_erased = not salt and event.actor_label == ""
        self.erased += is_erased
        names_whom = is_erased or (bool(salt) and commitment_to(event.actor_label, salt) == commitment)
        fits = link_hash(self.head, link.position, entry_of(event), commitment) == bytes(link.hash)
        if not (names_whom and fits):
            yield Fault(FaultKind.ALTERED, event.pk)

    def _unsealed(self):
        sealed_by = timezone.now() - SEALED_WITHIN
        for event in unsealed().iterator(CHUNK):
            if event.at < sealed_by:
                yield Fault(FaultKind.UNSEALED, event.pk)
            else:
                self.waiting += 1
