from django.conf import settings
from django.db import models
from django.db.models import F, Q

from questionnaires.models import Version
from scoring.calibration import FEWEST_PEOPLE as FEWEST_CALIBRATED
from scoring.calibration import PEOPLE_AN_ITEM
from scoring.norms import FEWEST_CONTRIBUTORS, FEWEST_PEOPLE


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


class FrozenSample(models.Model):
    """Whose answers a set of figures was computed from, and by which rules. Frozen together with its figures.

    Campaigns and agencies stand here as text: the figures outlive them, and scoring knows nothing of campaigns.
    """

    number = models.PositiveSmallIntegerField("nomor")
    rule = models.ForeignKey(
        ScoringRule, verbose_name="aturan skor", on_delete=models.PROTECT, related_name="+"
    )
    campaign_code = models.CharField("kode periode", max_length=60)
    population = models.CharField(
        "kelompok", max_length=300, help_text="Satu kalimat: siapa, di mana, kapan, bagaimana diminta."
    )
    inclusion = models.CharField("aturan penyertaan", max_length=300)
    first_day = models.DateField("jawaban pertama")
    last_day = models.DateField("jawaban terakhir")
    people = models.PositiveIntegerField("orang yang disertakan")
    left_out = models.PositiveIntegerField("orang yang tidak disertakan")
    contributors = models.JSONField("penyumbang", help_text="Jumlah orang menurut kode instansi atau unit.")
    quality_version = models.CharField("versi aturan mutu", max_length=12)
    engine_version = models.CharField("versi mesin skor", max_length=12)
    frozen_at = models.DateTimeField("dibekukan pada")
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="dibekukan oleh",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )

    class Meta:
        abstract = True
        ordering = ["version", "-number"]


class CalibrationSet(FrozenSample):
    """The calibration of a version from one sample. A trigger refuses every update (freezing.py); a later one is a
    new number."""

    version = models.ForeignKey(
        Version, verbose_name="versi", on_delete=models.PROTECT, related_name="calibration_sets"
    )

    class Meta(FrozenSample.Meta):
        verbose_name = "kalibrasi"
        verbose_name_plural = "kalibrasi"
        constraints = [
            models.UniqueConstraint(
                fields=["version", "number"], name="calibration_set_number_unique_in_version"
            ),
            models.UniqueConstraint(
                fields=["version", "campaign_code", "rule", "quality_version", "engine_version"],
                name="calibration_set_once_per_campaign_and_rules",
            ),
            models.CheckConstraint(
                name="calibration_set_sample_large_enough", condition=Q(people__gte=FEWEST_CALIBRATED)
            ),
            models.CheckConstraint(
                name="calibration_set_days_in_order", condition=Q(last_day__gte=F("first_day"))
            ),
        ]

    def __str__(self):
        return f"{self.version} · kalibrasi {self.number}"


class Calibration(models.Model):
    """Reliability and spread of one scale in a frozen sample; the source of every standard error shown."""

    set = models.ForeignKey(
        CalibrationSet, verbose_name="kalibrasi", on_delete=models.PROTECT, related_name="scales"
    )
    scale_code = models.CharField("kode skala", max_length=40)
    sample_size = models.PositiveIntegerField("orang dengan jawaban lengkap")
    item_count = models.PositiveSmallIntegerField("jumlah butir")
    mean = models.FloatField("rata-rata (0–100)")
    standard_deviation = models.FloatField("simpangan baku (0–100)")
    reliability = models.FloatField("reliabilitas")
    coefficient = models.CharField("koefisien", max_length=12)

    class Meta:
        verbose_name = "kalibrasi skala"
        verbose_name_plural = "kalibrasi skala"
        ordering = ["set", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["set", "scale_code"], name="calibration_scale_once_in_set"),
            # Terwee et al. 2007: at least 100 people, and seven a piece for every item.
            models.CheckConstraint(
                name="calibration_sample_large_enough",
                condition=Q(sample_size__gte=FEWEST_CALIBRATED)
                & Q(sample_size__gte=F("item_count") * PEOPLE_AN_ITEM),
            ),
            models.CheckConstraint(
                name="calibration_figures_possible",
                condition=Q(
                    reliability__gte=0,
                    reliability__lt=1,
                    standard_deviation__gt=0,
                    mean__gte=0,
                    mean__lte=100,
                ),
            ),
            models.CheckConstraint(
                name="calibration_coefficient_known", condition=Q(coefficient__in=["omega_total", "alpha"])
            ),
        ]

    def __str__(self):
        return f"{self.scale_code} · n={self.sample_size}"


class NormSet(FrozenSample):
    """A named norm group of a version: who they were, when, by which rules. Never a live query, never updated."""

    version = models.ForeignKey(
        Version, verbose_name="versi", on_delete=models.PROTECT, related_name="norm_sets"
    )

    class Meta(FrozenSample.Meta):
        verbose_name = "kelompok norma"
        verbose_name_plural = "kelompok norma"
        constraints = [
            models.UniqueConstraint(fields=["version", "number"], name="norm_set_number_unique_in_version"),
            models.UniqueConstraint(
                fields=["version", "campaign_code", "rule", "quality_version", "engine_version"],
                name="norm_set_once_per_campaign_and_rules",
            ),
            models.CheckConstraint(
                name="norm_set_sample_large_enough", condition=Q(people__gte=FEWEST_PEOPLE)
            ),
            models.CheckConstraint(name="norm_set_days_in_order", condition=Q(last_day__gte=F("first_day"))),
        ]

    def __str__(self):
        return f"{self.version} · norma {self.number}"


class NormTable(models.Model):
    """The frozen distribution of one scale in a norm group."""

    set = models.ForeignKey(
        NormSet, verbose_name="kelompok norma", on_delete=models.PROTECT, related_name="scales"
    )
    scale_code = models.CharField("kode skala", max_length=40)
    sample_size = models.PositiveIntegerField("jumlah orang")
    contributor_count = models.PositiveIntegerField("jumlah penyumbang")
    largest_contribution = models.PositiveIntegerField("orang dari penyumbang terbesar")
    mean = models.FloatField("rata-rata")
    standard_deviation = models.FloatField("simpangan baku")
    skewness = models.FloatField("kemencengan", null=True)
    # Exact scores, so that a percentile can be computed again to the last bit.
    frequencies = models.JSONField("sebaran", help_text="[pembilang, penyebut, jumlah orang], skor menaik.")

    class Meta:
        verbose_name = "tabel norma"
        verbose_name_plural = "tabel norma"
        ordering = ["set", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["set", "scale_code"], name="norm_table_scale_once_in_set"),
            # The standard error of a percentile near the median is 3.5 points at 200 people and grows fast below.
            models.CheckConstraint(
                name="norm_table_sample_large_enough", condition=Q(sample_size__gte=FEWEST_PEOPLE)
            ),
            models.CheckConstraint(
                name="norm_table_sample_mixed_enough",
                condition=Q(
                    contributor_count__gte=FEWEST_CONTRIBUTORS,
                    sample_size__gte=F("largest_contribution") * 2,
                ),
            ),
        ]

    def __str__(self):
        return f"{self.scale_code} · n={self.sample_size}"
