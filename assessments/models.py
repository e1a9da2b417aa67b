import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from agencies.models import Agency, EmploymentKind, JobCategory, Unit
from assessments.audience_models import Audience, ListedPerson
from assessments.letter_models import Delivery, Letters, MailChoice
from questionnaires.models import Version
from scoring.models import CalibrationSet, NormSet, ScoringRule

__all__ = [
    "SMALLEST_GROUP",
    "Assignment",
    "Attempt",
    "Audience",
    "Campaign",
    "CampaignInstrument",
    "Delivery",
    "Letters",
    "ListedPerson",
    "MailChoice",
    "OpenText",
    "ScoreSheet",
    "campaign_takes_answers",
]

# The smallest group of respondents about which anything is published; a campaign may ask for more, never for less.
SMALLEST_GROUP = 10
LONGEST_OPEN_TEXT = 2000  # characters; the bank may ask for less


def campaign_takes_answers(now, *, path="") -> Q:
    """The condition that a campaign is open at a moment; ``path`` leads from the queried model to the campaign."""
    return Q(
        **{
            f"{path}state": "open",
            f"{path}opens_at__lte": now,
            f"{path}closes_at__gt": now,
        }
    )


class Campaign(models.Model):
    """A *periode penilaian*: some questionnaires, some people, some weeks.

    A draft may be incomplete: what is missing is said when it is checked, and the database refuses to open it.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Draf"
        OPEN = "open", "Dibuka"
        CLOSED = "closed", "Ditutup"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.SlugField("kode", max_length=60, unique=True)
    title = models.CharField("judul", max_length=200)
    agency = models.ForeignKey(
        Agency,
        verbose_name="instansi",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="campaigns",
        help_text="Kosong untuk periode nasional.",
    )
    # The part of the agency whose analyst made the period; nobody outside it is ever asked. Empty: the whole agency.
    unit = models.ForeignKey(
        Unit,
        verbose_name="lingkup unit kerja",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    state = models.CharField("status", max_length=8, choices=State, default=State.DRAFT)
    opens_at = models.DateTimeField("dibuka pada", null=True, blank=True)
    closes_at = models.DateTimeField("batas waktu", null=True, blank=True)
    minimum_group_size = models.PositiveSmallIntegerField("jumlah minimum responden", default=SMALLEST_GROUP)
    participation_target = models.PositiveSmallIntegerField("target partisipasi (%)", default=80)
    legal_basis = models.CharField("dasar hukum", max_length=300)
    dpia_reference = models.CharField("rujukan DPIA", max_length=120, blank=True)
    notice_version = models.CharField("versi pemberitahuan privasi", max_length=40)
    opened_at = models.DateTimeField("dibuka sejak", null=True, blank=True)
    closed_at = models.DateTimeField("ditutup sejak", null=True, blank=True)
    # Counted up by every edit of the draft, so that whoever saves over a colleague's edit, or opens what has changed,
    # is told; later by every assigning.
    revision = models.PositiveIntegerField("revisi draf", default=0)
    # The revision that a worker was asked to open, of a draft that is too large to be opened at once.
    opening_revision = models.PositiveIntegerField("revisi yang akan dibuka", null=True, blank=True)
    edited_at = models.DateTimeField("disunting pada", null=True, blank=True)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="disunting oleh",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        verbose_name = "periode penilaian"
        verbose_name_plural = "periode penilaian"
        ordering = ["-opens_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="campaign_closes_after_it_opens",
                condition=Q(state="draft")
                | Q(opens_at__isnull=False, closes_at__isnull=False, closes_at__gt=F("opens_at")),
            ),
            models.CheckConstraint(
                name="campaign_unit_needs_agency", condition=Q(unit__isnull=True) | Q(agency__isnull=False)
            ),
            models.CheckConstraint(
                name="campaign_minimum_group_size_at_least_ten",
                condition=Q(minimum_group_size__gte=SMALLEST_GROUP),
            ),
            models.CheckConstraint(
                name="campaign_target_is_a_percentage",
                condition=Q(participation_target__gte=1, participation_target__lte=100),
            ),
            models.CheckConstraint(
                name="campaign_state_matches_its_times",
                condition=Q(state="draft", opened_at__isnull=True, closed_at__isnull=True)
                | Q(state="open", opened_at__isnull=False, closed_at__isnull=True)
                | Q(state="closed", opened_at__isnull=False, closed_at__isnull=False),
            ),
            # UU 27/2022 art. 34: scoring people is high-risk processing and needs an impact assessment first.
            models.CheckConstraint(
                name="campaign_opens_only_with_dpia", condition=Q(state="draft") | ~Q(dpia_reference="")
            ),
        ]

    def __str__(self):
        return self.title


class CampaignInstrument(models.Model):
    """One questionnaire version asked in a campaign, with the scoring rule used there."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="instruments")
    version = models.ForeignKey(Version, verbose_name="versi", on_delete=models.PROTECT, related_name="+")
    rule = models.ForeignKey(
        ScoringRule, verbose_name="aturan skor", on_delete=models.PROTECT, related_name="+"
    )
    position = models.PositiveSmallIntegerField("urutan", default=1)

    class Meta:
        verbose_name = "instrumen periode"
        verbose_name_plural = "instrumen periode"
        ordering = ["campaign", "position"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "version"], name="campaign_instrument_version_once"),
        ]

    def __str__(self):
        return f"{self.campaign} · {self.version}"


