import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from agencies.models import Unit

LONGEST_PURPOSE = 200  # letters; the mark in a file repeats it


class ExportQuerySet(models.QuerySet):
    def with_file_at(self, now):
        """Exports whose file may still be fetched."""
        return self.filter(made_at__isnull=False, removed_at__isnull=True, expires_at__gt=now)

    def expired_at(self, now):
        """Exports whose file is still kept and may no longer be."""
        return self.filter(removed_at__isnull=True, expires_at__lte=now)


class Export(models.Model):
    """One file of frozen results that somebody asked for: who, when, what for, of which unit, and until when.

    The row outlives its file: it is the record that figures have left the product.
    """

    class Form(models.TextChoices):
        CSV = "csv", "CSV"
        XLSX = "xlsx", "XLSX"
        PDF = "pdf", "PDF"

    public_id = models.UUIDField("id publik", default=uuid.uuid4, unique=True, editable=False)
    release = models.ForeignKey("reports.ReleaseState", on_delete=models.PROTECT, related_name="exports")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    # Where the unit stood in the release: the file covers it and everything below.
    unit_path = models.CharField("jalur unit", max_length=80)
    form = models.CharField("bentuk", max_length=4, choices=Form)
    language = models.CharField("bahasa", max_length=5)
    purpose = models.CharField("tujuan", max_length=LONGEST_PURPOSE)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="diminta oleh",
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        db_index=False,
    )
    asked_at = models.DateTimeField("diminta pada")
    # Of the form that was sent: the same form sent twice asks once.
    request_key = models.UUIDField("kunci permintaan", editable=False)
    made_at = models.DateTimeField("dibuat pada", null=True)
    expires_at = models.DateTimeField("berlaku sampai", null=True)
    removed_at = models.DateTimeField("berkas dihapus pada", null=True)
    line_count = models.PositiveIntegerField("banyaknya baris", default=0)
    size = models.PositiveBigIntegerField("ukuran (bita)", default=0)

    objects = ExportQuerySet.as_manager()

    class Meta:
        verbose_name = "ekspor hasil"
        verbose_name_plural = "ekspor hasil"
        ordering = ["-id"]
        constraints = [
            # Also the index that finds the exports of a person.
            models.UniqueConstraint(fields=["asked_by", "request_key"], name="export_once_per_form_sent"),
            models.CheckConstraint(name="export_form_known", condition=Q(form__in=["csv", "xlsx", "pdf"])),
            models.CheckConstraint(name="export_has_a_purpose", condition=~Q(purpose="")),
            models.CheckConstraint(
                name="export_made_expires",
                condition=Q(made_at__isnull=True, expires_at__isnull=True, removed_at__isnull=True)
                | Q(made_at__isnull=False, expires_at__isnull=False, expires_at__gt=F("made_at")),
            ),
        ]
        indexes = [
            # Removing looks for files that have expired.
            models.Index(
                fields=["expires_at"], condition=Q(removed_at__isnull=True), name="export_file_by_expiry"
            ),
        ]

    def __str__(self):
        # Without names: this text appears in logs.
        return f"ekspor {self.public_id}"


class ExportPart(models.Model):
    """About a megabyte of the file of an export, compressed; gone when the file has expired."""

    export = models.ForeignKey(Export, on_delete=models.CASCADE, related_name="parts", db_index=False)
    number = models.PositiveIntegerField("nomor")
    content = models.BinaryField("isi")

    class Meta:
        verbose_name = "potongan berkas ekspor"
        verbose_name_plural = "potongan berkas ekspor"
        constraints = [
            # Also the index that reads the parts of a file in their order.
            models.UniqueConstraint(fields=["export", "number"], name="export_part_number_unique_in_export")
        ]
