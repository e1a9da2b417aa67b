"""What people ask about their own data, each with the clock that the law sets."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from agencies.models import Agency

LONGEST_REQUEST = 1_000
# UU 27/2022: three times twenty-four hours, from the moment of asking; weekends count.
TIME_TO_ANSWER = timedelta(hours=72)


class DataRequest(models.Model):
    """One request of one person to the controller of the data, which is the person's agency.

    Withdrawing and restricting take effect at once and are kept here as answered; the others wait for an administrator.
    """

    class Kind(models.TextChoices):
        CORRECTION = "correction", "Perbaikan data"
        ERASURE = "erasure", "Penghapusan data"
        QUESTION = "question", "Keberatan atau pertanyaan"
        WITHDRAWAL = "withdrawal", "Penarikan persetujuan"
        RESTRICTION = "restriction", "Pembatasan pemrosesan"

    class State(models.TextChoices):
        OPEN = "open", "Menunggu"
        DONE = "done", "Dipenuhi"
        DECLINED = "declined", "Ditolak"

    AT_ONCE = (Kind.WITHDRAWAL, Kind.RESTRICTION)

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="data_requests"
    )
    agency = models.ForeignKey(
        Agency, verbose_name="instansi", on_delete=models.PROTECT, null=True, related_name="+"
    )
    kind = models.CharField("permintaan", max_length=12, choices=Kind)
    text = models.CharField("uraian", max_length=LONGEST_REQUEST, blank=True)
    asked_at = models.DateTimeField("diminta pada")
    due_at = models.DateTimeField("batas waktu")
    state = models.CharField("status", max_length=8, choices=State, default=State.OPEN)
    decided_at = models.DateTimeField("dijawab pada", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    answer = models.CharField("jawaban", max_length=LONGEST_REQUEST, blank=True)

    class Meta:
        verbose_name = "permintaan data"
        verbose_name_plural = "permintaan data"
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="data_request_decided_at_matches_state",
                condition=Q(state="open", decided_at__isnull=True)
                | Q(state__in=["done", "declined"], decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="data_request_due_after_asked", condition=Q(due_at__gt=F("asked_at"))
            ),
            models.CheckConstraint(
                name="data_request_declined_with_a_reason", condition=~Q(state="declined", answer="")
            ),
            models.UniqueConstraint(
                fields=["person", "kind"], condition=Q(state="open"), name="data_request_one_open_of_a_kind"
            ),
        ]
        indexes = [models.Index(fields=["agency", "due_at"], name="data_request_by_agency")]

    def __str__(self):
        # Without the person: this text may stand in logs.
        return f"permintaan {self.public_id}"
