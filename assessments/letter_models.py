"""Rows behind the e-mails of periods. Imported by ``assessments.models``, which Django looks into."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from assessments.letters.timing import FEWEST_DAYS, MOST_DAYS, MOST_REMINDERS


class Letters(models.Model):
    """What one period writes to its people: both texts, and how often at most. Without a row nothing is written.

    ``is_automatic``: the scheduler sends too, and not only the button.
    """

    campaign = models.OneToOneField("assessments.Campaign", on_delete=models.CASCADE, related_name="letters")
    invitation = models.TextField("teks undangan")
    reminder = models.TextField("teks pengingat")
    most_reminders = models.PositiveSmallIntegerField("paling banyak pengingat")
    days_between = models.PositiveSmallIntegerField("jarak antarsurel (hari)")
    is_automatic = models.BooleanField("dikirim otomatis", default=False)

    class Meta:
        verbose_name = "surel periode"
        verbose_name_plural = "surel periode"
        constraints = [
            models.CheckConstraint(
                name="letters_few_reminders", condition=Q(most_reminders__lte=MOST_REMINDERS)
            ),
            models.CheckConstraint(
                name="letters_days_between",
                condition=Q(days_between__gte=FEWEST_DAYS, days_between__lte=MOST_DAYS),
            ),
        ]

    def __str__(self):
        return f"surel periode {self.pk}"


class Delivery(models.Model):
    """One e-mail of a period to one person: claimed by a worker, then sent. Number 0 invites, 1 and up remind.

    Claiming is inserting the row, which only one of several workers can do. A claim without ``sent_at`` belongs to a
    worker that is sending now, or to one that died.
    """

    assignment = models.ForeignKey(
        "assessments.Assignment", on_delete=models.CASCADE, related_name="deliveries", db_index=False
    )
    number = models.PositiveSmallIntegerField("nomor")
    claimed_at = models.DateTimeField("diambil pada")
    sent_at = models.DateTimeField("dikirim pada", null=True, blank=True)

    class Meta:
        verbose_name = "surel terkirim"
        verbose_name_plural = "surel terkirim"
        constraints = [
            # Also the index that finds the latest letter to a person.
            models.UniqueConstraint(fields=["assignment", "number"], name="delivery_once_per_number"),
            models.CheckConstraint(name="delivery_few", condition=Q(number__lte=MOST_REMINDERS)),
            models.CheckConstraint(
                name="delivery_sent_after_claimed",
                condition=Q(sent_at__isnull=True) | Q(sent_at__gte=F("claimed_at")),
            ),
        ]

    def __str__(self):
        return f"surel {self.pk}"


class MailChoice(models.Model):
    """Whether one person gets reminders of periods. Without a row: yes, until the person stops them by the link."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mail_choice"
    )
    wants_reminders = models.BooleanField("pengingat periode", default=True)

    class Meta:
        verbose_name = "pilihan surel"
        verbose_name_plural = "pilihan surel"

    def __str__(self):
        return f"pilihan surel {self.pk}"
