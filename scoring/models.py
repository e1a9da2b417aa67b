from django.conf import settings
from django.db import models
from django.db.models import F, Q

from questionnaires.models import Version


class ScoringRule(models.Model):
    """How the answers to one version become scores.

    Published once, then never changed; a correction is a new number. A trigger refuses every update (freezing.py).
    """

    version = models.ForeignKey(
        Version, verbose_name="versi", on_delete=models.PROTECT, related_name="scoring_rules"
    )
    number = models.PositiveSmallIntegerField("nomor")
    document = models.JSONField("isi")
    content_hash = models.CharField("sidik isi", max_length=64)
    published_at = models.DateTimeField("terbit pada")
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="diterbitkan oleh",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )

    class Meta:
        verbose_name = "aturan skor"
        verbose_name_plural = "aturan skor"
        ordering = ["version", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "number"], name="scoring_rule_number_unique_in_version"
            ),
        ]

    def __str__(self):
        return f"{self.version} · aturan {self.number}"


class RuleProposal(models.Model):
    """A scoring rule prepared for a version: published with it, or later by a second person as its next rule."""

    version = models.ForeignKey(
        Version, verbose_name="versi", on_delete=models.CASCADE, related_name="rule_proposals"
    )
    document = models.JSONField("isi")
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="disunting oleh", on_delete=models.PROTECT, related_name="+"
    )
    edited_at = models.DateTimeField("disunting pada")
    # Everybody who had a hand in it: none of them may publish it.
    editors = models.ManyToManyField(settings.AUTH_USER_MODEL, verbose_name="penyunting", related_name="+")
    published_as = models.OneToOneField(
        ScoringRule,
        verbose_name="terbit sebagai",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="proposal",
    )
    change_note = models.TextField("catatan perubahan", blank=True)

    class Meta:
        verbose_name = "usulan aturan skor"
        verbose_name_plural = "usulan aturan skor"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["version"],
                condition=Q(published_as__isnull=True),
                name="rule_proposal_one_open_per_version",
            ),
            models.CheckConstraint(
                name="rule_proposal_published_with_a_note",
                condition=Q(published_as__isnull=True, change_note="")
                | (Q(published_as__isnull=False) & ~Q(change_note="")),
            ),
        ]

    def __str__(self):
        return f"{self.version} · usulan aturan"


class Calibration(models.Model):
    """Reliability and spread of one scale of a version in a frozen sample; the source of every standard error shown."""

    version = models.ForeignKey(
        Version, verbose_name="versi", on_delete=models.PROTECT, related_name="calibrations"
    )
    scale_code = models.CharField("kode skala", max_length=40)
    sample = models.CharField("contoh", max_length=300, help_text="Siapa, kapan, bagaimana dipilih.")
    sample_size = models.PositiveIntegerField("jumlah orang")
    item_count = models.PositiveSmallIntegerField("jumlah butir")
    mean = models.FloatField("rata-rata (0–100)")
    standard_deviation = models.FloatField("simpangan baku (0–100)")
    reliability = models.FloatField("reliabilitas")
    frozen_at = models.DateTimeField("dibekukan pada")
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = "kalibrasi"
        verbose_name_plural = "kalibrasi"
        constraints = [
            models.UniqueConstraint(fields=["version", "scale_code", "frozen_at"], name="calibration_unique"),
            # Terwee et al. 2007: at least 100 people, and seven a piece for every item.
            models.CheckConstraint(
                name="calibration_sample_large_enough",
                condition=Q(sample_size__gte=100) & Q(sample_size__gte=F("item_count") * 7),
            ),
        ]

    def __str__(self):
        return f"{self.version} · {self.scale_code} · n={self.sample_size}"


class NormTable(models.Model):
    """The frozen distribution of one scale in a named norm group; never a live query."""

    version = models.ForeignKey(
        Version, verbose_name="versi", on_delete=models.PROTECT, related_name="norm_tables"
    )
    scale_code = models.CharField("kode skala", max_length=40)
    population = models.CharField("kelompok norma", max_length=300)
    sample_size = models.PositiveIntegerField("jumlah orang")
    mean = models.FloatField("rata-rata")
    standard_deviation = models.FloatField("simpangan baku")
    frequencies = models.JSONField("sebaran", help_text="Pasangan [skor tampil, jumlah orang].")
    frozen_at = models.DateTimeField("dibekukan pada")
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = "tabel norma"
        verbose_name_plural = "tabel norma"
        constraints = [
            models.UniqueConstraint(
                fields=["version", "scale_code", "population", "frozen_at"], name="norm_table_unique"
            ),
            # The standard error of a percentile near the median is 3.5 points at 200 people and grows fast below.
            models.CheckConstraint(name="norm_table_sample_large_enough", condition=Q(sample_size__gte=200)),
        ]

    def __str__(self):
        return f"{self.version} · {self.scale_code} · {self.population}"
