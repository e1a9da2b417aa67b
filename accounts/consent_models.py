"""What people decide about their own data: consents that they gave and withdrew, and that use of it is restricted."""

from django.conf import settings
from django.db import models


class Consent(models.Model):
    """One choice of one person: given or withdrawn, to which wording, in which language, when. Never changed.

    Only extras are asked for (UU 27/2022 art. 20(2)a); a period itself rests on the agency's public task.
    """

    class Purpose(models.TextChoices):
        PERIOD_REMINDERS = "period_reminders", "Pengingat periode lewat surel"
        PLAN_REMINDERS = "plan_reminders", "Pengingat rencana lewat surel"
        REPORT_SHARE = "report_share", "Berbagi laporan dengan satu orang"

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField("untuk apa", max_length=20, choices=Purpose)
    wording = models.PositiveSmallIntegerField("nomor kalimat")
    language = models.CharField("bahasa", max_length=5)
    is_given = models.BooleanField("disetujui")
    decided_at = models.DateTimeField("diputuskan pada")

    class Meta:
        verbose_name = "persetujuan"
        verbose_name_plural = "persetujuan"
        ordering = ["-decided_at", "-id"]

    def __str__(self):
        return f"persetujuan {self.pk}"


class ProcessingRestriction(models.Model):
    """As long as the row is there, the person's answers are kept and used for nothing new."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="processing_restriction"
    )
    since = models.DateTimeField("sejak")

    class Meta:
        verbose_name = "pembatasan pemrosesan"
        verbose_name_plural = "pembatasan pemrosesan"

    def __str__(self):
        return f"pembatasan {self.pk}"
