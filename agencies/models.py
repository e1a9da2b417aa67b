import uuid
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import Q

from agencies import tree


class Agency(models.Model):
    """An *instansi*: a ministry, an institution or a local government. The controller of its people's data."""

    class Kind(models.TextChoices):
        MINISTRY = "KEMENTERIAN", "Kementerian"
        NON_MINISTERIAL = "LPNK", "Lembaga pemerintah nonkementerian"
        STATE_SECRETARIAT = "SETJEN_LN", "Kesekretariatan lembaga negara"
        NON_STRUCTURAL_SECRETARIAT = "SEKRETARIAT_LNS", "Kesekretariatan lembaga nonstruktural"
        OTHER = "LEMBAGA_LAIN", "Lembaga pemerintah lainnya"
        PROVINCE = "PEMPROV", "Pemerintah provinsi"
        REGENCY = "PEMKAB", "Pemerintah kabupaten"
        CITY = "PEMKOT", "Pemerintah kota"

    class TimeZone(models.TextChoices):
        WEST = "WIB", "Waktu Indonesia Barat (WIB)"
        CENTRAL = "WITA", "Waktu Indonesia Tengah (WITA)"
        EAST = "WIT", "Waktu Indonesia Timur (WIT)"

    code = models.SlugField("kode", max_length=40, unique=True)
    name = models.CharField("nama", max_length=200)
    kind = models.CharField("jenis", max_length=20, choices=Kind)
    time_zone = models.CharField("zona waktu", max_length=4, choices=TimeZone)
    valid_from = models.DateField("berlaku sejak")
    valid_to = models.DateField("berlaku sampai", null=True, blank=True)
    successor = models.ForeignKey(
        "self",
        verbose_name="instansi penerus",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
    )
    dpo_contact = models.CharField("kontak petugas pelindungan data pribadi", max_length=200)

    class Meta:
        verbose_name = "instansi"
        verbose_name_plural = "instansi"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="agency_kind_known",
                condition=Q(
                    kind__in=[
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
            models.CheckConstraint(
                name="agency_time_zone_known", condition=Q(time_zone__in=["WIB", "WITA", "WIT"])
            ),
            models.CheckConstraint(
                name="agency_valid_to_after_from",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=models.F("valid_from")),
            ),
        ]

    ZONES = {
        "WIB": ZoneInfo("Asia/Jakarta"),
        "WITA": ZoneInfo("Asia/Makassar"),
        "WIT": ZoneInfo("Asia/Jayapura"),
    }

    def __str__(self):
        return self.name

    @property
    def zone(self) -> ZoneInfo:
        return self.ZONES[self.time_zone]


