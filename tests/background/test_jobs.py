"""Background jobs without workers: what they keep, how they end, and who takes them up."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from audit.models import AuditEvent
from background import actions
from background.models import BackgroundJob
from background.running import Run, RunLost, run
from tests.background import kinds_of_tests
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

State = BackgroundJob.State
NIP = "198609262015051001"


def a_job(**fields):
    values = {"kind": "tests.slow", "subject_id": 7, "asked_at": timezone.now()} | fields
    if values.get("state") in {State.DONE, State.FAILED}:
        values.setdefault("finished_at", timezone.now())
    return BackgroundJob.objects.create(**values)


def a_silent_job(*, seconds=3600, **fields):
    silent_since = timezone.now() - timedelta(seconds=seconds)
    return a_job(**{"state": State.RUNNING, "attempts": 1, "alive_at": silent_since} | fields)


def test_without_workers_a_job_is_done_at_once():
    job = actions.start(kind="tests.slow", subject_id=7, by=UserFactory(), agency_id=3)
    assert (job.state, job.attempts) == (State.DONE, 1)
    assert (job.done, job.total) == (kinds_of_tests.STEPS - 1, kinds_of_tests.STEPS)
    assert User.objects.filter(name__startswith="7 ").count() == kinds_of_tests.STEPS + 1


def test_asking_leaves_one_event_in_the_trail_of_the_agency():
    person = UserFactory()
    job = actions.start(kind="tests.slow", subject_id=7, by=person, agency_id=3)
    event = AuditEvent.objects.get(event="job.asked")
    assert (event.target_id, event.agency_id, event.actor_id) == (str(job.pk), 3, person.pk)


def test_what_is_not_finished_is_not_asked_for_again():
    waiting = a_job(agency_id=3)
    assert actions.start(kind="tests.slow", subject_id=7, by=None, agency_id=3) == waiting
    assert actions.start(kind="tests.slow", subject_id=7, by=None, agency_id=4) != waiting


def test_a_refusal_is_the_reason_that_administrators_read():
    job = actions.start(kind="tests.refused", subject_id=7, by=None)
    assert (job.state, job.reason) == (State.FAILED, "Berkasnya sudah tidak ada. Unggah sekali lagi.")
    assert AuditEvent.objects.filter(event="job.failed", target_id=str(job.pk)).count() == 1


def test_an_unexpected_fault_keeps_no_personal_data_and_undoes_its_step():
    job = actions.start(kind="tests.broken", subject_id=7, by=None)
    assert job.state == State.FAILED
    assert job.reason.startswith("Terjadi kesalahan yang tidak terduga.")
    kept = repr([list(BackgroundJob.objects.values()), list(AuditEvent.objects.values())])
    assert NIP not in kept
    assert not User.objects.filter(name="tidak jadi").exists()


def test_a_kind_that_is_gone_fails_with_a_sentence():
    job = a_job(kind="tests.gone")
    run(job_id=job.pk, task_id="")
    job.refresh_from_db()
    assert job.state == State.FAILED
    assert "tidak dikenal" in job.reason


def test_a_worker_that_has_to_stop_puts_its_job_back():
    job = actions.start(kind="tests.stopped", subject_id=7, by=None)
    assert (job.state, job.attempts) == (State.WAITING, 0)
    assert actions.take(job_id=job.pk, task_id="b") is not None


def test_a_job_is_given_to_one_worker_only():
    job = a_job()
    assert actions.take(job_id=job.pk, task_id="a") is not None
    assert actions.take(job_id=job.pk, task_id="b") is None


def test_the_job_of_a_silent_worker_is_taken_up_and_done():
    job = a_silent_job()
    assert actions.take_up_lost(now=timezone.now()) == 1
    job.refresh_from_db()
    assert (job.state, job.attempts) == (State.DONE, 2)
    assert AuditEvent.objects.filter(event="job.taken_up").count() == 1


def test_a_job_whose_worker_lives_is_left_alone():
    job = a_silent_job(seconds=30)  # half of the lease
    assert actions.take_up_lost(now=timezone.now()) == 0
    job.refresh_from_db()
    assert job.state == State.RUNNING


def test_a_job_that_has_cost_three_workers_their_lives_fails_with_a_reason():
    job = a_silent_job(attempts=actions.MOST_ATTEMPTS)
    assert actions.take_up_lost(now=timezone.now()) == 1
    job.refresh_from_db()
    assert job.state == State.FAILED
    assert "berulang kali terhenti" in job.reason


def test_a_worker_that_lost_its_job_can_neither_write_nor_conclude():
    job = a_silent_job()
    late = Run(job)
    BackgroundJob.objects.filter(pk=job.pk).update(attempts=2)  # as another worker does
    for step in (late.writing, late.concluding):
        with pytest.raises(RunLost), step():
            User.objects.create(name="terlambat")
    assert not User.objects.filter(name="terlambat").exists()


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("job_finished_matches_state", {"state": "asleep"}),
        ("job_finished_matches_state", {"state": State.DONE, "finished_at": None}),
        ("job_finished_matches_state", {"state": State.WAITING, "finished_at": timezone.now()}),
        ("job_failure_has_a_reason", {"state": State.FAILED, "reason": ""}),
    ],
)
def test_the_database_refuses_a_job_that_contradicts_itself(name, fields):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        a_job(**fields)


@pytest.mark.parametrize("agency_id", [None, 3])
def test_the_database_refuses_the_same_unfinished_job_twice(agency_id):
    a_job(agency_id=agency_id, state=State.DONE)
    a_job(agency_id=agency_id)
    with pytest.raises(IntegrityError), transaction.atomic():
        a_job(agency_id=agency_id)
