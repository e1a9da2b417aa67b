"""Results of a ministry as CSV on PostgreSQL: the worker's job, and the first bytes of the download."""

from __future__ import annotations

import json
import sys
import time
import uuid
from itertools import islice
from pathlib import Path

from benchmarks import assigning, worlds
from benchmarks.children import run_child
from benchmarks.measuring import MEGABYTE, Figure, measure

SECONDS, FIRST_BYTE_SECONDS, MEGABYTES = 10.0, 1.0, 100.0
LINES, MOST_LINES = 100_000, 1_000_000
_PEOPLE = 60  # of every unit of the made-up release
_LINES_OF_A_UNIT = 183  # of this questionnaire, nothing hidden
_ROWS = 2_000


def run(size: float) -> list[Figure]:
    """Each number of lines in a process of its own, so that its memory is its own."""
    some, most = (
        run_child("exporting", max(_LINES_OF_A_UNIT, int(lines * size)), assigning.FEWEST)
        for lines in (LINES, MOST_LINES)
    )
    note = "processor: ours, without the server's"
    return [
        Figure(f"a CSV of {some['lines']:,} lines, kept", *some["make"], SECONDS, note=note),
        Figure("the same: first bytes of its download", some["first"], None, FIRST_BYTE_SECONDS),
        Figure(f"a CSV of {most['lines']:,} lines, kept", *most["make"], note=note),
        Figure("the same: first bytes of its download", most["first"], None, FIRST_BYTE_SECONDS),
        Figure(
            "the same: memory beyond that of the idle process",
            most["memory"],
            None,
            MEGABYTES,
            unit="MB",
            note=f"idle: {most['idle']:.0f} MB",
        ),
    ]


def measure_in_this_process(lines: int, people: int) -> dict:
    import django

    django.setup()
    from django.core.management import call_command

    from assessments.actions import close_campaign
    from assessments.periods.actions import open_period
    from background.models import BackgroundJob
    from background.running import run as run_job
    from reports.exports.actions import EXPORT, ask
    from reports.models import Export

    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    draft, analyst = assigning.fill(people, 1 + lines // _LINES_OF_A_UNIT)
    open_period(campaign=draft, seen_revision=draft.revision, by=analyst)
    release = made_up_release(close_campaign(campaign=draft, by=analyst), draft.agency)
    root = release.cells.filter(version=None).order_by("unit_path").first()
    client = assigning.client_of(analyst)
    client.get("/", secure=True)  # a server has served before
    idle = forget_largest_memory()
    export = ask(
        release=release,
        unit=root.unit,
        unit_path=root.unit_path,
        form=Export.Form.CSV,
        language="id",
        purpose="Pengukuran kecepatan",
        request_key=uuid.uuid4(),
        by=analyst,
    )
    job = BackgroundJob.objects.get(kind=EXPORT, subject_id=export.pk)
    timing = measure(lambda: run_job(job_id=job.pk, task_id=""), rounds=1, warm=False)
    memory = _status("VmHWM") - idle
    export.refresh_from_db()
    if not export.line_count:
        raise RuntimeError("The export was not made.")
    return {
        "lines": export.line_count,
        "make": [timing.wall, timing.cpu],
        "first": first_bytes(client, export),
        "memory": memory,
        "idle": idle,
    }


def forget_largest_memory() -> float:
    """Megabytes held now; what filling the database needed before does not count from here on."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    return _status("VmRSS")


def _status(name: str) -> float:
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    kilobytes = next(line.split()[1] for line in lines if line.startswith(f"{name}:"))
    return int(kilobytes) * 1024 / MEGABYTE


def first_bytes(client, export) -> float:
    """Seconds from asking for the file until the first of it is there."""
    from django.urls import reverse

    begun = time.perf_counter()
    response = client.get(reverse("reports:export_file", args=[export.public_id]), secure=True)
    if not next(iter(response.streaming_content)):
        raise RuntimeError("The file is empty.")
    return time.perf_counter() - begun


def made_up_release(campaign, agency):
    """Results in which every unit shows everything, as a freeze would have written them."""
    from django.utils import timezone

    from agencies.models import Unit
    from reports.models import ReleaseState, ResultCell, ResultDetail

    release = ReleaseState.objects.create(
        campaign=campaign,
        agency=agency,
        frozen_at=timezone.now(),
        minimum_group_size=10,
        engine_version="ukur",
    )
    units = list(Unit.objects.filter(agency=agency).values_list("pk", "path"))
    version_id = campaign.instruments.get().version_id
    write(ResultCell, (cell for unit in units for cell in cells_of(ResultCell, release, version_id, *unit)))
    write(
        ResultDetail, (row for unit in units for row in details_of(ResultDetail, release, version_id, *unit))
    )
    return release


def write(model, rows) -> None:
    while batch := list(islice(rows, _ROWS)):
        model.objects.bulk_create(batch)


def scale_codes() -> list[str]:
    return [f"D{number:02d}" for number in range(worlds.DIMENSIONS)]


def cells_of(model, release, version_id, unit_id, path):
    place = {"release": release, "unit_id": unit_id, "unit_path": path, "is_shown": True, "n": _PEOPLE}
    yield model(**place, invited=_PEOPLE)
    for code in scale_codes():
        yield model(
            **place, version_id=version_id, scale_code=code, mean=63.2, interval_low=60.1, interval_high=66.3
        )


def details_of(model, release, version_id, unit_id, path):
    codes, third, half = scale_codes(), _PEOPLE // 3, _PEOPLE // 2
    items = [f"{code}B{item}" for item in range(worlds.ITEMS_EACH) for code in codes]
    figures = {
        "items": {code: [_PEOPLE, half] for code in items},
        "bands": {code: [_PEOPLE, *[_PEOPLE // 4] * 4] for code in codes},
        "quality": {"sent": [_PEOPLE, third]},
        "job": {code: [[third, 61.5]] * 3 for code in codes},
        "employment": {code: [[half, 62.5]] * 2 for code in codes},
    }
    for kind, values in figures.items():
        smallest = {"job": third, "employment": half}.get(kind, _PEOPLE)
        yield model(
            release=release,
            unit_id=unit_id,
            unit_path=path,
            version_id=version_id,
            kind=kind,
            smallest_group=smallest,
            figures=values,
        )


if __name__ == "__main__":
    print(json.dumps(measure_in_this_process(int(sys.argv[1]), int(sys.argv[2]))))