class Assignment(models.Model):
    """A person who is asked in a campaign, with the place of work copied as it was when asked."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="assignments")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="assignments")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    unit_path = models.CharField("jalur unit", max_length=80)
    job_category = models.CharField("jenis jabatan", max_length=4, choices=JobCategory)
    employment_kind = models.CharField("jenis kepegawaian", max_length=8, choices=EmploymentKind)
    supervises_others = models.BooleanField("membawahi pegawai lain", default=False)
    completed_at = models.DateTimeField("selesai pada", null=True, blank=True)

    class Meta:
        verbose_name = "penugasan"
        verbose_name_plural = "penugasan"
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "person"], name="assignment_person_once_per_campaign"
            ),
        ]
        indexes = [
            # Participation by unit, and the freeze of an agency's results.
            models.Index(fields=["campaign", "agency", "unit_path"], name="assignment_by_unit"),
            # Participation while a campaign runs counts from this index alone.
            models.Index(
                fields=["campaign", "agency", "unit"],
                condition=Q(completed_at__isnull=False),
                name="assignment_finished_by_unit",
            ),
        ]

    def __str__(self):
        return f"penugasan {self.public_id}"


class AttemptQuerySet(models.QuerySet):
    def of(self, person):
        """The person's own attempts; nobody else's answers are ever read through the pages."""
        return self.filter(person=person)

    def taking_answers(self, now):
        """Attempts that may still be changed: not submitted, and unasked or within an open campaign.

        Without a join on purpose. Django turns an UPDATE with a join into ``id IN (SELECT ...)``, and PostgreSQL checks
        only the ``id`` again after it has waited for a row: state and revision would come from the old snapshot, and
        a compare-and-set would compare nothing.
        """
        asked = Assignment.objects.filter(campaign_takes_answers(now, path="campaign__"))
        return self.filter(
            Q(assignment__isnull=True) | Q(assignment__in=asked.values("pk")), state=Attempt.State.IN_PROGRESS
        )


class Attempt(models.Model):
    """One person's answers to one questionnaire version, saved as they go.

    Only ``assessments.answers`` knows the encoding.
    """

    class State(models.TextChoices):
        IN_PROGRESS = "in_progress", "Sedang diisi"
        SUBMITTED = "submitted", "Terkirim"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="attempts")
    # No index of its own, like the assignment: there are millions of rows, and the two indexes below serve both.
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="attempts", db_index=False)
    assignment = models.ForeignKey(
        Assignment,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        db_index=False,
        related_name="attempts",
        help_text="Kosong bila diisi atas prakarsa sendiri.",
    )
    state = models.CharField("status", max_length=12, choices=State, default=State.IN_PROGRESS)
    answers = models.BinaryField("jawaban")
    # Two bytes a section, empty where nothing was measured; see assessments.answers.
    page_seconds = models.BinaryField("detik aktif per bagian", default=bytes)
    revision = models.PositiveIntegerField("revisi", default=0)
    started_at = models.DateTimeField("mulai")
    saved_at = models.DateTimeField("tersimpan")
    submitted_at = models.DateTimeField("terkirim", null=True, blank=True)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        verbose_name = "pengisian"
        verbose_name_plural = "pengisian"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="attempt_submitted_at_matches_state",
                condition=Q(state="in_progress", submitted_at__isnull=True)
                | Q(state="submitted", submitted_at__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["assignment", "version"],
                condition=Q(assignment__isnull=False),
                name="attempt_once_per_assignment_and_version",
            ),
            models.UniqueConstraint(
                fields=["person", "version"],
                condition=Q(assignment__isnull=True, state="in_progress"),
                name="attempt_one_unasked_in_progress",
            ),
        ]
        indexes = [
            # The item statistics read the submitted attempts of one version; equal keys take six bytes a row.
            models.Index(fields=["version"], condition=Q(state="submitted"), name="attempt_submitted"),
        ]

    def __str__(self):
        # Named without the person: this text appears in admin titles and in logs.
        return f"pengisian {self.public_id}"


class OpenText(models.Model):
    """What a person wrote at one open item of an attempt: unscored, for its author; an item left empty has no row."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="open_texts")
    item_code = models.CharField("kode butir", max_length=20)
    text = models.CharField("teks", max_length=LONGEST_OPEN_TEXT)

    class Meta:
        verbose_name = "teks terbuka"
        verbose_name_plural = "teks terbuka"
        constraints = [
            models.UniqueConstraint(fields=["attempt", "item_code"], name="open_text_once_per_item"),
            models.CheckConstraint(name="open_text_not_empty", condition=~Q(text="")),
        ]

    def __str__(self):
        return f"teks terbuka {self.pk}"


