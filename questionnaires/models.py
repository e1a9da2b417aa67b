"""The question banks. Rows are for editing; what runs is the frozen document of a published version."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class Framework(models.Model):
    """An official framework onto which scales are mapped, such as BerAKHLAK."""

    code = models.SlugField("kode", max_length=40, unique=True)
    name_ind = models.CharField("nama (Indonesia)", max_length=200)
    name_eng = models.CharField("nama (Inggris)", max_length=200)
    source = models.CharField("dasar", max_length=200)

    class Meta:
        verbose_name = "kerangka kompetensi"
        verbose_name_plural = "kerangka kompetensi"
        ordering = ["code"]

    def __str__(self):
        return self.name_ind


class Competency(models.Model):
    """One entry of a framework; the code is unique over all frameworks."""

    framework = models.ForeignKey(Framework, on_delete=models.CASCADE, related_name="competencies")
    code = models.CharField("kode", max_length=12, unique=True)
    name_ind = models.CharField("nama (Indonesia)", max_length=200)
    name_eng = models.CharField("nama (Inggris)", max_length=200)

    class Meta:
        verbose_name = "kompetensi"
        verbose_name_plural = "kompetensi"
        ordering = ["code"]

    def __str__(self):
        return f"{self.code} {self.name_ind}"


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

    @property
    def is_editable(self) -> bool:
        return self.status == self.Status.DRAFT


class ResponseSet(models.Model):
    """The ordered answers that items share, such as *Tidak pernah* to *Selalu*."""

    class Kind(models.TextChoices):
        FREQUENCY = "frequency", "Frekuensi"
        AGREEMENT = "agreement", "Persetujuan"
        BIPOLAR = "bipolar", "Dua kutub"

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="response_sets")
    code = models.SlugField("kode", max_length=40)
    kind = models.CharField("jenis", max_length=10, choices=Kind)
    positive_values = models.JSONField("nilai positif", default=list)
    neutral_values = models.JSONField("nilai netral", default=list, blank=True)
    na_label_ind = models.CharField("tidak berlaku (Indonesia)", max_length=80, blank=True)
    na_label_eng = models.CharField("tidak berlaku (Inggris)", max_length=80, blank=True)
    position = models.PositiveSmallIntegerField("urutan", default=1)

    class Meta:
        verbose_name = "set jawaban"
        verbose_name_plural = "set jawaban"
        ordering = ["version", "position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "code"], name="response_set_code_unique_in_version")
        ]

    def __str__(self):
        return self.code


class Option(models.Model):
    """One answer of a response set."""

    response_set = models.ForeignKey(ResponseSet, on_delete=models.CASCADE, related_name="options")
    value = models.PositiveSmallIntegerField("nilai")
    label_ind = models.CharField("label (Indonesia)", max_length=80)
    label_eng = models.CharField("label (Inggris)", max_length=80)
    anchor_ind = models.CharField("jangkar (Indonesia)", max_length=120, blank=True)
    anchor_eng = models.CharField("jangkar (Inggris)", max_length=120, blank=True)

    class Meta:
        verbose_name = "pilihan jawaban"
        verbose_name_plural = "pilihan jawaban"
        ordering = ["response_set", "value"]
        constraints = [
            models.UniqueConstraint(
                fields=["response_set", "value"], name="option_value_unique_in_response_set"
            ),
            # One byte a slot: 0 is "no answer", 255 is "not applicable".
            models.CheckConstraint(
                name="option_value_fits_a_slot", condition=Q(value__gte=1, value__lte=254)
            ),
        ]

    def __str__(self):
        return f"{self.value} {self.label_ind}"


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
        ]

    def __str__(self):
        return f"{self.code} {self.name_ind}"


class FeedbackText(models.Model):
    """What the report says of one dimension in one band."""

    scale = models.ForeignKey(Scale, on_delete=models.CASCADE, related_name="feedback_texts")
    band = models.CharField("kategori", max_length=20)
    meaning_ind = models.TextField("makna (Indonesia)")
    meaning_eng = models.TextField("makna (Inggris)")

    class Meta:
        verbose_name = "teks umpan balik"
        verbose_name_plural = "teks umpan balik"
        ordering = ["scale", "id"]
        constraints = [
            models.UniqueConstraint(fields=["scale", "band"], name="feedback_text_unique_in_scale")
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
            models.UniqueConstraint(fields=["feedback_text", "position"], name="feedback_tip_position_unique")
        ]

    def __str__(self):
        return self.text_ind[:60]


class Section(models.Model):
    """One page of the questionnaire."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="sections")
    code = models.CharField("kode", max_length=40)
    position = models.PositiveSmallIntegerField("urutan", default=1)
    title_ind = models.CharField("judul (Indonesia)", max_length=120)
    title_eng = models.CharField("judul (Inggris)", max_length=120)
    instruction_ind = models.TextField("petunjuk (Indonesia)")
    instruction_eng = models.TextField("petunjuk (Inggris)")

    class Meta:
        verbose_name = "bagian"
        verbose_name_plural = "bagian"
        ordering = ["version", "position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "code"], name="section_code_unique_in_version"),
            models.UniqueConstraint(
                fields=["version", "position"], name="section_position_unique_in_version"
            ),
        ]

    def __str__(self):
        return f"{self.position}. {self.title_ind}"


