"""What the product keeps about keeping: that retention was applied."""

from django.db import models

from privacy.incident_models import Incident, IncidentLetter
from privacy.request_models import DataRequest

__all__ = ["DataRequest", "Incident", "IncidentLetter", "RetentionRun"]


class RetentionRun(models.Model):
    """One class of data of which rows were removed because their time was over; how many, and nothing about whose."""

    applied_at = models.DateTimeField("diterapkan pada")
    rule = models.CharField("golongan data", max_length=20)
    removed = models.PositiveIntegerField("baris dihapus")

    class Meta:
        verbose_name = "penerapan masa simpan"
        verbose_name_plural = "penerapan masa simpan"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(name="retention_run_removed_something", condition=models.Q(removed__gte=1))
        ]

    def __str__(self):
        return f"{self.rule} · {self.removed}"
