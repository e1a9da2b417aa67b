"""kill -9 at random moments under load: web processes, all of the server, workers, and PostgreSQL itself.

No answer that was acknowledged is lost, nobody gets two score sheets, no result is half frozen. The moments follow the
seed of the run, which stands at its head.
"""

import random
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.test import override_settings

from assessments import answers as answer_bytes
from assessments.models import Attempt, ScoreSheet
from audit.models import AuditEvent
from questionnaires.document import load_document
from reports.models import ReleaseState, ResultCell, ResultDetail
from reports.results import ask_to_freeze, freeze
from tests.concurrency.own_postgres import own_postgres
from tests.concurrency.processes import environment, wait_until
from tests.concurrency.web import Answerer, WebServer
from tests.factories.agencies import AgencyFactory, placed_person, root_of
from tests.factories.assessments import open_campaign, started_attempt
from tests.factories.questionnaires import published_version
from tests.reports.worlds import world

PEOPLE = 6
MOST_KILLS = 12
LEASE_SECONDS = 2


@pytest.fixture
def answerers():
    version = published_version()
    people = [placed_person(root_of(AgencyFactory())) for _n in range(PEOPLE)]
    campaign = open_campaign(version, people=people)
    document = load_document(version.pk)
    return [Answerer(started_attempt(person, version, campaign=campaign), document) for person in people]


@pytest.fixture
def server(answerers, tmp_path):
    server = WebServer(tmp_path / "web.log")
    yield server
    server.kill()


def under_load(answerers, server, disturb):
    """Everybody answers and sends, while ``disturb(chance)`` is called again and again; how often it was."""
    chance, times = random.Random(random.random()), 0
    with ThreadPoolExecutor(len(answerers)) as pool:
        seeds = [random.Random(chance.random()) for _each in answerers]
        running = [
            pool.submit(a.answer_and_send, server.port, seed)
            for a, seed in zip(answerers, seeds, strict=True)
        ]
        while times < MOST_KILLS and not all(each.done() for each in running):
            time.sleep(chance.uniform(0.0, 0.4))
            disturb(chance)
            times += 1
            wait_for_progress(answerers, running)
        for each in running:
            each.result()
    return times


def wait_for_progress(answerers, running):
    """Until another answer is acknowledged: on a busy machine a process is killed before it could answer at all."""
    before = sum(answerer.saves for answerer in answerers)
    wait_until(
        lambda: sum(answerer.saves for answerer in answerers) > before or all(each.done() for each in running)
    )


def check_that_nothing_is_lost(answerers):
    for answerer in answerers:
        attempt = Attempt.objects.get(pk=answerer.attempt.pk)
        document = load_document(attempt.version_id)
        stored = answer_bytes.decode(document, attempt.answers)
        assert attempt.state == Attempt.State.SUBMITTED
        assert {code: stored[code] for code in answerer.acknowledged} == answerer.acknowledged
        assert len(answerer.acknowledged) == answerer.saves / Answerer.CHANGES_OF_MIND
        assert ScoreSheet.objects.filter(attempt=attempt).count() == 1
        sent = AuditEvent.objects.filter(event="attempt.submitted", target_id=str(attempt.pk))
        assert sent.count() == 1


def test_web_processes_that_are_killed_lose_no_acknowledged_answer(answerers, server):
    assert under_load(answerers, server, server.kill_one) >= 3
    check_that_nothing_is_lost(answerers)


def test_a_server_that_is_killed_as_a_whole_loses_no_acknowledged_answer(answerers, server):
    def disturb(_chance):
        server.kill()
        server.start()
        time.sleep(0.5)

    assert under_load(answerers, server, disturb) >= 1
    check_that_nothing_is_lost(answerers)
    assert sum(answerer.tries for answerer in answerers) > sum(a.saves for a in answerers) + PEOPLE


@pytest.mark.postgres_only
def test_a_database_that_is_killed_loses_no_acknowledged_answer(answerers, tmp_path):
    with own_postgres(tmp_path) as database:
        server = WebServer(tmp_path / "web.log")
        try:

            def disturb(_chance):
                database.kill()
                database.start()
                time.sleep(1)

            assert under_load(answerers, server, disturb) >= 1
        finally:
            server.kill()
        check_that_nothing_is_lost(answerers)


WORKER = """
import django
django.setup()
from django.core.management import call_command
call_command("run_worker", interval=0.1, startup_delay=False, verbosity=0)
"""


def test_a_worker_that_is_killed_leaves_no_result_half_frozen(tmp_path):
    made = world({"besar": 14, "sedang": 12, "kecil": 4})
    expected = expected_rows(made)
    with override_settings(TASKS={"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}):
        ask_to_freeze(campaign=made.close(), agency=made.agency, by=made.analyst)
    chance = random.Random(random.random())
    for _time in range(5):
        with worker() as process:
            time.sleep(chance.uniform(0.8, 2.2))
            process.kill()
            process.wait()
        assert rows_of_results() in ((0, 0, 0), expected)
    with worker():
        wait_until(lambda: rows_of_results() == expected)


def expected_rows(made):
    """What a freeze makes of a world just like it."""
    twin = world({"besar": 14, "sedang": 12, "kecil": 4}, version=made.version, agency=AgencyFactory())
    freeze(campaign=twin.close(), agency=twin.agency, by=None)
    found = rows_of_results()
    ReleaseState.objects.all().delete()
    return found


def rows_of_results():
    return tuple(model.objects.count() for model in (ReleaseState, ResultCell, ResultDetail))


@contextmanager
def worker():
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", WORKER],
        cwd=settings.BASE_DIR,
        env=environment(WORK_LEASE_SECONDS=str(LEASE_SECONDS)),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()