class PrivacyNotice(models.Model):
    """What an agency tells its people about their data, in both languages; a change is a new number. Never changed."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="privacy_notices")
    number = models.PositiveSmallIntegerField("nomor")
    text_id = models.TextField("teks")
    text_en = models.TextField("teks Inggris")
    published_at = models.DateTimeField("diterbitkan pada")
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="diterbitkan oleh",
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )

    class Meta:
        verbose_name = "pemberitahuan privasi"
        verbose_name_plural = "pemberitahuan privasi"
        ordering = ["agency", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "number"], name="privacy_notice_number_once"),
            models.CheckConstraint(
                name="privacy_notice_in_both_languages", condition=~Q(text_id="") & ~Q(text_en="")
            ),
        ]

    def __str__(self):
        return f"pemberitahuan privasi {self.number}"


class Unit(models.Model):
    """A *unit kerja* of an agency. ``path`` is the chain of numbers from the root, such as ``0001/0003/``.

    A path is given once and never again, not even after its unit has moved: assignments copied it, and the results of
    two units must not meet in one path.
    """

    agency = models.ForeignKey(
        Agency, verbose_name="instansi", on_delete=models.PROTECT, related_name="units"
    )
    parent = models.ForeignKey(
        "self",
        verbose_name="unit induk",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
    )
    code = models.SlugField("kode", max_length=40)
    name = models.CharField("nama", max_length=200)
    path = models.CharField("jalur", max_length=tree.LONGEST_PATH, editable=False)
    depth = models.PositiveSmallIntegerField("tingkat", editable=False)
    # Every child that ever hung here, those that moved away included: the last number given out.
    children_made = models.PositiveSmallIntegerField("nomor anak terakhir", default=0, editable=False)

    class Meta:
        verbose_name = "unit kerja"
        verbose_name_plural = "unit kerja"
        ordering = ["agency", "path"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "code"], name="unit_code_unique_in_agency"),
            # Also the index that reads a subtree as a range of paths.
            models.UniqueConstraint(fields=["agency", "path"], name="unit_path_unique_in_agency"),
            models.UniqueConstraint(
                fields=["agency"], condition=Q(parent__isnull=True), name="unit_one_root_per_agency"
            ),
            models.CheckConstraint(
                name="unit_root_has_depth_one",
                condition=Q(parent__isnull=True, depth=1) | Q(parent__isnull=False, depth__gt=1),
            ),
        ]

    def __str__(self):
        return self.name


class JobCategory(models.TextChoices):
    """The *jenis jabatan* of UU 20/2023, functional posts split by their two kinds."""

    PRINCIPAL_EXECUTIVE = "JPTU", "JPT Utama"
    INTERMEDIATE_EXECUTIVE = "JPTM", "JPT Madya"
    JUNIOR_EXECUTIVE = "JPTP", "JPT Pratama"
    ADMINISTRATOR = "ADM", "Administrator"
    SUPERVISOR = "PWS", "Pengawas"
    OPERATIVE = "PLK", "Pelaksana"
    FUNCTIONAL_EXPERT = "JFK", "Fungsional keahlian"
    FUNCTIONAL_SKILLED = "JFT", "Fungsional keterampilan"


class EmploymentKind(models.TextChoices):
    """How a person is employed; part-time work is a declared fact and never read from the number."""

    PERMANENT = "PNS", "PNS"
    CONTRACT = "PPPK", "PPPK"
    CONTRACT_PART_TIME = "PPPK_PW", "PPPK paruh waktu"


class Placement(models.Model):
    """Where a person works over a time. The one without an end is the current one."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="pegawai", on_delete=models.CASCADE, related_name="placements"
    )
    unit = models.ForeignKey(
        Unit, verbose_name="unit kerja", on_delete=models.PROTECT, related_name="placements"
    )
    job_category = models.CharField("jenis jabatan", max_length=4, choices=JobCategory)
    job_level = models.CharField("jenjang jabatan", max_length=40, blank=True)
    employment_kind = models.CharField("jenis kepegawaian", max_length=8, choices=EmploymentKind)
    supervises_others = models.BooleanField("membawahi pegawai lain", default=False)
    valid_from = models.DateField("sejak")
    valid_to = models.DateField("sampai", null=True, blank=True)

    class Meta:
        verbose_name = "penempatan"
        verbose_name_plural = "penempatan"
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(valid_to__isnull=True), name="placement_one_current_per_person"
            ),
            models.CheckConstraint(
                name="placement_job_category_known",
                condition=Q(job_category__in=["JPTU", "JPTM", "JPTP", "ADM", "PWS", "PLK", "JFK", "JFT"]),
            ),
            models.CheckConstraint(
                name="placement_employment_kind_known",
                condition=Q(employment_kind__in=["PNS", "PPPK", "PPPK_PW"]),
            ),
            models.CheckConstraint(
                name="placement_ends_after_start",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=models.F("valid_from")),
            ),
        ]

    def __str__(self):
        return f"{self.person} · {self.unit}"


class Role(models.TextChoices):
    """What a person may be to the product. What each role may do stands in :mod:`agencies.authorization`."""

    RESPONDENT = "respondent", "Responden"
    AGENCY_ANALYST = "agency_analyst", "Analis SDM instansi"
    AGENCY_ADMINISTRATOR = "agency_administrator", "Administrator instansi"
    BANK_EDITOR = "bank_editor", "Penyunting bank butir"
    BANK_APPROVER = "bank_approver", "Penyetuju bank butir"
    NATIONAL_ANALYST = "national_analyst", "Analis nasional"
    PSYCHOMETRICIAN = "psychometrician", "Psikometrisi"
    AUDITOR = "auditor", "Auditor"


# What a role may reach, as the constraint of RoleGrant holds it. An auditor may have either reach.
AGENCY_ROLES = (Role.RESPONDENT, Role.AGENCY_ANALYST, Role.AGENCY_ADMINISTRATOR)
GENERAL_ROLES = (Role.BANK_EDITOR, Role.BANK_APPROVER, Role.NATIONAL_ANALYST, Role.PSYCHOMETRICIAN)


