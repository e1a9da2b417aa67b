"""The audit trail as a chain, on PostgreSQL: sealing what has happened, and verifying everything."""

from __future__ import annotations

import json
import sys

from benchmarks.children import run_child
from benchmarks.measuring import Figure, largest_memory, measure

EVENTS, FEWEST = 300_000, 20  # a busy day of a ministry
SEAL_SECONDS, VERIFY_SECONDS, IDLE_SECONDS, MEGABYTES = 60.0, 30.0, 0.05, 200.0


def run(size: float) -> list[Figure]:
    events = max(FEWEST, int(EVENTS * size))
    found = run_child("trail", events)
    what = f"{events:,} events"
    return [
        Figure(f"sealing {what}", *found["seal"], SEAL_SECONDS),
        Figure("a sealer that finds nothing to do", *found["idle"], IDLE_SECONDS),
        Figure(f"verifying {what}", *found["verify"], VERIFY_SECONDS),
        Figure("largest memory of the process", found["memory"], None, MEGABYTES, unit="MB"),
    ]


def measure_in_this_process(events: int) -> dict:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.utils import timezone

    from accounts.models import User
    from audit.actions import record
    from audit.models import AuditEvent, SealingState
    from audit.sealing import LONGEST_TRANSACTION, seal
    from audit.verifying import Verification
    from benchmarks.database import copy_row

    call_command("migrate", verbosity=0, interactive=False)
    person = User.objects.create(name="Contoh")
    first = record(event="attempt.submitted", by=person, target=person)
    with connection.cursor() as cursor:
        copy_row(cursor, AuditEvent, first.pk, events - 1, {"id": f"{first.pk} + nth"})
        cursor.execute("ANALYZE")
    sealing = measure(seal, rounds=1, warm=False)
    for _ in range(2):  # what a day does: everything so far is known to be complete
        SealingState.objects.update(noted_at=timezone.now() - LONGEST_TRANSACTION)
        seal()
    idle = measure(seal, rounds=5)

    def verify():
        verification = Verification()
        if list(verification.faults()) or verification.sealed != events:
            raise RuntimeError("The trail is not whole.")

    verifying = measure(verify, rounds=1, warm=False)
    return {
        name: (timing.wall, timing.cpu)
        for name, timing in (("seal", sealing), ("idle", idle), ("verify", verifying))
    } | {"memory": largest_memory()}


if __name__ == "__main__":
    print(json.dumps(measure_in_this_process(int(sys.argv[1]))))
