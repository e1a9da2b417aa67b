"""What answers and scores of one person take on PostgreSQL: rows and indexes of a period that has just been sent."""

from __future__ import annotations

import json
import sys

from benchmarks import assigning, freezing
from benchmarks.children import run_child
from benchmarks.measuring import Figure

BYTES = 400.0  # an attempt of 60 answers and its score sheet of 12 scales, indexes included
PEOPLE, FEWEST = 100_000, 1000  # fewer would count the pages that are begun
_ATTEMPT, _SHEET = "assessments_attempt", "assessments_scoresheet"


def run(size: float) -> list[Figure]:
    """In a process of its own beside a PostgreSQL of its own."""
    people = max(FEWEST, int(PEOPLE * size))
    found = run_child("sizes", people, 4)
    rows, indexes = (sum(found[table][kind] for table in found) for kind in ("rows", "indexes"))
    parts = "; ".join(
        f"{name}: rows {found[table]['rows']:.0f}, indexes {found[table]['indexes']:.0f}"
        for name, table in (("attempt", _ATTEMPT), ("sheet", _SHEET))
    )
    what = f"an attempt of 60 answers with its sheet of 12 scales, indexes included, of {people:,}"
    return [Figure(what, rows + indexes, None, BYTES, unit="B", note=parts)]


def measure_in_this_process(people: int, units: int) -> dict:
    """Bytes a person by table: of its rows (with what belongs to them) and of its indexes."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from assessments.periods.actions import open_period

    call_command("migrate", verbosity=0, interactive=False)
    draft, analyst = assigning.fill(people, units)
    open_period(campaign=draft, seen_revision=draft.revision, by=analyst)
    freezing.send_everything(draft, people)
    found = {}
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
        for table in (_ATTEMPT, _SHEET):
            cursor.execute("SELECT pg_table_size(%s), pg_indexes_size(%s)", [table, table])
            found[table] = dict(
                zip(("rows", "indexes"), (size / people for size in cursor.fetchone()), strict=True)
            )
    return found


if __name__ == "__main__":
    print(json.dumps(measure_in_this_process(int(sys.argv[1]), int(sys.argv[2]))))
