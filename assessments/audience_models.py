"""Rows behind the second step of a period's form. Imported by ``assessments.models``, which Django looks into."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from agencies.models import Unit


class Audience(models.Model):
    """Whom a period asks, as its form says: everybody, some subtrees or an uploaded list, narrowed by kind of post.

    An empty list of categories or kinds narrows nothing. ``list_problems``: the first of the
    rejected rows of the list, as ``[row number, sentence, values]``, without the numbers of people.
    """

    class Base(models.TextChoices):
        WHOLE = "whole", "Semua pegawai"
        UNITS = "units", "Unit kerja yang dipilih"
        LIST = "list", "Daftar NIP yang diunggah"

    campaign = models.OneToOneField("assessments.Campaign", on_delete=models.CASCADE, related_name="audience")
    base = models.CharField("sasaran", max_length=5, choices=Base, default=Base.WHOLE)
    units = models.ManyToManyField(Unit, verbose_name="unit kerja", related_name="+")
    job_categories = models.JSONField("jenis jabatan", default=list, blank=True)
    employment_kinds = models.JSONField("jenis kepegawaian", default=list, blank=True)
    list_rows = models.PositiveIntegerField("baris daftar", default=0)
    rejected_rows = models.PositiveIntegerField("baris yang ditolak", default=0)
    list_problems = models.JSONField("masalah daftar", default=list, blank=True)

    class Meta:
        verbose_name = "sasaran periode"
        verbose_name_plural = "sasaran periode"
        constraints = [
            models.CheckConstraint(
                name="audience_base_known", condition=Q(base__in=["whole", "units", "list"])
            ),
        ]

    def __str__(self):
        return f"sasaran {self.pk}"


class ListedPerson(models.Model):
    """A person on the uploaded list of a draft; the list goes when the period opens, the assignments stay."""

    audience = models.ForeignKey(Audience, on_delete=models.CASCADE, related_name="listed", db_index=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = "orang dalam daftar"
        verbose_name_plural = "orang dalam daftar"
        constraints = [
            # Also the index that counts a list.
            models.UniqueConstraint(fields=["audience", "person"], name="listed_person_once_per_audience"),
        ]

    def __str__(self):
        return f"orang {self.pk} dalam daftar"
