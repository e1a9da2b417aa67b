"""Failures to protect personal data: what was open to strangers, when, and who was told."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from agencies.models import Agency

# UU 27/2022 art. 46: three times twenty-four hours after it was noticed, to the people and to the authority.
TIME_TO_TELL = timedelta(hours=72)


class Incident(models.Model):
    """One failure at one agency: which classes of data were open between two moments, and how it is dealt with."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    agency = models.ForeignKey(
        Agency, verbose_name="instansi", on_delete=models.PROTECT, related_name="incidents"
    )
    title = models.CharField("judul", max_length=120)
    data_classes = models.JSONField("golongan data")
    since = models.DateTimeField("terbuka sejak")
    until = models.DateTimeField("terbuka sampai")
    noticed_at = models.DateTimeField("diketahui pada")
    due_at = models.DateTimeField("batas pemberitahuan")
    what_happened = models.CharField("apa yang terjadi", max_length=2_000)
    handling = models.CharField("penanganan", max_length=2_000)
    reported_at = models.DateTimeField("dicatat pada")
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="dicatat oleh",
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )

    class Meta:
        verbose_name = "insiden data"
        verbose_name_plural = "insiden data"
        ordering = ["-noticed_at", "-id"]
        constraints = [
            models.CheckConstraint(name="incident_until_after_since", condition=Q(until__gt=F("since"))),
            models.CheckConstraint(
                name="incident_due_after_noticed", condition=Q(due_at__gt=F("noticed_at"))
            ),
        ]

    def __str__(self):
        return self.title


class IncidentLetter(models.Model):
    """That one person is told of an incident by e-mail. Claimed before it is sent, so that nobody is told twice."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="letters")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="incident_letters"
    )
    claimed_at = models.DateTimeField("diambil pada")
    sent_at = models.DateTimeField("terkirim pada", null=True)

    class Meta:
        verbose_name = "surat insiden"
        verbose_name_plural = "surat insiden"
        constraints = [
            models.UniqueConstraint(fields=["incident", "person"], name="incident_letter_person_once"),
        ]

    def __str__(self):
        return f"surat insiden {self.pk}"
