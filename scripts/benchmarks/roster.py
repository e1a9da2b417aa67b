"""Importing people and units: a ministry on PostgreSQL, a regency on SQLite, read, compared and applied."""

from __future__ import annotations

import csv
import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pg
from benchmarks.children import run_child
from benchmarks.measuring import Figure, largest_memory

SECONDS, REGENCY_SECONDS, MEGABYTES = 300.0, 30.0, 600.0
PEOPLE, REGENCY, FEWEST = 350_000, 8_000, 40
UNITS_PER_PERSON = 0.03  # 10,500 units
_ROOT = Path(__file__).resolve().parent.parent.parent
# Made-up numbers: so many serials on a day, then the next day.
_SERIALS, _DAYS = 999, 28
_TELL_EVERY = 50_000
# What a step is called on the page.
_NAMES = {
    "units": "units: read and apply",
    "upload": "people: upload",
    "read": "people: read, compare and preview",
    "apply": "people: apply, every person in the trail",
    "again": "people: the same file again, read",
}


def run(size: float) -> list[Figure]:
    """Each agency in a process of its own, so that its memory is its own."""
    ministry, regency = (max(FEWEST, int(people * size)) for people in (PEOPLE, REGENCY))
    with pg.server() as url:
        on_postgresql = _figures("PostgreSQL", ministry, url, SECONDS, MEGABYTES)
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/ukur.sqlite3"
        on_sqlite = _figures("SQLite", regency, url, REGENCY_SECONDS, MEGABYTES)
    return on_postgresql + on_sqlite


def _figures(database, people, url, seconds, megabytes):
    found = run_child("roster", people, url=url, WITHOUT_WORKERS="1")
    steps = ["units", "upload", "read", "apply"]
    what = f"{database}, {people:,} people in {found['unit_count']:,} units"
    return [
        Figure(f"{what}: upload, preview and apply", sum(found[step] for step in steps), None, seconds),
        *(Figure(f"{database}, {name}", found[step]) for step, name in _NAMES.items()),
        Figure(f"{database}, largest memory of the process", found["memory"], None, megabytes, unit="MB"),
    ]


def measure_in_this_process(people: int) -> dict:
    import django

    django.setup()
    import logging

    from django.core.management import call_command

    from agencies import actions as agencies
    from agencies.models import Agency, Placement, Role

    logging.disable(logging.INFO)
    call_command("migrate", verbosity=0, interactive=False)
    agency = agencies.create_agency(
        code="ukur",
        name="Kementerian Ukur",
        kind=Agency.Kind.MINISTRY,
        time_zone=Agency.TimeZone.WEST,
        dpo_contact="ppdp@ukur.example",
        by=None,
    )
    by = _administrator(agency, Role.AGENCY_ADMINISTRATOR, agencies)
    unit_count = max(3, int(people * UNITS_PER_PERSON))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "daftar.csv"
        write_units(path, unit_count)
        units = _seconds(lambda: _apply(_bring(path, agency, "units", by), by))
        write_people(path, people, unit_count)
        upload, bring = _upload_and_read(path, agency, by)
        apply = _seconds(lambda: _apply(upload, by))
        memory = largest_memory()
        placed = Placement.objects.filter(valid_to__isnull=True).count()
        if placed != people:
            raise RuntimeError(f"{placed} of {people} people were placed.")
        again, once_more = _upload_and_read(path, agency, by)
        if again.preview["counts"].get("same") != people:
            raise RuntimeError("The same file again is not the same.")
    return {
        "units": units,
        "upload": bring["upload"],
        "read": bring["read"],
        "apply": apply,
        "again": once_more["read"],
        "unit_count": unit_count,
        "memory": memory,
    }


def write_units(path: Path, count: int):
    """Ten units below each one, in a tree of four or five levels."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "DiatasanId", "NamaUnor"])
        for number in range(count):
            writer.writerow([f"u{number}", f"u{(number - 1) // 10}" if number else "", f"Unit Ukur {number}"])


def write_people(path: Path, people: int, unit_count: int):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(
            ["nipBaru", "nama", "gelarBelakang", "emailGov", "unorId", "jenisJabatan", "NIK", "alamat"]
        )
        for number in range(people):
            if number % _TELL_EVERY == 0:
                _say(f"berkas: {number:,} dari {people:,} orang ditulis")
            day, serial = divmod(number, _SERIALS)
            month, day = divmod(day, _DAYS)
            year, month = divmod(month, 12)
            nip = f"{1965 + year}{month + 1:02d}{day + 1:02d}2010011{serial + 1:03d}"
            unit = f"u{number % unit_count}"
            email = f"pegawai{number}@ukur.example"
            writer.writerow(
                [nip, f"Pegawai Ukur {number}", "S.E.", email, unit, "Pelaksana", "0", "Jalan Ukur"]
            )


def _upload_and_read(path, agency, by):
    """The upload, and how long keeping and reading took: without workers both happen in one call."""
    from agencies.roster import actions

    started, queued = time.perf_counter(), []
    ask, actions.background.start = actions.background.start, lambda **work: queued.append(work)
    try:
        upload = _bring(path, agency, "people", by)
    finally:
        actions.background.start = ask
    kept = time.perf_counter()
    ask(**queued[0])
    upload.refresh_from_db()
    _say(f"dibaca: {upload.preview['counts']}")
    return upload, {"upload": kept - started, "read": time.perf_counter() - kept}


def _bring(path, agency, kind, by):
    from agencies.roster import actions
    from agencies.roster.files import open_file

    header, rows = open_file(path, kind)
    return actions.bring(agency=agency, kind=kind, header=header, rows=rows, is_complete=False, by=by)


def _apply(upload, by):
    from agencies.roster import actions

    job = actions.ask_to_apply(upload=upload, by=by)
    if job.state != job.State.DONE:
        raise RuntimeError(job.reason)


def _administrator(agency, role, agencies):
    from accounts.models import User

    person = User.objects.create(name="Pengelola")
    agencies.grant_role(user=person, role=role, agency=agency, by=None)
    return person


def _seconds(function: Callable[[], object]) -> float:
    started = time.perf_counter()
    function()
    seconds = time.perf_counter() - started
    _say(f"{seconds:.1f} detik")
    return seconds


def _say(text):
    print(f"  roster: {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    print(json.dumps(measure_in_this_process(int(sys.argv[1]))))