class Item(models.Model):
    """One *butir pernyataan*. Its code stays the same from version to version."""

    class Type(models.TextChoices):
        LIKERT = "likert", "Skala bertingkat"
        BIPOLAR = "bipolar", "Dua kutub"

    class Role(models.TextChoices):
        CONTENT = "content", "Isi"
        ATTENTION = "attention", "Perhatian"
        SOCIAL_DESIRABILITY = "social_desirability", "Gaya menjawab"

    class Key(models.IntegerChoices):
        POSITIVE = 1, "Nilai tinggi positif (kutub positif di kanan)"
        REVERSED = -1, "Skor terbalik (kutub positif di kiri)"

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="items")
    section = models.ForeignKey(
        Section, verbose_name="bagian", on_delete=models.CASCADE, related_name="items"
    )
    scale = models.ForeignKey(
        Scale, verbose_name="skala", on_delete=models.PROTECT, null=True, blank=True, related_name="items"
    )
    response_set = models.ForeignKey(
        ResponseSet, verbose_name="set jawaban", on_delete=models.PROTECT, related_name="items"
    )
    code = models.CharField("kode", max_length=20)
    position = models.PositiveSmallIntegerField("urutan", default=1)
    type = models.CharField("jenis", max_length=10, choices=Type, default=Type.LIKERT)
    role = models.CharField("peran", max_length=20, choices=Role, default=Role.CONTENT)
    stem_ind = models.CharField("pernyataan (Indonesia)", max_length=300)
    stem_eng = models.CharField("pernyataan (Inggris)", max_length=300)
    left_ind = models.CharField("kutub A (Indonesia)", max_length=300, blank=True)
    left_eng = models.CharField("kutub A (Inggris)", max_length=300, blank=True)
    right_ind = models.CharField("kutub B (Indonesia)", max_length=300, blank=True)
    right_eng = models.CharField("kutub B (Inggris)", max_length=300, blank=True)
    key = models.SmallIntegerField("kunci", choices=Key, default=Key.POSITIVE)
    weight = models.DecimalField("bobot", max_digits=5, decimal_places=2, default=1)
    na_allowed = models.BooleanField("boleh tidak berlaku", default=False)
    accept = models.JSONField(
        "nilai yang lulus", default=list, blank=True, help_text="Hanya untuk butir perhatian."
    )
    traits = models.JSONField("kode sifat", default=list, blank=True)
    competencies = models.ManyToManyField(Competency, verbose_name="kompetensi", blank=True)
    reflection_ind = models.CharField("pertanyaan refleksi (Indonesia)", max_length=300, blank=True)
    reflection_eng = models.CharField("pertanyaan refleksi (Inggris)", max_length=300, blank=True)

    class Meta:
        verbose_name = "butir"
        verbose_name_plural = "butir"
        ordering = ["version", "section__position", "position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "code"], name="item_code_unique_in_version"),
            models.UniqueConstraint(fields=["section", "position"], name="item_position_unique_in_section"),
            models.CheckConstraint(name="item_key_is_plus_or_minus_one", condition=Q(key__in=[1, -1])),
            models.CheckConstraint(name="item_weight_not_negative", condition=Q(weight__gte=0)),
        ]

    def __str__(self):
        return f"{self.code} {self.stem_ind}"


class ConsistencyPair(models.Model):
    """Two items that a careful person answers alike; read by the response-quality index only."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="consistency_pairs")
    first = models.ForeignKey(Item, verbose_name="butir pertama", on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Item, verbose_name="butir kedua", on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = "pasangan konsistensi"
        verbose_name_plural = "pasangan konsistensi"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["version", "first", "second"], name="consistency_pair_unique"),
            models.CheckConstraint(
                name="consistency_pair_of_two_items", condition=~Q(first=models.F("second"))
            ),
        ]

    def __str__(self):
        return f"{self.first.code} – {self.second.code}"
