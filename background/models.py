import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q


class BackgroundJob(models.Model):
    """One piece of work that somebody asked for and that a worker does beside the server.

    It holds ids and counts only: what it is about stands in the rows that ``subject_id`` and ``agency_id`` lead to.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Menunggu"
        RUNNING = "running", "Sedang dikerjakan"
        DONE = "done", "Selesai"
        FAILED = "failed", "Gagal"

    UNFINISHED = (State.WAITING, State.RUNNING)

    public_id = models.UUIDField("id publik", default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField("jenis pekerjaan", max_length=60)
    # No foreign keys: the rows of apps above, which this one does not know.
    subject_id = models.BigIntegerField("id pokok")
    agency_id = models.BigIntegerField("id instansi", null=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="diminta oleh",
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    state = models.CharField("keadaan", max_length=8, choices=State, default=State.WAITING)
    # How many workers have begun it. Also the token of a run: whoever holds an older number has lost the job.
    attempts = models.PositiveSmallIntegerField("kali dimulai", default=0)
    done = models.PositiveIntegerField("bagian selesai", default=0)
    total = models.PositiveIntegerField("seluruh bagian", default=0)
    reason = models.TextField("sebab kegagalan", blank=True)
    asked_at = models.DateTimeField("diminta pada")
    started_at = models.DateTimeField("dimulai pada", null=True)
    # When its worker last gave a sign of life.
    alive_at = models.DateTimeField("tanda hidup terakhir", null=True)
    finished_at = models.DateTimeField("selesai pada", null=True)
    # The row of the queue that the worker took it from.
    task_id = models.CharField("id antrean", max_length=64, blank=True)

    class Meta:
        verbose_name = "pekerjaan latar"
        verbose_name_plural = "pekerjaan latar"
        ordering = ["-id"]
        constraints = [
            # Also refuses a state that nobody knows.
            models.CheckConstraint(
                name="job_finished_matches_state",
                condition=Q(state__in=["waiting", "running"], finished_at__isnull=True)
                | Q(state__in=["done", "failed"], finished_at__isnull=False),
            ),
            models.CheckConstraint(
                name="job_failure_has_a_reason", condition=~Q(state="failed") | ~Q(reason="")
            ),
            # The same work is not asked for twice at once.
            models.UniqueConstraint(
                fields=["kind", "subject_id", "agency_id"],
                condition=Q(state__in=["waiting", "running"], agency_id__isnull=False),
                name="job_unfinished_once_in_agency",
            ),
            models.UniqueConstraint(
                fields=["kind", "subject_id"],
                condition=Q(state__in=["waiting", "running"], agency_id__isnull=True),
                name="job_unfinished_once_everywhere",
            ),
        ]
        indexes = [
            # Workers look for those whose own worker has died.
            models.Index(fields=["alive_at"], condition=Q(state="running"), name="job_running"),
            # The work of one agency, newest first.
            models.Index(fields=["agency_id", "-id"], name="job_by_agency"),
        ]

    def __str__(self):
        return f"{self.kind} {self.subject_id}"

    @property
    def is_finished(self) -> bool:
        return self.state not in self.UNFINISHED
