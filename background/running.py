"""Doing one job: what the work is handed, signs of life while it lasts, and what is told when it ends."""

import logging
import threading
from contextlib import contextmanager

from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_noop

from background import actions, queue
from background.kinds import kind_of
from background.models import BackgroundJob

logger = logging.getLogger(__name__)

BEATS_PER_LEASE = 10

_UNKNOWN = gettext_noop("Jenis pekerjaan ini tidak dikenal oleh versi produk yang sedang berjalan.")
_UNEXPECTED = gettext_noop(
    "Terjadi kesalahan yang tidak terduga. Langkah yang belum selesai dibatalkan seluruhnya; rinciannya ada di log "
    "peladen. Coba lagi, dan bila berulang hubungi operator teknis."
)


class WorkRefused(Exception):
    """The work cannot be done as things are; the message is the Indonesian sentence that people read."""


class RunLost(Exception):
    """Another worker has taken the job up, because this one was silent for too long."""


class Run:
    """One worker's try at one job: what it is about, and where the work says how far it is.

    Every write of the work stands in :meth:`writing` or :meth:`concluding`. Work that writes in several steps begins
    by looking what an earlier try has written.
    """

    def __init__(self, job):
        self._job = job
        self._pulse = _Pulse(job)
        self._is_concluded = False

    @property
    def job(self) -> BackgroundJob:
        return self._job

    @property
    def subject_id(self) -> int:
        return self._job.subject_id

    @property
    def agency_id(self) -> int | None:
        return self._job.agency_id

    @property
    def by(self):
        """Whoever asked for the work; the actions called by it are done in this person's name."""
        return self._job.asked_by

    def progress(self, done: int, total: int):
        """Says how far the work is. Cheap enough to be called for every row."""
        self._pulse.note(done, total)

    @contextmanager
    def writing(self):
        """A transaction that counts only if the job is still this run's own when it ends.

        Raises:
            RunLost: it is not; everything written within is undone.
        """
        with transaction.atomic():
            yield
            self._check_still_held()

    @contextmanager
    def concluding(self):
        """As :meth:`writing`, for the last step: its writes and the end of the job happen together or not at all."""
        with transaction.atomic():
            yield
            self.conclude()

    def conclude(self):
        if not self._is_concluded and not actions.conclude(job=self._job):
            raise RunLost
        self._is_concluded = True

    def _check_still_held(self):
        """Asked last, with the row locked until the commit, so that nobody takes the job up in between."""
        held = BackgroundJob.objects.select_for_update().filter(
            pk=self._job.pk, state=BackgroundJob.State.RUNNING, attempts=self._job.attempts
        )
        if held.first() is None:
            raise RunLost


def run(*, job_id, task_id):
    """Does a job, unless somebody else has it; how it ended stands in the job."""
    job = actions.take(job_id=job_id, task_id=task_id)
    if job is None:
        return
    # Reasons are kept in Indonesian, the language of all sentences' ids, whoever asked.
    with translation.override(settings.LANGUAGE_CODE):
        _do(job)


def _do(job):
    reason = _reason_of_failure(job)
    # Not within the handling of what went wrong: should this fail too, the queue would keep both tracebacks.
    if reason:
        actions.fail(job=job, reason=reason)


def _reason_of_failure(job):
    """Does the job; empty when it went well, or when it is no longer this worker's."""
    this = Run(job)
    try:
        kind = kind_of(job.kind)
        if kind is None:
            return _UNKNOWN
        with this._pulse:
            kind.work(this)
        this.conclude()
    except RunLost:
        logger.warning("job %s was taken up by another worker", job.pk)
    except WorkRefused as refusal:
        return str(refusal)
    except Exception:
        # The message of an exception may hold personal data; the log takes numbers of people out, the job keeps none.
        logger.exception("job %s (%s) failed", job.pk, job.kind)
        return _UNEXPECTED
    except BaseException:
        # The worker is told to stop at once.
        actions.put_back(job=job)
        raise
    return ""


class _Pulse:
    """Signs of life and progress of a running job, written beside the work.

    With workers they come from a thread with a connection of its own, so that a long step is not taken for death and
    progress is seen before its transaction ends. Without workers nobody waits for them, and progress alone is written.
    """

    def __init__(self, job):
        self._job, self._progress = job, {}
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._beat, daemon=True) if queue.has_workers() else None

    def note(self, done, total):
        self._progress = {"done": done, "total": total}

    def __enter__(self):
        if self._thread:
            self._thread.start()

    def __exit__(self, *_error):
        self._stopped.set()
        if self._thread:
            self._thread.join()
        if self._progress:
            self._give_sign()

    def _beat(self):
        try:
            while not self._stopped.wait(settings.WORK_LEASE_SECONDS / BEATS_PER_LEASE):
                self._give_sign()
        finally:
            connection.close()

    def _give_sign(self):
        try:
            BackgroundJob.objects.filter(pk=self._job.pk, attempts=self._job.attempts).update(
                alive_at=timezone.now(), **self._progress
            )
        except OperationalError:
            # SQLite: the work itself holds the only write lock. The next sign gets through.
            logger.debug("job %s: no sign of life this time", self._job.pk)
