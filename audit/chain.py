"""The arithmetic of the chain: what a link is the hash of. Changing anything here breaks every chain that exists.

A link's hash is SHA-256 over the hash before it (32 bytes) and a line of JSON in UTF-8, keys of objects sorted, no
spaces, of ``[position, event id, time, event, actor id, commitment, agency id, target model, target id, detail]``; the
time in UTC with microseconds, the commitment in hexadecimal digits.

The name of whoever did it takes part as a commitment only, SHA-256 over a random salt (16 bytes) and the name in UTF-8.
So name and salt can be taken away when a person is erased, and the chain still holds. Without its salt a commitment
tells nothing: with it, names could be tried out.
"""

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

SALT_BYTES = 16
# What the first link follows.
GENESIS = hashlib.sha256(b"cermin-asn audit chain 1").digest()


@dataclass(frozen=True)
class Entry:
    """What of an event takes part in its link."""

    event_id: int
    at: datetime
    event: str
    actor_id: int | None
    agency_id: int | None
    target_model: str
    target_id: str
    detail: Mapping[str, Any]


def new_salt() -> bytes:
    return secrets.token_bytes(SALT_BYTES)


def commitment_to(label: str, salt: bytes) -> bytes:
    """32 bytes."""
    return hashlib.sha256(salt + label.encode()).digest()


def link_hash(previous: bytes, position: int, entry: Entry, commitment: bytes) -> bytes:
    """32 bytes. ``previous``: the hash of the link before, ``GENESIS`` for position 1."""
    values = [
        position,
        entry.event_id,
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.event,
        entry.actor_id,
        commitment.hex(),
        entry.agency_id,
        entry.target_model,
        entry.target_id,
        entry.detail,
    ]
    line = json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(previous + line.encode()).digest()
