"""A period of a ministry on PostgreSQL: opening it for everybody, and the page of participation while it runs."""

from __future__ import annotations

import json
import sys
from itertools import islice

from benchmarks.children import run_child
from benchmarks.measuring import Figure, largest_memory, measure

OPEN_SECONDS, PAGE_SECONDS, MEGABYTES = 120.0, 0.150, 600.0
PEOPLE, UNITS, FEWEST = 350_000, 10_500, 40
_ROUNDS = 5
_DONE_SHARE = 60  # of a hundred people asked


def run(size: float) -> list[Figure]:
    """In a process of its own, so that its memory is its own."""
    people, units = sizes(size)
    found = run_child("assigning", people, units)
    note = "processor: ours, without the server's"
    where = f"{people:,} people in {units:,} units"
    return [
        Figure(f"opening a period: checking and assigning {where}", *found["open"], OPEN_SECONDS, note=note),
        Figure("the same: largest memory of the process", found["memory"], None, MEGABYTES, unit="MB"),
        Figure(f"the page of participation, {where}", *found["page"], PAGE_SECONDS, note=note),
        Figure("the same: queries", found["queries"], None, 12, unit="queries"),
    ]


def sizes(size: float) -> tuple[int, int]:
    """People and units at a part of the full size."""
    return max(FEWEST, int(PEOPLE * size)), max(4, int(UNITS * size))


def measure_in_this_process(people: int, units: int) -> dict:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    from assessments.periods.actions import open_period

    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    draft, analyst = fill(people, units)
    asked = []
    opening = measure(
        lambda: asked.append(open_period(campaign=draft, seen_revision=draft.revision, by=analyst)),
        rounds=1,
        warm=False,
    )
    if asked != [people]:
        raise RuntimeError(f"{asked} of {people} people were asked.")
    memory = largest_memory()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE assessments_assignment SET completed_at = now() WHERE id %% 100 < %s", [_DONE_SHARE]
        )
        cursor.execute("VACUUM ANALYZE")
    client = client_of(analyst)
    url = reverse("reports:agency", args=[draft.public_id, draft.agency.code])

    def read():
        response = client.get(url, secure=True)
        if response.status_code != 200:
            raise RuntimeError(f"The page answered {response.status_code}.")

    page = measure(read, rounds=_ROUNDS)
    with CaptureQueriesContext(connection) as queries:
        read()
    return {
        "open": [opening.wall, opening.cpu],
        "memory": memory,
        "page": [page.wall, page.cpu],
        "queries": len(queries),
    }


def client_of(analyst):
    """A browser of somebody who has signed in and entered the staff rooms."""
    from django.test import Client

    from accounts.second_factor import server_time
    from agencies import staff_powers

    client = Client(headers={"host": "localhost"})
    client.force_login(analyst)
    session = client.session
    staff_powers.open_powers(session, now=server_time())
    session.save()
    return client


def fill(people: int, units: int):
    """An agency with its tree, everybody placed, and a complete draft; returns the draft and the agency's analyst."""
    from datetime import date

    from accounts.models import User
    from agencies.actions import create_agency, grant_role
    from agencies.models import Role, Unit

    analyst = User.objects.create(name="Analis")
    agency = create_agency(
        code="kementerian",
        name="Kementerian Contoh",
        kind="KEMENTERIAN",
        time_zone="WIB",
        dpo_contact="ppdp@contoh.example",
        valid_from=date(2020, 1, 1),
        by=None,
    )
    grant_role(user=analyst, role=Role.AGENCY_ANALYST, agency=agency, by=None)
    place_everybody(people, make_tree(Unit.objects.get(agency=agency), units))
    return complete_draft(agency, analyst), analyst


def place_everybody(people: int, unit_ids: list[int]) -> None:
    """People with a current place each, spread evenly over the units, copied within the database."""
    from datetime import date

    from django.db import connection

    from accounts.models import User
    from agencies.models import Placement
    from benchmarks.database import copy_row

    person = User.objects.create(name="Pegawai")
    placement = Placement.objects.create(
        person=person,
        unit_id=unit_ids[0],
        job_category="PLK",
        employment_kind="PNS",
        valid_from=date(2021, 1, 1),
    )
    with connection.cursor() as cursor:
        copy_row(cursor, User, person.pk, people - 1, {"id": f"{person.pk} + nth"})
        cursor.execute("CREATE TEMPORARY TABLE leaf (place serial, id bigint)")
        cursor.executemany("INSERT INTO leaf (id) VALUES (%s)", [(unit_id,) for unit_id in unit_ids])
        columns = {
            "id": f"{placement.pk} + nth",
            "person_id": f"{person.pk} + nth",
            "unit_id": f"(SELECT id FROM leaf WHERE place = 1 + nth % {len(unit_ids)})",  # noqa: S608
        }
        copy_row(cursor, Placement, placement.pk, people - 1, columns)
        cursor.execute("ANALYZE")


def complete_draft(agency, analyst):
    """A draft of which nothing is missing, for the whole agency."""
    from datetime import timedelta

    from django.utils import timezone

    from assessments.periods import actions

    draft = actions.draft_period(agency=agency, title="Periode ukur", by=analyst)
    draft = actions.choose_questionnaires(
        campaign=draft, title=draft.title, versions=[published_version(analyst)], seen_revision=0, by=analyst
    )
    now = timezone.now()
    return actions.set_times_and_rules(
        campaign=draft,
        seen_revision=1,
        by=analyst,
        opens_at=now - timedelta(days=1),
        closes_at=now + timedelta(days=14),
        legal_basis="Peraturan contoh",
        dpia_reference="DPIA-UKUR",
        notice_version="1",
        minimum_group_size=10,
        participation_target=80,
    )


def make_tree(root, units: int) -> list[int]:
    """Twenty directorates, and below each offices with two levels of their own; ids of everything below the root."""
    from agencies import tree
    from agencies.models import Unit

    def children(parents, each, prefix):
        for parent in parents:
            for number in range(1, each + 1):
                path = tree.child_path(parent.path, number)
                code = f"{prefix}-{path.replace('/', '')}"
                yield Unit(
                    agency_id=root.agency_id,
                    parent=parent,
                    code=code,
                    name=code,
                    path=path,
                    depth=tree.depth(path),
                )

    made, level = 1, [root]
    ids = []
    for each, prefix in ((20, "dit"), (22, "kanwil"), (6, "kantor"), (30, "seksi")):
        wanted = islice(children(level, each, prefix), units - made)
        level = Unit.objects.bulk_create(wanted, batch_size=5000)
        made += len(level)
        ids += [unit.pk for unit in level]
    return ids


def published_version(person):
    from django.utils import timezone

    from benchmarks import worlds
    from questionnaires.models import Questionnaire, Version
    from questionnaires.version_document import content_hash

    document = worlds.document_json()
    now = timezone.now()
    return Version.objects.create(
        questionnaire=Questionnaire.objects.create(code="ukur"),
        number=1,
        minutes=10,
        status=Version.Status.PUBLISHED,
        document=document,
        content_hash=content_hash(document),
        created_at=now,
        published_at=now,
        published_by=person,
    )


if __name__ == "__main__":
    print(json.dumps(measure_in_this_process(int(sys.argv[1]), int(sys.argv[2]))))
