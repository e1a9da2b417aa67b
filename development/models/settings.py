import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q


class PlanSettings(models.Model):
    """How one person's plan reaches that person: reminders wanted or not, in which language, and when to look again.

    Reminders are off until the person asks for them. ``unsubscribe_key`` stands in the link of every reminder; whoever
    holds it can turn reminders off and nothing else.
    """

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="plan_settings"
    )
    wants_reminders = models.BooleanField("pengingat lewat surel", default=False)
    language = models.CharField("bahasa", max_length=2, choices=settings.LANGUAGES, default="id")
    unsubscribe_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    next_assessment_on = models.DateField("penilaian berikutnya", null=True, blank=True)

    class Meta:
        verbose_name = "pengaturan rencana"
        verbose_name_plural = "pengaturan rencana"
        constraints = [
            models.CheckConstraint(
                name="plan_settings_language_known", condition=Q(language__in=["id", "en"])
            ),
        ]

    def __str__(self):
        return f"pengaturan rencana {self.pk}"
