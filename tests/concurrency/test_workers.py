"""Workers as processes of their own: killed, put to sleep, several at once. Nothing is lost and nothing done twice."""

import signal
import subprocess
import sys
import time
from collections import Counter

import pytest
from django.conf import settings
from django.db import connection
from django.test import override_settings

from accounts.models import User
from audit.models import AuditEvent
from background import actions
from background.models import BackgroundJob
from reports.exports.actions import EXPORT
from reports.models import ExportPart
from reports.results import freeze
from tests.background.kinds_of_tests import STEPS, step_name
from tests.concurrency.processes import PATIENCE_SECONDS, environment, wait_until
from tests.factories.exports import export_of, file_of
from tests.reports.worlds import world

State = BackgroundJob.State
LEASE_SECONDS = 2

# The worker as the product starts it, which besides knows the kinds of work of the suite.
WORKER = """
import sys, django
django.setup()
import tests.background.kinds_of_tests
from django.core.management import call_command
call_command("run_worker", interval=0.1, startup_delay=False, verbosity=0)
"""

# The same, but between making a file of results and keeping it it says so, and then waits.
EXPORTING_WORKER = """
import os, pathlib, time, django
django.setup()
from django.core.management import call_command
from reports import background_work
make = background_work.make
def make_and_wait(*arguments):
    lines = make(*arguments)
    pathlib.Path(os.environ["MADE_FILE"]).touch()
    time.sleep(float(os.environ["PAUSE_SECONDS"]))
    return lines
background_work.make = make_and_wait
call_command("run_worker", interval=0.1, startup_delay=False, verbosity=0)
"""


@pytest.fixture(autouse=True)
def with_workers(database):
    queue = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    with override_settings(TASKS=queue):
        yield


@pytest.fixture
def start_worker(tmp_path):
    """Starts a worker on the database of the test; whatever still lives at the end is killed."""
    workers = []

    def begin(*, pause_seconds=0.0, script=WORKER):
        given = environment(
            WORK_LEASE_SECONDS=str(LEASE_SECONDS),
            PAUSE_SECONDS=str(pause_seconds),
            MADE_FILE=str(tmp_path / "made"),
        )
        command = [sys.executable, "-W", "ignore", "-c", script]
        with (tmp_path / f"worker-{len(workers)}.log").open("wb") as log:
            worker = subprocess.Popen(
                command, cwd=settings.BASE_DIR, env=given, stdout=log, stderr=subprocess.STDOUT
            )
        workers.append(worker)
        return worker

    yield begin
    for worker in workers:
        worker.kill()
        worker.wait()


def names_of(subject_id):
    return Counter(User.objects.filter(name__startswith=f"{subject_id} ").values_list("name", flat=True))


def everything_once(subject_id):
    return Counter([*(step_name(subject_id, step) for step in range(STEPS)), f"{subject_id} selesai"])


def has_written(subject_id, steps):
    return lambda: names_of(subject_id).total() >= steps


def is_done(job):
    return lambda: BackgroundJob.objects.filter(pk=job.pk, state=State.DONE).exists()


def test_a_job_whose_worker_is_killed_is_finished_by_another_and_nothing_is_done_twice(start_worker):
    first = start_worker(pause_seconds=0.5)
    job = actions.start(kind="tests.slow", subject_id=1, by=None)
    wait_until(has_written(1, steps=2))
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert not is_done(job)()
    start_worker()
    wait_until(is_done(job))
    job.refresh_from_db()
    assert job.attempts == 2
    assert names_of(1) == everything_once(1)


# Asleep within a step it holds the one write lock of SQLite, and then nobody could take its job up.
@pytest.mark.postgres_only
def test_a_worker_that_sleeps_through_its_lease_writes_nothing_when_it_wakes(start_worker):
    sleeper = start_worker(pause_seconds=0.5)
    job = actions.start(kind="tests.slow", subject_id=2, by=None)
    wait_until(has_written(2, steps=1))
    sleeper.send_signal(signal.SIGSTOP)
    try:
        start_worker()
        wait_until(is_done(job))
    finally:
        sleeper.send_signal(signal.SIGCONT)
    time.sleep(1)  # the sleeper's next steps, had it gone on
    assert names_of(2) == everything_once(2)


def test_a_worker_asked_to_stop_finishes_the_job_in_hand_first(start_worker):
    worker = start_worker(pause_seconds=0.3)
    job = actions.start(kind="tests.slow", subject_id=3, by=None)
    waiting = actions.start(kind="tests.slow", subject_id=4, by=None)
    wait_until(has_written(3, steps=1))
    worker.terminate()
    assert worker.wait(PATIENCE_SECONDS) == 0
    assert is_done(job)()
    assert names_of(3) == everything_once(3)
    waiting.refresh_from_db()
    assert waiting.state == State.WAITING


def test_several_workers_share_the_jobs_and_do_each_once(start_worker):
    jobs = [actions.start(kind="tests.slow", subject_id=number, by=None) for number in range(10, 22)]
    for _ in range(3 if connection.vendor == "postgresql" else 2):
        start_worker()
    for job in jobs:
        wait_until(is_done(job))
    assert [names_of(job.subject_id) for job in jobs] == [everything_once(job.subject_id) for job in jobs]
    assert set(BackgroundJob.objects.values_list("attempts", flat=True)) == {1}


def test_an_export_whose_worker_is_killed_with_the_file_made_is_kept_once_by_another(start_worker, tmp_path):
    made = world({"besar": 12})
    release = freeze(campaign=made.close(), agency=made.agency, by=made.analyst)
    first = start_worker(pause_seconds=PATIENCE_SECONDS, script=EXPORTING_WORKER)
    export = export_of(release, made.units[""], by=made.analyst)
    job = BackgroundJob.objects.get(kind=EXPORT, subject_id=export.pk)
    wait_until((tmp_path / "made").exists)
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert not ExportPart.objects.exists()
    start_worker(script=EXPORTING_WORKER)
    wait_until(is_done(job))
    job.refresh_from_db()
    export.refresh_from_db()
    assert job.attempts == 2
    assert ExportPart.objects.filter(export=export).count() == 1
    assert len(file_of(export)) == export.size > 0
    assert AuditEvent.objects.filter(event="export.made").count() == 1
