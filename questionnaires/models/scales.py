"""What a version measures, and what the report says of it."""

from django.db import models
from django.db.models import Q

from questionnaires.feedback_bands import ALL_BANDS
from questionnaires.models.frameworks import Competency
from questionnaires.models.versions import Version


class Scale(models.Model):
    """A dimension, a facet of one, or a scale of another kind."""

    class Kind(models.TextChoices):
        DIMENSION = "dimension", "Dimensi"
        FACET = "facet", "Aspek"
        CLIMATE = "climate", "Iklim unit"
        SITUATIONAL = "situational", "Pertimbangan situasional"
        RESPONSE_STYLE = "response_style", "Gaya menjawab"

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="scales")
    code = models.CharField("kode", max_length=40)
    kind = models.CharField("jenis", max_length=16, choices=Kind)
    parent = models.ForeignKey(
        "self", verbose_name="dimensi", on_delete=models.CASCADE, null=True, blank=True, related_name="facets"
    )
    position = models.PositiveSmallIntegerField("urutan", default=1)
    name_ind = models.CharField("nama (Indonesia)", max_length=120)
    name_eng = models.CharField("nama (Inggris)", max_length=120)
    definition_ind = models.TextField("definisi (Indonesia)")
    definition_eng = models.TextField("definisi (Inggris)")
    traits = models.JSONField("kode sifat", default=list, blank=True)
    competencies = models.ManyToManyField(Competency, verbose_name="kompetensi", blank=True)

    class Meta:
        verbose_name = "skala"
        verbose_name_plural = "skala"
        ordering = ["version", "position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "code"], name="scale_code_unique_in_version"),
            models.CheckConstraint(
                name="scale_parent_only_for_facets",
                condition=Q(kind="facet", parent__isnull=False) | (~Q(kind="facet") & Q(parent__isnull=True)),
            ),
            models.CheckConstraint(
                name="scale_kind_known",
                condition=Q(kind__in=["dimension", "facet", "climate", "situational", "response_style"]),
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.name_ind}"


class FeedbackText(models.Model):
    """What the report says of one scale in one band. Kinds of scales have bands of their own."""

    scale = models.ForeignKey(Scale, on_delete=models.CASCADE, related_name="feedback_texts")
    band = models.CharField("kategori", max_length=20)
    meaning_ind = models.TextField("makna (Indonesia)")
    meaning_eng = models.TextField("makna (Inggris)")

    class Meta:
        verbose_name = "teks umpan balik"
        verbose_name_plural = "teks umpan balik"
        ordering = ["scale", "id"]
        constraints = [
            models.UniqueConstraint(fields=["scale", "band"], name="feedback_text_unique_in_scale"),
            models.CheckConstraint(name="feedback_text_band_known", condition=Q(band__in=ALL_BANDS)),
        ]

    def __str__(self):
        return f"{self.scale} · {self.band}"


class FeedbackTip(models.Model):
    """One suggestion of a feedback text, doable within two weeks."""

    class Method(models.TextChoices):
        TRAINING = "pelatihan", "Pelatihan"
        COACHING = "coaching", "Coaching"
        MENTORING = "mentoring", "Mentoring"
        INTERNSHIP = "magang", "Magang"
        SELF_STUDY = "belajar_mandiri", "Belajar mandiri"
        ASSIGNMENT = "penugasan", "Penugasan"
        SEMINAR = "seminar", "Seminar"
        COMMUNITY = "komunitas", "Komunitas belajar"

    feedback_text = models.ForeignKey(FeedbackText, on_delete=models.CASCADE, related_name="tips")
    position = models.PositiveSmallIntegerField("urutan")
    text_ind = models.TextField("teks (Indonesia)")
    text_eng = models.TextField("teks (Inggris)")
    method = models.CharField("metode", max_length=16, choices=Method)
    jp = models.PositiveSmallIntegerField("JP", default=0)

    class Meta:
        verbose_name = "saran"
        verbose_name_plural = "saran"
        ordering = ["feedback_text", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["feedback_text", "position"], name="feedback_tip_position_unique"
            ),
            models.CheckConstraint(
                name="feedback_tip_method_known",
                condition=Q(
                    method__in=[
                        "pelatihan",
                        "coaching",
                        "mentoring",
                        "magang",
                        "belajar_mandiri",
                        "penugasan",
                        "seminar",
                        "komunitas",
                    ]
                ),
            ),
        ]

    def __str__(self):
        return self.text_ind[:60]
