"""What a version asks: pages of items, and the answers they offer."""

from django.db import models
from django.db.models import Q

from questionnaires.models.frameworks import Competency
from questionnaires.models.scales import Scale
from questionnaires.models.versions import Version


class ResponseSet(models.Model):
    """The ordered answers that items share, such as *Tidak pernah* to *Selalu*."""

    class Kind(models.TextChoices):
        FREQUENCY = "frequency", "Frekuensi"
        AGREEMENT = "agreement", "Persetujuan"
        BIPOLAR = "bipolar", "Dua kutub"
        EFFECTIVENESS = "effectiveness", "Ketepatan tindakan"

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="response_sets")
    code = models.SlugField("kode", max_length=40)
    kind = models.CharField("jenis", max_length=16, choices=Kind)
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
            models.UniqueConstraint(fields=["version", "code"], name="response_set_code_unique_in_version"),
            models.CheckConstraint(
                name="response_set_kind_known",
                condition=Q(kind__in=["frequency", "agreement", "bipolar", "effectiveness"]),
            ),
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
    """One *butir*: a statement, a contrast, a vignette or a question. Its code stays the same over all versions."""

    class Type(models.TextChoices):
        LIKERT = "likert", "Skala bertingkat"
        BIPOLAR = "bipolar", "Dua kutub"
        SJT_BEST = "sjt_best", "Situasional: tindakan terbaik"
        SJT_BEST_WORST = "sjt_best_worst", "Situasional: terbaik dan terburuk"
        SJT_RATE = "sjt_rate", "Situasional: nilai setiap tindakan"
        FORCED_CHOICE = "forced_choice", "Pilihan paksa (ipsatif)"
        SINGLE_CHOICE = "single_choice", "Pilihan tunggal (tanpa skor)"
        OPEN_TEXT = "open_text", "Teks terbuka (tanpa skor)"

    class Role(models.TextChoices):
        CONTENT = "content", "Isi"
        ATTENTION = "attention", "Perhatian"
        SOCIAL_DESIRABILITY = "social_desirability", "Gaya menjawab"
        UNSCORED = "unscored", "Tanpa skor"

    class KeyBasis(models.TextChoices):
        AUTHOR = "author", "Kunci penyusun, belum divalidasi panel ahli"
        PANEL = "panel", "Kunci panel ahli"

    class SjtScoring(models.TextChoices):
        GRADED = "graded", "Bertingkat"
        DICHOTOMOUS = "dichotomous", "Benar atau tidak"

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
        ResponseSet,
        verbose_name="set jawaban",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="items",
    )
    code = models.CharField("kode", max_length=20)
    position = models.PositiveSmallIntegerField("urutan", default=1)
    type = models.CharField("jenis", max_length=16, choices=Type, default=Type.LIKERT)
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
    level_target = models.PositiveSmallIntegerField(
        "level kompetensi",
        null=True,
        blank=True,
        help_text="Hanya butir yang ditulis untuk satu level (1–5) dari satu kompetensi PermenPANRB 38/2017.",
    )
    reflection_ind = models.CharField("pertanyaan refleksi (Indonesia)", max_length=300, blank=True)
    reflection_eng = models.CharField("pertanyaan refleksi (Inggris)", max_length=300, blank=True)
    # Vignettes only: the situation, and what the effectiveness of its options rests on.
    vignette_ind = models.TextField("situasi (Indonesia)", max_length=900, blank=True)
    vignette_eng = models.TextField("situasi (Inggris)", max_length=900, blank=True)
    key_basis = models.CharField("dasar kunci", max_length=8, choices=KeyBasis, default=KeyBasis.AUTHOR)
    panel_experts = models.PositiveSmallIntegerField("jumlah ahli", null=True, blank=True)
    panel_icc = models.DecimalField(
        "ICC(2,k) panel", max_digits=4, decimal_places=3, null=True, blank=True, help_text="Paling besar 1."
    )
    sjt_scoring = models.CharField("cara skor", max_length=12, choices=SjtScoring, default=SjtScoring.GRADED)
    # Open texts only.
    longest = models.PositiveSmallIntegerField("karakter paling banyak", null=True, blank=True)
    # Contrasts only: how desirable a panel finds each pole, means on 1..5; empty until a panel has rated.
    desirability_left = models.DecimalField(
        "keberterimaan kutub A", max_digits=3, decimal_places=2, null=True, blank=True
    )
    desirability_right = models.DecimalField(
        "keberterimaan kutub B", max_digits=3, decimal_places=2, null=True, blank=True
    )
    desirability_experts = models.PositiveSmallIntegerField("jumlah penilai kutub", null=True, blank=True)

    class Meta:
        verbose_name = "butir"
        verbose_name_plural = "butir"
        ordering = ["version", "section__position", "position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "code"], name="item_code_unique_in_version"),
            models.UniqueConstraint(fields=["section", "position"], name="item_position_unique_in_section"),
            models.CheckConstraint(name="item_key_is_plus_or_minus_one", condition=Q(key__in=[1, -1])),
            models.CheckConstraint(name="item_weight_not_negative", condition=Q(weight__gte=0)),
            models.CheckConstraint(
                name="item_type_known",
                condition=Q(
                    type__in=[
                        "likert",
                        "bipolar",
                        "sjt_best",
                        "sjt_best_worst",
                        "sjt_rate",
                        "forced_choice",
                        "single_choice",
                        "open_text",
                    ]
                ),
            ),
            models.CheckConstraint(
                name="item_role_known",
                condition=Q(role__in=["content", "attention", "social_desirability", "unscored"]),
            ),
            models.CheckConstraint(
                name="item_response_set_matches_type",
                # Each half speaks of its own types only: an unknown type is item_type_known's to refuse.
                condition=(Q(response_set__isnull=False) | ~Q(type__in=["likert", "bipolar", "sjt_rate"]))
                & (
                    Q(response_set__isnull=True)
                    | ~Q(
                        type__in=["sjt_best", "sjt_best_worst", "forced_choice", "single_choice", "open_text"]
                    )
                ),
                violation_error_message=(
                    "Butir skala, dua kutub, dan nilai setiap tindakan memerlukan set jawaban; "
                    "butir jenis lain tidak memakainya."
                ),
            ),
            models.CheckConstraint(
                name="item_key_basis_known", condition=Q(key_basis__in=["author", "panel"])
            ),
            models.CheckConstraint(
                name="item_sjt_scoring_known", condition=Q(sjt_scoring__in=["graded", "dichotomous"])
            ),
            models.CheckConstraint(
                name="item_panel_whole_or_absent",
                condition=Q(panel_experts__isnull=True, panel_icc__isnull=True)
                | Q(panel_experts__isnull=False, panel_icc__isnull=False, panel_icc__lte=1),
                violation_error_message="Isilah jumlah ahli dan ICC(2,k) bersama-sama, atau kosongkan keduanya.",
            ),
            models.CheckConstraint(
                name="item_desirability_whole_or_absent",
                condition=Q(
                    desirability_left__isnull=True,
                    desirability_right__isnull=True,
                    desirability_experts__isnull=True,
                )
                | Q(
                    # A comparison with NULL is no refusal, so each is asked for by name.
                    desirability_left__isnull=False,
                    desirability_right__isnull=False,
                    desirability_experts__isnull=False,
                    desirability_left__gte=1,
                    desirability_left__lte=5,
                    desirability_right__gte=1,
                    desirability_right__lte=5,
                    desirability_experts__gte=1,
                ),
                violation_error_message=(
                    "Isilah keberterimaan kedua kutub (1 sampai 5) dan jumlah penilainya, atau kosongkan semuanya."
                ),
            ),
            models.CheckConstraint(
                name="item_level_target_one_to_five",
                condition=Q(level_target__isnull=True) | Q(level_target__gte=1, level_target__lte=5),
                violation_error_message="Level kompetensi ialah 1 sampai 5.",
            ),
            # An open text never gets longer than its row may be: see assessments.OpenText.
            models.CheckConstraint(
                name="item_longest_within_reach",
                condition=Q(longest__isnull=True) | Q(longest__gte=1, longest__lte=2000),
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.stem_ind}"


class ItemOption(models.Model):
    """One action of a vignette, one statement of a forced choice, or one answer of a single choice."""

    item = models.ForeignKey(Item, verbose_name="butir", on_delete=models.CASCADE, related_name="options")
    # The letter is also the place: options are shown in the order of their codes.
    code = models.CharField("kode", max_length=1)
    text_ind = models.CharField("teks (Indonesia)", max_length=300)
    text_eng = models.CharField("teks (Inggris)", max_length=300)
    effectiveness = models.DecimalField(
        "ketepatan (1–5)",
        max_digits=3,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="Rata-rata ketepatan tindakan: kunci penyusun, atau rata-rata panel.",
    )
    sd = models.DecimalField("simpangan baku panel", max_digits=3, decimal_places=2, null=True, blank=True)
    reason_ind = models.CharField("alasan (Indonesia)", max_length=400, blank=True)
    reason_eng = models.CharField("alasan (Inggris)", max_length=400, blank=True)
    scale = models.ForeignKey(
        Scale,
        verbose_name="dimensi pernyataan",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        verbose_name = "pilihan butir"
        verbose_name_plural = "pilihan butir"
        ordering = ["item", "code"]
        constraints = [
            models.UniqueConstraint(fields=["item", "code"], name="item_option_code_unique_in_item"),
            models.CheckConstraint(
                name="item_option_code_is_a_letter", condition=Q(code__in=list("ABCDEFGHI"))
            ),
            models.CheckConstraint(
                name="item_option_effectiveness_on_its_scale",
                condition=Q(effectiveness__isnull=True) | Q(effectiveness__gte=1, effectiveness__lte=5),
            ),
            models.CheckConstraint(
                name="item_option_sd_not_negative", condition=Q(sd__isnull=True) | Q(sd__gte=0)
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.text_ind[:60]}"


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
