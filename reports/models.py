import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from agencies.models import Agency, Unit
from assessments.models import SMALLEST_GROUP, Attempt, Campaign
from questionnaires.models import Version
from reports.disclosure import DISTRIBUTION_THRESHOLD
from reports.exports.models import Export, ExportPart
from reports.sharing.parts import LONGEST_DAYS, LONGEST_NOTE, Part
from scoring.groups import FEWEST_AGENCIES

# Exports stand in their own room; Django looks for models here.
__all__ = [
    "Benchmark",
    "Export",
    "ExportPart",
    "ReleaseState",
    "ReportLook",
    "ReportShare",
    "ResultCell",
    "ResultDetail",
    "SharedPart",
]


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
    # The results with which these are compared; chosen when they were frozen, so that the comparison does not move.
    previous = models.ForeignKey(
        "self", verbose_name="hasil sebelumnya", on_delete=models.PROTECT, null=True, related_name="+"
    )

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


class ResultDetail(models.Model):
    """What a release shows of a unit at one questionnaire beyond the means: figures of one kind.

    Nothing is written about what is hidden: it has no row, or no entry in the figures of its row. The forms of the
    figures stand in ``reports.detail_figures``; they are unrounded, so only ``reports.frozen`` may tell them.
    """

    class Kind(models.TextChoices):
        ITEMS = "items", "Persentase positif per butir"
        BANDS = "bands", "Sebaran kategori"
        QUALITY = "quality", "Mutu jawaban"
        JOB = "job", "Menurut kelompok jabatan"
        EMPLOYMENT = "employment", "Menurut jenis kepegawaian"
        SIDES = "sides", "Staf dan pimpinan"
        PARENT = "parent", "Dibandingkan dengan induk"

    release = models.ForeignKey(ReleaseState, on_delete=models.CASCADE, related_name="details")
    # Without an index of its own: details are looked up within a release.
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    unit_path = models.CharField("jalur unit", max_length=80)
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField("jenis", max_length=10, choices=Kind)
    smallest_group = models.PositiveIntegerField("kelompok terkecil")
    figures = models.JSONField("angka")

    class Meta:
        verbose_name = "rincian hasil"
        verbose_name_plural = "rincian hasil"
        constraints = [
            # Also the index of a dashboard page: everything about one unit.
            models.UniqueConstraint(
                fields=["release", "unit", "version", "kind"], name="result_detail_once_per_kind"
            ),
            models.CheckConstraint(
                name="result_detail_kind_known",
                condition=Q(kind__in=["items", "bands", "quality", "job", "employment", "sides", "parent"]),
            ),
            models.CheckConstraint(
                name="result_detail_groups_are_large_enough",
                condition=Q(smallest_group__gte=SMALLEST_GROUP),
            ),
            models.CheckConstraint(
                name="result_detail_spread_is_of_thirty",
                condition=~Q(kind__in=["bands", "quality"]) | Q(smallest_group__gte=DISTRIBUTION_THRESHOLD),
            ),
        ]

    def __str__(self):
        return f"{self.release} · {self.unit} · {self.get_kind_display()}"


