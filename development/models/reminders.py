from django.db import models
from django.db.models import Q

from development.models.goals import Goal


class Reminder(models.Model):
    """One reminder of one goal for one date: claimed by a worker, then sent. A new date earns new reminders.

    Claiming is inserting the row, which only one of several workers can do. A claim without ``sent_at`` belongs to a
    worker that is sending now, or to one that died.
    """

    class Kind(models.TextChoices):
        HALF = "half", "Tengah waktu"
        DUE = "due", "Pada tanggalnya"

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="reminders")
    kind = models.CharField("jenis", max_length=4, choices=Kind)
    due_on = models.DateField("tanggal sasaran")
    claimed_at = models.DateTimeField("diambil pada")
    sent_at = models.DateTimeField("dikirim pada", null=True, blank=True)

    class Meta:
        verbose_name = "pengingat"
        verbose_name_plural = "pengingat"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["goal", "kind", "due_on"], name="reminder_once_per_goal_and_date"
            ),
            models.CheckConstraint(name="reminder_kind_known", condition=Q(kind__in=["half", "due"])),
            models.CheckConstraint(
                name="reminder_sent_after_claimed",
                condition=Q(sent_at__isnull=True) | Q(sent_at__gte=models.F("claimed_at")),
            ),
        ]

    def __str__(self):
        return f"pengingat {self.pk}"
