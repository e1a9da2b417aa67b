"""Sealing anew what an older key sealed, or what stands there from before numbers were sealed."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from accounts.models import User
from accounts.sealed_nip import newest_key_id

BATCH = 1_000


@dataclass(frozen=True)
class Resealed:
    """``done``: how many accounts of a batch. ``doubles``: ids of accounts whose number another account holds."""

    done: int
    doubles: tuple[int, ...] = ()


def to_reseal() -> QuerySet[User]:
    """Accounts whose number is not sealed with the newest key."""
    return User.objects.filter(nip__isnull=False).exclude(nip__stored=rf"^{newest_key_id()}\.")


def reseal(*, batch: int = BATCH) -> Iterator[Resealed]:
    """Batch by batch, each a transaction of its own: can be stopped at any moment and begun again."""
    last = 0
    while True:
        with transaction.atomic():
            # Locked: a number that is erased meanwhile must not come back.
            people = list(
                to_reseal().select_for_update().filter(pk__gt=last).order_by("pk").only("nip")[:batch]
            )
            if not people:
                return
            last = people[-1].pk
            resealed = _sealed_together(people)
        yield resealed


def _sealed_together(people):
    try:
        with transaction.atomic():
            User.objects.bulk_update(people, ["nip"], batch_size=500)
    except IntegrityError:
        return _sealed_singly(people)
    return Resealed(len(people))


def _sealed_singly(people):
    """Two accounts with one number, sealed with two keys, were made while servers knew different keys."""
    doubles = []
    for person in people:
        try:
            with transaction.atomic():
                person.save(update_fields=["nip"])
        except IntegrityError:
            doubles.append(person.pk)
    return Resealed(len(people) - len(doubles), tuple(doubles))
