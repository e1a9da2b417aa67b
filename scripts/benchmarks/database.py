"""Scoring from the database: everybody's latest submitted answers on PostgreSQL, reading included."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from benchmarks import worlds
from benchmarks.children import run_child
from benchmarks.measuring import Figure, largest_memory, measure

SECONDS, MEGABYTES = 12.0, 1000.0
PEOPLE, FEWEST = 1_000_000, 10
_ROUNDS = 3
_PATTERNS = 5000  # different rows of answers; copied until there are enough people
_ROOT = Path(__file__).resolve().parent.parent.parent


def run(size: float) -> list[Figure]:
    """In a process of its own, so that its memory is its own."""
    people = max(FEWEST, int(PEOPLE * size))
    found = run_child("database", people)
    what = f"{people:,} people x 60 answers into 12 scales, from PostgreSQL {found['server']}"
    return [
        Figure(what, found["wall"], found["cpu"], SECONDS, note="processor: ours, without the server's"),
        Figure("the same: largest memory of the process", found["memory"], None, MEGABYTES, unit="MB"),
    ]


def measure_in_this_process(people: int) -> dict:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from assessments import samples
    from scoring.engine import score

    call_command("migrate", verbosity=0, interactive=False)
    version = fill(people)

    def read_and_score():
        plan = samples.scoring_plan_of(version)
        table = score(plan, samples.latest_answers(version))
        if len(table) != people:
            raise RuntimeError(f"{len(table)} of {people} people were read.")

    timing = measure(read_and_score, rounds=_ROUNDS)
    server = connection.cursor().connection.server_version // 10_000
    return {"wall": timing.wall, "cpu": timing.cpu, "memory": largest_memory(), "server": server}


def fill(people: int):
    """A published version and that many submitted attempts, each of another person, copied within the database."""
    from django.db import connection
    from django.utils import timezone

    from accounts.models import User
    from assessments.models import Attempt
    from questionnaires.models import Questionnaire, Version
    from questionnaires.version_document import content_hash

    now, document = timezone.now(), worlds.document_json()
    person = User.objects.create(name="Contoh")
    questionnaire = Questionnaire.objects.create(code="ukur")
    version = Version.objects.create(
        questionnaire=questionnaire,
        number=1,
        minutes=10,
        status=Version.Status.PUBLISHED,
        document=document,
        content_hash=content_hash(document),
        created_at=now,
        published_at=now,
        published_by=person,
    )
    attempt = Attempt.objects.create(
        person=person,
        version=version,
        state=Attempt.State.SUBMITTED,
        answers=worlds.answer_bytes(1)[0].tobytes(),
        started_at=now,
        saved_at=now,
        submitted_at=now,
    )
    patterns = worlds.answer_bytes(min(people, _PATTERNS))
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE pattern (place integer PRIMARY KEY, answers bytea)")
        rows = [(place, row.tobytes()) for place, row in enumerate(patterns)]
        cursor.executemany("INSERT INTO pattern VALUES (%s, %s)", rows)
        copy_row(cursor, User, person.pk, people - 1, {"id": f"{person.pk} + nth"})
        copy_row(
            cursor,
            Attempt,
            attempt.pk,
            people - 1,
            {
                "id": f"{attempt.pk} + nth",
                "public_id": "gen_random_uuid()",
                "person_id": f"{person.pk} + nth",
                "answers": f"(SELECT answers FROM pattern WHERE place = nth % {len(patterns)})",  # noqa: S608
            },
        )
        cursor.execute("ANALYZE")
    return version


def copy_row(cursor, model, pk: int, times: int, other: dict[str, str]) -> None:
    """Copies one row, with some columns made otherwise; every column of the model comes along, also future ones."""
    names = [field.column for field in model._meta.concrete_fields]
    values = [other.get(name, f'template."{name}"') for name in names]
    table = model._meta.db_table
    columns = ", ".join(f'"{name}"' for name in names)
    cursor.execute(
        f"INSERT INTO {table} ({columns}) "  # noqa: S608  names of our own tables and columns
        f"SELECT {', '.join(values)} FROM {table} AS template, generate_series(1, {times}) AS nth "
        f"WHERE template.id = {pk}"
    )


if __name__ == "__main__":
    print(json.dumps(measure_in_this_process(int(sys.argv[1]))))