class Benchmark(models.Model):
    """Where the agencies of one kind stand at one scale of a national campaign: middle and upper quarter, nobody's own.

    Made once, when the last agency of the campaign has its results, so that it does not move.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="benchmarks")
    agency_kind = models.CharField("jenis instansi", max_length=20, choices=Agency.Kind)
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+", db_index=False)
    scale_code = models.CharField("kode skala", max_length=40)
    agencies = models.PositiveSmallIntegerField("jumlah instansi")
    median = models.FloatField("median (0–100)")
    upper_quartile = models.FloatField("kuartil atas (0–100)")

    class Meta:
        verbose_name = "pembanding antarinstansi"
        verbose_name_plural = "pembanding antarinstansi"
        constraints = [
            # Also the index of a dashboard page.
            models.UniqueConstraint(
                fields=["campaign", "agency_kind", "version", "scale_code"], name="benchmark_once_per_scale"
            ),
            models.CheckConstraint(
                name="benchmark_of_enough_agencies", condition=Q(agencies__gte=FEWEST_AGENCIES)
            ),
            models.CheckConstraint(
                name="benchmark_agency_kind_known",
                condition=Q(
                    agency_kind__in=[
                        "KEMENTERIAN",
                        "LPNK",
                        "SETJEN_LN",
                        "SEKRETARIAT_LNS",
                        "LEMBAGA_LAIN",
                        "PEMPROV",
                        "PEMKAB",
                        "PEMKOT",
                    ]
                ),
            ),
        ]

    def __str__(self):
        return f"{self.campaign} · {self.agency_kind} · {self.scale_code}"


class ReportShareQuerySet(models.QuerySet):
    def open_at(self, now):
        """Shares that may be looked at: both people are here, and the report is still the one that was shared."""
        return self.filter(
            ended_at__isnull=True,
            ends_at__gt=now,
            owner__is_active=True,
            recipient__is_active=True,
            # A report that was reopened, or sent again after that, is not what the owner saw when giving.
            attempt__submitted_at__lte=F("given_at"),
        )

    def lapsed_at(self, now):
        """Shares that ended by themselves and have not been marked so yet."""
        return self.filter(ended_at__isnull=True).exclude(pk__in=self.open_at(now).values("pk"))


class ReportShare(models.Model):
    """Chosen parts of one report, given by its owner to one named person for some days.

    What is shared is never changed: whoever wants another choice takes it back and gives anew.
    """

    class Ending(models.TextChoices):
        EXPIRED = "expired", "Sampai tanggalnya"
        REVOKED = "revoked", "Ditarik kembali"
        LEFT = "left", "Akun tidak aktif lagi"
        CHANGED = "changed", "Laporan dibuka kembali"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="shares")
    # The person of the attempt once more, so that the database can tell the two people apart.
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="given_shares")
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="received_shares"
    )
    note = models.CharField("pesan", max_length=LONGEST_NOTE, blank=True)
    days = models.PositiveSmallIntegerField("lama (hari)")
    given_at = models.DateTimeField("dibagikan pada")
    # The last minute of the last day, by the owner's clock; follows from the days.
    ends_at = models.DateTimeField("sampai")
    ended_at = models.DateTimeField("berakhir pada", null=True, blank=True)
    ending = models.CharField("cara berakhir", max_length=8, choices=Ending, blank=True)

    objects = ReportShareQuerySet.as_manager()

    class Meta:
        verbose_name = "pembagian laporan"
        verbose_name_plural = "pembagian laporan"
        ordering = ["-id"]
        constraints = [
            # Closing what has lapsed comes before giving anew, so an open row is an open share.
            models.UniqueConstraint(
                fields=["attempt"],
                condition=Q(ended_at__isnull=True),
                name="report_share_one_open_per_attempt",
            ),
            models.CheckConstraint(name="report_share_not_with_oneself", condition=~Q(owner=F("recipient"))),
            models.CheckConstraint(
                name="report_share_days_within_limit", condition=Q(days__gte=1, days__lte=LONGEST_DAYS)
            ),
            models.CheckConstraint(
                name="report_share_ends_after_it_is_given", condition=Q(ends_at__gt=F("given_at"))
            ),
            models.CheckConstraint(
                name="report_share_ending_matches_its_time",
                condition=Q(ended_at__isnull=True, ending="")
                | Q(
                    ended_at__isnull=False,  # comparing with nothing would be neither true nor false, and pass
                    ended_at__gte=F("given_at"),
                    ended_at__lte=F("ends_at"),
                    ending__in=["expired", "revoked", "left", "changed"],
                ),
            ),
        ]

    def __str__(self):
        # Without names: this text appears in logs.
        return f"pembagian laporan {self.public_id}"


class SharedPart(models.Model):
    """One part of a report that a share shows: a dimension by its code, or another part as a whole."""

    share = models.ForeignKey(ReportShare, on_delete=models.CASCADE, related_name="parts")
    part = models.CharField(
        "bagian laporan", max_length=12, choices=[(part.value, part.value) for part in Part]
    )
    scale_code = models.CharField("kode skala", max_length=40, blank=True)

    class Meta:
        verbose_name = "bagian yang dibagikan"
        verbose_name_plural = "bagian yang dibagikan"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["share", "part", "scale_code"], name="shared_part_once_per_share"
            ),
            models.CheckConstraint(
                name="shared_part_known",
                condition=Q(part__in=["dimension", "areas", "judgement", "answers", "plan"]),
            ),
            models.CheckConstraint(
                name="shared_part_scale_of_a_dimension_only",
                condition=(Q(part="dimension") & ~Q(scale_code=""))
                | (~Q(part="dimension") & Q(scale_code="")),
            ),
        ]

    def __str__(self):
        return f"{self.part} {self.scale_code}".strip()


class ReportLook(models.Model):
    """One opening of a share by its recipient; loading the page again within minutes is the same opening."""

    share = models.ForeignKey(ReportShare, on_delete=models.CASCADE, related_name="looks")
    looked_at = models.DateTimeField("dibuka pada")

    class Meta:
        verbose_name = "pembukaan"
        verbose_name_plural = "pembukaan"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["share", "looked_at"], name="report_look_once_a_moment"),
        ]

    def __str__(self):
        return f"pembukaan {self.pk}"
