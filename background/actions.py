"""Writes to background jobs: asking for one, and what becomes of it. Workers come here too."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_noop

from audit.actions import record
from background import queue
from background.kinds import kind_of
from background.models import BackgroundJob

# A job that has cost so many workers their lives is not given to another one.
MOST_ATTEMPTS = 3

State = BackgroundJob.State


@transaction.atomic
def start(*, kind, subject_id, by, agency_id=None):
    """Asks workers for a piece of work; what has been asked for and is not finished is not asked for again.

    It joins the caller's transaction: when that is undone, nothing was asked for.
    """
    assert kind_of(kind) is not None, f"{kind} is in no background_work.py"
    about = {"kind": kind, "subject_id": subject_id, "agency_id": agency_id}
    job, is_new = BackgroundJob.objects.get_or_create(
        **about, state__in=BackgroundJob.UNFINISHED, defaults={"asked_by": by, "asked_at": timezone.now()}
    )
    if is_new:
        record(event="job.asked", by=by, target=job, agency_id=agency_id, detail={"kind": kind})
        queue.add(job)
        job.refresh_from_db()  # without workers it has been done by now
    return job


def take(*, job_id, task_id):
    """Gives a waiting job to the caller, and to nobody else; None if there is nothing to take."""
    now = timezone.now()
    taken = BackgroundJob.objects.filter(pk=job_id, state=State.WAITING).update(
        state=State.RUNNING,
        attempts=F("attempts") + 1,
        started_at=now,
        alive_at=now,
        task_id=task_id,
        done=0,
        total=0,
    )
    return BackgroundJob.objects.select_related("asked_by").get(pk=job_id) if taken else None


def put_back(*, job):
    """Lets another worker have a job whose own worker has to stop. A job that was lost meanwhile stays where it is."""
    with transaction.atomic():
        # Without workers there is nobody else to have it.
        if _held(job).update(state=State.WAITING, attempts=F("attempts") - 1) and queue.has_workers():
            queue.add(job)


def conclude(*, job):
    """The work is done. False for a job that was lost meanwhile."""
    return bool(_held(job).update(state=State.DONE, finished_at=timezone.now()))


@transaction.atomic
def fail(*, job, reason):
    """The work could not be done; the reason is the Indonesian sentence that administrators read."""
    if _held(job).update(state=State.FAILED, finished_at=timezone.now(), reason=reason):
        record(event="job.failed", by=None, target=job, agency_id=job.agency_id, detail={"kind": job.kind})


def take_up_lost(*, now):
    """Gives the jobs of workers that have died to others; how many there were.

    A worker that only slept finds on its next write that the job is no longer its own (``Run.writing``).
    """
    silent_since = now - timedelta(seconds=settings.WORK_LEASE_SECONDS)
    lost = BackgroundJob.objects.filter(state=State.RUNNING, alive_at__lt=silent_since)
    return sum(_take_up(job, lost, now) for job in lost)


@transaction.atomic
def _take_up(job, lost, now):
    """Whether this call was the one that took the job away from its silent worker."""
    if job.attempts >= MOST_ATTEMPTS:
        change = {"state": State.FAILED, "finished_at": now, "reason": _TOO_OFTEN}
    else:
        change = {"state": State.WAITING}
    if not lost.filter(pk=job.pk, attempts=job.attempts).update(**change):
        return False
    queue.forget(job.task_id)
    event = "job.failed" if job.attempts >= MOST_ATTEMPTS else "job.taken_up"
    record(event=event, by=None, target=job, agency_id=job.agency_id, detail={"kind": job.kind})
    if change["state"] == State.WAITING:
        queue.add(job)
    return True


def _held(job):
    """The job as long as the run that ``job`` was read for still holds it."""
    return BackgroundJob.objects.filter(pk=job.pk, state=State.RUNNING, attempts=job.attempts)


_TOO_OFTEN = gettext_noop(
    "Pekerjaan ini berulang kali terhenti di tengah jalan, mungkin karena memori peladen tidak cukup. Yang sudah "
    "ditulis tetap utuh; hubungi operator teknis sebelum mencoba lagi."
)
