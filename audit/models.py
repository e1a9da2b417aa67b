from django.db import models


class AuditEvent(models.Model):
    """One thing that somebody did to one record.

    There are no foreign keys, so the trail outlives what it speaks of; rows are written once and never changed.
    """

    at = models.DateTimeField("waktu")
    event = models.CharField("peristiwa", max_length=60)
    actor_id = models.BigIntegerField("id pelaku", null=True)
    actor_label = models.CharField("pelaku", max_length=200)
    agency_id = models.BigIntegerField("id instansi", null=True)
    target_model = models.CharField("jenis sasaran", max_length=60)
    target_id = models.CharField("id sasaran", max_length=40)
    detail = models.JSONField("rincian", default=dict)

    class Meta:
        verbose_name = "peristiwa audit"
        verbose_name_plural = "jejak audit"
        ordering = ["-id"]
        indexes = [
            # The history of one record, newest first.
            models.Index(fields=["target_model", "target_id", "-id"], name="audit_by_target"),
            # What happened in one agency, newest first.
            models.Index(fields=["agency_id", "-id"], name="audit_by_agency"),
        ]

    def __str__(self):
        return f"{self.event} {self.target_model}#{self.target_id}"