class ScoreSheet(models.Model):
    """The scores of an attempt, with everything they were computed with.

    Number 1 is what the person was told when sending; scoring again adds a number and changes nothing. A trigger
    refuses every update (freezing.py).
    """

    TOLD = 1

    # The unique constraint below is the index of the attempt; what else is pointed at is never looked up from there.
    attempt = models.ForeignKey(
        Attempt, on_delete=models.CASCADE, related_name="score_sheets", db_index=False
    )
    number = models.PositiveSmallIntegerField("nomor", default=TOLD)
    rule = models.ForeignKey(
        ScoringRule, verbose_name="aturan skor", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    calibration = models.ForeignKey(
        CalibrationSet,
        verbose_name="kalibrasi",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    norm = models.ForeignKey(
        NormSet,
        verbose_name="norma",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    engine_version = models.CharField("versi mesin skor", max_length=12)
    # Exact fractions, five to eleven bytes a scale; see assessments.sheets.
    scores = models.BinaryField("skor")
    quality = models.CharField("mutu jawaban", max_length=8)
    # Every index with the version of the quality rules; see assessments.quality_details.
    quality_details = models.BinaryField("rincian mutu jawaban", default=bytes)
    created_at = models.DateTimeField("dihitung pada")

    class Meta:
        verbose_name = "lembar skor"
        verbose_name_plural = "lembar skor"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["attempt", "number"], name="score_sheet_number_unique_in_attempt"
            ),
            models.CheckConstraint(name="score_sheet_number_from_one", condition=Q(number__gte=1)),
            models.CheckConstraint(
                name="score_sheet_quality_known", condition=Q(quality__in=["baik", "tinjau", "rendah"])
            ),
        ]

    def __str__(self):
        return f"lembar skor {self.pk}"
