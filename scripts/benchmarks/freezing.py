"""Freezing the results of a ministry on PostgreSQL and reading them: everybody's sheets, every unit, the dashboards."""

from __future__ import annotations

import json
import sys

from benchmarks import assigning, worlds
from benchmarks.children import run_child
from benchmarks.measuring import Figure, largest_memory, measure

SECONDS, MEGABYTES = 30.0, 600.0
PAGE_SECONDS, PAGE_QUERIES = 0.050, 12
PAGES = ("agency", "items", "groups", "comparisons", "learning")
_ROUNDS = 7
_PATTERNS = 2000  # different sheets; copied until everybody has one
_PAGE_SECONDS = (
    bytes([91, 0]) * 10
)  # a minute and a half on each of ten pages, as assessments.page_times keeps them
_QUALITY = bytes(12 + 4)  # as assessments.quality_details keeps the indices of one block of items


def run(size: float) -> list[Figure]:
    """In a process of its own, so that its memory is its own."""
    people, units = assigning.sizes(size)
    found = run_child("freezing", people, units)
    what = f"freezing {people:,} submitted attempts in {units:,} units, 12 scales, 60 items"
    return [
        Figure(what, *found["freeze"], SECONDS, note="processor: ours, without the server's"),
        Figure("the same: largest memory of the process", found["memory"], None, MEGABYTES, unit="MB"),
        *(
            Figure(f"dashboard of the ministry, page `{name}`", *found[name][:2], PAGE_SECONDS)
            for name in PAGES
        ),
        *(
            Figure(f"page `{name}`: queries", found[name][2], None, PAGE_QUERIES, unit="queries")
            for name in PAGES
        ),
    ]


def measure_in_this_process(people: int, units: int) -> dict:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from assessments.actions import close_campaign
    from assessments.periods.actions import open_period
    from reports.models import ResultCell
    from reports.results import freeze

    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    draft, analyst = assigning.fill(people, units)
    open_period(campaign=draft, seen_revision=draft.revision, by=analyst)
    send_everything(draft, people)
    campaign = close_campaign(campaign=draft, by=analyst)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    timing = measure(lambda: freeze(campaign=campaign, agency=draft.agency, by=analyst), rounds=1, warm=False)
    respondents = ResultCell.objects.get(version=None, unit__parent=None).n
    if respondents != people:
        raise RuntimeError(f"{respondents} of {people} people are in the results.")
    memory = largest_memory()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return {"freeze": [timing.wall, timing.cpu], "memory": memory, **measure_pages(campaign, analyst)}


def measure_pages(campaign, analyst) -> dict:
    """Wall and processor seconds and queries of every dashboard page of the whole agency."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    agency = campaign.agency
    client = assigning.client_of(analyst)
    found = {}
    for name in PAGES:
        address = [campaign.public_id, agency.code]
        url = reverse(f"reports:{name}", args=address if name == "agency" else [*address, agency.code])

        def read(url=url):
            response = client.get(url, secure=True)
            if response.status_code != 200:
                raise RuntimeError(f"{url} answered {response.status_code}.")

        page = measure(read, rounds=_ROUNDS)
        with CaptureQueriesContext(connection) as queries:
            read()
        found[name] = [page.wall, page.cpu, len(queries)]
    return found


def send_everything(campaign, people: int) -> None:
    """A submitted attempt with its sheet for every assignment, copied within the database."""
    from django.db import connection
    from django.utils import timezone

    from assessments.models import Attempt, ScoreSheet
    from benchmarks.database import copy_row

    now, instrument = timezone.now(), campaign.instruments.get()
    first = campaign.assignments.order_by("pk").first()
    patterns = score_patterns(instrument.rule_id, min(people, _PATTERNS))
    attempt = Attempt.objects.create(
        person_id=first.person_id,
        version_id=instrument.version_id,
        assignment=first,
        state=Attempt.State.SUBMITTED,
        answers=worlds.answer_bytes(1)[0].tobytes(),
        page_seconds=_PAGE_SECONDS,
        started_at=now,
        saved_at=now,
        submitted_at=now,
    )
    sheet = ScoreSheet.objects.create(
        attempt=attempt,
        rule_id=instrument.rule_id,
        engine_version="ukur",
        scores=patterns[0],
        quality="baik",
        quality_details=_QUALITY,
        created_at=now,
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE asked AS SELECT row_number() OVER (ORDER BY id) - 1 AS place, id, person_id "
            "FROM assessments_assignment"
        )
        cursor.execute("CREATE UNIQUE INDEX ON asked (place)")
        cursor.execute("CREATE TEMPORARY TABLE pattern (place integer PRIMARY KEY, scores bytea)")
        cursor.executemany("INSERT INTO pattern VALUES (%s, %s)", list(enumerate(patterns)))
        of_person = {
            "id": f"{attempt.pk} + nth",
            "public_id": "gen_random_uuid()",
            "assignment_id": "(SELECT id FROM asked WHERE place = nth)",
            "person_id": "(SELECT person_id FROM asked WHERE place = nth)",
        }
        copy_row(cursor, Attempt, attempt.pk, people - 1, of_person)
        of_sheet = {
            "id": f"{sheet.pk} + nth",
            "attempt_id": f"{attempt.pk} + nth",
            "scores": f"(SELECT scores FROM pattern WHERE place = nth % {len(patterns)})",  # noqa: S608
        }
        copy_row(cursor, ScoreSheet, sheet.pk, people - 1, of_sheet)
        cursor.execute("UPDATE assessments_assignment SET completed_at = now()")


def score_patterns(rule_id: int, number: int) -> list[bytes]:
    """Scores as sheets hold them, of made-up people."""
    from assessments import sheets
    from scoring import engine
    from scoring.selectors import plan_of

    table = engine.score(plan_of(rule_id), worlds.answer_bytes(number))
    return [sheets.pack(table, row) for row in range(number)]


if __name__ == "__main__":
    print(json.dumps(measure_in_this_process(int(sys.argv[1]), int(sys.argv[2]))))
