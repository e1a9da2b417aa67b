from django.db import models
from django.db.models import Q


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


class AuditLink(models.Model):
    """An event's place in the chain: whoever changes or removes an event breaks it (see ``audit.chain``).

    Made a few seconds after the event, so that whoever acts need not wait for whoever acts at the same moment.
    """

    position = models.PositiveBigIntegerField("tempat", primary_key=True)
    # No foreign key: a link outlives a removed event and so tells of it.
    event_id = models.BigIntegerField("id peristiwa", unique=True)
    # Empty once the name of whoever did it has been erased.
    salt = models.BinaryField("garam")
    commitment = models.BinaryField("ikatan nama")
    hash = models.BinaryField("sidik")

    class Meta:
        verbose_name = "mata rantai audit"
        verbose_name_plural = "rantai audit"
        ordering = ["position"]

    def __str__(self):
        return f"{self.position}: {bytes(self.hash).hex()}"


class SealingState(models.Model):
    """The one row that sealers hold while they work, and up to where every event is sure to have its link.

    Ids are given before transactions end, so an event may come to light after events with higher ids. What had been
    given by ``noted_at`` is complete some hours later: no transaction lasts that long.
    """

    settled_id = models.BigIntegerField("id yang sudah lengkap", default=0)
    noted_id = models.BigIntegerField("id yang dicatat", default=0)
    noted_at = models.DateTimeField("dicatat pada")

    class Meta:
        verbose_name = "keadaan penyegelan"
        verbose_name_plural = "keadaan penyegelan"
        constraints = [models.CheckConstraint(name="sealing_state_is_one_row", condition=Q(pk=1))]

    def __str__(self):
        return f"lengkap sampai {self.settled_id}"
