"""A questionnaire and its versions."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class Questionnaire(models.Model):
    """A questionnaire through all its versions."""

    code = models.SlugField("kode", max_length=60, unique=True)

    class Meta:
        verbose_name = "kuesioner"
        verbose_name_plural = "kuesioner"
        ordering = ["code"]

    def __str__(self):
        return self.code


class Version(models.Model):
    """One version of a questionnaire: a draft being edited, or a publication that never changes again."""

    class Status(models.TextChoices):
        DRAFT = "draft", "Draf"
        IN_REVIEW = "in_review", "Dalam telaah"
        PUBLISHED = "published", "Terbit"
        RETIRED = "retired", "Ditarik"

    # Not published yet. Only a draft can be edited: what is in review stands still while it is read.
    OPEN = (Status.DRAFT, Status.IN_REVIEW)
    FROZEN = (Status.PUBLISHED, Status.RETIRED)

    questionnaire = models.ForeignKey(
        Questionnaire, verbose_name="kuesioner", on_delete=models.PROTECT, related_name="versions"
    )
    number = models.PositiveSmallIntegerField("nomor")
    status = models.CharField("status", max_length=10, choices=Status, default=Status.DRAFT)
    title_ind = models.CharField("judul (Indonesia)", max_length=120)
    title_eng = models.CharField("judul (Inggris)", max_length=120)
    summary_ind = models.CharField("ringkasan (Indonesia)", max_length=200)
    summary_eng = models.CharField("ringkasan (Inggris)", max_length=200)
    introduction_ind = models.TextField("pengantar (Indonesia)")
    introduction_eng = models.TextField("pengantar (Inggris)")
    minutes = models.PositiveSmallIntegerField("perkiraan menit")
    sources = models.JSONField("dokumen sumber", default=list, blank=True)
    allow_ipsative = models.BooleanField(
        "boleh memuat pilihan paksa",
        default=False,
        help_text="Pilihan paksa hanya memberi urutan kecenderungan seseorang: tanpa skor, kategori, atau norma.",
    )
    derived_from = models.ForeignKey(
        "self",
        verbose_name="turunan dari",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="derived",
    )
    change_note = models.TextField("catatan perubahan", blank=True)
    created_at = models.DateTimeField("dibuat pada")
    last_edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="terakhir disunting oleh",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    # Everybody who had a hand in the draft: none of them may publish it.
    editors = models.ManyToManyField(
        settings.AUTH_USER_MODEL, verbose_name="penyunting", related_name="+", blank=True, editable=False
    )
    document = models.JSONField("dokumen beku", null=True, editable=False)
    content_hash = models.CharField("sidik isi", max_length=64, blank=True, editable=False)
    published_at = models.DateTimeField("terbit pada", null=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="diterbitkan oleh",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )

    class Meta:
        verbose_name = "versi kuesioner"
        verbose_name_plural = "versi kuesioner"
        ordering = ["questionnaire", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["questionnaire", "number"], name="version_number_unique_in_questionnaire"
            ),
            models.UniqueConstraint(
                fields=["questionnaire"],
                condition=Q(status__in=["draft", "in_review"]),
                name="version_one_draft_per_questionnaire",
            ),
            models.UniqueConstraint(
                fields=["questionnaire"],
                condition=Q(status="published"),
                name="version_one_published_per_questionnaire",
            ),
            # Names every status, so there is no other one.
            models.CheckConstraint(
                name="version_publication_whole_or_absent",
                condition=Q(
                    status__in=["draft", "in_review"],
                    document__isnull=True,
                    content_hash="",
                    published_at__isnull=True,
                    published_by__isnull=True,
                )
                | Q(
                    status__in=["published", "retired"],
                    document__isnull=False,
                    content_hash__regex=r"^[0-9a-f]{64}$",
                    published_at__isnull=False,
                    published_by__isnull=False,
                ),
            ),
        ]

    def __str__(self):
        return f"{self.title_ind} · versi {self.number}"
