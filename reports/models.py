from django.conf import settings
from django.db import models
from django.db.models import Q

from agencies.models import Agency, Unit
from assessments.models import SMALLEST_GROUP, Campaign
from questionnaires.models import Version


class ReleaseState(models.Model):
    """The frozen results of one agency in one closed campaign: that they exist, and by which rule they were made."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="releases")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="releases")
    frozen_at = models.DateTimeField("dibekukan pada")
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    minimum_group_size = models.PositiveSmallIntegerField("jumlah minimum responden")
    engine_version = models.CharField("versi mesin skor", max_length=12)

    class Meta:
        verbose_name = "hasil beku"
        verbose_name_plural = "hasil beku"
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "agency"], name="release_once_per_campaign_and_agency"
            ),
            models.CheckConstraint(
                name="release_minimum_group_size_at_least_ten",
                condition=Q(minimum_group_size__gte=SMALLEST_GROUP),
            ),
        ]

    def __str__(self):
        return f"{self.campaign} · {self.agency}"


class ResultCell(models.Model):
    """One published or hidden aggregate: a unit and what is below it, on one scale of one questionnaire.

    A row without a scale is the unit's number of respondents. A hidden cell holds no number at all, so that no page,
    export or query can show one.
    """

    release = models.ForeignKey(ReleaseState, on_delete=models.CASCADE, related_name="cells")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    unit_path = models.CharField("jalur unit", max_length=80)
    version = models.ForeignKey(Version, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    scale_code = models.CharField("kode skala", max_length=40, blank=True)
    is_shown = models.BooleanField("ditampilkan")
    n = models.PositiveIntegerField("jumlah responden", null=True, blank=True)
    invited = models.PositiveIntegerField("jumlah yang diminta", null=True, blank=True)
    mean = models.FloatField("rata-rata (0–100)", null=True, blank=True)
    interval_low = models.FloatField("batas bawah selang 95%", null=True, blank=True)
    interval_high = models.FloatField("batas atas selang 95%", null=True, blank=True)

    class Meta:
        verbose_name = "sel hasil"
        verbose_name_plural = "sel hasil"
        constraints = [
            models.UniqueConstraint(
                fields=["release", "unit", "version", "scale_code"],
                condition=Q(version__isnull=False),
                name="result_cell_unique_per_scale",
            ),
            models.UniqueConstraint(
                fields=["release", "unit"],
                condition=Q(version__isnull=True),
                name="result_cell_one_count_per_unit",
            ),
            models.CheckConstraint(
                name="result_cell_hidden_has_no_number",
                condition=Q(is_shown=True)
                | Q(
                    n__isnull=True,
                    invited__isnull=True,
                    mean__isnull=True,
                    interval_low__isnull=True,
                    interval_high__isnull=True,
                ),
            ),
            models.CheckConstraint(
                name="result_cell_shown_is_large_enough",
                condition=Q(is_shown=False) | Q(n__isnull=False, n__gte=SMALLEST_GROUP),
            ),
            models.CheckConstraint(
                name="result_cell_shown_has_its_number",
                condition=Q(is_shown=False)
                | Q(version__isnull=True, invited__isnull=False)
                | Q(version__isnull=False, mean__isnull=False),
            ),
            models.CheckConstraint(
                name="result_cell_scale_needs_version",
                condition=Q(version__isnull=True, scale_code="")
                | (Q(version__isnull=False) & ~Q(scale_code="")),
            ),
        ]
        indexes = [
            # A dashboard page: one unit and its children.
            models.Index(fields=["release", "unit_path"], name="result_cell_by_unit"),
        ]

    def __str__(self):
        return f"{self.release} · {self.unit} · {self.scale_code or 'responden'}"
