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
            models.UniqueConstraint(fields=["version", "code"], name="response_set_code_unique_in_version"),
            models.CheckConstraint(
                name="response_set_kind_known", condition=Q(kind__in=["frequency", "agreement", "bipolar"])
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
            models.CheckConstraint(name="item_type_known", condition=Q(type__in=["likert", "bipolar"])),
            models.CheckConstraint(
                name="item_role_known", condition=Q(role__in=["content", "attention", "social_desirability"])
            ),
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