class RoleGrant(models.Model):
    """A role given to a person: everywhere, in one agency, or in one unit and what is below it."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="pengguna",
        on_delete=models.CASCADE,
        related_name="role_grants",
    )
    role = models.CharField("peran", max_length=24, choices=Role)
    agency = models.ForeignKey(
        Agency, verbose_name="instansi", on_delete=models.PROTECT, null=True, blank=True
    )
    unit = models.ForeignKey(Unit, verbose_name="unit kerja", on_delete=models.PROTECT, null=True, blank=True)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="diberikan oleh",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    granted_at = models.DateTimeField("diberikan pada")

    class Meta:
        verbose_name = "pemberian peran"
        verbose_name_plural = "pemberian peran"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role"],
                condition=Q(agency__isnull=True),
                name="role_grant_unique_everywhere",
                violation_error_message="Peran ini sudah diberikan.",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "agency"],
                condition=Q(agency__isnull=False, unit__isnull=True),
                name="role_grant_unique_in_agency",
                violation_error_message="Peran ini sudah diberikan.",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "unit"],
                condition=Q(unit__isnull=False),
                name="role_grant_unique_in_unit",
                violation_error_message="Peran ini sudah diberikan.",
            ),
            models.CheckConstraint(
                name="role_grant_unit_needs_agency", condition=Q(unit__isnull=True) | Q(agency__isnull=False)
            ),
            # Also refuses a role that nobody knows.
            models.CheckConstraint(
                name="role_grant_reach_fits_role",
                condition=Q(
                    role__in=["respondent", "agency_analyst", "agency_administrator"], agency__isnull=False
                )
                | Q(
                    role__in=["bank_editor", "bank_approver", "national_analyst", "psychometrician"],
                    agency__isnull=True,
                )
                | Q(role="auditor"),
            ),
        ]

    def __str__(self):
        return f"{self.user}: {self.get_role_display()}"


class RosterUpload(models.Model):
    """One file of units or people that somebody brought, from its upload until it is applied or thrown away.

    Only the columns that are read are kept, and only until then.
    """

    class Kind(models.TextChoices):
        UNITS = "units", "Unit kerja"
        PEOPLE = "people", "Pegawai"

    class State(models.TextChoices):
        READING = "reading", "Sedang dibaca"
        READY = "ready", "Siap diterapkan"
        APPLIED = "applied", "Diterapkan"
        DISCARDED = "discarded", "Dibuang"

    public_id = models.UUIDField("id publik", default=uuid.uuid4, unique=True, editable=False)
    agency = models.ForeignKey(
        Agency, verbose_name="instansi", on_delete=models.PROTECT, related_name="roster_uploads"
    )
    kind = models.CharField("isi", max_length=6, choices=Kind)
    # Whether whoever is not in the file has left.
    is_complete = models.BooleanField("memuat semua pegawai", default=False)
    state = models.CharField("keadaan", max_length=9, choices=State, default=State.READING)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="diunggah oleh",
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    uploaded_at = models.DateTimeField("diunggah pada")
    applied_at = models.DateTimeField("diterapkan pada", null=True)
    columns = models.JSONField("kolom yang dibaca", default=list)
    ignored = models.JSONField("kolom yang dilewati", default=list)
    row_count = models.PositiveIntegerField("banyaknya baris", default=0)
    # Counts, the first rows of each kind of change and the first problems; only the counts outlive the file.
    preview = models.JSONField("pratinjau", default=dict)
    # Of everything that would be written: what is applied is what was shown.
    digest = models.CharField("sidik perubahan", max_length=64, blank=True)

    class Meta:
        verbose_name = "unggahan daftar"
        verbose_name_plural = "unggahan daftar"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="roster_upload_kind_known", condition=Q(kind__in=["units", "people"])
            ),
            # Also refuses a state that nobody knows.
            models.CheckConstraint(
                name="roster_upload_applied_matches_state",
                condition=Q(state__in=["reading", "ready", "discarded"], applied_at__isnull=True)
                | Q(state="applied", applied_at__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.uploaded_at:%Y-%m-%d}"


class RosterPart(models.Model):
    """Some thousand rows of an upload, compressed and sealed: as they came, or given back with their faults."""

    upload = models.ForeignKey(RosterUpload, on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField("nomor")
    is_rejected = models.BooleanField("ditolak", default=False)
    content = models.BinaryField("isi")

    class Meta:
        verbose_name = "potongan unggahan"
        verbose_name_plural = "potongan unggahan"
        constraints = [
            # Also the index that reads the parts of an upload in their order.
            models.UniqueConstraint(
                fields=["upload", "is_rejected", "number"], name="roster_part_number_unique_in_upload"
            )
        ]
